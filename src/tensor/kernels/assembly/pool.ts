/**
 * End of a forward pass: ReLU and 2×2 max of the four sums of one window for eight channels.
 *
 * Writes eight values and eight bytes: which of the four positions (row · 2 + column, the first of equals) won, or 4 where
 * ReLU gave zero, so that nothing flows back. A NaN in every position stays NaN.
 */

// @ts-ignore: decorator
@inline
export function poolEight(
  a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128, d0: v128, d1: v128,
  y: usize, choice: usize,
): void {
  const zero = f32x4.splat(0);
  const two = i32x4.splat(2);
  const three = i32x4.splat(3);
  const dead = i32x4.splat(4);

  let win0 = v128.and(f32x4.gt(b0, a0), i32x4.splat(1));
  let best0 = f32x4.pmax(a0, b0);
  win0 = v128.bitselect(two, win0, f32x4.gt(c0, best0));
  best0 = f32x4.pmax(best0, c0);
  win0 = v128.bitselect(three, win0, f32x4.gt(d0, best0));
  best0 = f32x4.pmax(best0, d0);
  win0 = v128.bitselect(win0, dead, f32x4.gt(best0, zero));
  v128.store(y, f32x4.pmax(best0, zero));

  let win1 = v128.and(f32x4.gt(b1, a1), i32x4.splat(1));
  let best1 = f32x4.pmax(a1, b1);
  win1 = v128.bitselect(two, win1, f32x4.gt(c1, best1));
  best1 = f32x4.pmax(best1, c1);
  win1 = v128.bitselect(three, win1, f32x4.gt(d1, best1));
  best1 = f32x4.pmax(best1, d1);
  win1 = v128.bitselect(win1, dead, f32x4.gt(best1, zero));
  v128.store(y, f32x4.pmax(best1, zero), 16);

  const words = i16x8.narrow_i32x4_s(win0, win1);
  v128.store64_lane(choice, i8x16.narrow_i16x8_s(words, words), 0);
}
