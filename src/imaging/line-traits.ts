import type { InkMap } from './images.ts';
import type { LineMask } from './line-mask.ts';
import type { Pieces } from './pieces.ts';

/** Traits by which drawings differ from prints, plans and surfaces; none of them is sure alone. */
export interface LineTraits {
  /** Share of the line that is straight over eight widths, whatever its direction. */
  readonly ruled: number;
  /** Share of the line that is straight and runs along one axis or at right angles to it. */
  readonly squared: number;
  /** Holes in the ink per line width of skeleton length. */
  readonly holes: number;
  /** Of the tone of the pieces, weighted by their line: standard deviation over mean. */
  readonly toneSpread: number;
  /** Share of cells with ink along a line 1 % inside each edge, summed over the four sides: 0 … 4. */
  readonly cutOff: number;
  /** Variation of the line over the cells (a twentieth of the long side) that hold some: standard deviation over mean. */
  readonly unevenCover: number;
  /** Share of the line in the largest piece. */
  readonly largest: number;
  /** Standard deviation of the logarithm of the pieces' sides, weighted by their ink. */
  readonly sizeSpread: number;
}

/** Every so many pixels of the skeleton are asked how straight they are. */
const EVERY = 3;
/** Standard deviation across a straight stretch of line, pixels: the skeleton's own steps. */
const STRAIGHT_WITHIN = 0.32;
const CELLS = 20;
const BORDER_CELLS = 24;

/**
 * @param ink The mask's, without its border.
 * @param places Of the skeleton, in the mask.
 */
export function measureTraits(
  ink: InkMap,
  mask: LineMask,
  pieces: Pieces,
  skeleton: { readonly mask: LineMask; readonly places: Int32Array },
  widthPx: number,
): LineTraits {
  return {
    ...straightness(skeleton.mask, skeleton.places, Math.max(9, Math.round(4 * widthPx))),
    holes: (countHoles(mask, pieces.list.length) * widthPx) / Math.max(1, skeleton.places.length),
    toneSpread: toneSpread(ink, pieces, skeleton.places),
    cutOff: cutOff(mask),
    unevenCover: unevenCoverOf(skeleton.mask, skeleton.places),
    ...sizesOf(pieces),
  };
}

/** Fits a line to the skeleton within `reach` of each place that is asked. */
function straightness(
  { width, height, data }: LineMask,
  places: Int32Array,
  reach: number,
): { ruled: number; squared: number } {
  let [asked, straight, cosines, sines] = [0, 0, 0, 0];
  for (let k = 0; k < places.length; k += EVERY) {
    const at = places[k]!;
    const y = Math.floor(at / width);
    const x = at - y * width;
    let [count, sx, sy, sxx, sxy, syy] = [0, 0, 0, 0, 0, 0];
    for (let v = Math.max(-reach, -y), high = Math.min(reach, height - 1 - y); v <= high; v++) {
      for (let u = Math.max(-reach, -x), wide = Math.min(reach, width - 1 - x); u <= wide; u++) {
        if (data[at + v * width + u] === 0) continue;
        count++;
        sx += u;
        sy += v;
        sxx += u * u;
        sxy += u * v;
        syy += v * v;
      }
    }
    asked++;
    if (count < reach) continue;
    const [xx, xy, yy] = [
      sxx / count - (sx / count) ** 2,
      sxy / count - (sx * sy) / count ** 2,
      syy / count - (sy / count) ** 2,
    ];
    const half = (xx + yy) / 2;
    const apart = Math.sqrt(((xx - yy) / 2) ** 2 + xy * xy);
    if (half - apart > STRAIGHT_WITHIN ** 2) continue;
    straight++;
    const direction = 0.5 * Math.atan2(2 * xy, xx - yy);
    cosines += Math.cos(4 * direction);
    sines += Math.sin(4 * direction);
  }
  return {
    ruled: asked === 0 ? 0 : straight / asked,
    squared: straight === 0 ? 0 : Math.sqrt(cosines * cosines + sines * sines) / asked,
  };
}

/** Pieces less Euler's number, which corners tell (Gray 1971, pixels that touch at corners are joined). */
function countHoles({ width, height, data }: LineMask, pieces: number): number {
  let [one, three, diagonal] = [0, 0, 0];
  for (let y = 0; y < height - 1; y++) {
    for (let at = y * width, end = at + width - 1; at < end; at++) {
      const a = data[at]!;
      const b = data[at + 1]!;
      const c = data[at + width]!;
      const d = data[at + width + 1]!;
      const sum = a + b + c + d;
      if (sum === 1) one++;
      else if (sum === 3) three++;
      else if (sum === 2 && a === d) diagonal++;
    }
  }
  return pieces - (one - three - 2 * diagonal) / 4;
}

function toneSpread({ width, data }: InkMap, { labels, list }: Pieces, places: Int32Array): number {
  const sums = new Float64Array(list.length + 1);
  const counts = new Uint32Array(list.length + 1);
  let all = 0;
  for (const at of places) {
    const y = Math.floor(at / (width + 2));
    const value = data[(y - 1) * width + at - y * (width + 2) - 1]!;
    const label = labels[at]!;
    sums[label]! += value;
    counts[label]!++;
    all += value;
  }
  const mean = all / Math.max(1, places.length);
  let variance = 0;
  counts.forEach((count, label) => {
    if (count > 0) variance += count * (sums[label]! / count - mean) ** 2;
  });
  return mean === 0 ? 0 : Math.sqrt(variance / places.length) / mean;
}

/** A hundredth of the side inside the border, cells with ink. */
function cutOff({ width, height, data }: LineMask): number {
  const inset = 1 + Math.round(0.01 * Math.max(width, height));
  const along = (length: number, at: (k: number) => number): number => {
    const cells = new Uint8Array(BORDER_CELLS);
    for (let k = inset; k < length - inset; k++) {
      if (data[at(k)] === 1) cells[Math.floor((k * BORDER_CELLS) / length)] = 1;
    }
    return cells.reduce((sum, value) => sum + value, 0) / BORDER_CELLS;
  };
  return (
    along(width, (k) => inset * width + k) +
    along(width, (k) => (height - 1 - inset) * width + k) +
    along(height, (k) => k * width + inset) +
    along(height, (k) => k * width + width - 1 - inset)
  );
}

function unevenCoverOf({ width, height }: LineMask, places: Int32Array): number {
  const cell = Math.max(width, height) / CELLS;
  const columns = Math.ceil(width / cell);
  const cells = new Uint32Array(columns * Math.ceil(height / cell));
  for (const at of places) {
    const y = Math.floor(at / width);
    cells[Math.floor(y / cell) * columns + Math.floor((at - y * width) / cell)]!++;
  }
  const held = cells.filter((count) => count > 0);
  const mean = places.length / Math.max(1, held.length);
  const variance = held.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, held.length);
  return mean === 0 ? 0 : Math.sqrt(variance) / mean;
}

function sizesOf({ list }: Pieces): { largest: number; sizeSpread: number } {
  let [ink, most, sum, squares] = [0, 0, 0, 0];
  for (const { area, left, right, top, bottom } of list) {
    const size = Math.log(Math.max(right - left, bottom - top));
    ink += area;
    most = Math.max(most, area);
    sum += area * size;
    squares += area * size * size;
  }
  if (ink === 0) return { largest: 0, sizeSpread: 0 };
  return { largest: most / ink, sizeSpread: Math.sqrt(Math.max(0, squares / ink - (sum / ink) ** 2)) };
}
