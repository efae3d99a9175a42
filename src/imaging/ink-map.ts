import { blurGaussian } from './gaussian.ts';
import type { GreyImage, InkMap } from './images.ts';
import { percentileOf } from './percentile.ts';
import { reduceGrey } from './resample.ts';

/** Longer pictures are reduced to this first: enough for 1.5 mm letters on an A4 page, 20 MB a plane. */
export const WORKING_LONG_SIDE = 2400;

/** Pictures up to this long side are one tile: the recipe's global percentiles. Larger ones are looked at tile by tile. */
const TILE_SIDE = 384;
const SMOOTHING_SIGMA = 0.6;
const BACKGROUND_SIGMA = 12;
const PAPER_PERCENTILE = 0.4;
const INK_PERCENTILE = 0.993;
/** Ink must stand out from the paper by this many grey levels somewhere. */
const LEAST_CONTRAST = 8;
const INK_FLOOR = 0.18;
const INK_RANGE = 0.62;
/** Solid ink over a square of this half-side is no pen line: a scan edge, a punch hole, a filled stamp. Of the long side; at least 8 px. */
const SOLID_SHARE = 1 / 150;

/**
 * How much ink each pixel holds, whatever the paper's tone and light.
 *
 * Smooth a little; background = wide blur of max(g, 40th percentile), so that ink does not darken it;
 * depth = background − g over its 99.3rd percentile; clip((depth − 0.18) / 0.62, 0, 1). On pictures larger than one
 * tile the two percentiles are taken tile by tile: the first is interpolated between tiles, of the second the median
 * over tiles with ink is used, so that one line on a large page is seen and a black scan edge does not fade the rest.
 *
 * @returns Same size as the picture, or its long side {@link WORKING_LONG_SIDE} when that is smaller; null when blank.
 */
export function inkMapOf(grey: GreyImage): InkMap | null {
  const { width, height, data } = reduceGrey(grey, WORKING_LONG_SIDE);
  const smooth = blurGaussian(Float32Array.from(data), width, height, SMOOTHING_SIGMA);
  const tiles = tilesOf(width, height);
  const depth = depthBelowPaper(smooth, width, height, tiles);
  const reference = inkReference(depth, width, height, tiles);
  if (reference === null) return null;
  for (let i = 0; i < depth.length; i++) {
    const value = (depth[i]! / reference - INK_FLOOR) / INK_RANGE;
    depth[i] = value < 0 ? 0 : value > 1 ? 1 : value;
  }
  clearSolidAreas(depth, width, height);
  return { width, height, data: depth };
}

/** Clears areas too thick for a pen line, with a small margin; the lines that touch them stay. */
function clearSolidAreas(ink: Float32Array, width: number, height: number): void {
  const radius = Math.max(8, Math.round(Math.max(width, height) * SOLID_SHARE));
  const paper = Float32Array.from(ink, (value) => (value < 0.5 ? 1 : 0));
  const core = windowSums(paper, width, height, radius).map((sum) => (sum === 0 ? 1 : 0));
  if (!core.includes(1)) return;
  const cover = windowSums(core, width, height, radius + 3);
  for (let i = 0; i < ink.length; i++) if (cover[i]! > 0) ink[i] = 0;
}

/** Sum over the square of half-side `radius` around each pixel; outside the plane is 0. Counts stay exact in 32 bits. */
function windowSums(plane: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(plane.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(width, radius); x++) sum += plane[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += plane[row + x + radius]!;
      if (x - radius - 1 >= 0) sum -= plane[row + x - radius - 1]!;
      rows[row + x] = sum;
    }
  }
  const out = new Float32Array(plane.length);
  const sums = new Float32Array(width);
  const addRow = (y: number, sign: number) => {
    if (y < 0 || y >= height) return;
    for (let x = 0; x < width; x++) sums[x]! += sign * rows[y * width + x]!;
  };
  for (let y = 0; y < radius; y++) addRow(y, 1);
  for (let y = 0; y < height; y++) {
    addRow(y + radius, 1);
    addRow(y - radius - 1, -1);
    out.set(sums, y * width);
  }
  return out;
}

interface Tiles {
  readonly columns: number;
  readonly rows: number;
}

function tilesOf(width: number, height: number): Tiles {
  return { columns: Math.ceil(width / TILE_SIDE), rows: Math.ceil(height / TILE_SIDE) };
}

/** One percentile per tile, row by row. */
function tilePercentiles(
  plane: Float32Array,
  width: number,
  height: number,
  tiles: Tiles,
  fraction: number,
): number[] {
  const values: number[] = [];
  for (let row = 0; row < tiles.rows; row++) {
    const y = Math.floor((row * height) / tiles.rows);
    const tileHeight = Math.floor(((row + 1) * height) / tiles.rows) - y;
    for (let column = 0; column < tiles.columns; column++) {
      const x = Math.floor((column * width) / tiles.columns);
      const tileWidth = Math.floor(((column + 1) * width) / tiles.columns) - x;
      values.push(
        percentileOf(plane, width, height, fraction, { x, y, width: tileWidth, height: tileHeight }),
      );
    }
  }
  return values;
}

/** max(0, background − g), in grey levels. */
function depthBelowPaper(smooth: Float32Array, width: number, height: number, tiles: Tiles): Float32Array {
  const paper = tilePercentiles(smooth, width, height, tiles, PAPER_PERCENTILE);
  const lifted = new Float32Array(smooth.length);
  for (let y = 0; y < height; y++) {
    const v = Math.min(tiles.rows - 1, Math.max(0, ((y + 0.5) * tiles.rows) / height - 0.5));
    const top = Math.floor(v) * tiles.columns;
    const bottom = Math.ceil(v) * tiles.columns;
    const down = v - Math.floor(v);
    for (let x = 0; x < width; x++) {
      const u = Math.min(tiles.columns - 1, Math.max(0, ((x + 0.5) * tiles.columns) / width - 0.5));
      const left = Math.floor(u);
      const right = Math.ceil(u);
      const across = u - left;
      const upper = paper[top + left]! * (1 - across) + paper[top + right]! * across;
      const lower = paper[bottom + left]! * (1 - across) + paper[bottom + right]! * across;
      const level = upper * (1 - down) + lower * down;
      const at = y * width + x;
      lifted[at] = Math.max(smooth[at]!, level);
    }
  }
  const widening = Math.min(4, Math.max(1, Math.max(width, height) / 512));
  const depth = blurGaussian(lifted, width, height, BACKGROUND_SIGMA * widening);
  for (let i = 0; i < depth.length; i++) depth[i] = Math.max(0, depth[i]! - smooth[i]!);
  return depth;
}

/** Grey levels that count as full ink; null where nothing stands out from the paper. */
function inkReference(depth: Float32Array, width: number, height: number, tiles: Tiles): number | null {
  const inked = tilePercentiles(depth, width, height, tiles, INK_PERCENTILE)
    .filter((value) => value >= LEAST_CONTRAST)
    .sort((a, b) => a - b);
  return inked[Math.floor(inked.length / 2)] ?? null;
}
