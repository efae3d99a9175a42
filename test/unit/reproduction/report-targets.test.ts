import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/reproduction/results.ts';
import { madeUpRuns } from './made-up.ts';
import { partOf, reportOf, rowOf } from './read-report.ts';

describe('beside the paper', () => {
  const paperOf = (runs: readonly RunResult[]) => partOf(reportOf({ runs }), 'Beside the paper');

  test.each([
    [[0.9955, 0.9956], [0.9965, 0.9966], 'RVSM l0 and RVSM Tl1, a = 1 reach over 99 % at over 86 % zeros.'],
    [[0.98], [0.97], 'RVSM l0 and RVSM Tl1, a = 1 do not reach over 99 % at over 86 % zeros.'],
    [
      [0.9955, 0.9956],
      [0.97],
      'RVSM l0 reaches over 99 % at over 86 % zeros, RVSM Tl1, a = 1 does not reach it.',
    ],
    // An interval from 97.9 to 100.5 %; one seed has none.
    [
      [0.991, 0.993],
      [0.9955, 0.9956],
      'RVSM Tl1, a = 1 reaches over 99 % at over 86 % zeros, RVSM l0 reaches it by the mean alone.',
    ],
    [
      [0.995],
      [0.97],
      'RVSM l0 reaches over 99 % at over 86 % zeros by the mean alone, RVSM Tl1, a = 1 does not reach it.',
    ],
    [[], [0.98], 'RVSM Tl1, a = 1 does not reach over 99 % at over 86 % zeros.'],
    [[0.99], [], 'RVSM l0 does not reach over 99 % at over 86 % zeros.'],
    [[], [], 'not run at over 86 % zeros.'],
  ])('l0 %j, Tl1 %j', (l0, tl1, sentence) => {
    const part = paperOf([
      ...madeUpRuns({ method: 'l0', target: 0.86, zeros: 0.86005 }, l0),
      ...madeUpRuns({ method: 'tl1', a: 1, target: 0.86, zeros: 0.86005 }, tl1),
    ]);
    expect(part).toContain(`Shaky against regular fonts: ${sentence}`);
    expect(part).toContain('over 99 % at over 86 % zeros');
  });

  test('stands beside every data set', () => {
    const runs = madeUpRuns({ method: 'l0', target: 0.86, zeros: 0.86005 }, [0.95]);
    const part = partOf(reportOf({ name: 'handwriting-1mm', runs }), 'Beside the paper');
    expect(rowOf(part, 'Simulated handwriting, larger tremor')).toEqual([
      'over 99 % at over 86 % zeros',
      '95.00 % at 86.005 % zeros',
      '–',
    ]);
  });

  test('exactly 86 % zeros are not over 86 %', () => {
    expect(paperOf(madeUpRuns({ method: 'l0', target: 0.86 }, [0.995]))).toContain('not run at over 86 %');
  });
});
