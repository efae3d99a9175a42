/**
 * The eight ways to lay a square down: four turns, each also mirrored. Tremor has no handedness, so the mean over them is a
 * steadier logit than one view.
 */
export const ALL_VIEWS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export type View = (typeof ALL_VIEWS)[number];

/** Index in the source square of what lies at (row, column) of the view. Bits: 1 mirror columns, 2 mirror rows, 4 transpose. */
function sourceIndex(view: View, side: number, row: number, column: number): number {
  const r = (view & 2) !== 0 ? side - 1 - row : row;
  const c = (view & 1) !== 0 ? side - 1 - column : column;
  return (view & 4) !== 0 ? c * side + r : r * side + c;
}

/** Writes a view of a square, shape [side, side], into `out` at `offset`. */
export function writeView(
  square: Float32Array,
  side: number,
  view: View,
  out: Float32Array,
  offset: number,
): void {
  if (view === 0) {
    out.set(square, offset);
    return;
  }
  for (let row = 0, to = offset; row < side; row++) {
    for (let column = 0; column < side; column++, to++) {
      out[to] = square[sourceIndex(view, side, row, column)]!;
    }
  }
}

/** Adds a square that was made from a view back to where its parts came from: the inverse of {@link writeView}. */
export function addFromView(viewed: Float32Array, side: number, view: View, sum: Float32Array): void {
  for (let row = 0, from = 0; row < side; row++) {
    for (let column = 0; column < side; column++, from++) {
      const to = sourceIndex(view, side, row, column);
      sum[to] = sum[to]! + viewed[from]!;
    }
  }
}
