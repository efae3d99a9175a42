import type { TaskGroup } from '../base/words.ts';
import { PATCH_SIDE, type InkMap } from './images.ts';
import { inkBounds, type Box } from './ink-layout.ts';
import { resampleWindow } from './resample.ts';
import { estimateXHeight } from './text-size.ts';

/** Changes whenever the ink map or the scale normalisation changes: a model runs only behind the one it was trained with. */
export const PREPROCESSING_VERSION = 'ink1-spiral112-wave2.7-writing14';

/** Long side of a whole spiral in patch pixels, at scale 1. */
export const SPIRAL_SIDE = 112;
/** Patch pixels per millimetre of a wave or line, at scale 1. */
export const WAVE_PX_PER_MM = 2.7;
/** Long side of a wave or line of unknown size in patch pixels, at scale 1. */
export const WAVE_LONG_SIDE = 256;
/** x-height of writing in patch pixels, at scale 1: half a millimetre of tremor on 2.5 mm letters is 2.8 px. */
export const WRITING_X_HEIGHT = 14;

/** Scales looked at, relative to the group's normal size. */
export const DEFAULT_SCALES: Readonly<Record<TaskGroup, readonly number[]>> = {
  spiral: [0.75, 0.85, 0.95],
  wave: [0.9, 1, 1.1],
  writing: [0.85, 1, 1.15],
};

/** Patches per scale unless asked otherwise. */
const DEFAULT_MAX_PATCHES = 24;
/** A tile is looked at when it holds this much ink: mean over its pixels. A line across the tile, 1.5 px wide, is 0.012. */
const LEAST_TILE_INK = 0.012;

/** What the network sees of a picture. */
export interface Patch {
  /** Ink, 0..1, shape [PATCH_SIDE, PATCH_SIDE]. */
  readonly pixels: Float32Array;
  /** Left, top and side of the square, in ink-map pixels; it may reach beyond the map. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
  /** The relative scale that was asked for. Patch pixels per ink-map pixel are PATCH_SIDE / side. */
  readonly scale: number;
}

export interface PatchOptions {
  /** Relative to the group's normal size; see {@link DEFAULT_SCALES}. */
  readonly scales: readonly number[];
  /** Of the ink map, not of the picture it was made from; null or left out where the physical size is unknown. */
  readonly pxPerMm?: number | null;
  /** Side of the squares at scale 1, ink-map pixels, whatever is drawn and however large; by the group's normal size unless given. */
  readonly side?: number;
  /** At most this many patches per scale, spread over the picture. */
  readonly maxPatches?: number;
}

/**
 * Cuts a picture into patches at the group's normal size: a whole spiral in one patch; waves, lines and writing in
 * tiles that overlap by half. The same ink gives the same patches.
 *
 * @returns Patches, scale by scale; empty where there is no line ink.
 */
export function extractPatches(ink: InkMap, group: TaskGroup, options: PatchOptions): Patch[] {
  const bounds = inkBounds(ink);
  if (bounds === null) return [];
  const normal =
    options.side === undefined
      ? normalScale(ink, bounds, group, options.pxPerMm ?? null)
      : PATCH_SIDE / options.side;
  if (normal === null) return [];
  return options.scales.flatMap((scale) => {
    const side = PATCH_SIDE / (normal * scale);
    const squares =
      group === 'spiral'
        ? [centredSquare(bounds, side)]
        : tileSquares(ink, bounds, side, options.maxPatches ?? DEFAULT_MAX_PATCHES);
    return squares.map(({ x, y }) => ({ pixels: cutPatch(ink, x, y, side), x, y, side, scale }));
  });
}

/** Patch pixels per ink-map pixel that bring this picture to its group's normal size; null where it cannot be told. */
export function normalScale(
  ink: InkMap,
  bounds: Box,
  group: TaskGroup,
  pxPerMm: number | null,
): number | null {
  const longSide = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  switch (group) {
    case 'spiral':
      return SPIRAL_SIDE / longSide;
    case 'wave':
      return pxPerMm === null ? WAVE_LONG_SIDE / longSide : WAVE_PX_PER_MM / pxPerMm;
    case 'writing': {
      const xHeight = estimateXHeight(ink, bounds);
      return xHeight === null ? null : WRITING_X_HEIGHT / xHeight;
    }
  }
}

interface Corner {
  readonly x: number;
  readonly y: number;
}

function centredSquare(bounds: Box, side: number): Corner {
  return { x: (bounds.left + bounds.right - side) / 2, y: (bounds.top + bounds.bottom - side) / 2 };
}

/** Tiles over the ink, half a side apart, that hold enough ink; an even choice in reading order when there are too many. */
function tileSquares(ink: InkMap, bounds: Box, side: number, max: number): Corner[] {
  const ys = tileStarts(bounds.top, bounds.bottom, side);
  const mass = massAbove(ink, [...ys, ...ys.map((y) => y + side)]);
  const corners: { corner: Corner; mean: number }[] = [];
  for (const y of ys) {
    for (const x of tileStarts(bounds.left, bounds.right, side)) {
      corners.push({ corner: { x, y }, mean: massIn(mass, ink, x, y, side) / (side * side) });
    }
  }
  // Map pixels become patch pixels of other size, but a mean over an area stays what it is.
  const inked = corners.filter(({ mean }) => mean >= LEAST_TILE_INK);
  const fullest = corners.reduce((best, tile) => (tile.mean > best.mean ? tile : best));
  const chosen = inked.length > 0 ? inked : [fullest];
  if (chosen.length <= max) return chosen.map(({ corner }) => corner);
  return Array.from({ length: max }, (_, i) => chosen[Math.floor(((i + 0.5) * chosen.length) / max)]!.corner);
}

/** First pixels of tiles of `side` at half-side steps that cover low … high; one centred tile where it fits. */
function tileStarts(low: number, high: number, side: number): number[] {
  const length = high - low;
  if (length <= side) return [(low + high - side) / 2];
  const steps = Math.ceil((length - side) / (side / 2));
  return Array.from({ length: steps + 1 }, (_, i) => low + ((length - side) * i) / steps);
}

/** Rows of a summed-area table, by their number: ink above the row and left of each column, shape [width + 1]. */
type MassRows = ReadonlyMap<number, Float64Array>;

/** The rows of the table nearest to `ys`. */
function massAbove(ink: InkMap, ys: readonly number[]): MassRows {
  const wanted = new Set(ys.map((y) => clampRound(y, ink.height)));
  const rows = new Map<number, Float64Array>();
  const sums = new Float64Array(ink.width + 1);
  for (let y = 0; ; y++) {
    if (wanted.has(y)) rows.set(y, sums.slice());
    if (rows.size === wanted.size) return rows;
    let row = 0;
    for (let x = 0, at = y * ink.width; x < ink.width; x++, at++) {
      row += ink.data[at]!;
      sums[x + 1] = sums[x + 1]! + row;
    }
  }
}

function massIn(mass: MassRows, ink: InkMap, x: number, y: number, side: number): number {
  const left = clampRound(x, ink.width);
  const right = clampRound(x + side, ink.width);
  const top = mass.get(clampRound(y, ink.height))!;
  const bottom = mass.get(clampRound(y + side, ink.height))!;
  return bottom[right]! - bottom[left]! - top[right]! + top[left]!;
}

function clampRound(value: number, high: number): number {
  return Math.min(high, Math.max(0, Math.round(value)));
}

function cutPatch(ink: InkMap, x: number, y: number, side: number): Float32Array {
  return resampleWindow(
    ink.data,
    ink.width,
    ink.height,
    { x, y, width: side, height: side },
    PATCH_SIDE,
    PATCH_SIDE,
  );
}
