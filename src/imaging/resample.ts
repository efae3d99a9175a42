import type { GreyImage } from './images.ts';

/** One output pixel's share of the input pixels along an axis: first input pixel and weights that sum to 1. */
interface Share {
  readonly first: number;
  readonly weights: readonly number[];
}

/**
 * Area-averaging weights of one axis; linear interpolation where it enlarges. Input outside 0 … length−1 counts as empty.
 *
 * @param start,side Interval of the input to cover, in input pixels; may reach beyond the input.
 * @param count Output pixels.
 */
function axisShares(length: number, start: number, side: number, count: number): Share[] {
  const step = side / count;
  const shares: Share[] = [];
  for (let i = 0; i < count; i++) {
    const centre = start + (i + 0.5) * step;
    // A box as wide as the step, never narrower than one input pixel: the second case is linear interpolation.
    const width = Math.max(1, step);
    const low = centre - width / 2;
    const high = centre + width / 2;
    const first = Math.max(0, Math.floor(low));
    const last = Math.min(length - 1, Math.ceil(high) - 1);
    const weights: number[] = [];
    for (let at = first; at <= last; at++) {
      weights.push((Math.min(high, at + 1) - Math.max(low, at)) / width);
    }
    shares.push({ first, weights });
  }
  return shares;
}

/** A rectangle of a plane, in its pixels; may reach beyond it, where there is 0. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Brings a window of a plane to a new size by averaging areas (reducing) or linear interpolation (enlarging).
 *
 * @param source Shape [height, width], row by row.
 * @returns New plane, shape [outHeight, outWidth].
 */
export function resampleWindow(
  source: ArrayLike<number>,
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
  const from = Math.min(width, ...across.slice(0, 1).map((share) => share.first));
  const to = across.reduce((end, share) => Math.max(end, share.first + share.weights.length), 0);
  down.forEach((share, row) => {
    line.fill(0);
    share.weights.forEach((weight, k) => {
      const at = (share.first + k) * width;
      for (let x = from; x < to; x++) line[x]! += weight * source[at + x]!;
    });
    across.forEach(({ first, weights }, column) => {
      let sum = 0;
      for (let k = 0; k < weights.length; k++) sum += weights[k]! * line[first + k]!;
      out[row * outWidth + column] = sum;
    });
  });
  return out;
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
