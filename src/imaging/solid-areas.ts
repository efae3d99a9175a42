import type { InkMap } from './images.ts';

/** Solid ink over a square of this half-side is no pen line: a scan edge, a punch hole. Of the long side. */
const SOLID_SHARE = 1 / 150;
const LEAST_RADIUS = 8;

/**
 * Clears areas too thick for a pen line (a square of 1/75 of the long side, at least 16 px, all ink), with a margin;
 * the lines that touch them stay. Works on cells of a quarter of the half-side. Changes the map in place.
 */
export function clearSolidAreas(ink: InkMap): void {
  const { width, height, data } = ink;
  const radius = Math.max(LEAST_RADIUS, Math.round(Math.max(width, height) * SOLID_SHARE));
  const cell = Math.max(1, Math.floor(radius / 4));
  const columns = Math.ceil(width / cell);
  const rows = Math.ceil(height / cell);
  const paper = paperCells(ink, cell, columns, rows);
  const reach = Math.round(radius / cell);
  const core = anyWithin(paper, columns, rows, reach).map((any) => 1 - any);
  if (!core.includes(1)) return;
  // Everything within reach of a core is solid; one cell and three pixels more take the soft edge along.
  const cover = anyWithin(core, columns, rows, reach + 1 + Math.ceil(3 / cell));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (cover[row + Math.floor(x / cell)] === 1) data[at] = 0;
    }
  }
}

/** 1 for every cell that holds a pixel without ink; most are known by their first pixel. */
function paperCells(
  { width, height, data }: InkMap,
  cell: number,
  columns: number,
  rows: number,
): Uint8Array {
  const paper = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell) * columns;
    for (let column = 0; column < columns; column++) {
      if (paper[row + column] === 1) continue;
      const end = y * width + Math.min(width, (column + 1) * cell);
      for (let at = y * width + column * cell; at < end; at++) {
        if (data[at]! >= 0.5) continue;
        paper[row + column] = 1;
        break;
      }
    }
  }
  return paper;
}

/** 1 where any cell of the square of half-side `reach` around is 1; cells beyond the border count as 0. */
function anyWithin(cells: Uint8Array, columns: number, rows: number, reach: number): Uint8Array {
  const across = new Uint8Array(cells.length);
  for (let y = 0; y < rows; y++) spread(cells, across, y * columns, 1, columns, reach);
  const out = new Uint8Array(cells.length);
  for (let x = 0; x < columns; x++) spread(across, out, x, columns, rows, reach);
  return out;
}

/** One line of {@link anyWithin}: cells at start, start + stride, … */
function spread(
  from: Uint8Array,
  to: Uint8Array,
  start: number,
  stride: number,
  count: number,
  reach: number,
): void {
  let last = -Infinity;
  for (let i = 0; i < count + reach; i++) {
    if (i < count && from[start + i * stride] === 1) last = i;
    const at = i - reach;
    if (at >= 0 && last >= at - reach) to[start + at * stride] = 1;
  }
}
