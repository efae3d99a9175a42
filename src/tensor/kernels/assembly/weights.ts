/** Reorders convolution weights, all f32, once per step. `taps` = 9 · channelsIn. */

/** [taps][channelsOut] → [channelsOut / 8][taps][8]: the order in which the forward pass reads. */
export function packWeights(kernel: usize, packed: usize, taps: i32, channelsOut: i32): void {
  for (let block = 0; block < channelsOut; block += 8) {
    for (let tap = 0; tap < taps; tap++) {
      const from = kernel + ((<usize>(tap * channelsOut + block)) << 2);
      v128.store(packed, v128.load(from));
      v128.store(packed, v128.load(from, 16), 16);
      packed += 32;
    }
  }
}

/** [rows][columns] → [columns][rows]. */
export function transpose(from: usize, to: usize, rows: i32, columns: i32): void {
  for (let column = 0; column < columns; column++) {
    let source = from + ((<usize>column) << 2);
    for (let row = 0; row < rows; row++) {
      store<f32>(to, load<f32>(source));
      source += (<usize>columns) << 2;
      to += 4;
    }
  }
}
