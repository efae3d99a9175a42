import type { InkMap } from './images.ts';

/** From this much ink on a pixel belongs to a line. */
export const LINE_INK = 0.35;

/** A rectangle in ink-map pixels; `right` and `bottom` are exclusive. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Coarse cells along the long side, for grouping ink. */
const GRID = 48;
/** A group with less than this share of all ink is a speck. */
const SPECK_SHARE = 0.02;

/**
 * Bounding box of the ink without specks: ink is gathered on a coarse grid, touching cells form groups, and groups with
 * under 2 % of all ink are left out (unless nothing else is there).
 *
 * @returns null without any line ink.
 */
export function inkBounds(ink: InkMap): Box | null {
  const { width, height, data } = ink;
  const cell = Math.max(width, height) / GRID;
  const columns = Math.max(1, Math.ceil(width / cell));
  const rows = Math.max(1, Math.ceil(height / cell));
  const mass = new Float64Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor(y / cell)) * columns;
    for (let x = 0; x < width; x++) {
      const value = data[y * width + x]!;
      if (value >= LINE_INK) mass[row + Math.min(columns - 1, Math.floor(x / cell))]! += value;
    }
  }
  const keep = keptCells(mass, columns, rows);
  let left = width;
  let right = 0;
  let top = height;
  let bottom = 0;
  for (let y = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor(y / cell)) * columns;
    const isKept = (x: number): boolean =>
      data[y * width + x]! >= LINE_INK && keep[row + Math.min(columns - 1, Math.floor(x / cell))] === 1;
    let first = 0;
    while (first < width && !isKept(first)) first++;
    if (first === width) continue;
    left = Math.min(left, first);
    if (top === height) top = y;
    bottom = y + 1;
    // Only pixels beyond the box so far can widen it.
    let last = width - 1;
    while (last >= right && !isKept(last)) last--;
    right = Math.max(right, last + 1);
  }
  return right === 0 ? null : { left, top, right, bottom };
}

/** 1 for cells of groups (8-connected) that hold enough of the ink. */
function keptCells(mass: Float64Array, columns: number, rows: number): Uint8Array {
  const total = mass.reduce((sum, value) => sum + value, 0);
  const group = new Int32Array(mass.length).fill(-1);
  const sums: number[] = [];
  for (let start = 0; start < mass.length; start++) {
    if (mass[start] === 0 || group[start] !== -1) continue;
    const id = sums.length;
    sums.push(0);
    const stack = [start];
    group[start] = id;
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      sums[id]! += mass[at]!;
      const x = at % columns;
      const y = (at - x) / columns;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(rows - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(columns - 1, x + 1); nx++) {
          const next = ny * columns + nx;
          if (mass[next] === 0 || group[next] !== -1) continue;
          group[next] = id;
          stack.push(next);
        }
      }
    }
  }
  const large = sums.some((sum) => sum >= SPECK_SHARE * total);
  return Uint8Array.from(group, (id) => (id >= 0 && (!large || sums[id]! >= SPECK_SHARE * total) ? 1 : 0));
}
