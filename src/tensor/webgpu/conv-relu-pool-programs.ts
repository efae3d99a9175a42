/**
 * The network's block [conv 3×3 same, bias, ReLU, max pool 2] in WGSL, and the way back. All sums have a fixed order, so
 * the same arguments give the same bits on the same device. Channels are worked on in fours where their number allows it.
 *
 * The forward pass writes the block's values and, behind them, which of the four positions of its window each came from
 * (0..3, the first of equals; 4 where ReLU let nothing through). After pooling at most one of four gradients is left, so
 * the way back visits the winners alone.
 */
import type { BlockSizes } from '../fused-block.ts';
import { gpuProgram, type GpuProgram, type Uniforms } from './gpu-program.ts';

/** Windows whose gradients one thread adds up: enough to be worth a thread, few enough to fill a GPU. */
const WINDOWS_PER_BAND = 256;

export function pooledShape({ count, height, width, channelsOut }: BlockSizes): number[] {
  return [count, height >> 1, width >> 1, channelsOut];
}

function lanesOf({ channelsOut }: BlockSizes): number {
  return channelsOut % 4 === 0 ? 4 : 1;
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** `Lanes` is one or four neighbouring output channels; `groups` how many of them there are. */
function header(lanes: number, kernelShape: string): string {
  return `
    alias Lanes = ${lanes === 4 ? 'vec4<f32>' : 'f32'};
    fn groups() -> i32 { return ${kernelShape} / ${lanes}; }
  `;
}

/** The pixel at a place, 0 outside of the picture. */
const PIXEL = `
  fn pixel(image : i32, row : i32, column : i32, channel : i32) -> f32 {
    let size = uniforms.xShape;
    if (row < 0 || column < 0 || row >= size.y || column >= size.z) { return 0.0; }
    return x[((image * size.y + row) * size.z + column) * size.w + channel];
  }
`;

/** Inputs: x, kernel, bias. Output: [2, values], the values and then the positions they came from. */
export function forwardProgram(sizes: BlockSizes): GpuProgram {
  const lanes = lanesOf(sizes);
  const values = sizeOf(pooledShape(sizes));
  return gpuProgram({
    name: 'Forward',
    inputs: { x: 1, kernel: lanes, bias: lanes },
    outputShape: [2, values],
    lanes,
    threads: values / lanes,
    code: `
      ${header(lanes, 'uniforms.kernelShape.w')}
      ${PIXEL}
      fn main(index : i32) {
        let outHeight = uniforms.xShape.y / 2;
        let outWidth = uniforms.xShape.z / 2;
        let values = uniforms.xShape.x * outHeight * outWidth * groups();
        if (index >= values) { return; }
        let group = index % groups();
        let window = index / groups();
        let top = 2 * (window / outWidth % outHeight) - 1;
        let left = 2 * (window % outWidth) - 1;
        let image = window / (outWidth * outHeight);
        var sums : array<Lanes, 4>;
        for (var at = 0; at < 4; at++) { sums[at] = bias[group]; }
        for (var channel = 0; channel < uniforms.xShape.w; channel++) {
          var near : array<f32, 16>;
          for (var at = 0; at < 16; at++) { near[at] = pixel(image, top + at / 4, left + at % 4, channel); }
          for (var tap = 0; tap < 9; tap++) {
            let weight = kernel[(tap * uniforms.xShape.w + channel) * groups() + group];
            let corner = tap / 3 * 4 + tap % 3;
            sums[0] += weight * near[corner];
            sums[1] += weight * near[corner + 1];
            sums[2] += weight * near[corner + 4];
            sums[3] += weight * near[corner + 5];
          }
        }
        var most = sums[0];
        var position = Lanes(0.0);
        for (var at = 1; at < 4; at++) {
          position = select(position, Lanes(f32(at)), sums[at] > most);
          most = select(most, sums[at], sums[at] > most);
        }
        // Written so that a value that is no number stays one.
        result[index] = select(most, Lanes(0.0), most <= Lanes(0.0));
        result[index + values] = select(position, Lanes(4.0), most <= Lanes(0.0));
      }
    `,
  });
}

/** Input: what the forward pass wrote. Output: the values alone. */
export function valuesProgram(sizes: BlockSizes): GpuProgram {
  const lanes = lanesOf(sizes);
  const outputShape = pooledShape(sizes);
  const threads = sizeOf(outputShape) / lanes;
  return gpuProgram({
    name: 'Values',
    inputs: { both: lanes },
    outputShape,
    lanes,
    threads,
    code: `
      fn main(index : i32) {
        if (index >= uniforms.bothShape.y / ${lanes}) { return; }
        result[index] = both[index];
      }
    `,
  });
}

/**
 * Gradients of kernel and bias over bands of windows; what is left to do is to add up the bands.
 * Inputs: x, both (of the forward pass), dy. Output: [bands, weights], kernel first, bias behind it.
 */
export function bandsProgram(sizes: BlockSizes): [GpuProgram, Uniforms] {
  const lanes = lanesOf(sizes);
  const [count = 0, height = 0, width = 0] = pooledShape(sizes);
  const windows = count * height * width;
  const bands = Math.ceil(windows / WINDOWS_PER_BAND);
  const weights = (9 * sizes.channelsIn + 1) * sizes.channelsOut;
  const program = gpuProgram({
    name: 'Bands',
    inputs: { x: 1, both: lanes, dy: lanes },
    outputShape: [bands, weights],
    lanes,
    threads: (bands * weights) / lanes,
    uniforms: 'bands : i32,',
    code: `
      ${header(lanes, 'uniforms.dyShape.w')}
      ${PIXEL}
      fn main(index : i32) {
        let size = uniforms.dyShape;
        let windows = size.x * size.y * size.z;
        let rows = 9 * uniforms.xShape.w + 1;
        if (index >= uniforms.bands * rows * groups()) { return; }
        let group = index % groups();
        let row = index / groups() % rows;
        let channel = row % uniforms.xShape.w;
        let tap = row / uniforms.xShape.w;
        let first = index / groups() / rows * ${WINDOWS_PER_BAND};
        let end = min(first + ${WINDOWS_PER_BAND}, windows);
        var sum = Lanes(0.0);
        for (var window = first; window < end; window++) {
          let position = both[(windows + window) * groups() + group];
          let slope = select(dy[window * groups() + group], Lanes(0.0), position == Lanes(4.0));
          if (tap == 9) {
            sum += slope;
            continue;
          }
          let image = window / (size.y * size.z);
          let top = 2 * (window / size.z % size.y) + tap / 3 - 1;
          let left = 2 * (window % size.z) + tap % 3 - 1;
          var value = Lanes(pixel(image, top, left, channel));
          value = select(value, Lanes(pixel(image, top, left + 1, channel)), position == Lanes(1.0));
          value = select(value, Lanes(pixel(image, top + 1, left, channel)), position == Lanes(2.0));
          value = select(value, Lanes(pixel(image, top + 1, left + 1, channel)), position == Lanes(3.0));
          sum += slope * value;
        }
        result[index] = sum;
      }
    `,
  });
  return [program, [{ type: 'int32', data: [bands] }]];
}

/** Input: bands. Output: the sum of a stretch of their columns, `outputShape`, from column `offset` on. */
export function totalProgram(outputShape: number[], offset: number): [GpuProgram, Uniforms] {
  const program = gpuProgram({
    name: 'Total',
    inputs: { bands: 1 },
    outputShape,
    lanes: 1,
    threads: sizeOf(outputShape),
    uniforms: 'offset : i32, length : i32,',
    code: `
      fn main(index : i32) {
        if (index >= uniforms.length) { return; }
        var sum = 0.0;
        for (var band = 0; band < uniforms.bandsShape.x; band++) {
          sum += bands[band * uniforms.bandsShape.y + uniforms.offset + index];
        }
        result[index] = sum;
      }
    `,
  });
  return [
    program,
    [
      { type: 'int32', data: [offset] },
      { type: 'int32', data: [sizeOf(outputShape)] },
    ],
  ];
}

/** Gradient of x. Inputs: kernel, both (of the forward pass), dy. Output: shaped like x. */
export function inputGradientProgram(sizes: BlockSizes): GpuProgram {
  const lanes = lanesOf(sizes);
  const { count, height, width, channelsIn } = sizes;
  const outputShape = [count, height, width, channelsIn];
  return gpuProgram({
    name: `InputGradient${lanes}x`,
    inputs: { kernel: lanes, both: lanes, dy: lanes },
    outputShape,
    lanes: 1,
    threads: sizeOf(outputShape),
    code: `
      ${header(lanes, 'uniforms.kernelShape.w')}
      fn main(index : i32) {
        let size = uniforms.outShape;
        if (index >= size.x * size.y * size.z * size.w) { return; }
        let channel = index % size.w;
        let column = index / size.w % size.z;
        let row = index / (size.w * size.z) % size.y;
        let image = index / (size.w * size.z * size.y);
        let pooled = uniforms.dyShape;
        let windows = pooled.x * pooled.y * pooled.z;
        var sum = 0.0;
        for (var tap = 0; tap < 9; tap++) {
          let at = vec2<i32>(row + 1 - tap / 3, column + 1 - tap % 3);
          if (any(at < vec2<i32>(0)) || any(at / 2 >= pooled.yz)) { continue; }
          let window = (image * pooled.y + at.x / 2) * pooled.z + at.y / 2;
          let position = Lanes(f32(2 * (at.x % 2) + at.y % 2));
          for (var group = 0; group < groups(); group++) {
            let slope = dy[window * groups() + group];
            let here = both[(windows + window) * groups() + group] == position;
            let weight = kernel[(tap * size.w + channel) * groups() + group];
            sum += ${lanes === 4 ? 'dot' : 'product'}(select(Lanes(0.0), slope, here), weight);
          }
        }
        result[index] = sum;
      }
      fn product(a : f32, b : f32) -> f32 { return a * b; }
    `,
  });
}
