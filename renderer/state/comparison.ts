import type { HeldOutMetrics } from '../../src/api/contract.ts';

/** How two models stand to each other on the same held-out data. */
export type Standing = 'alone' | 'better' | 'worse' | 'too-early';

/** Below this many writers an interval over writers says little, whatever its width. */
export const FEW_SUBJECTS = 30;

/**
 * Compares by the 95 % intervals of the AUC: only intervals that do not touch are called a difference. Stricter than a
 * paired test, on purpose, since it is made to look at and the same people are looked at again with every new run.
 */
export function standingOf(active: HeldOutMetrics | null, candidate: HeldOutMetrics): Standing {
  if (active === null) return 'alone';
  if (candidate.aucInterval.low > active.aucInterval.high) return 'better';
  if (candidate.aucInterval.high < active.aucInterval.low) return 'worse';
  return 'too-early';
}
