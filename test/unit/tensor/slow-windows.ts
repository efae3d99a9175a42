import type * as tf from '@tensorflow/tfjs-core';
import { Rng } from '../../../src/base/rng.ts';
import type { WindowSizes } from '../../../src/tensor/kernels/window-sizes.ts';

/** Rows above and below, columns before and behind; or what tfjs has words for. */
export type Padding =
  | 'same'
  | 'valid'
  | number
  | { readonly rows: readonly [number, number]; readonly columns: readonly [number, number] };

const FILTERS = [
  [1, 1],
  [2, 2],
  [3, 3],
  [3, 3],
  [5, 5],
  [7, 3],
  [3, 7],
  [1, 4],
] as const;
const STRIDES = [1, 1, 2, 3] as const;
const PADDINGS: readonly Padding[] = ['same', 'same', 'valid', 0, 1, 2];

/** Windows over a batch of images, as a caller of tfjs says it. */
export interface WindowProblem {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly filter: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly pad: Padding;
  readonly channelsIn: number;
  readonly channelsOut: number;
}

export function titleOf(p: WindowProblem): string {
  const pad = typeof p.pad === 'object' ? `${p.pad.rows.join()} ${p.pad.columns.join()}` : p.pad;
  const { batch, height, width, channelsIn, channelsOut } = p;
  return `${batch} × ${height} × ${width}, ${p.filter.join('×')} / ${p.strides.join('×')} ${pad}, ${channelsIn} → ${channelsOut}`;
}

/** Where one axis starts and how many windows it has, by TensorFlow's rules. */
function windowsAlong(axis: 0 | 1, p: WindowProblem): { readonly before: number; readonly count: number } {
  const size = axis === 0 ? p.height : p.width;
  const [filter, stride] = [p.filter[axis], p.strides[axis]];
  if (p.pad === 'same') {
    const count = Math.ceil(size / stride);
    return { before: Math.floor(Math.max((count - 1) * stride + filter - size, 0) / 2), count };
  }
  const [before, after] =
    p.pad === 'valid'
      ? [0, 0]
      : typeof p.pad === 'number'
        ? [p.pad, p.pad]
        : axis === 0
          ? p.pad.rows
          : p.pad.columns;
  return { before, count: Math.floor((size + before + after - filter) / stride) + 1 };
}

/** The problem in numbers. Output sizes may be 0 or less, where nothing fits. */
export function sizesOf(p: WindowProblem): WindowSizes {
  const [rows, columns] = [windowsAlong(0, p), windowsAlong(1, p)];
  return {
    batch: p.batch,
    inHeight: p.height,
    inWidth: p.width,
    outHeight: rows.count,
    outWidth: columns.count,
    filterHeight: p.filter[0],
    filterWidth: p.filter[1],
    strideHeight: p.strides[0],
    strideWidth: p.strides[1],
    padTop: rows.before,
    padLeft: columns.before,
  };
}

export function randomNumbers(count: number, seed: string): Float32Array {
  const rng = new Rng(seed);
  return Float32Array.from({ length: count }, () => rng.normal());
}

/** Calls back for every number of every window that lies inside its image: indices of pixel, tap and position, without channels. */
function forTaps(s: WindowSizes, visit: (pixel: number, tap: number, position: number) => void): void {
  for (let image = 0; image < s.batch; image++) {
    for (let row = 0; row < s.outHeight; row++) {
      for (let column = 0; column < s.outWidth; column++) {
        for (let r = 0; r < s.filterHeight; r++) {
          for (let c = 0; c < s.filterWidth; c++) {
            const inRow = row * s.strideHeight + r - s.padTop;
            const inColumn = column * s.strideWidth + c - s.padLeft;
            if (inRow < 0 || inRow >= s.inHeight || inColumn < 0 || inColumn >= s.inWidth) continue;
            visit(
              (image * s.inHeight + inRow) * s.inWidth + inColumn,
              r * s.filterWidth + c,
              (image * s.outHeight + row) * s.outWidth + column,
            );
          }
        }
      }
    }
  }
}

/** A convolution by its definition, in double precision. */
export function slowConv(
  s: WindowSizes,
  channels: Pick<WindowProblem, 'channelsIn' | 'channelsOut'>,
  x: ArrayLike<number>,
  filter: ArrayLike<number>,
): Float64Array {
  const { channelsIn, channelsOut } = channels;
  const y = new Float64Array(s.batch * s.outHeight * s.outWidth * channelsOut);
  forTaps(s, (pixel, tap, position) => {
    for (let i = 0; i < channelsIn; i++) {
      for (let o = 0; o < channelsOut; o++) {
        y[position * channelsOut + o]! +=
          x[pixel * channelsIn + i]! * filter[(tap * channelsIn + i) * channelsOut + o]!;
      }
    }
  });
  return y;
}

/** A max pool by its definition. */
export function slowMaxPool(s: WindowSizes, channels: number, x: ArrayLike<number>): Float64Array {
  const y = new Float64Array(s.batch * s.outHeight * s.outWidth * channels).fill(-Infinity);
  forTaps(s, (pixel, _tap, position) => {
    for (let c = 0; c < channels; c++) {
      const to = position * channels + c;
      y[to] = Math.max(y[to]!, x[pixel * channels + c]!);
    }
  });
  return y;
}

/** Both gradients of a convolution by its definition, in double precision. */
export function slowConvGradients(
  s: WindowSizes,
  channels: Pick<WindowProblem, 'channelsIn' | 'channelsOut'>,
  x: Float32Array,
  filter: Float32Array,
  dy: Float32Array,
): { readonly dx: Float64Array; readonly dFilter: Float64Array } {
  const dx = new Float64Array(x.length);
  const dFilter = new Float64Array(filter.length);
  forTaps(s, (pixel, tap, position) => {
    for (let i = 0; i < channels.channelsIn; i++) {
      const from = pixel * channels.channelsIn + i;
      const weights = (tap * channels.channelsIn + i) * channels.channelsOut;
      let sum = 0;
      for (let o = 0; o < channels.channelsOut; o++) {
        const slope = dy[position * channels.channelsOut + o]!;
        sum += slope * filter[weights + o]!;
        dFilter[weights + o]! += slope * x[from]!;
      }
      dx[from]! += sum;
    }
  });
  return { dx, dFilter };
}

/** Gradient of a max pool by its definition, in double precision: the first largest number of a window takes all. */
export function slowPoolGradient(
  s: WindowSizes,
  channels: number,
  x: Float32Array,
  dy: Float32Array,
): Float64Array {
  const winners = new Map<number, number>();
  forTaps(s, (pixel, _tap, position) => {
    for (let c = 0; c < channels; c++) {
      const from = pixel * channels + c;
      const kept = winners.get(position * channels + c);
      if (kept === undefined || x[from]! > x[kept]!) winners.set(position * channels + c, from);
    }
  });
  const dx = new Float64Array(x.length);
  for (const [position, from] of winners) dx[from]! += dy[position]!;
  return dx;
}

/** What tfjs calls attributes of a kernel. */
export function attrsOf(p: WindowProblem, more: tf.NamedAttrMap): tf.NamedAttrMap {
  const pad = typeof p.pad === 'object' ? [[0, 0], [...p.pad.rows], [...p.pad.columns], [0, 0]] : p.pad;
  return { strides: [...p.strides], pad, dataFormat: 'NHWC', ...more };
}

/**
 * `count` problems, different with every seed, in which at least one window fits. Where padding is one number, tfjs counts
 * windows along both axes by the filter's height and the first stride, so those are square.
 */
export function randomWindowProblems(count: number, seed: string): WindowProblem[] {
  const rng = new Rng(seed);
  const problems: WindowProblem[] = [];
  while (problems.length < count) {
    const filter = rng.pick(FILTERS);
    const strides = [rng.pick(STRIDES), rng.pick(STRIDES)] as const;
    const pad = rng.pick<Padding>([
      ...PADDINGS,
      { rows: [rng.int(3), rng.int(3)], columns: [rng.int(3), rng.int(3)] },
    ]);
    const isNumber = typeof pad === 'number';
    const problem: WindowProblem = {
      batch: rng.pick([1, 1, 2, 3]),
      height: 1 + rng.int(14),
      width: 1 + rng.int(14),
      filter: isNumber ? [filter[0], filter[0]] : filter,
      strides: isNumber ? [strides[0], strides[0]] : strides,
      pad,
      channelsIn: rng.pick([1, 2, 3, 4, 5, 7, 8, 16, 33]),
      channelsOut: rng.pick([1, 3, 4, 5, 6, 8, 12, 16, 33]),
    };
    const { outHeight, outWidth } = sizesOf(problem);
    if (outHeight > 0 && outWidth > 0) problems.push(problem);
  }
  return problems;
}
