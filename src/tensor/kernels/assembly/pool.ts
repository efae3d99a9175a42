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
  storeChoice(poolFour(a0, b0, c0, d0, y), poolFour(a1, b1, c1, d1, y + 16), choice);
}

/** Four channels: writes the values, returns the winners as four i32. */
// @ts-ignore: decorator
@inline
export function poolFour(a: v128, b: v128, c: v128, d: v128, y: usize): v128 {
  const zero = f32x4.splat(0);
  let winner = v128.and(f32x4.gt(b, a), i32x4.splat(1));
  let best = f32x4.pmax(a, b);
  winner = v128.bitselect(i32x4.splat(2), winner, f32x4.gt(c, best));
  best = f32x4.pmax(best, c);
  winner = v128.bitselect(i32x4.splat(3), winner, f32x4.gt(d, best));
  best = f32x4.pmax(best, d);
  v128.store(y, f32x4.pmax(best, zero));
  return v128.bitselect(winner, i32x4.splat(4), f32x4.gt(best, zero));
}

/** Eight winners as bytes. */
// @ts-ignore: decorator
@inline
export function storeChoice(winner0: v128, winner1: v128, choice: usize): void {
  const words = i16x8.narrow_i32x4_s(winner0, winner1);
  v128.store64_lane(choice, i8x16.narrow_i16x8_s(words, words), 0);
}
