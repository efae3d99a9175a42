import type { InkMap } from '../imaging/images.ts';
import { LINE_INK } from '../imaging/ink-layout.ts';
import type { HeatMap } from './screen-result.ts';

/** Cells along the long side of the picture. */
const MOST_CELLS = 64;
/** Ink pixels from which a cell counts as inked. */
const LEAST_INK_PIXELS = 1;

/** What one patch adds to the logit, cell by cell, and the square of the picture that it looked at. */
export interface PatchHeat {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** Shape [cellSide, cellSide]. */
  readonly cells: Float32Array;
}

/** Contributions on a grid over the whole picture. */
export interface HeatGrid {
  readonly columns: number;
  readonly rows: number;
  /** Mean contribution over the patches that cover a cell; may be negative; 0 where there is no ink. */
  readonly values: Float32Array;
  /** Line ink in each cell, in ink-map pixels. */
  readonly ink: Float32Array;
}

/**
 * Lays the contributions of all patches over the picture. A grid cell takes from each patch the contribution at the cell's
 * middle (linear between the patch's cells), and the mean over patches.
 */
export function gatherHeat(ink: InkMap, patches: readonly PatchHeat[]): HeatGrid {
  const longSide = Math.max(ink.width, ink.height);
  const columns = Math.max(1, Math.round((MOST_CELLS * ink.width) / longSide));
  const rows = Math.max(1, Math.round((MOST_CELLS * ink.height) / longSide));
  const sums = new Float32Array(columns * rows);
  const counts = new Float32Array(columns * rows);
  for (const patch of patches) {
    for (let row = 0; row < rows; row++) {
      const v = (((row + 0.5) * ink.height) / rows - patch.y) / patch.side;
      if (v < 0 || v >= 1) continue;
      for (let column = 0; column < columns; column++) {
        const u = (((column + 0.5) * ink.width) / columns - patch.x) / patch.side;
        if (u < 0 || u >= 1) continue;
        const at = row * columns + column;
        sums[at] = sums[at]! + sampleCells(patch.cells, u, v);
        counts[at] = counts[at]! + 1;
      }
    }
  }
  const inked = inkPerCell(ink, columns, rows);
  const values = sums.map((sum, i) =>
    inked[i]! >= LEAST_INK_PIXELS && counts[i]! > 0 ? sum / counts[i]! : 0,
  );
  return { columns, rows, values, ink: inked };
}

function sampleCells(cells: Float32Array, u: number, v: number): number {
  const side = Math.sqrt(cells.length);
  const x = Math.min(side - 1, Math.max(0, u * side - 0.5));
  const y = Math.min(side - 1, Math.max(0, v * side - 0.5));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(side - 1, left + 1);
  const bottom = Math.min(side - 1, top + 1);
  const across = x - left;
  const upper = cells[top * side + left]! * (1 - across) + cells[top * side + right]! * across;
  const lower = cells[bottom * side + left]! * (1 - across) + cells[bottom * side + right]! * across;
  return upper + (lower - upper) * (y - top);
}

function inkPerCell(ink: InkMap, columns: number, rows: number): Float32Array {
  const sums = new Float32Array(columns * rows);
  for (let y = 0; y < ink.height; y++) {
    const row = Math.min(rows - 1, Math.floor((y * rows) / ink.height)) * columns;
    for (let x = 0; x < ink.width; x++) {
      const value = ink.data[y * ink.width + x]!;
      if (value < LINE_INK) continue;
      const at = row + Math.min(columns - 1, Math.floor((x * columns) / ink.width));
      sums[at] = sums[at]! + value;
    }
  }
  return sums;
}

/**
 * Heat to show: contributions towards tremor-like, 0..1. The hottest cell gets `hottest`, so that an even drawing stays pale.
 * @param hottest 0..1.
 */
export function heatMapOf(grid: HeatGrid, hottest: number): HeatMap {
  const peak = grid.values.reduce((high, value) => Math.max(high, value), 0);
  const factor = peak > 0 ? hottest / peak : 0;
  return {
    columns: grid.columns,
    rows: grid.rows,
    values: Array.from(grid.values, (value) => Math.round(Math.max(0, value) * factor * 1000) / 1000),
  };
}
