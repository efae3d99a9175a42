/** Sums of the columns of a matrix: the gradient of a bias that was added to every row. */

/** Rows of so many bytes are summed on their own first: they stay in the first cache, and long sums keep their last digits. */
const BLOCK_BYTES: usize = 32768;

/**
 * @param x [rows][columns] @param sums written, [columns]
 */
export function sumRows(x: usize, sums: usize, rows: i32, columns: i32): void {
  const rowBytes = <usize>columns << 2;
  const block = max(<i32>(BLOCK_BYTES / rowBytes), 1);
  memory.fill(sums, 0, rowBytes);
  for (let row = 0; row < rows; row += block) {
    const count = min(block, rows - row);
    const end = x + <usize>count * rowBytes;
    let column: usize = 0;
    for (; column + 16 <= rowBytes; column += 16) {
      v128.store(sums + column, f32x4.add(v128.load(sums + column), sumFour(x + column, end, rowBytes)));
    }
    if (column < rowBytes && rowBytes >= 16) {
      // The last four together; those that had their turn already get nothing.
      const rest = rowBytes - column;
      const last = sumFour(x + rowBytes - 16, end, rowBytes);
      const to = sums + rowBytes;
      if (rest == 12) store<f32>(to - 12, load<f32>(to - 12) + f32x4.extract_lane(last, 1));
      if (rest >= 8) store<f32>(to - 8, load<f32>(to - 8) + f32x4.extract_lane(last, 2));
      store<f32>(to - 4, load<f32>(to - 4) + f32x4.extract_lane(last, 3));
    } else {
      for (; column < rowBytes; column += 4) {
        let sum: f32 = 0;
        for (let at = x + column; at < end; at += rowBytes) sum += load<f32>(at);
        store<f32>(sums + column, load<f32>(sums + column) + sum);
      }
    }
    x = end;
  }
}

/** Four columns from `at`, rows before `end`. */
// @ts-ignore: decorator
@inline
function sumFour(at: usize, end: usize, rowBytes: usize): v128 {
  let a = f32x4.splat(0), b = a, c = a, d = a;
  for (; at + 3 * rowBytes < end; at += 4 * rowBytes) {
    a = f32x4.add(a, v128.load(at));
    b = f32x4.add(b, v128.load(at + rowBytes));
    c = f32x4.add(c, v128.load(at + 2 * rowBytes));
    d = f32x4.add(d, v128.load(at + 3 * rowBytes));
  }
  for (; at < end; at += rowBytes) a = f32x4.add(a, v128.load(at));
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}
