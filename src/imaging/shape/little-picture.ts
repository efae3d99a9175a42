import type { InkMap } from '../images.ts';
import { inkBounds } from '../ink-layout.ts';
import { resampleWindow } from '../resample.ts';

/** Long side of the ink on the little picture, in pixels: every drawing is brought to it, whatever its size. */
export const LITTLE_SIDE = 256;
/** Paper around the ink. */
const MARGIN = 4;
/** Ink from which a pixel counts: thin lines fade when they are reduced. */
const SOME_INK = 0.15;
/** Pieces with less than this share of the ink are specks. */
const SPECK_SHARE = 0.005;

/** A drawing at one size, without specks. Planes have the shape [height, width]. */
export interface LittlePicture {
  readonly width: number;
  readonly height: number;
  readonly ink: Float32Array;
  /** 1 where there is ink; 0 in a margin of at least one pixel. */
  readonly mask: Uint8Array;
  /** Pixels of each piece (8-connected, gaps of one pixel bridged), the largest first. */
  readonly pieceSizes: readonly number[];
}

/** Crops a drawing to its ink, brings the long side to {@link LITTLE_SIDE} pixels, and bridges gaps of a pixel; null without ink. */
export function drawLittle(map: InkMap): LittlePicture | null {
  const bounds = inkBounds(map);
  if (bounds === null) return null;
  const boxWidth = bounds.right - bounds.left;
  const boxHeight = bounds.bottom - bounds.top;
  const factor = LITTLE_SIDE / Math.max(boxWidth, boxHeight);
  const width = Math.max(1, Math.round(boxWidth * factor)) + 2 * MARGIN;
  const height = Math.max(1, Math.round(boxHeight * factor)) + 2 * MARGIN;
  const window = {
    x: bounds.left - MARGIN / factor,
    y: bounds.top - MARGIN / factor,
    width: width / factor,
    height: height / factor,
  };
  const ink = resampleWindow(map.data, map.width, map.height, window, width, height);
  const raw = Uint8Array.from(ink, (value) => (value >= SOME_INK ? 1 : 0));
  clearBorder(raw, width, height);
  const mask = closeGaps(raw, width, height);
  const pieceSizes = dropSpecks(mask, ink, width, height);
  return { width, height, ink, mask, pieceSizes };
}

function clearBorder(mask: Uint8Array, width: number, height: number): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (x < 2 || y < 2 || x >= width - 2 || y >= height - 2) mask[y * width + x] = 0;
    }
  }
}

/** Closing with a square of 3 × 3. */
function closeGaps(mask: Uint8Array, width: number, height: number): Uint8Array {
  const wide = extremeOf3x3(mask, width, height, 1);
  return extremeOf3x3(wide, width, height, 0);
}

/** 1: a pixel with ink beside it becomes ink (dilation); 0: one with paper beside it becomes paper (erosion). */
function extremeOf3x3(mask: Uint8Array, width: number, height: number, wins: 0 | 1): Uint8Array {
  const rows = mask.slice();
  for (let i = 1; i < mask.length - 1; i++) {
    if (mask[i - 1] === wins || mask[i + 1] === wins) rows[i] = wins;
  }
  const out = rows.slice();
  for (let i = width; i < mask.length - width; i++) {
    if (rows[i - width] === wins || rows[i + width] === wins) out[i] = wins;
  }
  clearEdge(out, width, height);
  return out;
}

function clearEdge(mask: Uint8Array, width: number, height: number): void {
  mask.fill(0, 0, width);
  mask.fill(0, (height - 1) * width);
  for (let y = 0; y < height; y++) {
    mask[y * width] = 0;
    mask[y * width + width - 1] = 0;
  }
}

/** Takes specks out of mask and ink, in place. @returns Sizes of the other pieces in pixels, largest first. */
function dropSpecks(mask: Uint8Array, ink: Float32Array, width: number, height: number): number[] {
  const { labels, sizes } = labelPieces(mask, width, height);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const keep = sizes.map((size) => size >= SPECK_SHARE * total);
  for (let i = 0; i < mask.length; i++) {
    if (labels[i]! >= 0 && !keep[labels[i]!]) mask[i] = 0;
    if (mask[i] === 0) ink[i] = 0;
  }
  return sizes.filter((_, label) => keep[label]).sort((a, b) => b - a);
}

/** Pixels of the little picture along a side of a coarse one. */
const COARSE_STEP = 4;

/** A quarter of the size, with ink where there is any: a tremor's bumps run together, the figure stays. Has pieces of every size. */
export function coarsen(picture: LittlePicture): LittlePicture {
  const width = Math.ceil(picture.width / COARSE_STEP) + 2;
  const height = Math.ceil(picture.height / COARSE_STEP) + 2;
  const mask = new Uint8Array(width * height);
  for (let i = 0; i < picture.mask.length; i++) {
    if (picture.mask[i] === 0) continue;
    const x = i % picture.width;
    const y = (i - x) / picture.width;
    mask[(1 + Math.floor(y / COARSE_STEP)) * width + 1 + Math.floor(x / COARSE_STEP)] = 1;
  }
  const pieceSizes = labelPieces(mask, width, height).sizes.sort((a, b) => b - a);
  return { width, height, ink: Float32Array.from(mask), mask, pieceSizes };
}

/** Numbers the 8-connected pieces of a mask whose border is empty: −1 on paper. */
export function labelPieces(
  mask: Uint8Array,
  width: number,
  height: number,
): { readonly labels: Int32Array; readonly sizes: number[] } {
  const labels = new Int32Array(width * height).fill(-1);
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const sizes: number[] = [];
  const stack: number[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || labels[start]! >= 0) continue;
    const label = sizes.length;
    let size = 0;
    labels[start] = label;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      size++;
      for (const by of around) {
        const next = at + by;
        if (mask[next] !== 1 || labels[next]! >= 0) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
}

/** Number and pixels of the areas of paper (4-connected) that ink closes in, of at least `least` pixels. */
export function measureHoles(
  { width, mask }: Pick<LittlePicture, 'width' | 'mask'>,
  least: number,
): { readonly count: number; readonly area: number } {
  const seen = mask.slice();
  let count = 0;
  let area = 0;
  const stack: number[] = [];
  const around = [-width, -1, 1, width];
  // The margin is one area of paper, met first: it is no hole.
  for (let start = 0, isFirst = true; start < seen.length; start++) {
    if (seen[start] === 1) continue;
    let size = 0;
    seen[start] = 1;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      size++;
      for (const by of around) {
        const next = at + by;
        if (seen[next] !== 0) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    if (!isFirst && size >= least) {
      count++;
      area += size;
    }
    isFirst = false;
  }
  return { count, area };
}
