import type { GreyImage } from './images.ts';

/** The output pixels' shares of the input pixels along an axis; output i takes `counts[i]` input pixels from `firsts[i]` on. */
interface Shares {
  readonly firsts: Int32Array;
  readonly counts: Int32Array;
  /** Row by row of `stride`; each output's weights sum to 1 inside the input. */
  readonly weights: Float64Array;
  readonly stride: number;
}

/**
 * Area-averaging weights of one axis; linear interpolation where it enlarges. Input outside 0 … length−1 counts as empty.
 *
 * @param start,side Interval of the input to cover, in input pixels; may reach beyond the input.
 * @param count Output pixels.
 */
function axisShares(length: number, start: number, side: number, count: number): Shares {
  const step = side / count;
  // A box as wide as the step, never narrower than one input pixel: the second case is linear interpolation.
  const width = Math.max(1, step);
  const stride = Math.ceil(width) + 2;
  const firsts = new Int32Array(count);
  const counts = new Int32Array(count);
  const weights = new Float64Array(count * stride);
  for (let i = 0; i < count; i++) {
    const centre = start + (i + 0.5) * step;
    const low = centre - width / 2;
    const high = centre + width / 2;
    const first = Math.max(0, Math.floor(low));
    const last = Math.min(length - 1, Math.ceil(high) - 1);
    firsts[i] = first;
    counts[i] = Math.max(0, last - first + 1);
    for (let at = first; at <= last; at++) {
      weights[i * stride + at - first] = (Math.min(high, at + 1) - Math.max(low, at)) / width;
    }
  }
  return { firsts, counts, weights, stride };
}

/** A rectangle of a plane, in its pixels; may reach beyond it, where there is 0. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A row of a plane: `row[start + x]` for x = 0 … width − 1. Read before the next row is asked for. */
export interface PlaneRow {
  readonly row: Float32Array;
  readonly start: number;
}

/**
 * Brings a window of a plane to a new size by averaging areas (reducing) or linear interpolation (enlarging).
 *
 * @param source Shape [height, width], row by row.
 * @returns New plane, shape [outHeight, outWidth].
 */
export function resampleWindow(
  source: Float32Array | Uint8Array,
  width: number,
  height: number,
  window: Window,
  outWidth: number,
  outHeight: number,
): Float32Array {
  const row = source instanceof Float32Array ? source : new Float32Array(width);
  const rowAt = (y: number): PlaneRow => {
    if (source === row) return { row, start: y * width };
    row.set(source.subarray(y * width, (y + 1) * width));
    return { row, start: 0 };
  };
  return resampleRows(rowAt, width, height, window, outWidth, outHeight);
}

/**
 * The same for a plane whose rows are made when they are needed, from the top down; one row may be asked for a few times.
 *
 * @param rowAt Gives row y, 0 ≤ y < height.
 */
export function resampleRows(
  rowAt: (y: number) => PlaneRow,
  width: number,
  height: number,
  window: Window,
  outWidth: number,
  outHeight: number,
): Float32Array {
  const across = axisShares(width, window.x, window.width, outWidth);
  const down = axisShares(height, window.y, window.height, outHeight);
  const out = new Float32Array(outWidth * outHeight);
  const line = new Float32Array(width);
  const from = Math.min(width, across.firsts[0] ?? 0);
  const lastShare = outWidth - 1;
  const to = Math.min(width, (across.firsts[lastShare] ?? 0) + (across.counts[lastShare] ?? 0));
  for (let y = 0; y < outHeight; y++) {
    line.fill(0, from, to);
    for (let k = 0; k < down.counts[y]!; k++) {
      const { row, start } = rowAt(down.firsts[y]! + k);
      addRow(line, row, start, from, to, down.weights[y * down.stride + k]!);
    }
    sumShares(line, across, out, y * outWidth);
  }
  return out;
}

function addRow(
  line: Float32Array,
  row: Float32Array,
  start: number,
  from: number,
  to: number,
  weight: number,
): void {
  for (let x = from; x < to; x++) line[x] = line[x]! + weight * row[start + x]!;
}

/** One output row from a line that is as wide as the input. */
function sumShares(
  line: Float32Array,
  { firsts, counts, weights, stride }: Shares,
  out: Float32Array,
  offset: number,
): void {
  for (let i = 0; i < firsts.length; i++) {
    const first = firsts[i]!;
    const count = counts[i]!;
    const base = i * stride;
    let sum = 0;
    for (let k = 0; k < count; k++) sum += weights[base + k]! * line[first + k]!;
    out[offset + i] = sum;
  }
}

/** Reduces a grey picture so that its long side is at most `longSide` pixels; smaller ones come back as they are. */
export function reduceGrey(grey: GreyImage, longSide: number): GreyImage {
  const factor = longSide / Math.max(grey.width, grey.height);
  if (factor >= 1) return grey;
  const width = Math.max(1, Math.round(grey.width * factor));
  const height = Math.max(1, Math.round(grey.height * factor));
  const whole = { x: 0, y: 0, width: grey.width, height: grey.height };
  const plane = resampleWindow(grey.data, grey.width, grey.height, whole, width, height);
  const data = new Uint8Array(plane.length);
  for (let i = 0; i < data.length; i++) data[i] = Math.round(plane[i]!);
  return { width, height, data };
}
