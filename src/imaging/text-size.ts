import type { InkMap } from './images.ts';
import { inkBounds, LINE_INK, type Box } from './ink-layout.ts';

/** Strips per guess of the letter height: wide enough for a few letters, narrow enough for sloping lines. */
const STRIP_IN_HEIGHTS = 6;
/** A row belongs to the body of a line of text when it holds this share of the strip's local peak. */
const BODY_SHARE = 0.5;
/** On a page, pieces taller than this share of the inked area are borders, rules or drawings, not letters. */
const TALL_SHARE = 1 / 6;
/** Pieces this many times wider than high are rules or dashes, not letters. */
const FLAT_RATIO = 6;
/** Bodies outside these shares of the first guess (which ascenders make too high) are rules or dots, borders or scan edges. */
const LEAST_BODY = 0.3;
const MOST_BODY = 1.2;

/**
 * Height of the letters without ascenders (x-height), in ink-map pixels.
 *
 * First guess: ink-weighted median height of connected pieces. Then the page is cut into strips of a few letters; in
 * each, the rows of ink form a profile whose peaks are the bodies of the lines; the height of a body is its width at
 * half the peak; rules are passed over. The answer is the ink-weighted median of these heights: it grows in proportion with the picture.
 *
 * @param bounds Of the ink, where they are known already.
 * @returns null where there is no ink.
 */
export function estimateXHeight(ink: InkMap, bounds: Box | null = inkBounds(ink)): number | null {
  if (bounds === null) return null;
  const guess = medianPieceHeight(ink, (bounds.bottom - bounds.top) * TALL_SHARE);
  if (guess === null) return null;
  const bodies: Weighted[] = [];
  const strip = Math.max(4, Math.round(guess * STRIP_IN_HEIGHTS));
  for (let left = bounds.left; left < bounds.right; left += strip) {
    const profile = rowProfile(ink, left, Math.min(bounds.right, left + strip), bounds.top, bounds.bottom);
    bodies.push(...bodyHeights(smoothProfile(profile, guess / 8), guess));
  }
  return weightedMedian(bodies) ?? guess;
}

interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** Ink-weighted median height of 8-connected pieces; of those up to `tall` alone where they hold a quarter of the ink. */
function medianPieceHeight(ink: InkMap, tall: number): number | null {
  const { width, height, data } = ink;
  const seen = new Uint8Array(data.length);
  const pieces: Weighted[] = [];
  const rules: Weighted[] = [];
  const stack: number[] = [];
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || data[start]! < LINE_INK) continue;
    let top = height;
    let bottom = 0;
    let left = width;
    let right = 0;
    let count = 0;
    seen[start] = 1;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const x = at % width;
      const y = (at - x) / width;
      count++;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
      if (x < left) left = x;
      if (x > right) right = x;
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const next = ny * width + nx;
          if (seen[next] === 1 || data[next]! < LINE_INK) continue;
          seen[next] = 1;
          stack.push(next);
        }
      }
    }
    const flat = right - left + 1 > FLAT_RATIO * (bottom - top + 1);
    (flat ? rules : pieces).push({ value: bottom - top + 1, weight: count });
  }
  const short = pieces.filter((piece) => piece.value <= tall);
  const isPage = inkOf(short) >= 0.25 * inkOf(pieces);
  return weightedMedian(isPage ? short : pieces) ?? weightedMedian(rules);
}

function inkOf(pieces: readonly Weighted[]): number {
  return pieces.reduce((sum, piece) => sum + piece.weight, 0);
}

function rowProfile(ink: InkMap, left: number, right: number, top: number, bottom: number): Float64Array {
  const profile = new Float64Array(bottom - top);
  for (let y = top; y < bottom; y++) {
    let sum = 0;
    for (let at = y * ink.width + left, end = y * ink.width + right; at < end; at++) sum += ink.data[at]!;
    profile[y - top] = sum;
  }
  return profile;
}

/** Running mean over 2r + 1 rows. */
function smoothProfile(profile: Float64Array, radius: number): Float64Array {
  const r = Math.round(radius);
  return profile.map((_, i) => {
    let sum = 0;
    for (let k = Math.max(0, i - r); k <= Math.min(profile.length - 1, i + r); k++) sum += profile[k]!;
    return sum / (2 * r + 1);
  });
}

/** Widths at half height of the profile's main peaks, each weighted by the ink in it. */
function bodyHeights(profile: Float64Array, guess: number): Weighted[] {
  const bodies: Weighted[] = [];
  const reach = Math.max(2, Math.round(guess));
  const highest = profile.reduce((high, value) => Math.max(high, value), 0);
  for (let i = 0; i < profile.length; i++) {
    const peak = profile[i]!;
    if (peak < 0.25 * highest || peak === 0) continue;
    let isPeak = true;
    for (let k = Math.max(0, i - reach); k <= Math.min(profile.length - 1, i + reach) && isPeak; k++) {
      if (profile[k]! > peak || (profile[k] === peak && k < i)) isPeak = false;
    }
    if (!isPeak) continue;
    let from = i;
    let to = i;
    while (from > 0 && profile[from - 1]! >= BODY_SHARE * peak) from--;
    while (to < profile.length - 1 && profile[to + 1]! >= BODY_SHARE * peak) to++;
    let weight = 0;
    for (let k = from; k <= to; k++) weight += profile[k]!;
    const value = to - from + 1;
    if (value >= LEAST_BODY * guess && value <= MOST_BODY * guess) bodies.push({ value, weight });
  }
  return bodies;
}

function weightedMedian(items: readonly Weighted[]): number | null {
  const sorted = [...items].sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, item) => sum + item.weight, 0) / 2;
  let seen = 0;
  for (const item of sorted) {
    seen += item.weight;
    if (seen >= half) return item.value;
  }
  return null;
}
