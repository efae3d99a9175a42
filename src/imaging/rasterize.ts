import type { GreyImage } from './images.ts';

/** What the rasteriser needs of a stroke: raw strokes of recordings fit, and so do bare point lists. */
export interface DrawnStroke {
  readonly samples: readonly { readonly x: number; readonly y: number }[];
}

export interface RasterOptions {
  /** Pixels per unit of x and y, > 0. */
  readonly pxPerUnit: number;
  /** Full width of the line, pixels, > 0. */
  readonly penWidthPx: number;
  /** Paper around the ink, pixels. */
  readonly margin: number;
}

/** A picture of strokes and where it lies: pixel (0, 0) begins at (left, top), in the strokes' unit. */
export interface StrokePicture extends GreyImage {
  readonly left: number;
  readonly top: number;
  readonly pxPerUnit: number;
}

/** More pixels than this are refused: a stray sample far away must not ask for gigabytes. */
const MOST_PIXELS = 40_000_000;

/**
 * Draws strokes black on white: each pixel takes the distance from its centre to the nearest line segment, and ink
 * fades over one pixel at half the pen's width, so that covered area and line width are right on average.
 * A stroke of one sample is a dot. Strokes without samples are passed over.
 *
 * @throws RangeError when there is no sample, a coordinate is not finite, or the picture would be too large.
 */
export function rasterizeStrokes(strokes: readonly DrawnStroke[], options: RasterOptions): StrokePicture {
  const { pxPerUnit, penWidthPx, margin } = options;
  const bounds = strokeBounds(strokes);
  if (bounds === null) throw new RangeError('rasterizeStrokes: there is no sample to draw');
  const pad = margin + penWidthPx / 2;
  const left = bounds.left - pad / pxPerUnit;
  const top = bounds.top - pad / pxPerUnit;
  const width = Math.max(1, Math.ceil((bounds.right - bounds.left) * pxPerUnit + 2 * pad));
  const height = Math.max(1, Math.ceil((bounds.bottom - bounds.top) * pxPerUnit + 2 * pad));
  if (!(width * height <= MOST_PIXELS)) {
    throw new RangeError(`rasterizeStrokes: ${width} × ${height} pixels are more than ${MOST_PIXELS}`);
  }
  const field = new Float32Array(width * height).fill(Infinity);
  const reach = penWidthPx / 2 + 0.5;
  for (const { samples } of strokes) {
    for (let i = 0; i < samples.length; i++) {
      const to = samples[i]!;
      const from = samples[Math.max(0, i - 1)]!;
      if (i === 0 && samples.length > 1) continue;
      stampSegment(
        { width, height, field },
        (from.x - left) * pxPerUnit,
        (from.y - top) * pxPerUnit,
        (to.x - left) * pxPerUnit,
        (to.y - top) * pxPerUnit,
        reach,
      );
    }
  }
  const data = new Uint8Array(field.length);
  for (let i = 0; i < data.length; i++) {
    const ink = reach - Math.sqrt(field[i]!);
    data[i] = Math.round(255 * (1 - Math.min(1, Math.max(0, ink))));
  }
  return { width, height, data, left, top, pxPerUnit };
}

/** Bounds over all samples; null without any. */
export function strokeBounds(
  strokes: readonly DrawnStroke[],
): { left: number; top: number; right: number; bottom: number } | null {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const { samples } of strokes) {
    for (const { x, y } of samples) {
      if (!Number.isFinite(x) || !Number.isFinite(y)) {
        throw new RangeError(`rasterizeStrokes: sample at (${x}, ${y}) is not finite`);
      }
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  }
  return left > right ? null : { left, top, right, bottom };
}

interface Field {
  readonly width: number;
  readonly height: number;
  /** Squared distance from each pixel's centre to the nearest segment so far. */
  readonly field: Float32Array;
}

/** Lowers the distances around one segment, within `reach` of it; only the band around the segment is visited. */
function stampSegment(
  { width, height, field }: Field,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  reach: number,
): void {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const lengthSquared = dx * dx + dy * dy;
  const length = Math.sqrt(lengthSquared);
  const firstRow = Math.max(0, Math.floor(Math.min(y0, y1) - reach));
  const lastRow = Math.min(height - 1, Math.ceil(Math.max(y0, y1) + reach));
  const low = Math.min(x0, x1) - reach;
  const high = Math.max(x0, x1) + reach;
  // On a row, the band around the infinite line spans this much to either side of the line.
  const slant = Math.abs(dy) > 1e-9 ? (reach * length) / Math.abs(dy) : Infinity;
  for (let row = firstRow; row <= lastRow; row++) {
    const py = row + 0.5;
    const onLine = slant === Infinity ? 0 : x0 + ((py - y0) * dx) / dy;
    const from = slant === Infinity ? low : Math.max(low, onLine - slant);
    const to = slant === Infinity ? high : Math.min(high, onLine + slant);
    const first = Math.max(0, Math.floor(from - 1));
    const last = Math.min(width - 1, Math.ceil(to + 1));
    for (let column = first; column <= last; column++) {
      const px = column + 0.5;
      const along = lengthSquared > 0 ? ((px - x0) * dx + (py - y0) * dy) / lengthSquared : 0;
      const t = along < 0 ? 0 : along > 1 ? 1 : along;
      const ex = px - x0 - t * dx;
      const ey = py - y0 - t * dy;
      const squared = ex * ex + ey * ey;
      const at = row * width + column;
      if (squared < field[at]!) field[at] = squared;
    }
  }
}
