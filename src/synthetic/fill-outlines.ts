import type { Polyline } from './polyline.ts';
import type { InkLayer } from './paint-strokes.ts';

/** Rows of samples per pixel row; across, coverage is exact. */
const SUB_ROWS = 4;

/**
 * Fills closed rings by the non-zero winding rule, with anti-aliased edges: 4 rows of samples a pixel, exact coverage
 * along each. Each pixel keeps the strongest of what it had and `ink` × coverage.
 *
 * @param rings In picture pixels; the last point joins the first. Pixel centres lie on whole numbers.
 */
export function fillOutlines(rings: readonly Polyline[], layer: InkLayer, ink: number): void {
  let top = Infinity;
  let bottom = -Infinity;
  for (const { y } of rings) {
    for (const value of y) {
      if (value < top) top = value;
      if (value > bottom) bottom = value;
    }
  }
  const firstRow = Math.max(0, Math.floor(top + 0.5));
  const lastRow = Math.min(layer.height - 1, Math.ceil(bottom + 0.5));
  if (!(lastRow >= firstRow)) return;
  const crossings = findCrossings(rings, firstRow, (lastRow - firstRow + 1) * SUB_ROWS);
  const cover = new Float32Array(layer.width + 1);
  for (let row = firstRow; row <= lastRow; row++) {
    const touched = { from: layer.width, to: -1 };
    for (let sub = 0; sub < SUB_ROWS; sub++) {
      addSpans(crossings, (row - firstRow) * SUB_ROWS + sub, cover, layer.width, touched);
    }
    const base = row * layer.width;
    for (let x = touched.from; x <= touched.to; x++) {
      const value = ink * Math.min(1, cover[x]! / SUB_ROWS);
      cover[x] = 0;
      if (value > layer.data[base + x]!) layer.data[base + x] = value;
    }
  }
}

/** Where edges cross the rows of samples: those of row s lie at starts[s] … starts[s + 1], from left to right. */
interface Crossings {
  readonly starts: Int32Array;
  readonly x: Float64Array;
  /** 1 for an edge that goes down, −1 for one that goes up. */
  readonly turn: Int8Array;
}

/** Row s of `count` lies at y = firstRow − 0.5 + (s + 0.5) / SUB_ROWS. */
function findCrossings(rings: readonly Polyline[], firstRow: number, count: number): Crossings {
  const starts = new Int32Array(count + 1);
  for (const ring of rings) visitCrossings(ring, firstRow, count, (s) => starts[s + 1]!++);
  for (let s = 0; s < count; s++) starts[s + 1]! += starts[s]!;
  const ends = starts.slice();
  const x = new Float64Array(starts[count]!);
  const turn = new Int8Array(starts[count]!);
  for (const ring of rings) {
    visitCrossings(ring, firstRow, count, (s, at, down) => {
      let i = ends[s]!++;
      for (const first = starts[s]!; i > first && x[i - 1]! > at; i--) {
        x[i] = x[i - 1]!;
        turn[i] = turn[i - 1]!;
      }
      x[i] = at;
      turn[i] = down;
    });
  }
  return { starts, x, turn };
}

function visitCrossings(
  { x, y }: Polyline,
  firstRow: number,
  count: number,
  visit: (row: number, x: number, turn: 1 | -1) => void,
): void {
  const origin = firstRow - 0.5 + 0.5 / SUB_ROWS;
  for (let i = 0, j = x.length - 1; i < x.length; j = i++) {
    const y0 = y[j]!;
    const y1 = y[i]!;
    if (y0 === y1) continue;
    const turn = y1 > y0 ? 1 : -1;
    const low = Math.min(y0, y1);
    const high = Math.max(y0, y1);
    const first = Math.max(0, Math.ceil((low - origin) * SUB_ROWS));
    const slope = (x[i]! - x[j]!) / (y1 - y0);
    for (let s = first; s < count; s++) {
      const at = origin + s / SUB_ROWS;
      if (at >= high) break;
      visit(s, x[j]! + slope * (at - y0), turn);
    }
  }
}

/** Adds 0 … 1 to `cover` for each pixel inside the spans of one row of samples. */
function addSpans(
  { starts, x: xs, turn }: Crossings,
  row: number,
  cover: Float32Array,
  width: number,
  touched: { from: number; to: number },
): void {
  let winding = 0;
  let start = 0;
  for (let i = starts[row]!; i < starts[row + 1]!; i++) {
    const x = xs[i]!;
    if (winding === 0) start = x;
    winding += turn[i]!;
    if (winding !== 0) continue;
    // Pixel p spans p − 0.5 … p + 0.5.
    const from = Math.max(0, start + 0.5);
    const to = Math.min(width, x + 0.5);
    if (to <= from) continue;
    const first = Math.floor(from);
    const last = Math.min(width - 1, Math.floor(to));
    touched.from = Math.min(touched.from, first);
    touched.to = Math.max(touched.to, last);
    if (first === last) {
      cover[first]! += to - from;
      continue;
    }
    cover[first]! += first + 1 - from;
    for (let p = first + 1; p < last; p++) cover[p]! += 1;
    cover[last]! += to - last;
  }
}
