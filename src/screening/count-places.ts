import type { Patch } from '../imaging/patches.ts';

/**
 * How many places of a drawing were looked at: patches of the middle scale that do not overlap by more than half, taken
 * greedily in their order, so that the centres lie half a side apart or more.
 */
export function countPlaces(patches: readonly Pick<Patch, 'x' | 'y' | 'side' | 'scale'>[]): number {
  const scales = [...new Set(patches.map(({ scale }) => scale))].sort((a, b) => a - b);
  const middle = scales[Math.floor(scales.length / 2)];
  const taken: Pick<Patch, 'x' | 'y'>[] = [];
  for (const { x, y, side, scale } of patches) {
    if (scale !== middle) continue;
    // Tiles that are meant to lie half a side apart do so but for rounding.
    const apart = (1 - 1e-9) * (side / 2);
    if (taken.every((other) => Math.hypot(x - other.x, y - other.y) >= apart)) taken.push({ x, y });
  }
  return taken.length;
}
