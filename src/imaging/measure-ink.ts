import type { InkMap } from './images.ts';
import { inkBounds, LINE_INK, type Box } from './ink-layout.ts';

/** Size of what is drawn, in ink-map pixels. */
export interface InkMeasures {
  /** Without specks. */
  readonly bounds: Box;
  /** Sum of ink: area of full ink. */
  readonly areaPx: number;
  /** Typical width of the lines. */
  readonly strokeWidthPx: number;
  /** Area over width: length of all lines together. */
  readonly lengthPx: number;
}

/**
 * Measures the ink inside its bounds.
 *
 * Stroke width comes from area and edge: a long line of width w has area w·L and an edge of 2·L, so w = 2·area/edge.
 * The edge is the sum of the ink's gradient, which counts a full step from paper to ink as one pixel of edge whatever
 * its direction or blur.
 *
 * @returns null without any line ink.
 */
export function measureInk(ink: InkMap): InkMeasures | null {
  const bounds = inkBounds(ink);
  if (bounds === null) return null;
  const { width, height, data } = ink;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!;
  let areaPx = 0;
  let edgePx = 0;
  // Forward differences on a half-pixel grid (Roberts), one pixel beyond the bounds on every side.
  for (let y = bounds.top - 2; y <= bounds.bottom; y++) {
    for (let x = bounds.left - 2; x <= bounds.right; x++) {
      const a = at(x, y);
      const b = at(x + 1, y);
      const c = at(x, y + 1);
      const d = at(x + 1, y + 1);
      areaPx += a;
      const dx = (b + d - a - c) / 2;
      const dy = (c + d - a - b) / 2;
      edgePx += Math.sqrt(dx * dx + dy * dy);
    }
  }
  if (edgePx === 0 || areaPx < LINE_INK) return null;
  const strokeWidthPx = Math.max(1, (2 * areaPx) / edgePx);
  return { bounds, areaPx, strokeWidthPx, lengthPx: areaPx / strokeWidthPx };
}
