import type { GreyImage } from './images.ts';
import { paperToneOf } from './paper-tone.ts';
import type { Rule, Ruling } from './rules.ts';
import { transposeGrey } from './turn-grey.ts';

/** Columns over which a line's place is found anew: sheets are never quite flat. */
const BLOCK_PX = 24;
/** A printed line is at most so wide, of the long side. */
const MOST_WIDTH = 1 / 180;
/** From this share of the pen's depth on a pixel beside a line holds pen ink. */
const PEN_SHARE = 0.35;
/** Pen ink on a line is deeper than the line by this share of what the pen has more, where the pen is deeper by so much at all. */
const DEEPER_SHARE = 0.5;
const DEEPER_PEN = 1.2;
/** A line is on most columns of a block, the others may hold strokes. */
const MOST_COLUMNS = 0.35;
/** Lines fainter than this share of the pen's depth are no ink to the eye of the ink map. */
const FAINT = 0.14;
const PEN_PERCENTILE = 0.995;

/** Rows of a line in every column: the first and the one after the last. */
interface Band {
  readonly first: Int16Array;
  readonly last: Int16Array;
  /** Median depth below the paper, grey levels. */
  readonly depth: number;
}

/**
 * Takes printed lines away. A stroke that crosses a line stays: pixels on the way between ink above and ink below, and
 * those much deeper than the line itself. All else becomes what lies beside the line.
 *
 * @returns The picture as it is, with `lines` 0, where the lines are too faint to matter.
 */
export function removeRules(grey: GreyImage, { across, down }: Ruling): { grey: GreyImage; lines: number } {
  const depth = depthOf(grey);
  const turned = transposeGrey(grey);
  const bandsAcross = across.map((rule) => bandOf(grey, depth, rule));
  const depthDown = transposePlane(depth, grey.width, grey.height);
  const bandsDown = down.map((rule) => bandOf(turned, depthDown, rule));
  const onAcross = markBands(bandsAcross, grey.width, grey.height);
  const onDown = markBands(bandsDown, grey.height, grey.width);
  const penDepth = percentile(depth, PEN_PERCENTILE);
  const kept = [...bandsAcross, ...bandsDown].filter((band) => band.depth >= FAINT * penDepth);
  if (kept.length === 0) return { grey, lines: 0 };
  const ink = new Uint8Array(depth.length);
  const least = PEN_SHARE * penDepth;
  const pen = penDepthOf(depth, least, (at) => {
    const x = at % grey.width;
    return onAcross[at]! + onDown[x * grey.height + (at - x) / grey.width]! === 0;
  });
  for (let y = 0, at = 0; y < grey.height; y++) {
    for (let x = 0; x < grey.width; x++, at++) {
      const line = Math.max(onAcross[at]!, onDown[x * grey.height + y]!);
      const needed =
        line === 0 ? least : pen < DEEPER_PEN * line ? Infinity : line + DEEPER_SHARE * (pen - line);
      if (depth[at]! >= needed) ink[at] = 1;
    }
  }
  const mendedAcross = mendBands(grey, ink, bandsAcross);
  const inkDown = transposePlane(ink, grey.width, grey.height);
  const mended = transposeGrey(mendBands(transposeGrey(mendedAcross), inkDown, bandsDown));
  return { grey: mended, lines: kept.length };
}

/** Median depth of the pen's ink beside the lines. */
function penDepthOf(depth: Float32Array, least: number, isFree: (at: number) => boolean): number {
  const counts = new Uint32Array(257);
  let total = 0;
  for (let at = 0; at < depth.length; at++) {
    if (depth[at]! < least || !isFree(at)) continue;
    counts[Math.min(256, Math.round(depth[at]!))]!++;
    total++;
  }
  let seen = 0;
  for (let level = 0; level <= 256; level++) {
    seen += counts[level]!;
    if (seen > total / 2) return level;
  }
  return least;
}

/** Grey levels below the paper. */
function depthOf(grey: GreyImage): Float32Array {
  const toneAt = paperToneOf(grey);
  const depth = new Float32Array(grey.data.length);
  for (let y = 0, at = 0; y < grey.height; y++) {
    const tone = toneAt(y);
    for (let x = 0; x < grey.width; x++, at++) depth[at] = tone[x]! - grey.data[at]!;
  }
  return depth;
}

function transposePlane<Plane extends Float32Array | Uint8Array>(
  plane: Plane,
  width: number,
  height: number,
): Plane {
  const out = plane.slice() as Plane;
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at++) out[x * height + y] = plane[at]!;
  return out;
}

function percentile(plane: Float32Array, fraction: number): number {
  const counts = new Uint32Array(257);
  for (const value of plane) counts[Math.max(0, Math.min(256, Math.round(value)))]!++;
  let seen = 0;
  for (let level = 0; level <= 256; level++) {
    seen += counts[level]!;
    if (seen > fraction * plane.length) return level;
  }
  return 256;
}

/** Follows a line block by block, then sees how wide it is. */
function bandOf({ width, height }: GreyImage, depth: Float32Array, rule: Rule): Band {
  const widest = Math.max(2, Math.round(Math.max(width, height) * MOST_WIDTH));
  const reach = Math.max(3, Math.round(Math.max(width, height) / 350));
  const blocks = Math.ceil(width / BLOCK_PX);
  const centres = new Float32Array(blocks);
  const column = new Float32Array(BLOCK_PX);
  /** What most columns of a block have at a row: strokes that cross or stand on the line do not count. */
  const levelAt = (block: number, y: number): number => {
    if (y < 0 || y >= height) return -Infinity;
    const from = block * BLOCK_PX;
    const count = Math.min(BLOCK_PX, width - from);
    for (let k = 0; k < count; k++) column[k] = depth[y * width + from + k]!;
    return column.subarray(0, count).sort()[Math.floor(MOST_COLUMNS * count)]!;
  };
  for (let block = 0; block < blocks; block++) {
    const expected = rule.at + rule.slope * ((block + 0.5) * BLOCK_PX - width / 2);
    const first = Math.round(expected) - reach;
    const levels = Array.from({ length: 2 * reach + 1 }, (_, k) => levelAt(block, first + k));
    let best = reach;
    levels.forEach((level, k) => {
      const lead = level - levels[best]!;
      if (lead > 0.6 * (Math.abs(first + k - expected) - Math.abs(first + best - expected))) best = k;
    });
    // The middle of its rows, or lines of two rows would be taken for one or the other.
    let [sum, weight] = [0, 0];
    for (let k = Math.max(0, best - 2); k <= Math.min(2 * reach, best + 2); k++) {
      const value = Math.max(0, levels[k]! - 0.25 * levels[best]!);
      sum += (first + k) * value;
      weight += value;
    }
    centres[block] = weight > 0 ? sum / weight : first + best;
  }
  const smooth = centres.map((_, i) => medianOf([...centres.slice(Math.max(0, i - 2), i + 3)]));
  const profile = Array.from({ length: 2 * widest + 1 }, (_, k) =>
    quantileOf(
      [...smooth]
        .map((centre, block) => levelAt(block, Math.round(centre) + k - widest))
        .filter(Number.isFinite),
      0.8,
    ),
  );
  const peak = Math.max(...profile);
  let [above, below] = [widest, widest];
  while (above > 0 && profile[above - 1]! > 0.1 * peak) above--;
  while (below < 2 * widest && profile[below + 1]! > 0.1 * peak) below++;
  const first = new Int16Array(width);
  const last = new Int16Array(width);
  for (let x = 0; x < width; x++) {
    const place = Math.min(blocks - 1, Math.max(0, (x + 0.5) / BLOCK_PX - 0.5));
    const left = Math.floor(place);
    const right = Math.min(blocks - 1, left + 1);
    const centre = smooth[left]! + (place - left) * (smooth[right]! - smooth[left]!);
    first[x] = Math.max(0, Math.floor(centre) + above - widest);
    last[x] = Math.min(height, Math.ceil(centre) + below - widest + 1);
  }
  return { first, last, depth: depthWithin(depth, width, first, last) };
}

/** Median over the columns of the deepest pixel. */
function depthWithin(depth: Float32Array, width: number, first: Int16Array, last: Int16Array): number {
  const deepest = Array.from(first, (top, x) => {
    let most = -Infinity;
    for (let y = top; y < last[x]!; y++) most = Math.max(most, depth[y * width + x]!);
    return most;
  });
  return medianOf(deepest.filter(Number.isFinite));
}

function medianOf(values: number[]): number {
  return quantileOf(values, 0.5);
}

function quantileOf(values: number[], fraction: number): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length * fraction)] ?? 0;
}

/** The depth of the line that lies on each pixel, 0 beside them. */
function markBands(bands: readonly Band[], width: number, height: number): Float32Array {
  const marks = new Float32Array(width * height);
  for (const { first, last, depth } of bands) {
    for (let x = 0; x < width; x++) {
      for (let y = first[x]!; y < last[x]!; y++)
        marks[y * width + x] = Math.max(marks[y * width + x]!, depth);
    }
  }
  return marks;
}

function mendBands(grey: GreyImage, ink: Uint8Array, bands: readonly Band[]): GreyImage {
  const { width, height } = grey;
  const data = grey.data.slice();
  for (const { first, last } of bands) {
    for (let x = 0; x < width; x++) {
      const [top, bottom] = [first[x]!, last[x]!];
      const rows = bottom - top;
      const upper = Math.max(0, top - 1) * width;
      const lower = Math.min(height - 1, bottom) * width;
      const [inkAbove, inkBelow] = [ink[upper + x]!, ink[lower + x]!];
      const [above, below] = [grey.data[upper + x]!, grey.data[lower + x]!];
      // Beside a line that a stroke only touches, the paper's side counts.
      const from = inkAbove > inkBelow ? below : above;
      const to = inkBelow > inkAbove ? above : below;
      for (let y = top; y < bottom; y++) {
        const part = (y - top + 1) / (rows + 1);
        if (ink[y * width + x] === 1 || crosses(ink, upper, lower, x, width, part, rows + 1)) continue;
        data[y * width + x] = Math.round(from + (to - from) * part);
      }
    }
  }
  return { width, height, data };
}

/** Whether a straight way from ink above the line to ink below it leads through a pixel, `part` of the way down. */
function crosses(
  ink: Uint8Array,
  upper: number,
  lower: number,
  x: number,
  width: number,
  part: number,
  slack: number,
): boolean {
  for (let run = -slack; run <= slack; run++) {
    const a = Math.round(x - run * part);
    const b = Math.round(x + run * (1 - part));
    if (a >= 0 && b >= 0 && a < width && b < width && ink[upper + a] === 1 && ink[lower + b] === 1)
      return true;
  }
  return false;
}
