/**
 * Blank paper. Most windows of a drawing see nothing but paper, which is exactly 0, and so they all have one answer: that of
 * an empty page at the same place. A window counts as blank when all that it can see is blank, border included.
 */
import { paddedRowBytes } from './padding';

/**
 * First layer: a window is blank when its 4×4 patch is all zero bits.
 * @param padded bordered image of one channel, with 8 bytes to spare behind it
 * @param blank written, [height / 2][width / 2] bytes, 1 for blank
 */
export function markBlankPixels(padded: usize, blank: usize, height: i32, width: i32): void {
  const rowBytes = paddedRowBytes(width, 1);
  const columns = <usize>(width >> 1);
  for (let row = 0; row < height >> 1; row++) {
    let patch = padded + <usize>(2 * row) * rowBytes;
    for (const end = blank + columns; blank < end; blank++) {
      const upper = v128.or(v128.load(patch), v128.load(patch + rowBytes));
      const lower = v128.or(v128.load(patch + 2 * rowBytes), v128.load(patch + 3 * rowBytes));
      store<u8>(blank, u8(!v128.any_true(v128.or(upper, lower))));
      patch += 8;
    }
  }
}

/**
 * Inner layers: a window is blank when all pixels of its 4×4 patch are, those beyond the border aside.
 * @param before [height][width] bytes, the windows of the layer before
 * @param blank written, [height / 2][width / 2] bytes
 */
export function markBlankWindows(before: usize, blank: usize, height: i32, width: i32): void {
  for (let row = 0; row < height; row += 2) {
    // Rows beyond the border are taken for the nearest one inside, whose marks count already.
    const line0 = before + <usize>(max(row - 1, 0) * width);
    const line1 = before + <usize>(row * width);
    const line2 = line1 + <usize>width;
    const line3 = before + <usize>(min(row + 2, height - 1) * width);
    for (let column = 0; column < width; column += 2) {
      // Likewise columns: the pixels that both ends share are looked at twice.
      const left = <usize>max(column - 1, 0);
      const right = <usize>min(column + 1, width - 2);
      const marks =
        load<u16>(line0 + left) & load<u16>(line1 + left) & load<u16>(line2 + left) & load<u16>(line3 + left) &
        load<u16>(line0 + right) & load<u16>(line1 + right) & load<u16>(line2 + right) & load<u16>(line3 + right);
      store<u8>(blank++, u8(marks == 0x0101));
    }
  }
}

/**
 * Lists the windows that are not blank, for `winogradForward`.
 * @param blank [rows][columns] bytes; 0 lists all windows
 * @param windows written, at most rows · columns u32: row · 65,536 + column
 * @returns how many
 */
export function listWindows(blank: usize, windows: usize, rows: i32, columns: i32): i32 {
  const start = windows;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      store<u32>(windows, <u32>((row << 16) | column));
      windows += blank == 0 || load<u8>(blank) == 0 ? 4 : 0;
      if (blank != 0) blank++;
    }
  }
  return <i32>((windows - start) >> 2);
}

/**
 * Gives blank windows the answer of an empty page, where they do not hold it already from the image before.
 * @param held [rows · columns] bytes, 1 for windows that hold that answer; brought up to date
 * @param values [3][3][channelsOut]: first, inner and last row by first, inner and last column
 * @param choices as bytes, like values
 * @param y written, rows yRowBytes apart
 * @param choice written
 */
export function fillBlank(
  blank: usize, held: usize, values: usize, choices: usize, y: usize, yRowBytes: usize, choice: usize,
  rows: i32, columns: i32, channelsOut: i32,
): void {
  const outBytes = <usize>channelsOut << 2;
  for (let row = 0; row < rows; row++) {
    const rowClass = classOf(row, rows);
    for (let column = 0; column < columns; column++) {
      // Mostly there is nothing to do for eight windows in a row.
      if (column + 8 <= columns && (load<u64>(blank) & ~load<u64>(held)) == 0) {
        store<u64>(held, load<u64>(blank));
        blank += 8;
        held += 8;
        column += 7;
        continue;
      }
      const isBlank = load<u8>(blank);
      if (isBlank > load<u8>(held)) {
        const to = y + <usize>column * outBytes;
        const toChoice = choice + <usize>(column * channelsOut);
        const place = <usize>(3 * rowClass + classOf(column, columns));
        const from = values + place * outBytes;
        const fromChoice = choices + place * <usize>channelsOut;
        for (let channel: usize = 0; channel < <usize>channelsOut; channel += 8) {
          v128.store(to + (channel << 2), v128.load(from + (channel << 2)));
          v128.store(to + (channel << 2), v128.load(from + (channel << 2), 16), 16);
          store<u64>(toChoice + channel, load<u64>(fromChoice + channel));
        }
      }
      store<u8>(held, isBlank);
      blank++;
      held++;
    }
    y += yRowBytes;
    choice += <usize>(columns * channelsOut);
  }
}

// @ts-ignore: decorator
@inline
function classOf(index: i32, count: i32): i32 {
  return index == 0 ? 0 : index == count - 1 ? 2 : 1;
}
