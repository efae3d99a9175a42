import type { GreyImage } from './images.ts';
import {
  convexHull,
  polygonArea,
  quadrilateralAround,
  scaleCorners,
  type Corner,
  type Quadrilateral,
} from './hull.ts';
import { dilateBox, erodeBox, type BinaryPlane } from './morphology.ts';
import { reduceGrey } from './resample.ts';
import { warpSheet } from './warp-sheet.ts';

const LOOKED_AT_SIDE = 500;
const CLOSE_REACH = 4;
const OPEN_REACH = 3;
/** Share of the picture that the sheet covers. */
const SHEET_SHARE = [0.12, 0.97] as const;
/** Grey levels between the sheet and what it lies on. */
const LEAST_STEP = 40;
/** A side of the picture shows the desk when so much of it does; two sides must. */
const DESK_ALONG_SIDE = 0.6;
/** Of the sheet in its hull, and of the hull in the four-cornered sheet. */
const LEAST_SOLIDITY = 0.93;
const LEAST_COVER = 0.93;
/** Corners of a sheet seen from above, cosine of the angle. */
const MOST_COSINE = 0.45;
/** Cut off along every side of the sheet, of the side. */
const INSET = 0.012;

export type DeskFinding =
  | { readonly kind: 'none' }
  /** One four-cornered light sheet; the corners in pixels of the picture, clockwise from the upper left. */
  | { readonly kind: 'sheet'; readonly corners: Quadrilateral }
  /** A light area that lies on something dark, but no sheet that can be cut out surely. */
  | { readonly kind: 'doubt' };

/** Looks for one light sheet on a darker ground. */
export function findSheet(grey: GreyImage): DeskFinding {
  const small = reduceGrey(grey, LOOKED_AT_SIDE);
  const level = splitLevel(small);
  const light = cleanMask({ ...small, data: small.data.map((value) => (value > level ? 1 : 0)) });
  const sides = sidesWithout(light);
  if (sides < 2) return { kind: 'none' };
  const sheet = largestFilled(light);
  const share = sheet.area / light.data.length;
  if (share < SHEET_SHARE[0] || share > SHEET_SHARE[1]) return { kind: 'none' };
  if (medianOf(small, sheet.data, 1) - medianOf(small, sheet.data, 0) < LEAST_STEP) return { kind: 'none' };
  const hull = convexHull(borderOf({ ...light, data: sheet.data }));
  const corners = quadrilateralAround(hull);
  const solid = sheet.area / polygonArea(hull);
  if (corners === null || solid < LEAST_SOLIDITY || !isSheetLike(corners, sheet.area)) {
    return sides >= 3 && solid >= 0.8 && share > 0.2 ? { kind: 'doubt' } : { kind: 'none' };
  }
  return { kind: 'sheet', corners: scaleCorners(corners, grey.width / small.width) };
}

/** Cuts the sheet out and lays it flat, a little inside its border; the scale stays. */
export function cutSheet(grey: GreyImage, corners: Quadrilateral): GreyImage {
  return warpSheet(grey, corners, INSET);
}

function isSheetLike(corners: Quadrilateral, area: number): boolean {
  if (area < LEAST_COVER * polygonArea(corners)) return false;
  return corners.every((corner, i) => {
    const before = corners[(i + 3) % 4]!;
    const after = corners[(i + 1) % 4]!;
    const [ax, ay] = [before[0] - corner[0], before[1] - corner[1]];
    const [bx, by] = [after[0] - corner[0], after[1] - corner[1]];
    const lengths = Math.sqrt((ax * ax + ay * ay) * (bx * bx + by * by));
    return Math.abs(ax * bx + ay * by) < MOST_COSINE * lengths;
  });
}

/** The level that parts light from dark best: between-class variance is highest (Otsu 1979). */
function splitLevel({ data }: GreyImage): number {
  const counts = new Float64Array(256);
  for (const value of data) counts[value]!++;
  const total = counts.reduce((sum, count, level) => sum + count * level, 0);
  let below = 0;
  let sumBelow = 0;
  let best = -1;
  let at = 127;
  for (let level = 0; level < 255; level++) {
    below += counts[level]!;
    sumBelow += level * counts[level]!;
    const above = data.length - below;
    if (below === 0 || above === 0) continue;
    const between = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (between > best) [best, at] = [between, level];
  }
  return at;
}

/** Fills lines on the sheet and drops specks beside it. */
function cleanMask(mask: BinaryPlane): BinaryPlane {
  const padded = padMask(mask, CLOSE_REACH);
  const closed = erodeBox(dilateBox(padded, CLOSE_REACH), CLOSE_REACH);
  return cropMask(dilateBox(erodeBox(closed, OPEN_REACH), OPEN_REACH), CLOSE_REACH);
}

/** Continues the mask beyond its border, so that closing does not fill the desk there. */
function padMask({ width, height, data }: BinaryPlane, by: number): BinaryPlane {
  const out = { width: width + 2 * by, height: height + 2 * by };
  const padded = new Uint8Array(out.width * out.height);
  for (let y = 0, at = 0; y < out.height; y++) {
    const row = Math.min(height - 1, Math.max(0, y - by)) * width;
    for (let x = 0; x < out.width; x++, at++)
      padded[at] = data[row + Math.min(width - 1, Math.max(0, x - by))]!;
  }
  return { ...out, data: padded };
}

function cropMask({ width, height, data }: BinaryPlane, by: number): BinaryPlane {
  const out = { width: width - 2 * by, height: height - 2 * by };
  const cropped = new Uint8Array(out.width * out.height);
  for (let y = 0; y < out.height; y++) {
    const from = (y + by) * width + by;
    cropped.set(data.subarray(from, from + out.width), y * out.width);
  }
  return { ...out, data: cropped };
}

/** How many sides of the picture lie mostly outside the light area. */
function sidesWithout({ width, height, data }: BinaryPlane): number {
  const dark = [0, 0, 0, 0];
  for (let x = 0; x < width; x++) {
    dark[0]! += 1 - data[x]!;
    dark[1]! += 1 - data[(height - 1) * width + x]!;
  }
  for (let y = 0; y < height; y++) {
    dark[2]! += 1 - data[y * width]!;
    dark[3]! += 1 - data[y * width + width - 1]!;
  }
  return dark.filter((count, i) => count >= DESK_ALONG_SIDE * (i < 2 ? width : height)).length;
}

/** The largest light piece with its holes filled. */
function largestFilled({ width, height, data }: BinaryPlane): { data: Uint8Array; area: number } {
  const labels = new Int32Array(data.length);
  const stack: number[] = [];
  let largest = { label: 0, area: 0 };
  const flood = (start: number, value: number, label: number): number => {
    let area = 0;
    labels[start] = label;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      area++;
      const x = at % width;
      for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
        if (next < 0 || next >= data.length || labels[next] !== 0 || data[next] !== value) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
    return area;
  };
  for (let start = 0, label = 1; start < data.length; start++) {
    if (data[start] === 0 || labels[start] !== 0) continue;
    const area = flood(start, 1, label);
    if (area > largest.area) largest = { label, area };
    label++;
  }
  // What the border can reach without entering the piece is outside it.
  const outside = new Uint8Array(data.length);
  const reach = (at: number): void => {
    if (outside[at] === 1 || labels[at] === largest.label) return;
    outside[at] = 1;
    stack.push(at);
  };
  for (let x = 0; x < width; x++) {
    reach(x);
    reach((height - 1) * width + x);
  }
  for (let y = 0; y < height; y++) {
    reach(y * width);
    reach(y * width + width - 1);
  }
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const x = at % width;
    if (x > 0) reach(at - 1);
    if (x < width - 1) reach(at + 1);
    if (at >= width) reach(at - width);
    if (at + width < data.length) reach(at + width);
  }
  let area = 0;
  const filled = outside.map((value) => {
    area += 1 - value;
    return 1 - value;
  });
  return { data: filled, area };
}

function medianOf({ data }: GreyImage, mask: Uint8Array, value: number): number {
  const counts = new Uint32Array(256);
  let total = 0;
  data.forEach((level, i) => {
    if (mask[i] !== value) return;
    counts[level]!++;
    total++;
  });
  let seen = 0;
  for (let level = 0; level < 256; level++) {
    seen += counts[level]!;
    if (seen > total / 2) return level;
  }
  return 255;
}

/** First and last pixel's outer corners in every row of a piece. */
function borderOf({ width, height, data }: BinaryPlane): Corner[] {
  const corners: Corner[] = [];
  for (let y = 0; y < height; y++) {
    const row = data.subarray(y * width, (y + 1) * width);
    const first = row.indexOf(1);
    if (first < 0) continue;
    const last = row.lastIndexOf(1) + 1;
    corners.push([first, y], [first, y + 1], [last, y], [last, y + 1]);
  }
  return corners;
}
