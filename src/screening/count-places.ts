import type { TaskGroup } from '../base/words.ts';
import { PATCH_SIDE, type InkMap } from '../imaging/images.ts';
import { inkBounds } from '../imaging/ink-layout.ts';
import type { Patch } from '../imaging/patches.ts';

type Placed = Pick<Patch, 'x' | 'y' | 'side' | 'scale'>;

/**
 * How many places of a drawing there are to look at, as the rule of one place counts them (`src/screening/decide.ts`):
 * patches that do not overlap by more than half. A spiral lies whole in every patch, and its turns are several places: the
 * quarters of it that hold ink. A wave or line that is longer than a patch has two at least.
 *
 * @param patches At least one, of all scales.
 */
export function placesOf(
  patches: readonly (Placed & Pick<Patch, 'pixels'>)[],
  ink: InkMap,
  group: TaskGroup,
): number {
  const apart = countPlaces(patches);
  switch (group) {
    case 'writing':
      return apart;
    case 'spiral':
      return Math.max(2, inkedQuarters(patches[0]!.pixels));
    case 'wave': {
      const bounds = inkBounds(ink);
      const longSide = bounds === null ? 0 : Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
      return longSide > Math.min(...patches.map(({ side }) => side)) ? Math.max(2, apart) : apart;
    }
  }
}

/**
 * Patches of the middle scale that do not overlap by more than half, taken greedily in their order, so that the centres lie
 * half a side apart or more.
 */
export function countPlaces(patches: readonly Placed[]): number {
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

/** Ink of a quarter, in patch pixels, from which on it holds a piece of line. */
const LEAST_INK = 20;

/** How many of the four hold ink. @param pixels Shape [PATCH_SIDE, PATCH_SIDE]. */
function inkedQuarters(pixels: Float32Array): number {
  const sums = [0, 0, 0, 0];
  const half = PATCH_SIDE / 2;
  pixels.forEach((value, at) => {
    const [row, column] = [Math.floor(at / PATCH_SIDE), at % PATCH_SIDE];
    sums[(row < half ? 0 : 2) + (column < half ? 0 : 1)]! += value;
  });
  return sums.filter((sum) => sum >= LEAST_INK).length;
}
