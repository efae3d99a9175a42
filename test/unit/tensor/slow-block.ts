import { Rng } from '../../../src/base/rng.ts';

/** One problem for the convolution block: sizes, and values as the kernels get them. All arrays are NHWC, row by row. */
export interface BlockProblem {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  readonly x: Float32Array;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  /** Gradient of the output. */
  readonly dy: Float32Array;
}

export type BlockSizes = Pick<BlockProblem, 'count' | 'height' | 'width' | 'channelsIn' | 'channelsOut'>;

export interface BlockAnswer {
  readonly y: Float64Array;
  readonly dx: Float64Array;
  readonly dKernel: Float64Array;
  readonly dBias: Float64Array;
}

export function randomProblem(sizes: BlockSizes, seed: string): BlockProblem {
  const rng = new Rng(seed);
  const values = (count: number, scale: number) =>
    Float32Array.from({ length: count }, () => scale * rng.normal());
  const { count, height, width, channelsIn, channelsOut } = sizes;
  return {
    ...sizes,
    x: values(count * height * width * channelsIn, 1),
    kernel: values(9 * channelsIn * channelsOut, 0.3),
    bias: values(channelsOut, 0.2),
    dy: values(count * (height >> 1) * (width >> 1) * channelsOut, 1),
  };
}

/** The block by its definition, in double precision: every sum written out, the way back through the one winning position. */
export function slowBlock(p: BlockProblem): BlockAnswer {
  const { count, height, width, channelsIn, channelsOut, x, kernel, bias, dy } = p;
  const dx = new Float64Array(x.length);
  const dKernel = new Float64Array(kernel.length);
  const dBias = new Float64Array(bias.length);
  const y: number[] = [];

  /** Calls back for every tap inside the image: index into x, index into the kernel. */
  const forTaps = (
    image: number,
    row: number,
    column: number,
    out: number,
    visit: (xIndex: number, kernelIndex: number) => void,
  ) => {
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 3; c++) {
        const [inRow, inColumn] = [row + r - 1, column + c - 1];
        if (inRow < 0 || inRow >= height || inColumn < 0 || inColumn >= width) continue;
        for (let i = 0; i < channelsIn; i++) {
          visit(
            ((image * height + inRow) * width + inColumn) * channelsIn + i,
            ((r * 3 + c) * channelsIn + i) * channelsOut + out,
          );
        }
      }
    }
  };

  for (let image = 0; image < count; image++) {
    for (let row = 0; row + 1 < height; row += 2) {
      for (let column = 0; column + 1 < width; column += 2) {
        for (let out = 0; out < channelsOut; out++) {
          let best = 0;
          let winner: readonly [number, number] | null = null;
          for (const [r, c] of [
            [0, 0],
            [0, 1],
            [1, 0],
            [1, 1],
          ] as const) {
            let sum = bias[out]!;
            forTaps(image, row + r, column + c, out, (xi, ki) => (sum += x[xi]! * kernel[ki]!));
            if (sum > best) {
              best = sum;
              winner = [row + r, column + c];
            }
          }
          const slope = dy[y.length]!;
          y.push(best);
          if (!winner) continue;
          dBias[out]! += slope;
          forTaps(image, winner[0], winner[1], out, (xi, ki) => {
            dx[xi]! += slope * kernel[ki]!;
            dKernel[ki]! += slope * x[xi]!;
          });
        }
      }
    }
  }
  return { y: Float64Array.from(y), dx, dKernel, dBias };
}

/** Largest difference over the largest wanted value. NaN anywhere gives NaN. */
export function relativeDifference(actual: ArrayLike<number>, wanted: ArrayLike<number>): number {
  if (actual.length !== wanted.length) return NaN;
  let difference = 0;
  let size = 1e-30;
  for (let i = 0; i < wanted.length; i++) {
    const gap = Math.abs((wanted[i] ?? NaN) - (actual[i] ?? NaN));
    if (Number.isNaN(gap)) return NaN;
    difference = Math.max(difference, gap);
    size = Math.max(size, Math.abs(wanted[i] ?? 0));
  }
  return difference / size;
}
