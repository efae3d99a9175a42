import type { InkMap } from './images.ts';
import type { PenLineMeasures } from './pen-line-measures.ts';
import { measureShape } from './shape/shape-features.ts';

/** Rings about one point, twigs, hairs lying across each other: many ends, far between crossings. */
const LEAST_ENDS = 30;
const LEAST_BRANCH = 8.5;
/** The longest way along the lines of a figure is most of them, unless tremor makes it cross itself at every step. */
const LEAST_WAY = 0.28;

/**
 * Whether ink that looks like a figure is many lines and not one. Among 500 true figures, 141 of them real, none is; the
 * guess of the task knows figures and writing alone, and takes a weather map for a spiral.
 */
export function isTangle(ink: InkMap, { ends, branch }: PenLineMeasures): boolean {
  if (ends <= LEAST_ENDS || branch <= LEAST_BRANCH) return false;
  const shape = measureShape(ink);
  return shape !== null && Math.max(shape.geo, shape.geoFar) < LEAST_WAY;
}
