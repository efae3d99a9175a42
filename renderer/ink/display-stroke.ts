import { getStroke } from 'perfect-freehand';
import type { RawSample } from '../api/types.ts';

declare const display: unique symbol;

/**
 * Outline of a stroke for the eye, smoothed. Branded and of another shape than a raw stroke, so that it can be neither
 * stored nor screened: smoothing removes the very tremor that is looked for.
 */
export interface DisplayStroke {
  readonly path: Path2D;
  readonly [display]: true;
}

/** Line width without pressure, CSS pixels. */
export const PEN_WIDTH_PX = 2.6;
/** How much of the width the pressure decides. */
const THINNING = 0.4;

/** Width of the line at a sample, CSS pixels. */
export function widthAt(sample: Pick<RawSample, 'pressure'>): number {
  return sample.pressure === null
    ? PEN_WIDTH_PX
    : PEN_WIDTH_PX * (1 + THINNING * 2 * (Math.min(1, Math.max(0, sample.pressure)) - 0.5));
}

/** Makes the outline that is painted. Reads the samples and leaves them as they are. */
export function smoothForDisplay(samples: readonly RawSample[]): DisplayStroke {
  const outline = getStroke(
    samples.map(({ x, y, pressure }) => [x, y, pressure ?? 0.5] as [number, number, number]),
    {
      size: PEN_WIDTH_PX,
      thinning: THINNING,
      smoothing: 0.3,
      streamline: 0.15,
      simulatePressure: false,
      last: true,
    },
  );
  return { path: pathThrough(outline) } as DisplayStroke;
}

/** A closed curve whose corners are the midpoints between outline points. */
function pathThrough(outline: readonly (readonly number[])[]): Path2D {
  const path = new Path2D();
  outline.forEach(([x = 0, y = 0], index) => {
    const [nextX = x, nextY = y] = outline[(index + 1) % outline.length] ?? [];
    const [midX, midY] = [(x + nextX) / 2, (y + nextY) / 2];
    if (index === 0) path.moveTo(midX, midY);
    else path.quadraticCurveTo(x, y, midX, midY);
  });
  path.closePath();
  return path;
}
