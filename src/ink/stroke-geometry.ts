import type { RawStroke } from './recording.ts';

/** Length of what was drawn, in the recording's unit; movement between strokes, with the pen up, is left out. */
export function measureLength(strokes: readonly RawStroke[]): number {
  let length = 0;
  for (const { samples } of strokes) {
    for (let i = 1; i < samples.length; i++) {
      length += Math.hypot(samples[i]!.x - samples[i - 1]!.x, samples[i]!.y - samples[i - 1]!.y);
    }
  }
  return length;
}

/** Sides of a typical stroke's bounding box, in the recording's unit. */
export interface StrokeSize {
  readonly short: number;
  readonly long: number;
}

/** Medians of the short and the long sides of the strokes' boxes, each stroke weighted by its samples. */
export function typicalStrokeSize(strokes: readonly RawStroke[]): StrokeSize {
  const boxes = strokes.map(({ samples }) => {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { x, y } of samples) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    const width = Math.max(0, right - left);
    const height = Math.max(0, bottom - top);
    return { short: Math.min(width, height), long: Math.max(width, height), weight: samples.length };
  });
  return {
    short: weightedMedian(boxes.map(({ short, weight }) => ({ value: short, weight }))),
    long: weightedMedian(boxes.map(({ long, weight }) => ({ value: long, weight }))),
  };
}

function weightedMedian(items: { readonly value: number; readonly weight: number }[]): number {
  const sorted = items.toSorted((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let seen = 0;
  for (const { value, weight } of sorted) {
    seen += weight;
    if (seen >= half) return value;
  }
  return 0;
}
