/**
 * Filter gradient of any 2-D convolution without dilation. One row of the filter reads filterWidth · channelsIn numbers that
 * lie side by side in the frame, so the gradient of that row is a product of matrices: those numbers × the output's channels,
 * summed over positions. Four numbers × eight channels stay in registers while a band of output rows goes by.
 */
import { copyPixels } from './frame';

/** Bytes of input and gradient that one band reads: they stay in the first cache while all tiles go over them. */
const BAND_BYTES: usize = 16384;

/**
 * Adds one image.
 * @param frame the image in its frame (see frame.ts), with 12 bytes to spare behind it
 * @param dy gradient of the output, [outHeight][outWidth][channelsOut]; channelsOut is a multiple of 4
 * @param sums [filterHeight][⌈filterWidth · channelsIn / 4⌉ · 4][channelsOut]; rows past filterWidth · channelsIn mean nothing
 */
export function addConvFilterGradient(
  frame: usize, dy: usize, sums: usize, frameWidth: i32, channelsIn: i32, outHeight: i32, outWidth: i32, channelsOut: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32,
): void {
  const rowBytes = <usize>(frameWidth * channelsIn) << 2;
  const bandStep = <usize>strideHeight * rowBytes;
  const step = <usize>(strideWidth * channelsIn) << 2;
  const outBytes = <usize>channelsOut << 2;
  const dyRowBytes = <usize>outWidth * outBytes;
  const spanBytes = <usize>(filterWidth * channelsIn) << 2;
  const band = max(<i32>(BAND_BYTES / (bandStep + dyRowBytes)), 1);
  for (let row = 0; row < outHeight; row += band) {
    const rows = min(band, outHeight - row);
    let to = sums;
    let source = frame + <usize>row * bandStep;
    for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
      for (let at: usize = 0; at < spanBytes; at += 16) {
        let block: usize = 0;
        for (; block + 32 <= outBytes; block += 32) {
          addFourByEight(source + at, bandStep, step, dy + block, dyRowBytes, outBytes, rows, to + block);
        }
        if (block < outBytes) addFourByFour(source + at, bandStep, step, dy + block, dyRowBytes, outBytes, rows, to + block);
        to += outBytes << 2;
      }
      source += rowBytes;
    }
    dy += <usize>rows * dyRowBytes;
  }
}

function addFourByEight(
  source: usize, bandStep: usize, step: usize, dy: usize, dyRowBytes: usize, outBytes: usize, rows: i32, to: usize,
): void {
  let a0 = f32x4.splat(0), a1 = a0, b0 = a0, b1 = a0, c0 = a0, c1 = a0, d0 = a0, d1 = a0;
  for (let row = 0; row < rows; row++) {
    let x = source;
    for (const end = dy + dyRowBytes; dy < end; dy += outBytes) {
      const g0 = v128.load(dy);
      const g1 = v128.load(dy, 16);
      const a = v128.load32_splat(x);
      a0 = f32x4.add(a0, f32x4.mul(a, g0));
      a1 = f32x4.add(a1, f32x4.mul(a, g1));
      const b = v128.load32_splat(x, 4);
      b0 = f32x4.add(b0, f32x4.mul(b, g0));
      b1 = f32x4.add(b1, f32x4.mul(b, g1));
      const c = v128.load32_splat(x, 8);
      c0 = f32x4.add(c0, f32x4.mul(c, g0));
      c1 = f32x4.add(c1, f32x4.mul(c, g1));
      const d = v128.load32_splat(x, 12);
      d0 = f32x4.add(d0, f32x4.mul(d, g0));
      d1 = f32x4.add(d1, f32x4.mul(d, g1));
      x += step;
    }
    source += bandStep;
  }
  addPair(to, a0, a1);
  addPair(to + outBytes, b0, b1);
  addPair(to + 2 * outBytes, c0, c1);
  addPair(to + 3 * outBytes, d0, d1);
}

function addFourByFour(
  source: usize, bandStep: usize, step: usize, dy: usize, dyRowBytes: usize, outBytes: usize, rows: i32, to: usize,
): void {
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (let row = 0; row < rows; row++) {
    let x = source;
    for (const end = dy + dyRowBytes; dy < end; dy += outBytes) {
      const g = v128.load(dy);
      a = f32x4.add(a, f32x4.mul(v128.load32_splat(x), g));
      b = f32x4.add(b, f32x4.mul(v128.load32_splat(x, 4), g));
      c = f32x4.add(c, f32x4.mul(v128.load32_splat(x, 8), g));
      d = f32x4.add(d, f32x4.mul(v128.load32_splat(x, 12), g));
      x += step;
    }
    source += bandStep;
  }
  v128.store(to, f32x4.add(v128.load(to), a));
  v128.store(to + outBytes, f32x4.add(v128.load(to + outBytes), b));
  v128.store(to + 2 * outBytes, f32x4.add(v128.load(to + 2 * outBytes), c));
  v128.store(to + 3 * outBytes, f32x4.add(v128.load(to + 3 * outBytes), d));
}

// @ts-ignore: decorator
@inline
function addPair(to: usize, low: v128, high: v128): void {
  v128.store(to, f32x4.add(v128.load(to), low));
  v128.store(to, f32x4.add(v128.load(to, 16), high), 16);
}

/**
 * The sums as a filter gradient, [filterHeight][span][channelsOut].
 * @param span filterWidth · channelsIn @param sumChannels channels of the sums, at least channelsOut
 */
export function collectFilterGradient(
  sums: usize, dFilter: usize, filterHeight: i32, span: i32, sumChannels: i32, channelsOut: i32,
): void {
  for (let tapRow = 0; tapRow < filterHeight; tapRow++) {
    copyPixels(sums, sumChannels, dFilter, channelsOut, channelsOut, span);
    sums += <usize>(((span + 3) & ~3) * sumChannels) << 2;
    dFilter += <usize>(span * channelsOut) << 2;
  }
}
