/**
 * Curves as lists of points, and the few operations every generator needs on them.
 * A polyline holds at least one point; x and y have the same length and the same unit.
 */
import { vectorLength } from '../base/vector-length.ts';

export interface Polyline {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Arc length from the first point to each point, in the polyline's unit; shape [points], first value 0. */
export function arcLengths(line: Polyline): Float64Array {
  const lengths = new Float64Array(line.x.length);
  for (let i = 1; i < lengths.length; i++) {
    lengths[i] = lengths[i - 1]! + vectorLength(line.x[i]! - line.x[i - 1]!, line.y[i]! - line.y[i - 1]!);
  }
  return lengths;
}

/**
 * Points at equal steps of arc length, ends kept.
 *
 * @param step Wanted distance between points, > 0; the real one is at most this.
 * @returns At least two points, or the single point of a line without length.
 */
export function resampleByLength(line: Polyline, step: number): Polyline {
  const lengths = arcLengths(line);
  const total = lengths[lengths.length - 1]!;
  if (total === 0) return { x: line.x.slice(0, 1), y: line.y.slice(0, 1) };
  const count = Math.max(2, Math.ceil(total / step) + 1);
  return sampleAt(line, lengths, (i) => (total * i) / (count - 1), count);
}

/**
 * Interpolates a polyline linearly at increasing values of any parameter that grows along it.
 *
 * @param parameter Value at each point of `line`, never falling.
 * @param valueAt Wanted parameter values, never falling with the index.
 */
export function sampleAt(
  line: Polyline,
  parameter: Float64Array,
  valueAt: (index: number) => number,
  count: number,
): Polyline {
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  const last = parameter.length - 1;
  let k = 0;
  for (let i = 0; i < count; i++) {
    const value = valueAt(i);
    while (k < last - 1 && parameter[k + 1]! < value) k++;
    const next = Math.min(k + 1, last);
    const span = parameter[next]! - parameter[k]!;
    const part = span > 0 ? Math.min(1, Math.max(0, (value - parameter[k]!) / span)) : 0;
    x[i] = line.x[k]! + part * (line.x[next]! - line.x[k]!);
    y[i] = line.y[k]! + part * (line.y[next]! - line.y[k]!);
  }
  return { x, y };
}

/**
 * Running mean over 2·half + 1 values, three times over (close to a Gaussian of sigma √(half² + half)), in linear time.
 * Near the ends the window shrinks symmetrically, so the end values stay where they are.
 */
export function smoothValues(values: Float64Array, half: number): Float64Array {
  if (half < 1) return values.slice();
  let from = values;
  const sums = new Float64Array(values.length + 1);
  for (let pass = 0; pass < 3; pass++) {
    const to = new Float64Array(values.length);
    for (let i = 0; i < from.length; i++) sums[i + 1] = sums[i]! + from[i]!;
    for (let i = 0; i < from.length; i++) {
      const reach = Math.min(half, i, from.length - 1 - i);
      to[i] = (sums[i + reach + 1]! - sums[i - reach]!) / (2 * reach + 1);
    }
    from = to;
  }
  return from;
}

/** Rounds corners: smooths an evenly spaced polyline along itself; the ends stay. */
export function smoothLine(line: Polyline, half: number): Polyline {
  return { x: smoothValues(line.x, half), y: smoothValues(line.y, half) };
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Smallest box around all points; all zero when there are none. */
export function boundsOf(lines: readonly Polyline[]): Bounds {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const line of lines) {
    for (let i = 0; i < line.x.length; i++) {
      left = Math.min(left, line.x[i]!);
      right = Math.max(right, line.x[i]!);
      top = Math.min(top, line.y[i]!);
      bottom = Math.max(bottom, line.y[i]!);
    }
  }
  return left > right ? { left: 0, top: 0, right: 0, bottom: 0 } : { left, top, right, bottom };
}
