import type { HeldOutMetrics } from '../../api/types.ts';

/** From .5, where guessing stands, to 1; from 0 when an interval reaches below .5. */
export function aucAxis(metrics: readonly Pick<HeldOutMetrics, 'aucInterval'>[]): {
  min: number;
  max: number;
  grid: number[];
} {
  const below = metrics.some(({ aucInterval }) => aucInterval.low < 0.5);
  const grid = below ? [0, 2, 4, 6, 8, 10] : [5, 6, 7, 8, 9, 10];
  return { min: below ? 0 : 0.5, max: 1, grid: grid.map((tenths) => tenths / 10) };
}
