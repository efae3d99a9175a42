/**
 * Weight gradient of a layer with one input channel, from lists: each surviving gradient times the three rows of its 3×3
 * patch, read as four floats of which three count.
 */
import { listStride } from './gradient-lists';
import { paddedRowBytes } from './padding';

/**
 * Adds one image.
 * @param padded the bordered input image of one channel, with 8 bytes to spare behind it
 * @param sums [channelsOut][3][4], added to; the fourth of each row is of no use
 * @param biasSums [channelsOut], added to
 */
export function addFirstLayerGradient(
  padded: usize, lists: usize, ends: usize, sums: usize, biasSums: usize,
  height: i32, width: i32, channelsOut: i32,
): void {
  const rowBytes = paddedRowBytes(width, 1);
  const listBytes = listStride(height, width);
  for (let channel = 0; channel < channelsOut; channel++) {
    const end = <usize>load<u32>(ends + (<usize>channel << 2));
    let s0 = v128.load(sums);
    let s1 = v128.load(sums, 16);
    let s2 = v128.load(sums, 32);
    let bias = load<f32>(biasSums);
    for (let pair = lists; pair < end; pair += 8) {
      const patch = padded + <usize>load<u32>(pair);
      const gradient = v128.load32_splat(pair, 4);
      bias += f32x4.extract_lane(gradient, 0);
      s0 = f32x4.add(s0, f32x4.mul(gradient, v128.load(patch)));
      s1 = f32x4.add(s1, f32x4.mul(gradient, v128.load(patch + rowBytes)));
      s2 = f32x4.add(s2, f32x4.mul(gradient, v128.load(patch + 2 * rowBytes)));
    }
    v128.store(sums, s0);
    v128.store(sums, s1, 16);
    v128.store(sums, s2, 32);
    store<f32>(biasSums, bias);
    sums += 48;
    biasSums += 4;
    lists += listBytes;
  }
}

/**
 * What blank windows add: their patch is zero, so the bias alone.
 * @param blank [rows][columns] bytes
 * @param choices of a blank window, [3][3][channelsOut]; with one input channel all nine are alike
 * @param dy [rows][columns · channelsOut], rows dyRowBytes apart; channelsOut is a multiple of 4
 * @param biasSums [channelsOut], added to
 */
export function addBlankToBias(
  blank: usize, choices: usize, dy: usize, dyRowBytes: usize, biasSums: usize,
  rows: i32, columns: i32, channelsOut: i32,
): void {
  const outBytes = <usize>channelsOut << 2;
  for (let block: usize = 0; block < <usize>channelsOut; block += 4) {
    const winner = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(choices + block)));
    const alive = i32x4.lt_u(winner, i32x4.splat(4));
    if (!v128.any_true(alive)) continue;
    let sum = f32x4.splat(0);
    let mark = blank;
    for (let row = 0; row < rows; row++) {
      let from = dy + <usize>row * dyRowBytes + (block << 2);
      for (const end = mark + <usize>columns; mark < end; mark++) {
        if (load<u8>(mark) != 0) sum = f32x4.add(sum, v128.load(from));
        from += outBytes;
      }
    }
    const to = biasSums + (block << 2);
    v128.store(to, f32x4.add(v128.load(to), v128.and(sum, alive)));
  }
}

/** [channelsOut][3][4] → [9][channelsOut]. */
export function unpackFirstLayer(sums: usize, dKernel: usize, channelsOut: i32): void {
  for (let tap: usize = 0; tap < 9; tap++) {
    const from = sums + (((tap / 3) * 4 + (tap % 3)) << 2);
    for (let channel: usize = 0; channel < <usize>channelsOut; channel++) {
      store<f32>(dKernel, load<f32>(from + channel * 48));
      dKernel += 4;
    }
  }
}
