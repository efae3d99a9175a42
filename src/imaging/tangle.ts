import type { InkMap } from './images.ts';
import type { PenLineMeasures } from './pen-line-measures.ts';
import { measureShape } from './shape/shape-features.ts';

/** Rings about one point, twigs, hairs lying across each other, cracks: many ends, far between crossings. */
const MANY = [
  { ends: 30, branch: 8.5 },
  { ends: 16, branch: 12 },
] as const;
/** The longest way along the lines of a figure is most of them, unless tremor makes it cross itself at every step. */
const LEAST_WAY = 0.28;

/**
 * Whether ink that looks like a figure is many lines and not one: the guess of the task knows figures and writing alone,
 * and takes a weather map for a spiral. Of 463 true figures, 141 of them real, one is taken for many, a spiral that tremor
 * of several millimetres makes a mesh.
 */
export function isTangle(ink: InkMap, { ends, branch }: PenLineMeasures): boolean {
  if (!MANY.some((least) => ends > least.ends && branch > least.branch)) return false;
  const shape = measureShape(ink);
  return shape !== null && Math.max(shape.geo, shape.geoFar) < LEAST_WAY;
}
