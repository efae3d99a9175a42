/**
 * The eight ways to lay a square down: four turns, each also mirrored. Tremor has no handedness, so the mean over them is a
 * steadier logit than one view.
 */
export const ALL_VIEWS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
export type View = (typeof ALL_VIEWS)[number];

/** Where a view's (row, column) lies in the source square: at `first + row * perRow + column * perColumn`. */
interface Walk {
  readonly first: number;
  readonly perRow: number;
  readonly perColumn: number;
}

/** Bits of a view: 1 mirror columns, 2 mirror rows, 4 transpose. */
function walkOf(view: View, side: number): Walk {
  const transposed = (view & 4) !== 0;
  const rowStep = transposed ? 1 : side;
  const columnStep = transposed ? side : 1;
  const mirrorRows = (view & 2) !== 0;
  const mirrorColumns = (view & 1) !== 0;
  return {
    first: (mirrorRows ? (side - 1) * rowStep : 0) + (mirrorColumns ? (side - 1) * columnStep : 0),
    perRow: mirrorRows ? -rowStep : rowStep,
    perColumn: mirrorColumns ? -columnStep : columnStep,
  };
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
  const { first, perRow, perColumn } = walkOf(view, side);
  for (let row = 0, to = offset; row < side; row++) {
    let from = first + row * perRow;
    for (let column = 0; column < side; column++, to++, from += perColumn) out[to] = square[from]!;
  }
}

/** Adds a square that was made from a view back to where its parts came from: the inverse of {@link writeView}. */
export function addFromView(viewed: Float32Array, side: number, view: View, sum: Float32Array): void {
  const { first, perRow, perColumn } = walkOf(view, side);
  for (let row = 0, from = 0; row < side; row++) {
    let to = first + row * perRow;
    for (let column = 0; column < side; column++, from++, to += perColumn) sum[to] = sum[to]! + viewed[from]!;
  }
}
