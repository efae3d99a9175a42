import type { GreyImage } from './images.ts';
import { percentileOf } from './percentile.ts';
import { createSurface } from './surface.ts';

/** Tiles along the long side over which the paper's tone is taken, and the least side of one, pixels. */
const TILES = 14;
const LEAST_TILE = 16;
/** Beyond the outermost tiles' centres the tone goes on by at most so many grey levels. */
const MOST_BEYOND = 5;

/**
 * The paper's own tone: medians of tiles, joined to a smooth surface.
 *
 * @returns Gives a row, shape [width], grey levels; the same array every time.
 */
export function paperToneOf({ width, height, data }: GreyImage): (y: number) => Float64Array {
  const side = Math.max(LEAST_TILE, Math.max(width, height) / TILES);
  const grid = { columns: Math.ceil(width / side), rows: Math.ceil(height / side) };
  const plane = new Float32Array(data);
  const tones = new Float32Array(grid.columns * grid.rows);
  for (let row = 0; row < grid.rows; row++) {
    for (let column = 0; column < grid.columns; column++) {
      const x = Math.floor((column * width) / grid.columns);
      const y = Math.floor((row * height) / grid.rows);
      tones[row * grid.columns + column] = percentileOf(plane, width, height, 0.5, {
        x,
        y,
        width: Math.floor(((column + 1) * width) / grid.columns) - x,
        height: Math.floor(((row + 1) * height) / grid.rows) - y,
      });
    }
  }
  return createSurface(tones, grid, width, height, MOST_BEYOND);
}
