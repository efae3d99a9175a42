import type { Quadrilateral } from './hull.ts';
import type { GreyImage } from './images.ts';

/**
 * Lays a four-cornered part of a picture flat, as long and high as its sides are on average: the scale stays.
 *
 * @param inset Cut off along every side, of the side, 0 … 0.5.
 */
export function warpSheet(grey: GreyImage, corners: Quadrilateral, inset: number): GreyImage {
  const [a, b, c, d] = corners;
  const sideOf = (p: readonly [number, number], q: readonly [number, number]): number =>
    Math.sqrt((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2);
  const wide = (sideOf(a, b) + sideOf(d, c)) / 2;
  const high = (sideOf(a, d) + sideOf(b, c)) / 2;
  const width = Math.max(1, Math.round(wide * (1 - 2 * inset)));
  const height = Math.max(1, Math.round(high * (1 - 2 * inset)));
  const place = projectUnitSquare(corners);
  const data = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) {
    const v = inset + ((1 - 2 * inset) * (y + 0.5)) / height;
    for (let x = 0; x < width; x++, at++) {
      const u = inset + ((1 - 2 * inset) * (x + 0.5)) / width;
      const depth = place.g * u + place.h * v + 1;
      const px = (place.a * u + place.b * v + place.c) / depth - 0.5;
      const py = (place.d * u + place.e * v + place.f) / depth - 0.5;
      data[at] = sample(grey, px, py);
    }
  }
  return { width, height, data };
}

/** The projective map of the unit square to four corners (Heckbert 1989, §2.2.3). */
function projectUnitSquare([p, q, r, s]: Quadrilateral) {
  const sumX = p[0] - q[0] + r[0] - s[0];
  const sumY = p[1] - q[1] + r[1] - s[1];
  const [x1, y1] = [q[0] - r[0], q[1] - r[1]];
  const [x2, y2] = [s[0] - r[0], s[1] - r[1]];
  const turn = x1 * y2 - x2 * y1;
  const g = (sumX * y2 - x2 * sumY) / turn;
  const h = (x1 * sumY - sumX * y1) / turn;
  return {
    a: q[0] - p[0] + g * q[0],
    b: s[0] - p[0] + h * s[0],
    c: p[0],
    d: q[1] - p[1] + g * q[1],
    e: s[1] - p[1] + h * s[1],
    f: p[1],
    g,
    h,
  };
}

/** Between four pixels; beyond the border its last pixel goes on. */
function sample({ width, height, data }: GreyImage, x: number, y: number): number {
  const left = Math.min(width - 1, Math.max(0, Math.floor(x)));
  const top = Math.min(height - 1, Math.max(0, Math.floor(y)));
  const right = Math.min(width - 1, left + 1);
  const below = Math.min(height - 1, top + 1);
  const u = Math.min(1, Math.max(0, x - left));
  const v = Math.min(1, Math.max(0, y - top));
  const upper = data[top * width + left]! * (1 - u) + data[top * width + right]! * u;
  const lower = data[below * width + left]! * (1 - u) + data[below * width + right]! * u;
  return Math.round(upper * (1 - v) + lower * v);
}
