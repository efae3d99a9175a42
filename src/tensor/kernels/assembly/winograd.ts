/**
 * The forward pass by Winograd's F(2×2, 3×3): its output tile is exactly one pool window, and 16 products do the work of 36.
 * Source: Lavin & Gray, Fast Algorithms for Convolutional Neural Networks (2015), §4.1.
 */
import { paddedRowBytes } from './padding';
import { poolFour, storeChoice } from './pool';

/** Windows that are worked on together: four tiles × eight channels fill the registers. */
const TILES: usize = 4;

/**
 * Like `forward`, for the windows of a list and channelsIn a multiple of 4.
 * @param transformed weights from `winogradWeights`
 * @param windows [count] u32: row · 65,536 + column of each window (from `listWindows`)
 * @param tiles scratch, 16 · 4 · channelsIn floats
 * @param products scratch, 16 · 4 · 8 floats
 */
export function winogradForward(
  padded: usize, transformed: usize, bias: usize, y: usize, yRowBytes: usize, choice: usize,
  windows: usize, count: i32, tiles: usize, products: usize, width: i32, channelsIn: i32, channelsOut: i32,
): void {
  if (count <= 0) return;
  const rowBytes = paddedRowBytes(width, channelsIn);
  const pixelBytes = <usize>channelsIn << 2;
  const outBytes = <usize>channelsOut << 2;
  const columns = <usize>(width >> 1);
  const blockBytes = <usize>(16 * channelsIn) << 5;
  const last = windows + (<usize>(count - 1) << 2);
  for (let next = windows; next <= last; next += 4 * TILES) {
    for (let tile: usize = 0; tile < TILES; tile++) {
      const at = windowAt(next, tile, last);
      const patch = padded + 2 * ((at >> 16) * rowBytes + (at & 0xffff) * pixelBytes);
      for (let channel: usize = 0; channel < pixelBytes; channel += 16) {
        transformTile(patch + channel, rowBytes, pixelBytes, tiles + tile * pixelBytes + channel, TILES * pixelBytes);
      }
    }
    for (let block: usize = 0; block < <usize>channelsOut; block += 8) {
      multiply(tiles, transformed + (block >> 3) * blockBytes, products, pixelBytes);
      for (let tile: usize = 0; tile < TILES; tile++) {
        const at = windowAt(next, tile, last);
        const row = at >> 16;
        const column = at & 0xffff;
        const to = y + row * yRowBytes + column * outBytes + (block << 2);
        finish(products + (tile << 5), bias + (block << 2), to, choice + (row * columns + column) * <usize>channelsOut + block);
      }
    }
  }
}

/** A window of the group that starts at `next`; the last group does its last window again where it has fewer than four. */
// @ts-ignore: decorator
@inline
function windowAt(next: usize, tile: usize, last: usize): usize {
  const at = next + (tile << 2);
  return <usize>load<u32>(at > last ? last : at);
}

/** Bᵀ·d·B of a 4×4 patch, four channels; frequency f goes to `to + f · stride`. */
// @ts-ignore: decorator
@inline
function transformTile(patch: usize, rowBytes: usize, pixelBytes: usize, to: usize, stride: usize): void {
  const p0 = patch + 0 * pixelBytes;
  const d00 = v128.load(p0 + 0 * rowBytes);
  const d10 = v128.load(p0 + 1 * rowBytes);
  const d20 = v128.load(p0 + 2 * rowBytes);
  const d30 = v128.load(p0 + 3 * rowBytes);
  const t00 = f32x4.sub(d00, d20);
  const t10 = f32x4.add(d10, d20);
  const t20 = f32x4.sub(d20, d10);
  const t30 = f32x4.sub(d10, d30);
  const p1 = patch + 1 * pixelBytes;
  const d01 = v128.load(p1 + 0 * rowBytes);
  const d11 = v128.load(p1 + 1 * rowBytes);
  const d21 = v128.load(p1 + 2 * rowBytes);
  const d31 = v128.load(p1 + 3 * rowBytes);
  const t01 = f32x4.sub(d01, d21);
  const t11 = f32x4.add(d11, d21);
  const t21 = f32x4.sub(d21, d11);
  const t31 = f32x4.sub(d11, d31);
  const p2 = patch + 2 * pixelBytes;
  const d02 = v128.load(p2 + 0 * rowBytes);
  const d12 = v128.load(p2 + 1 * rowBytes);
  const d22 = v128.load(p2 + 2 * rowBytes);
  const d32 = v128.load(p2 + 3 * rowBytes);
  const t02 = f32x4.sub(d02, d22);
  const t12 = f32x4.add(d12, d22);
  const t22 = f32x4.sub(d22, d12);
  const t32 = f32x4.sub(d12, d32);
  const p3 = patch + 3 * pixelBytes;
  const d03 = v128.load(p3 + 0 * rowBytes);
  const d13 = v128.load(p3 + 1 * rowBytes);
  const d23 = v128.load(p3 + 2 * rowBytes);
  const d33 = v128.load(p3 + 3 * rowBytes);
  const t03 = f32x4.sub(d03, d23);
  const t13 = f32x4.add(d13, d23);
  const t23 = f32x4.sub(d23, d13);
  const t33 = f32x4.sub(d13, d33);
  storeTileRow(t00, t01, t02, t03, to + 0 * stride, stride);
  storeTileRow(t10, t11, t12, t13, to + 4 * stride, stride);
  storeTileRow(t20, t21, t22, t23, to + 8 * stride, stride);
  storeTileRow(t30, t31, t32, t33, to + 12 * stride, stride);
}

// @ts-ignore: decorator
@inline
function storeTileRow(a: v128, b: v128, c: v128, d: v128, to: usize, stride: usize): void {
  v128.store(to, f32x4.sub(a, c));
  v128.store(to + stride, f32x4.add(b, c));
  v128.store(to + 2 * stride, f32x4.sub(c, b));
  v128.store(to + 3 * stride, f32x4.sub(b, d));
}

/** For each of 16 frequencies: four tiles × channelsIn times channelsIn × eight, to [16][4][8]. */
// @ts-ignore: decorator
@inline
function multiply(tiles: usize, weights: usize, products: usize, pixelBytes: usize): void {
  const last = products + 16 * 128;
  for (; products < last; products += 128) {
    let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
    const end = tiles + pixelBytes;
    while (tiles < end) {
      const w0 = v128.load(weights);
      const w1 = v128.load(weights, 16);
      const a = v128.load32_splat(tiles);
      a0 = f32x4.add(a0, f32x4.mul(a, w0));
      a1 = f32x4.add(a1, f32x4.mul(a, w1));
      const b = v128.load32_splat(tiles + pixelBytes);
      b0 = f32x4.add(b0, f32x4.mul(b, w0));
      b1 = f32x4.add(b1, f32x4.mul(b, w1));
      const c = v128.load32_splat(tiles + 2 * pixelBytes);
      c0 = f32x4.add(c0, f32x4.mul(c, w0));
      c1 = f32x4.add(c1, f32x4.mul(c, w1));
      const d = v128.load32_splat(tiles + 3 * pixelBytes);
      d0 = f32x4.add(d0, f32x4.mul(d, w0));
      d1 = f32x4.add(d1, f32x4.mul(d, w1));
      tiles += 4;
      weights += 32;
    }
    tiles += 3 * pixelBytes;
    v128.store(products, a0);
    v128.store(products, a1, 16);
    v128.store(products, b0, 32);
    v128.store(products, b1, 48);
    v128.store(products, c0, 64);
    v128.store(products, c1, 80);
    v128.store(products, d0, 96);
    v128.store(products, d1, 112);
  }
}

/** Aᵀ·m·A of one tile, bias, ReLU, max pool: eight channels of one window. */
// @ts-ignore: decorator
@inline
function finish(products: usize, bias: usize, y: usize, choice: usize): void {
  const winner0 = finishFour(products, bias, y);
  const winner1 = finishFour(products + 16, bias + 16, y + 16);
  storeChoice(winner0, winner1, choice);
}

// @ts-ignore: decorator
@inline
function finishFour(m: usize, bias: usize, y: usize): v128 {
  const m00 = v128.load(m, 0);
  const m10 = v128.load(m, 512);
  const m20 = v128.load(m, 1024);
  const m30 = v128.load(m, 1536);
  const s00 = f32x4.add(f32x4.add(m00, m10), m20);
  const s10 = f32x4.sub(f32x4.sub(m10, m20), m30);
  const m01 = v128.load(m, 128);
  const m11 = v128.load(m, 640);
  const m21 = v128.load(m, 1152);
  const m31 = v128.load(m, 1664);
  const s01 = f32x4.add(f32x4.add(m01, m11), m21);
  const s11 = f32x4.sub(f32x4.sub(m11, m21), m31);
  const m02 = v128.load(m, 256);
  const m12 = v128.load(m, 768);
  const m22 = v128.load(m, 1280);
  const m32 = v128.load(m, 1792);
  const s02 = f32x4.add(f32x4.add(m02, m12), m22);
  const s12 = f32x4.sub(f32x4.sub(m12, m22), m32);
  const m03 = v128.load(m, 384);
  const m13 = v128.load(m, 896);
  const m23 = v128.load(m, 1408);
  const m33 = v128.load(m, 1920);
  const s03 = f32x4.add(f32x4.add(m03, m13), m23);
  const s13 = f32x4.sub(f32x4.sub(m13, m23), m33);
  const b = v128.load(bias);
  const y00 = f32x4.add(f32x4.add(f32x4.add(s00, s01), s02), b);
  const y01 = f32x4.add(f32x4.sub(f32x4.sub(s01, s02), s03), b);
  const y10 = f32x4.add(f32x4.add(f32x4.add(s10, s11), s12), b);
  const y11 = f32x4.add(f32x4.sub(f32x4.sub(s11, s12), s13), b);
  return poolFour(y00, y01, y10, y11, y);
}
