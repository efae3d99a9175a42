/**
 * Weight gradient of a layer with one input channel: dense, with the gradient masked to the winning position, nine
 * accumulators for four output channels at a time.
 */
import { paddedRowBytes } from './padding';

/**
 * Adds one image.
 * @param padded the bordered input image, one channel
 * @param dy [rows][columns][channelsOut]; channelsOut is a multiple of 4
 * @param sums [9][channelsOut], added to
 * @param biasSums [channelsOut], added to
 */
export function addFirstLayerGradient(
  padded: usize,
  dy: usize,
  choice: usize,
  sums: usize,
  biasSums: usize,
  height: i32,
  width: i32,
  channelsOut: i32,
): void {
  const rowBytes = paddedRowBytes(width, 1);
  const rows = height >> 1;
  const columns = width >> 1;
  const outBytes = (<usize>channelsOut) << 2;
  for (let block: usize = 0; block < <usize>channelsOut; block += 4) {
    const sum = sums + (block << 2);
    let gradientAt = dy + (block << 2);
    let choiceAt = choice + block;
    let bias = v128.load(biasSums + (block << 2));
    let s0 = v128.load(sum + 0 * outBytes);
    let s1 = v128.load(sum + 1 * outBytes);
    let s2 = v128.load(sum + 2 * outBytes);
    let s3 = v128.load(sum + 3 * outBytes);
    let s4 = v128.load(sum + 4 * outBytes);
    let s5 = v128.load(sum + 5 * outBytes);
    let s6 = v128.load(sum + 6 * outBytes);
    let s7 = v128.load(sum + 7 * outBytes);
    let s8 = v128.load(sum + 8 * outBytes);
    for (let row = 0; row < rows; row++) {
      let patch = padded + <usize>(2 * row) * rowBytes;
      for (let column = 0; column < columns; column++) {
        const gradient = v128.load(gradientAt);
        const winner = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(choiceAt)));
        const a = v128.and(gradient, i32x4.eq(winner, i32x4.splat(0)));
        const b = v128.and(gradient, i32x4.eq(winner, i32x4.splat(1)));
        const c = v128.and(gradient, i32x4.eq(winner, i32x4.splat(2)));
        const d = v128.and(gradient, i32x4.eq(winner, i32x4.splat(3)));
        bias = f32x4.add(bias, v128.or(v128.or(a, b), v128.or(c, d)));
        let line = patch;
        const p00 = v128.load32_splat(line);
        const p01 = v128.load32_splat(line, 4);
        const p02 = v128.load32_splat(line, 8);
        const p03 = v128.load32_splat(line, 12);
        s0 = f32x4.add(s0, f32x4.mul(a, p00));
        s1 = f32x4.add(s1, f32x4.mul(a, p01));
        s0 = f32x4.add(s0, f32x4.mul(b, p01));
        s2 = f32x4.add(s2, f32x4.mul(a, p02));
        s1 = f32x4.add(s1, f32x4.mul(b, p02));
        s2 = f32x4.add(s2, f32x4.mul(b, p03));
        line += rowBytes;
        const p10 = v128.load32_splat(line);
        const p11 = v128.load32_splat(line, 4);
        const p12 = v128.load32_splat(line, 8);
        const p13 = v128.load32_splat(line, 12);
        s3 = f32x4.add(s3, f32x4.mul(a, p10));
        s0 = f32x4.add(s0, f32x4.mul(c, p10));
        s4 = f32x4.add(s4, f32x4.mul(a, p11));
        s3 = f32x4.add(s3, f32x4.mul(b, p11));
        s1 = f32x4.add(s1, f32x4.mul(c, p11));
        s0 = f32x4.add(s0, f32x4.mul(d, p11));
        s5 = f32x4.add(s5, f32x4.mul(a, p12));
        s4 = f32x4.add(s4, f32x4.mul(b, p12));
        s2 = f32x4.add(s2, f32x4.mul(c, p12));
        s1 = f32x4.add(s1, f32x4.mul(d, p12));
        s5 = f32x4.add(s5, f32x4.mul(b, p13));
        s2 = f32x4.add(s2, f32x4.mul(d, p13));
        line += rowBytes;
        const p20 = v128.load32_splat(line);
        const p21 = v128.load32_splat(line, 4);
        const p22 = v128.load32_splat(line, 8);
        const p23 = v128.load32_splat(line, 12);
        s6 = f32x4.add(s6, f32x4.mul(a, p20));
        s3 = f32x4.add(s3, f32x4.mul(c, p20));
        s7 = f32x4.add(s7, f32x4.mul(a, p21));
        s6 = f32x4.add(s6, f32x4.mul(b, p21));
        s4 = f32x4.add(s4, f32x4.mul(c, p21));
        s3 = f32x4.add(s3, f32x4.mul(d, p21));
        s8 = f32x4.add(s8, f32x4.mul(a, p22));
        s7 = f32x4.add(s7, f32x4.mul(b, p22));
        s5 = f32x4.add(s5, f32x4.mul(c, p22));
        s4 = f32x4.add(s4, f32x4.mul(d, p22));
        s8 = f32x4.add(s8, f32x4.mul(b, p23));
        s5 = f32x4.add(s5, f32x4.mul(d, p23));
        line += rowBytes;
        const p30 = v128.load32_splat(line);
        const p31 = v128.load32_splat(line, 4);
        const p32 = v128.load32_splat(line, 8);
        const p33 = v128.load32_splat(line, 12);
        s6 = f32x4.add(s6, f32x4.mul(c, p30));
        s7 = f32x4.add(s7, f32x4.mul(c, p31));
        s6 = f32x4.add(s6, f32x4.mul(d, p31));
        s8 = f32x4.add(s8, f32x4.mul(c, p32));
        s7 = f32x4.add(s7, f32x4.mul(d, p32));
        s8 = f32x4.add(s8, f32x4.mul(d, p33));
        patch += 8;
        gradientAt += outBytes;
        choiceAt += <usize>channelsOut;
      }
    }
    v128.store(biasSums + (block << 2), bias);
    v128.store(sum + 0 * outBytes, s0);
    v128.store(sum + 1 * outBytes, s1);
    v128.store(sum + 2 * outBytes, s2);
    v128.store(sum + 3 * outBytes, s3);
    v128.store(sum + 4 * outBytes, s4);
    v128.store(sum + 5 * outBytes, s5);
    v128.store(sum + 6 * outBytes, s6);
    v128.store(sum + 7 * outBytes, s7);
    v128.store(sum + 8 * outBytes, s8);
  }
}
