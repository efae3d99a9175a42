import type { LittlePicture } from './little-picture.ts';
import { findAxes } from './principal-axes.ts';

/** What a walk along the ink's long axis meets, column by column across it. */
export interface RowProfile {
  /** Length over height. */
  readonly slenderness: number;
  /** Share of the columns with ink. */
  readonly filled: number;
  /** Mean number of lines that a column meets, and its standard deviation. */
  readonly crossings: number;
  readonly crossingSpread: number;
  /** Mean height of the ink in a column over the whole height, and its standard deviation over its mean. */
  readonly columnHeight: number;
  readonly heightSpread: number;
  /** Highest autocorrelation beyond the first zero of the upper and lower edge and of the middle line, −1 … 1. */
  readonly upperRhythm: number;
  readonly lowerRhythm: number;
  readonly middleRhythm: number;
  /** Standard deviation of the smoother edge over the rougher one's: letters stand on a line. */
  readonly edgeBalance: number;
  /** Ink per row across the axis: standard deviation over mean. */
  readonly rowSpread: number;
  /** How evenly the ink is spread along the axis: standard deviation of the columns' ink over its mean. */
  readonly columnSpread: number;
}

export function profileRow({ width, height, mask }: LittlePicture): RowProfile {
  const axes = findAxes(mask, width);
  const cos = Math.cos(axes.angle);
  const sin = Math.sin(axes.angle);
  const reach = Math.ceil(Math.sqrt(width * width + height * height)) + 2;
  const across = new Int32Array(2 * reach);
  const columns: number[][] = Array.from({ length: 2 * reach }, () => []);
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const x = (i % width) - axes.x;
    const y = Math.floor(i / width) - axes.y;
    const u = Math.round(cos * x + sin * y) + reach;
    const v = cos * y - sin * x;
    columns[u]!.push(v);
    across[Math.round(v) + reach]!++;
  }
  const first = columns.findIndex((column) => column.length > 0);
  if (first < 0) return EMPTY;
  const last = columns.findLastIndex((column) => column.length > 0);
  const used = columns.slice(first, last + 1);
  const inked = used.filter((column) => column.length > 0);
  const top: number[] = [];
  const bottom: number[] = [];
  const runs: number[] = [];
  for (const column of inked) {
    column.sort((a, b) => a - b);
    top.push(column[0]!);
    bottom.push(column[column.length - 1]!);
    let count = 1;
    for (let k = 1; k < column.length; k++) if (column[k]! - column[k - 1]! > 2.2) count++;
    runs.push(count);
  }
  const rows = across.slice(
    across.findIndex((n) => n > 0),
    across.findLastIndex((n) => n > 0) + 1,
  );
  const heights = bottom.map((low, k) => low - top[k]! + 1);
  const tall = rows.length;
  const edges = [spreadOf(detrended(top)), spreadOf(detrended(bottom))].sort((a, b) => a - b);
  const heightMean = meanOf(heights);
  return {
    slenderness: used.length / tall,
    filled: inked.length / used.length,
    crossings: meanOf(runs),
    crossingSpread: spreadOf(runs),
    columnHeight: heightMean / tall,
    heightSpread: spreadOf(heights) / heightMean,
    upperRhythm: rhythmOf(detrended(top)),
    lowerRhythm: rhythmOf(detrended(bottom)),
    middleRhythm: rhythmOf(detrended(top.map((high, k) => (high + bottom[k]!) / 2))),
    edgeBalance: edges[0]! / Math.max(edges[1]!, 1e-6),
    rowSpread: spreadOf(rows) / Math.max(meanOf(rows), 1e-6),
    columnSpread:
      spreadOf(used.map((column) => column.length)) /
      Math.max(meanOf(used.map((column) => column.length)), 1e-6),
  };
}

const EMPTY: RowProfile = {
  slenderness: 1,
  filled: 0,
  crossings: 0,
  crossingSpread: 0,
  columnHeight: 0,
  heightSpread: 0,
  upperRhythm: 0,
  lowerRhythm: 0,
  middleRhythm: 0,
  edgeBalance: 0,
  rowSpread: 0,
  columnSpread: 0,
};

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? 0 : sum / values.length;
}

function spreadOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let power = 0;
  for (let i = 0; i < values.length; i++) power += (values[i]! - mean) ** 2;
  return values.length === 0 ? 0 : Math.sqrt(power / values.length);
}

/** Less the best straight line. */
function detrended(values: readonly number[]): number[] {
  const count = values.length;
  const mean = meanOf(values);
  const centre = (count - 1) / 2;
  let slope = 0;
  let power = 0;
  for (let i = 0; i < count; i++) {
    slope += (i - centre) * (values[i]! - mean);
    power += (i - centre) ** 2;
  }
  if (power > 0) slope /= power;
  return values.map((value, i) => value - mean - slope * (i - centre));
}

/** The highest autocorrelation beyond its first zero, up to half the length. */
function rhythmOf(values: readonly number[]): number {
  let power = 0;
  for (const value of values) power += value * value;
  // Less than a pixel of swing is the pixels' own.
  if (power < 0.5 * values.length) return 0;
  let highest = 0;
  let isBeyond = false;
  const half = Math.floor(values.length / 2);
  for (let lag = 2; lag <= half; lag++) {
    let sum = 0;
    for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
    const correlation = (sum / power) * (values.length / (values.length - lag));
    if (correlation < 0) isBeyond = true;
    if (isBeyond && correlation > highest) highest = correlation;
  }
  return Math.min(1, highest);
}
