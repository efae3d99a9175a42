import type { TaskGroup } from '../base/words.ts';

/** How many patches become one logit. */
export const AGGREGATES = ['mean', 'trimmed', 'median', 'ink', 'top'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/** Mean beat max and top-k on spirals; on pages a few odd tiles (a stamp, a border) must not decide. */
export const DEFAULT_AGGREGATE: Readonly<Record<TaskGroup, Aggregate>> = {
  spiral: 'mean',
  wave: 'mean',
  writing: 'trimmed',
};

/** Share cut off at either end by `trimmed`. */
const TRIM = 0.1;
/** Share that `top` looks at. */
const TOP = 0.25;

export interface PatchLogit {
  readonly logit: number;
  /** Ink in the patch, any unit; only `ink` uses it. */
  readonly ink: number;
}

/** One logit of at least one patch. */
export function aggregateLogits(patches: readonly PatchLogit[], how: Aggregate): number {
  if (patches.length === 0) throw new RangeError('aggregateLogits: there is no patch');
  const sorted = patches.map(({ logit }) => logit).sort((a, b) => a - b);
  switch (how) {
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
