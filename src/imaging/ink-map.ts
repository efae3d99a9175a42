import { blurGaussian } from './gaussian.ts';
import type { GreyImage, InkMap } from './images.ts';
import { percentileOf } from './percentile.ts';
import { reduceGrey, resampleRows, type PlaneRow } from './resample.ts';
import { clearSolidAreas } from './solid-areas.ts';
import { createSurface } from './surface.ts';

/** Longer pictures are reduced to this first: enough for 1.5 mm letters on an A4 page, 20 MB a plane. */
export const WORKING_LONG_SIDE = 2400;

/** Sides of the tiles over which the paper's tone and the ink's depth are taken. Pictures up to the second have one depth. */
const LEAST_PAPER_TILE = 128;
const INK_TILE = 384;
/** Beyond the outermost tile centres the paper's trend goes on, by at most this many grey levels. */
const MOST_EXTRAPOLATION = 10;
const SMOOTHING_SIGMA = 0.6;
const BACKGROUND_SIGMA = 12;
const PAPER_PERCENTILE = 0.4;
const INK_PERCENTILE = 0.993;
/** Ink must stand out from the paper by this many grey levels somewhere. */
const LEAST_CONTRAST = 8;
const INK_FLOOR = 0.18;
const INK_RANGE = 0.62;

/**
 * How much ink each pixel holds, whatever the paper's tone and light.
 *
 * Smooth a little; background = wide blur of max(g, 40th percentile), so that ink does not darken it;
 * depth = background − g over its 99.3rd percentile; clip((depth − 0.18) / 0.62, 0, 1). The first percentile is taken
 * tile by tile and interpolated, against uneven light. Of the second, the median over large tiles with ink is used, so
 * that one line on a large page is seen and a black scan edge does not fade the rest.
 *
 * @returns Same size as the picture, or its long side {@link WORKING_LONG_SIDE} when that is smaller; null when blank.
 */
export function inkMapOf(grey: GreyImage): InkMap | null {
  const { width, height, data } = reduceGrey(grey, WORKING_LONG_SIDE);
  const depth = blurGaussian(new Float32Array(data), width, height, SMOOTHING_SIGMA);
  sinkBelowPaper(depth, width, height);
  const reference = inkReference(depth, width, height);
  if (reference === null) return null;
  toInk(depth, reference);
  clearSolidAreas({ width, height, data: depth });
  return { width, height, data: depth };
}

function toInk(depth: Float32Array, reference: number): void {
  // Well below the floor there is nothing to divide, and most of a page lies there.
  const paper = reference * (INK_FLOOR - 0.01);
  for (let i = 0; i < depth.length; i++) {
    const value = depth[i]!;
    if (value < paper) depth[i] = 0;
    else depth[i] = Math.min(1, Math.max(0, (value / reference - INK_FLOOR) / INK_RANGE));
  }
}

interface Tiles {
  readonly columns: number;
  readonly rows: number;
}

function tilesOf(width: number, height: number, side: number): Tiles {
  return { columns: Math.ceil(width / side), rows: Math.ceil(height / side) };
}

/** One percentile per tile, row by row. */
function tilePercentiles(
  plane: Float32Array,
  width: number,
  height: number,
  tiles: Tiles,
  fraction: number,
): Float32Array {
  const values = new Float32Array(tiles.columns * tiles.rows);
  for (let row = 0; row < tiles.rows; row++) {
    const y = Math.floor((row * height) / tiles.rows);
    const tileHeight = Math.floor(((row + 1) * height) / tiles.rows) - y;
    for (let column = 0; column < tiles.columns; column++) {
      const x = Math.floor((column * width) / tiles.columns);
      const tileWidth = Math.floor(((column + 1) * width) / tiles.columns) - x;
      values[row * tiles.columns + column] = percentileOf(plane, width, height, fraction, {
        x,
        y,
        width: tileWidth,
        height: tileHeight,
      });
    }
  }
  return values;
}

/** Turns a smoothed picture into max(0, background − g), in grey levels, in place. The background is blurred at a quarter of the size: it has no detail. */
function sinkBelowPaper(smooth: Float32Array, width: number, height: number): void {
  const tiles = tilesOf(width, height, Math.max(LEAST_PAPER_TILE, Math.max(width, height) / 8));
  const paper = tilePercentiles(smooth, width, height, tiles, PAPER_PERCENTILE);
  const levelAt = createSurface(paper, tiles, width, height, MOST_EXTRAPOLATION);
  const lifted = new Float32Array(width);
  const liftedAt = (y: number): PlaneRow => {
    lift(smooth, y * width, levelAt(y), lifted);
    return { row: lifted, start: 0 };
  };
  const sigma = BACKGROUND_SIGMA * Math.min(4, Math.max(1, Math.max(width, height) / 512));
  const coarse = tilesOf(width, height, 4);
  const whole = { x: 0, y: 0, width, height };
  const small = resampleRows(liftedAt, width, height, whole, coarse.columns, coarse.rows);
  const blurred = blurGaussian(small, coarse.columns, coarse.rows, sigma / 4);
  const backgroundAt = createSurface(blurred, coarse, width, height, 0);
  for (let y = 0; y < height; y++) sink(smooth, y * width, backgroundAt(y));
}

/** A row, nowhere darker than the paper's level. */
function lift(smooth: Float32Array, from: number, level: Float64Array, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    const value = smooth[from + x]!;
    const paper = level[x]!;
    out[x] = value > paper ? value : paper;
  }
}

function sink(plane: Float32Array, from: number, background: Float64Array): void {
  for (let x = 0; x < background.length; x++) {
    const depth = background[x]! - plane[from + x]!;
    plane[from + x] = depth > 0 ? depth : 0;
  }
}

/** Grey levels that count as full ink; null where nothing stands out from the paper. */
function inkReference(depth: Float32Array, width: number, height: number): number | null {
  const tiles = tilesOf(width, height, INK_TILE);
  const inked = tilePercentiles(depth, width, height, tiles, INK_PERCENTILE)
    .filter((value) => value >= LEAST_CONTRAST)
    .sort();
  return inked[Math.floor(inked.length / 2)] ?? null;
}
