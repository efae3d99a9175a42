/** Values at the centres of an even grid of tiles over a picture. */
export interface SurfaceGrid {
  readonly columns: number;
  readonly rows: number;
}

/** For each pixel of an axis: the two grid points it lies between (or beyond) and the share of the second. */
function axisPlaces(length: number, count: number): { first: Int32Array; share: Float32Array } {
  const first = new Int32Array(length);
  const share = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    const place = ((i + 0.5) * count) / length - 0.5;
    const low = Math.max(0, Math.min(count - 2, Math.floor(place)));
    first[i] = low;
    share[i] = count === 1 ? 0 : place - low;
  }
  return { first, share };
}

/**
 * A smooth surface through grid values: linear between the centres, going on linearly beyond the outermost ones.
 *
 * @param values Row by row, shape [rows, columns].
 * @param mostBeyond The surface leaves the range of the four values around it by at most this much.
 * @returns Value at a pixel, by column and row; call it row by row.
 */
export function createSurface(
  values: Float32Array,
  { columns, rows }: SurfaceGrid,
  width: number,
  height: number,
  mostBeyond: number,
): (x: number, y: number) => number {
  const across = axisPlaces(width, columns);
  const down = axisPlaces(height, rows);
  const right = columns > 1 ? 1 : 0;
  const below = rows > 1 ? columns : 0;
  return (x, y) => {
    const u = across.share[x]!;
    const v = down.share[y]!;
    const at = down.first[y]! * columns + across.first[x]!;
    const a = values[at]!;
    const b = values[at + right]!;
    const c = values[at + below]!;
    const d = values[at + below + right]!;
    const value = (a + (b - a) * u) * (1 - v) + (c + (d - c) * u) * v;
    if (u >= 0 && u <= 1 && v >= 0 && v <= 1) return value;
    const low = Math.min(a, b, c, d) - mostBeyond;
    const high = Math.max(a, b, c, d) + mostBeyond;
    return value < low ? low : value > high ? high : value;
  };
}
