import { describe, expect, test } from 'vitest';
import type { EpochPoint } from '../../../src/reproduction/results.ts';
import { madeUpRun } from './made-up.ts';
import { partOf, reportOf, rowOf } from './read-report.ts';

describe('the trap', () => {
  const point = { phase: 'rvsm', loss: 1, zeros: 0.9, epoch: 1 } as const;
  const ends = (accuracyW: number, accuracyU: number, gap: number): EpochPoint[] => [
    { ...point, accuracyW, accuracyU, gap },
    // Fine-tuning does not count.
    { ...point, epoch: 2, phase: 'fine-tune', accuracyW: 1, accuracyU: 1, gap: 0 },
  ];
  const trapOf = (...seeds: EpochPoint[][]) =>
    partOf(
      reportOf({
        runs: [
          ...seeds.map((epochs, seed) =>
            madeUpRun({ method: 'paper-l0', zeros: 0.9, accuracy: 0.7, seed, epochs }),
          ),
          madeUpRun({ method: 'l0', target: 0.9, epochs: ends(0.995, 0.994, 0.004) }),
          madeUpRun({ method: 'l0', target: 0.98, epochs: ends(0.5, 0.5, 0.004) }),
        ],
      }),
      'The trap: w beside u',
    );

  test('what w hides is said in points', () => {
    // Losses of 10, 11 and 12 points: half 4.3027 · 1 / √3 = 2.48.
    const part = trapOf(ends(0.99, 0.89, 0.31), ends(0.99, 0.88, 0.31), ends(0.99, 0.87, 0.31));
    expect(part).toContain(
      'In the paper’s own form w stands at 99.00 % and u at 88.00 %: 11.00 points that w hides. ‖w − u‖ / ‖w‖ is 0.310;',
    );
    expect(rowOf(part, 'paper’s own form, l0')).toEqual([
      '90.00 ± 0.00',
      '99.00 ± 0.00',
      '88.00 ± 2.48',
      '−11.00 ± 2.48',
      '0.310',
      '70.00 ± 0.00',
    ]);
    expect(rowOf(part, 'RVSM l0')).toEqual(['90.00', '99.50', '99.40', '−0.10', '0.004', '90.00']);
  });

  test('a loss whose interval includes 0 is one on average only', () => {
    // Losses of 0, 1 and 8 points: mean 3, s 4.36, half 10.83.
    const part = trapOf(ends(0.99, 0.99, 0.31), ends(0.99, 0.98, 0.31), ends(0.99, 0.91, 0.31));
    expect(part).toContain(
      'w stands on average at 99.00 % and u at 96.00 %, 3.00 points lower; the interval includes 0,',
    );
    expect(part).not.toContain('points that w hides');
  });

  test('one seed has no interval, however large its loss', () => {
    const part = trapOf(ends(0.9965, 0.89, 0.31));
    expect(part).toContain(
      'with one seed and so without an interval, w stands at 99.65 % and u at 89.00 %, 10.65 points lower.',
    );
    expect(part).not.toContain('hides');
  });

  test('a small mean loss whose interval reaches further is no proof of none', () => {
    // Losses of −1, 0 and 1.6 points: mean 0.2, s 1.31, half 3.26.
    const part = trapOf(ends(0.98, 0.99, 0.2), ends(0.98, 0.98, 0.2), ends(0.98, 0.964, 0.2));
    expect(part).toContain('no trap on average (the interval reaches a loss of 3.46 points)');
  });

  test('where nothing is lost there is none', () => {
    expect(trapOf(ends(0.99, 0.989, 0.002))).toContain('no trap, the two have met (‖w − u‖ / ‖w‖ is 0.002)');
    expect(trapOf(ends(0.99, 0.989, 0.2))).toContain('no trap, though the two have not met');
    expect(trapOf(ends(0.99, 0.989, 0.2))).not.toContain('hides');
  });

  test('without the paper’s form or its epochs there is no such part', () => {
    expect(trapOf([])).toBe('');
  });
});
