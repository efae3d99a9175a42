import type { TaskGroup } from '../base/words.ts';

/** How many patches become one logit. */
export const AGGREGATES = ['density', 'mean', 'trimmed', 'median', 'ink', 'top'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

export const DEFAULT_AGGREGATE: Readonly<Record<TaskGroup, Aggregate>> = {
  spiral: 'density',
  wave: 'density',
  // Much tremor is much ink, which the density would divide by.
  writing: 'mean',
};

/**
 * Inked cells of a typical patch: medians over synthetic and real ones. At this much ink `density` and `mean` agree, so that
 * a calibration fitted on single patches holds for both.
 */
export const TYPICAL_CELLS: Readonly<Record<TaskGroup, number>> = { spiral: 95, wave: 40, writing: 90 };

/** Share cut off at either end by `trimmed`. */
const TRIM = 0.1;
/** Share that `top` looks at. */
const TOP = 0.25;

export interface PatchLogit {
  readonly logit: number;
  /** Ink in the patch, in patch pixels. */
  readonly ink: number;
  /** What the ink adds to the logit of an empty patch. */
  readonly added: number;
  /** Squares of 8 × 8 patch pixels that hold ink. */
  readonly inkedCells: number;
}

/**
 * One logit of at least one patch.
 *
 * `density` is the logit of an empty patch plus what a typical amount of this ink adds: the mean over inked cells, not over
 * patches. A line of regular ink argues for regular by its mere length; so does not the mean over its cells.
 *
 * @param blankLogit Of an empty patch; only `density` uses it.
 */
export function aggregateLogits(
  patches: readonly PatchLogit[],
  how: Aggregate,
  blankLogit: number,
  typicalCells: number,
): number {
  if (patches.length === 0) throw new RangeError('aggregateLogits: there is no patch');
  const sorted = patches.map(({ logit }) => logit).sort((a, b) => a - b);
  switch (how) {
    case 'density': {
      const cells = patches.reduce((sum, patch) => sum + patch.inkedCells, 0);
      if (cells === 0) return meanOf(sorted);
      return blankLogit + (typicalCells * patches.reduce((sum, patch) => sum + patch.added, 0)) / cells;
    }
    case 'mean':
      return meanOf(sorted);
    case 'trimmed': {
      const cut = Math.floor(sorted.length * TRIM);
      return meanOf(sorted.slice(cut, sorted.length - cut));
    }
    case 'median': {
      const middle = (sorted.length - 1) / 2;
      return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
    }
    case 'top':
      return meanOf(sorted.slice(-Math.max(1, Math.round(sorted.length * TOP))));
    case 'ink': {
      const ink = patches.reduce((sum, patch) => sum + patch.ink, 0);
      if (ink === 0) return meanOf(sorted);
      return patches.reduce((sum, patch) => sum + patch.logit * patch.ink, 0) / ink;
    }
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
