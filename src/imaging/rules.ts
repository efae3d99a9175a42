import type { GreyImage } from './images.ts';
import { reduceGrey } from './resample.ts';
import { transposeGrey } from './turn-grey.ts';

/** A printed line over the whole sheet, in pixels of the picture (of the mirrored picture for lines that run down). */
export interface Rule {
  /** Row at the middle of the picture's width. */
  readonly at: number;
  /** Rows a column. */
  readonly slope: number;
}

/** Printed lines of a sheet. Both directions are looked for before either is taken away. */
export interface Ruling {
  /** Lines that run across, from the top. */
  readonly across: readonly Rule[];
  /** Lines that run down, in the picture mirrored along its diagonal. */
  readonly down: readonly Rule[];
  /** Regular lines were seen, but not surely enough to take them away. */
  readonly doubtful: boolean;
}

const LOOKED_AT_SIDE = 800;
/** A line lies between lighter pixels so far above and below it, of the long side, and is darker by so many grey levels. */
const LIGHTER_WITHIN = 1 / 250;
const LEAST_DEPTH = 5;
/** Pixels along a line that are averaged before it is looked for, against noise. */
const SMOOTHED_PX = 9;
const BLOCK_PX = 16;
/** Slopes that are tried, and rows by which neighbouring ones differ over the picture. */
const MOST_SLOPE = 0.055;
const SLOPE_STEP_PX = 1.5;
/** Share of the width that a line covers. */
const LEAST_COVER = 0.6;
const DOUBTFUL_COVER = 0.45;
const LEAST_LINES = 4;
/** Gaps are whole multiples of their median, within so much of it, for so many of them. */
const GAP_SLACK = 0.15;
const REGULAR_GAPS = 0.75;
/** Lines along a side shorter than this share of the other are no rules that can be told: every tall stroke on a strip is as long. */
const LEAST_LENGTH = 1 / 3;
/** Lines are at least so far apart, of the long side. */
const LEAST_GAP = 1 / 110;

/** Looks for ruled or squared paper. */
export function findRules(grey: GreyImage): Ruling {
  const small = reduceGrey(grey, LOOKED_AT_SIDE);
  const across = findAcross(small);
  const down = findAcross(transposeGrey(small));
  const found = { across: across.rules, down: down.rules, doubtful: across.doubtful || down.doubtful };
  return scaleRuling(found, grey.width / small.width);
}

/** The same lines in a picture that is `by` times as large. */
export function scaleRuling({ across, down, doubtful }: Ruling, by: number): Ruling {
  const scale = ({ at, slope }: Rule): Rule => ({ at: (at + 0.5) * by - 0.5, slope });
  return { across: across.map(scale), down: down.map(scale), doubtful };
}

function findAcross(grey: GreyImage): { rules: readonly Rule[]; doubtful: boolean } {
  const { width, height } = grey;
  if (width < LEAST_LENGTH * height) return { rules: [], doubtful: false };
  const side = Math.max(width, height);
  const blocks = lineBlocks(grey, Math.max(2, Math.round(side * LIGHTER_WITHIN)));
  const columns = blocks.length / height;
  let best: { score: number; slope: number; profile: Float32Array } = {
    score: 0,
    slope: 0,
    profile: new Float32Array(height),
  };
  const step = SLOPE_STEP_PX / width;
  const steps = Math.round(MOST_SLOPE / step);
  for (let k = -steps; k <= steps; k++) {
    const slope = k * step;
    const profile = profileAlong(blocks, columns, height, slope);
    const score = profile.reduce((sum, cover) => sum + (cover >= 0.5 ? cover * cover : 0), 0);
    if (score > best.score) best = { score, slope, profile };
  }
  const sure = regularPeaks(best.profile, LEAST_COVER, side * LEAST_GAP);
  if (sure !== null) {
    // Known to be ruled: fainter lines between the sure ones count too.
    const all = fillIn(best.profile, sure, DOUBTFUL_COVER);
    return { rules: all.map((at) => ({ at, slope: best.slope })), doubtful: false };
  }
  const doubtful = regularPeaks(best.profile, DOUBTFUL_COVER, side * LEAST_GAP);
  return { rules: [], doubtful: doubtful !== null && doubtful.length >= 2 * LEAST_LINES };
}

/** Share of the columns of each block, row by row, on which a dark line lies between lighter pixels. Shape [height, columns]. */
function lineBlocks({ width, height, data }: GreyImage, reach: number): Float32Array {
  const columns = Math.ceil(width / BLOCK_PX);
  const smooth = new Float32Array(width * height);
  const half = (SMOOTHED_PX - 1) / 2;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = -half; x < width; x++) {
      sum += x + half < width ? data[row + x + half]! : data[row + width - 1]!;
      sum -= x - half - 1 >= 0 ? data[row + x - half - 1]! : x - half - 1 >= -half ? data[row]! : 0;
      if (x >= 0) smooth[row + x] = sum / SMOOTHED_PX;
    }
  }
  const blocks = new Float32Array(columns * height);
  for (let y = reach; y < height - reach; y++) {
    const row = y * width;
    const [above, below] = [row - reach * width, row + reach * width];
    for (let c = 0; c < columns; c++) {
      let hits = 0;
      for (let x = c * BLOCK_PX, end = Math.min(width, x + BLOCK_PX); x < end; x++) {
        const level = smooth[row + x]! + LEAST_DEPTH;
        if (smooth[above + x]! >= level && smooth[below + x]! >= level) hits++;
      }
      blocks[y * columns + c] = hits;
    }
  }
  for (let c = 0; c < columns; c++) {
    const wide = Math.min(BLOCK_PX, width - c * BLOCK_PX);
    for (let y = 0; y < height; y++) blocks[y * columns + c]! /= wide;
  }
  return blocks;
}

/** Mean of the blocks along every line of a slope; the row is that at the middle. */
function profileAlong(blocks: Float32Array, columns: number, height: number, slope: number): Float32Array {
  const profile = new Float32Array(height);
  for (let c = 0; c < columns; c++) {
    const shift = Math.round(slope * BLOCK_PX * (c + 0.5 - columns / 2));
    const from = Math.max(0, -shift);
    const to = Math.min(height, height - shift);
    for (let y = from; y < to; y++) profile[y]! += blocks[(y + shift) * columns + c]!;
  }
  for (let y = 0; y < height; y++) profile[y]! /= columns;
  // A line that lies between two rows is seen in either.
  return profile.map((value, y) =>
    Math.min(1, Math.max(value, value + 0.5 * Math.max(profile[y - 1] ?? 0, profile[y + 1] ?? 0))),
  );
}

/** Rows of peaks of at least `cover`, where they are enough and their gaps regular; else null. */
function regularPeaks(profile: Float32Array, cover: number, leastGap: number): number[] | null {
  const peaks: number[] = [];
  profile.forEach((value, y) => {
    if (value < cover) return;
    const last = peaks[peaks.length - 1];
    if (last !== undefined && y - last < leastGap) {
      if (value > profile[last]!) peaks[peaks.length - 1] = y;
    } else peaks.push(y);
  });
  if (peaks.length < LEAST_LINES) return null;
  const gaps = peaks.slice(1).map((y, i) => y - peaks[i]!);
  const median = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  const regular = gaps.filter((gap) => {
    const times = gap / median;
    return times > 0.5 && Math.abs(times - Math.round(times)) <= GAP_SLACK;
  });
  return regular.length >= REGULAR_GAPS * gaps.length ? peaks : null;
}

/** Adds weaker peaks where the lines' own spacing asks for one. */
function fillIn(profile: Float32Array, peaks: readonly number[], cover: number): number[] {
  const gaps = peaks.slice(1).map((y, i) => y - peaks[i]!);
  const median = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length / 2)]!;
  const slack = Math.max(1, Math.round(median * GAP_SLACK));
  const found = new Set(peaks);
  const seek = (from: number, direction: 1 | -1, until: number): void => {
    for (let y = from + direction * median; direction * (until - y) > 0.6 * median;) {
      let best = -1;
      for (
        let k = Math.max(0, Math.round(y) - slack);
        k <= Math.min(profile.length - 1, Math.round(y) + slack);
        k++
      ) {
        if (profile[k]! >= cover && (best < 0 || profile[k]! > profile[best]!)) best = k;
      }
      if (best >= 0) found.add(best);
      y = (best >= 0 ? best : y) + direction * median;
    }
  };
  peaks.forEach((y, i) => seek(y, 1, peaks[i + 1] ?? profile.length + median));
  seek(peaks[0]!, -1, -median);
  return [...found].sort((a, b) => a - b);
}
