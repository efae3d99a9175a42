/**
 * What survives the way back through max pool and ReLU: at most one of four positions per window. Per output channel a
 * list of (byte offset of the 3×3 patch in the bordered image: u32, gradient: f32).
 */
import { paddedRowBytes } from './padding';

/** Eight channels of a window that have all lost. */
const ALL_DEAD: u64 = 0x0404040404040404;

/**
 * @param dy [rows][columns · channelsOut] of one image, rows dyRowBytes apart
 * @param choice the winning positions of the same image, rows close together
 * @param blank [rows][columns] bytes: windows that are not 0 are left out; or 0
 * @param lists written, [channelsOut][rows · columns + 1] pairs of 8 bytes
 * @param ends written, [channelsOut] u32: address behind the last pair of each list
 * @param alive scratch, (rows · columns + 1) · 16 + 32 bytes
 */
export function buildLists(
  dy: usize, dyRowBytes: usize, choice: usize, blank: usize, lists: usize, ends: usize, alive: usize,
  height: i32, width: i32, channelsIn: i32, channelsOut: i32,
): void {
  const rowBytes = paddedRowBytes(width, channelsIn);
  const pixelBytes = <usize>channelsIn << 2;
  const listBytes = listStride(height, width);
  // Where the patch of each winning position lies, from that of the first; for none, anywhere.
  const steps = alive;
  store<u32>(steps, 0);
  store<u32>(steps, <u32>pixelBytes, 4);
  store<u32>(steps, <u32>rowBytes, 8);
  store<u32>(steps, <u32>(rowBytes + pixelBytes), 12);
  store<u32>(steps, 0, 16);
  const entries = alive + 32;
  for (let block: usize = 0; block < <usize>channelsOut; block += 8) {
    const end = findAlive(
      dy + (block << 2), dyRowBytes, choice + block, blank, entries, rowBytes, pixelBytes, height, width, channelsOut,
    );
    for (let channel: usize = 0; channel < 8; channel++) {
      let pair = lists;
      for (let entry = entries; entry < end; entry += 16) {
        const position = <usize>load<u8>(<usize>load<u32>(entry, 8) + channel);
        const gradient = load<u32>(<usize>load<u32>(entry, 4) + (channel << 2));
        const patch = load<u32>(entry) + load<u32>(steps + (position << 2));
        store<u64>(pair, (<u64>gradient << 32) | <u64>patch);
        // As bits: anything but plus and minus 0.
        pair += u32((position < 4) & (gradient << 1 != 0)) << 3;
      }
      store<u32>(ends, <u32>pair);
      ends += 4;
      lists += listBytes;
    }
  }
}

/** Lists the windows in which one of eight channels is alive: patch offset, addresses of gradient and choice. */
function findAlive(
  dy: usize, dyRowBytes: usize, choice: usize, blank: usize, entry: usize,
  rowBytes: usize, pixelBytes: usize, height: i32, width: i32, channelsOut: i32,
): usize {
  const columns = width >> 1;
  for (let row = 0; row < height >> 1; row++) {
    let corner = <usize>(2 * row) * rowBytes;
    let from = dy;
    for (let column = 0; column < columns; column++) {
      store<u32>(entry, <u32>corner);
      store<u32>(entry, <u32>from, 4);
      store<u32>(entry, <u32>choice, 8);
      const seen = blank == 0 || load<u8>(blank + <usize>column) == 0;
      entry += u32(seen & (load<u64>(choice) != ALL_DEAD)) << 4;
      corner += pixelBytes << 1;
      from += <usize>channelsOut << 2;
      choice += <usize>channelsOut;
    }
    dy += dyRowBytes;
    if (blank != 0) blank += <usize>columns;
  }
  return entry;
}

/** Bytes of one channel's list, with room for the pair that is written and not kept. */
// @ts-ignore: decorator
@inline
export function listStride(height: i32, width: i32): usize {
  return <usize>((height >> 1) * (width >> 1) + 1) << 3;
}
