/**
 * What survives the way back through max pool and ReLU: at most one of four positions per window. Per output channel a
 * list of (byte offset of the 3×3 patch in the bordered image: u32, gradient: f32).
 */
import { paddedRowBytes } from './padding';

/**
 * @param dy [rows][columns][channelsOut] of one image
 * @param choice the winning positions of the same image
 * @param lists written, [channelsOut][rows · columns + 1] pairs of 8 bytes
 * @param ends written, [channelsOut] u32: address behind the last pair of each list
 */
export function buildLists(
  dy: usize, choice: usize, lists: usize, ends: usize,
  height: i32, width: i32, channelsIn: i32, channelsOut: i32,
): void {
  const rows = height >> 1;
  const columns = width >> 1;
  const rowBytes = paddedRowBytes(width, channelsIn);
  const pixelBytes = <usize>channelsIn << 2;
  const listBytes = listStride(height, width);
  for (let channel = 0; channel < channelsOut; channel++) {
    store<u32>(ends + (<usize>channel << 2), <u32>(lists + <usize>channel * listBytes));
  }
  const last = ends + (<usize>channelsOut << 2);
  for (let row = 0; row < rows; row++) {
    let corner = <usize>(2 * row) * rowBytes;
    for (let column = 0; column < columns; column++) {
      for (let slot = ends; slot < last; slot += 4) {
        const position = <usize>load<u8>(choice);
        const gradient = load<f32>(dy);
        const end = <usize>load<u32>(slot);
        store<u32>(end, <u32>(corner + (position >> 1) * rowBytes + (position & 1) * pixelBytes));
        store<f32>(end, gradient, 4);
        store<u32>(slot, <u32>end + (u32((position < 4) & (gradient != 0)) << 3));
        dy += 4;
        choice++;
      }
      corner += pixelBytes << 1;
    }
  }
}

/** Bytes of one channel's list, with room for the pair that is written and not kept. */
// @ts-ignore: decorator
@inline
export function listStride(height: i32, width: i32): usize {
  return <usize>((height >> 1) * (width >> 1) + 1) << 3;
}
