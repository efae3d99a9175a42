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
 * @returns Gives a row of pixels, shape [width]; the same array every time, so read it before asking for the next. Fastest
 *   from row to row.
 */
export function createSurface(
  values: Float32Array,
  { columns, rows }: SurfaceGrid,
  width: number,
  height: number,
  mostBeyond: number,
): (y: number) => Float64Array {
  const across = axisPlaces(width, columns);
  const down = axisPlaces(height, rows);
  const right = columns > 1 ? 1 : 0;
  const below = rows > 1 ? columns : 0;
  // Pixels before and after these lie beyond the outermost centres.
  const [inner, outer] = innerRange(across.share);
  const upper = new Float64Array(width);
  const lower = new Float64Array(width);
  const out = new Float64Array(width);
  const bounds = { low: new Float64Array(width), high: new Float64Array(width) };
  const bound = (first: number, from: number, to: number): void => {
    for (let x = from; x < to; x++) {
      const at = first * columns + across.first[x]!;
      const a = values[at]!;
      const b = values[at + right]!;
      const c = values[at + below]!;
      const d = values[at + below + right]!;
      bounds.low[x] = Math.min(a, b, c, d) - mostBeyond;
      bounds.high[x] = Math.max(a, b, c, d) + mostBeyond;
    }
  };
  let known = -1;
  let wholeKnown = -1;
  return (y) => {
    const first = down.first[y]!;
    if (first !== known) {
      interpolate(values, first * columns, right, across, upper);
      interpolate(values, first * columns + below, right, across, lower);
      bound(first, 0, inner);
      bound(first, outer, width);
      known = first;
    }
    const v = down.share[y]!;
    mix(upper, lower, v, out);
    if (v >= 0 && v <= 1) {
      clamp(out, bounds, 0, inner);
      clamp(out, bounds, outer, width);
      return out;
    }
    if (first !== wholeKnown) {
      bound(first, inner, outer);
      wholeKnown = first;
    }
    clamp(out, bounds, 0, width);
    return out;
  };
}

function mix(upper: Float64Array, lower: Float64Array, share: number, out: Float64Array): void {
  const rest = 1 - share;
  for (let x = 0; x < out.length; x++) out[x] = upper[x]! * rest + lower[x]! * share;
}

function clamp(
  values: Float64Array,
  { low, high }: { low: Float64Array; high: Float64Array },
  from: number,
  to: number,
): void {
  for (let x = from; x < to; x++) {
    const value = values[x]!;
    if (value < low[x]!) values[x] = low[x]!;
    else if (value > high[x]!) values[x] = high[x]!;
  }
}

/** First pixel whose share lies in 0 … 1, and the first after the last such. */
function innerRange(share: Float32Array): [number, number] {
  let inner = 0;
  while (inner < share.length && share[inner]! < 0) inner++;
  let outer = share.length;
  while (outer > inner && share[outer - 1]! > 1) outer--;
  return [inner, outer];
}

/** Linear along one row of the grid, from `start` on. */
function interpolate(
  values: Float32Array,
  start: number,
  right: number,
  { first, share }: { first: Int32Array; share: Float32Array },
  out: Float64Array,
): void {
  for (let x = 0; x < out.length; x++) {
    const a = values[start + first[x]!]!;
    const b = values[start + first[x]! + right]!;
    out[x] = a + (b - a) * share[x]!;
  }
}
