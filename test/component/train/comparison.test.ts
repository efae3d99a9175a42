import { expect, test } from 'vitest';
import { standingOf } from '../../../renderer/state/comparison.ts';
import { METRICS } from '../memory-host.ts';

const withInterval = (low: number, high: number) => ({ ...METRICS, aucInterval: { low, high } });

test.each([
  { candidate: [0.78, 0.95], standing: 'too-early' },
  { candidate: [0.94, 0.99], standing: 'better' },
  { candidate: [0.93, 0.99], standing: 'too-early' },
  { candidate: [0.5, 0.72], standing: 'worse' },
] as const)('beside .73–.93, $candidate is $standing', ({ candidate: [low, high], standing }) => {
  expect(standingOf(withInterval(0.73, 0.93), withInterval(low, high))).toBe(standing);
});

test('without an active model there is nothing to compare', () => {
  expect(standingOf(null, METRICS)).toBe('alone');
});
