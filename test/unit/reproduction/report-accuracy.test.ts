import { describe, expect, test } from 'vitest';
import { madeUpRuns } from './made-up.ts';
import { cellsOf, partOf, reportOf, rowOf } from './read-report.ts';

describe('table of accuracies', () => {
  const report = reportOf({
    runs: [
      ...madeUpRuns({ method: 'dense' }, [0.9, 0.9, 0.9]),
      ...madeUpRuns({ method: 'paper-l0', zeros: 0.915 }, [0.8]),
      ...madeUpRuns({ method: 'l0', target: 0.9 }, [0.98, 0.99, 1]),
      ...madeUpRuns({ method: 'l0', target: 0.95 }, [0.9, 0.92]),
      ...madeUpRuns({ method: 'tl1', a: 0.5, target: 0.95, zeros: 0.93 }, [1, 1, 1]),
    ],
  });

  test('mean ± half of the interval; dashes where nothing was run; what differs from the usual is said', () => {
    expect(rowOf(report, 'u on test, %')).toEqual(['90 % zeros', '95 % zeros']);
    // 4.3027 · 0.01 / √3 = 2.48 points; 12.7062 · 0.0141421 / √2 = 12.71 points.
    expect(rowOf(report, 'RVSM l0')).toBeDefined();
    const part = partOf(report, 'Shaky against regular fonts');
    expect(rowOf(part, 'RVSM l0')).toEqual(['99.00 ± 2.48', '91.00 ± 12.71 (2 seeds)']);
    expect(rowOf(part, 'RVSM Tl1, a = 0.5')).toEqual(['–', '100.00 ± 0.00 (zeros 93.0 %)']);
  });

  test('the dense network and the paper’s form stand before it, with the noise of the test set', () => {
    expect(report).toContain('Dense, no zeros: **90.00 ± 0.00 %** (3 seeds).');
    expect(report).toContain('Paper’s own form, l0, 91.50 % zeros: **80.00 %** (1 seed).');
    // √(0.9 · 0.1 / 2500) = 0.6 points.
    expect(report).toContain(
      'At 90.00 %, a test set of 2,500 independent patches has a binomial standard error of 0.60 points.',
    );
  });

  test('more than eight targets go into two tables', () => {
    const targets = [0.5, 0.6, 0.7, 0.8, 0.86, 0.9, 0.95, 0.98, 0.99];
    const wide = reportOf({ runs: targets.flatMap((target) => madeUpRuns({ method: 'l0', target }, [0.9])) });
    const heads = wide.split('\n').filter((line) => line.startsWith('| u on test'));
    expect(heads.map((line) => cellsOf(line).length - 1)).toEqual([5, 4]);
    expect(heads.join(' ')).toContain('99 % zeros');
  });
});
