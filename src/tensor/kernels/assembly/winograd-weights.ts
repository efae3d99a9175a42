/** Weights of Winograd's F(2×2, 3×3), made once per step. Source: see winograd.ts. */

/**
 * Weights for `winogradForward`: G·g·Gᵀ of every channel pair.
 * @param kernel [3][3][channelsIn][channelsOut]; channelsOut is a multiple of 8
 * @param transformed written, [channelsOut / 8][16][channelsIn][8]
 */
export function winogradWeights(kernel: usize, transformed: usize, channelsIn: i32, channelsOut: i32): void {
  const tap = <usize>(channelsIn * channelsOut) << 2;
  const frequency = <usize>channelsIn << 5;
  for (let block = 0; block < channelsOut; block += 8) {
    for (let channel = 0; channel < channelsIn; channel++) {
      const from = kernel + (<usize>(channel * channelsOut + block) << 2);
      const to = transformed + (<usize>channel << 5);
      weightTile(from, to, tap, frequency);
      weightTile(from + 16, to + 16, tap, frequency);
    }
    transformed += frequency << 4;
  }
}

/** Four output channels of one input channel. */
function weightTile(from: usize, to: usize, tap: usize, frequency: usize): void {
  const half = f32x4.splat(0.5);
  const g00 = v128.load(from + 0 * tap);
  const g10 = v128.load(from + 3 * tap);
  const g20 = v128.load(from + 6 * tap);
  const g01 = v128.load(from + 1 * tap);
  const g11 = v128.load(from + 4 * tap);
  const g21 = v128.load(from + 7 * tap);
  const g02 = v128.load(from + 2 * tap);
  const g12 = v128.load(from + 5 * tap);
  const g22 = v128.load(from + 8 * tap);
  const e0 = f32x4.add(g00, g20);
  const h10 = f32x4.mul(half, f32x4.add(e0, g10));
  const h20 = f32x4.mul(half, f32x4.sub(e0, g10));
  const e1 = f32x4.add(g01, g21);
  const h11 = f32x4.mul(half, f32x4.add(e1, g11));
  const h21 = f32x4.mul(half, f32x4.sub(e1, g11));
  const e2 = f32x4.add(g02, g22);
  const h12 = f32x4.mul(half, f32x4.add(e2, g12));
  const h22 = f32x4.mul(half, f32x4.sub(e2, g12));
  storeWeightRow(g00, g01, g02, to + 0 * frequency, frequency);
  storeWeightRow(h10, h11, h12, to + 4 * frequency, frequency);
  storeWeightRow(h20, h21, h22, to + 8 * frequency, frequency);
  storeWeightRow(g20, g21, g22, to + 12 * frequency, frequency);
}

// @ts-ignore: decorator
@inline
function storeWeightRow(a: v128, b: v128, c: v128, to: usize, frequency: usize): void {
  const half = f32x4.splat(0.5);
  const ends = f32x4.add(a, c);
  v128.store(to, a);
  v128.store(to + frequency, f32x4.mul(half, f32x4.add(ends, b)));
  v128.store(to + 2 * frequency, f32x4.mul(half, f32x4.sub(ends, b)));
  v128.store(to + 3 * frequency, c);
}
