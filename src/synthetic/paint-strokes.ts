/** Draws pen strokes as ink, looking only at the pixels near them. */

/** A stroke ready to be drawn; arrays of equal length, one value per point, in picture pixels. */
export interface InkStroke {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Width of the line. */
  readonly widthPx: Float64Array;
  /** 0 no ink … 1 full ink. */
  readonly ink: Float64Array;
}

/** How much ink each pixel holds before paper and camera: 0 … 1, row by row. */
export interface InkLayer {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * Lays strokes on a layer: each pixel keeps the strongest of ink × coverage, where coverage falls from 1 to 0 over one
 * pixel at half the width from the nearest piece of line. Points should be at most about two pixels apart.
 */
export function paintStrokes(strokes: readonly InkStroke[], layer: InkLayer): void {
  for (const stroke of strokes) {
    const count = stroke.x.length;
    for (let i = 0; i < Math.max(1, count - 1); i++) paintPiece(stroke, i, Math.min(i + 1, count - 1), layer);
  }
}

function paintPiece(stroke: InkStroke, i: number, j: number, { width, height, data }: InkLayer): void {
  const ax = stroke.x[i]!;
  const ay = stroke.y[i]!;
  const bx = stroke.x[j]!;
  const by = stroke.y[j]!;
  const half = (stroke.widthPx[i]! + stroke.widthPx[j]!) / 4;
  const ink = (stroke.ink[i]! + stroke.ink[j]!) / 2;
  const reach = half + 0.5;
  // A line thinner than a pixel covers only part of it.
  const top = ink * Math.min(1, 2 * half);
  const left = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const right = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + reach));
  const above = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const below = Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const lengthSquared = dx * dx + dy * dy;
  const inverse = lengthSquared > 0 ? 1 / lengthSquared : 0;
  const edge = Math.max(half, 0.5) + 0.5;
  for (let y = above; y <= below; y++) {
    const py = y - ay;
    for (let x = left, at = y * width + left; x <= right; x++, at++) {
      const px = x - ax;
      let along = (px * dx + py * dy) * inverse;
      along = along < 0 ? 0 : along > 1 ? 1 : along;
      const ex = px - along * dx;
      const ey = py - along * dy;
      const squared = ex * ex + ey * ey;
      if (squared >= edge * edge) continue;
      const cover = edge - Math.sqrt(squared);
      const value = cover >= 1 ? top : top * cover;
      if (value > data[at]!) data[at] = value;
    }
  }
}
