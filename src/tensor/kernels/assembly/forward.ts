/** Convolution 3×3, bias, ReLU and max pool in one pass over the image. */
import { paddedRowBytes } from './padding';
import { poolEight } from './pool';

/**
 * One image.
 * @param padded the bordered image, (height + 2) · (width + 2) · channelsIn floats
 * @param packed weights from `packWeights`; channelsOut is a multiple of 8
 * @param bias [channelsOut]
 * @param y written, height / 2 rows of width / 2 · channelsOut floats, yRowBytes apart
 * @param choice written, one byte per value of y, rows close together
 * @param blank [height / 2][width / 2] bytes: windows that are not 0 are left alone; or 0
 */
export function forward(
  padded: usize, packed: usize, bias: usize, y: usize, yRowBytes: usize, choice: usize, blank: usize,
  height: i32, width: i32, channelsIn: i32, channelsOut: i32,
): void {
  const rowBytes = paddedRowBytes(width, channelsIn);
  const pixelBytes = <usize>channelsIn << 2;
  const outBytes = <usize>channelsOut << 2;
  const rows = height >> 1;
  const columns = width >> 1;
  const blockBytes = <usize>(9 * channelsIn) << 5;
  for (let row = 0; row < rows; row++) {
    let weights = packed;
    for (let block = 0; block < channelsOut; block += 8) {
      let source = padded + <usize>(2 * row) * rowBytes;
      let to = y + (<usize>block << 2);
      let toChoice = choice + <usize>block;
      const bias0 = v128.load(bias + (<usize>block << 2));
      const bias1 = v128.load(bias + (<usize>block << 2), 16);
      for (let column = 0; column < columns; column++) {
        if (blank == 0 || load<u8>(blank + <usize>column) == 0) {
          if (channelsIn == 1) windowOfOne(source, rowBytes, weights, bias0, bias1, to, toChoice);
          else window(source, rowBytes, pixelBytes, weights, bias0, bias1, to, toChoice);
        }
        source += pixelBytes << 1;
        to += outBytes;
        toChoice += <usize>channelsOut;
      }
      weights += blockBytes;
    }
    y += yRowBytes;
    choice += <usize>(columns * channelsOut);
    if (blank != 0) blank += <usize>columns;
  }
}

/** One window, eight channels: 4 positions × 8 channels in registers while the 9 · channelsIn taps go by. */
// @ts-ignore: decorator
@inline
function window(
  source: usize, rowBytes: usize, pixelBytes: usize, weights: usize,
  bias0: v128, bias1: v128, y: usize, choice: usize,
): void {
  let a0 = bias0, a1 = bias1, b0 = bias0, b1 = bias1;
  let c0 = bias0, c1 = bias1, d0 = bias0, d1 = bias1;
  let upper = source;
  for (let tapRow = 0; tapRow < 3; tapRow++) {
    let lower = upper + rowBytes;
    const end = upper + 3 * pixelBytes;
    const next = lower;
    while (upper < end) {
      const w0 = v128.load(weights);
      const w1 = v128.load(weights, 16);
      const a = v128.load32_splat(upper);
      a0 = f32x4.add(a0, f32x4.mul(a, w0));
      a1 = f32x4.add(a1, f32x4.mul(a, w1));
      const b = v128.load32_splat(upper + pixelBytes);
      b0 = f32x4.add(b0, f32x4.mul(b, w0));
      b1 = f32x4.add(b1, f32x4.mul(b, w1));
      const c = v128.load32_splat(lower);
      c0 = f32x4.add(c0, f32x4.mul(c, w0));
      c1 = f32x4.add(c1, f32x4.mul(c, w1));
      const d = v128.load32_splat(lower + pixelBytes);
      d0 = f32x4.add(d0, f32x4.mul(d, w0));
      d1 = f32x4.add(d1, f32x4.mul(d, w1));
      upper += 4;
      lower += 4;
      weights += 32;
    }
    upper = next;
  }
  poolEight(a0, a1, b0, b1, c0, c1, d0, d1, y, choice);
}

/** The same for one input channel, without loops: the 4×4 patch is read once per tap row. */
// @ts-ignore: decorator
@inline
function windowOfOne(
  source: usize, rowBytes: usize, weights: usize, bias0: v128, bias1: v128, y: usize, choice: usize,
): void {
  let a0 = bias0, a1 = bias1, b0 = bias0, b1 = bias1;
  let c0 = bias0, c1 = bias1, d0 = bias0, d1 = bias1;
  for (let tapRow = 0; tapRow < 3; tapRow++) {
    const lower = source + rowBytes;
    const p0 = v128.load32_splat(source);
    const p1 = v128.load32_splat(source, 4);
    const p2 = v128.load32_splat(source, 8);
    const p3 = v128.load32_splat(source, 12);
    const q0 = v128.load32_splat(lower);
    const q1 = v128.load32_splat(lower, 4);
    const q2 = v128.load32_splat(lower, 8);
    const q3 = v128.load32_splat(lower, 12);
    let w = v128.load(weights);
    a0 = f32x4.add(a0, f32x4.mul(p0, w));
    b0 = f32x4.add(b0, f32x4.mul(p1, w));
    c0 = f32x4.add(c0, f32x4.mul(q0, w));
    d0 = f32x4.add(d0, f32x4.mul(q1, w));
    w = v128.load(weights, 16);
    a1 = f32x4.add(a1, f32x4.mul(p0, w));
    b1 = f32x4.add(b1, f32x4.mul(p1, w));
    c1 = f32x4.add(c1, f32x4.mul(q0, w));
    d1 = f32x4.add(d1, f32x4.mul(q1, w));
    w = v128.load(weights, 32);
    a0 = f32x4.add(a0, f32x4.mul(p1, w));
    b0 = f32x4.add(b0, f32x4.mul(p2, w));
    c0 = f32x4.add(c0, f32x4.mul(q1, w));
    d0 = f32x4.add(d0, f32x4.mul(q2, w));
    w = v128.load(weights, 48);
    a1 = f32x4.add(a1, f32x4.mul(p1, w));
    b1 = f32x4.add(b1, f32x4.mul(p2, w));
    c1 = f32x4.add(c1, f32x4.mul(q1, w));
    d1 = f32x4.add(d1, f32x4.mul(q2, w));
    w = v128.load(weights, 64);
    a0 = f32x4.add(a0, f32x4.mul(p2, w));
    b0 = f32x4.add(b0, f32x4.mul(p3, w));
    c0 = f32x4.add(c0, f32x4.mul(q2, w));
    d0 = f32x4.add(d0, f32x4.mul(q3, w));
    w = v128.load(weights, 80);
    a1 = f32x4.add(a1, f32x4.mul(p2, w));
    b1 = f32x4.add(b1, f32x4.mul(p3, w));
    c1 = f32x4.add(c1, f32x4.mul(q2, w));
    d1 = f32x4.add(d1, f32x4.mul(q3, w));
    source = lower;
    weights += 96;
  }
  poolEight(a0, a1, b0, b1, c0, c1, d0, d1, y, choice);
}
