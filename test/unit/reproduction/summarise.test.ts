import { describe, expect, test } from 'vitest';
import type { RunResult } from '../../../src/reproduction/results.ts';
import { chooseCell, summarise } from '../../../src/reproduction/summarise.ts';
import { madeUpDataset, madeUpRun, madeUpRuns } from './made-up.ts';

const summaryOf = (runs: readonly RunResult[]) => summarise(madeUpDataset({ runs }));

describe('cells', () => {
  test('one a method, a and target, in order, with means over their own seeds alone', () => {
    const { cells } = summaryOf([
      ...madeUpRuns({ method: 'gradual', target: 0.9 }, [0.97]),
      ...madeUpRuns({ method: 'tl1', a: 1, target: 0.9 }, [0.95]),
      ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.9 }, [0.98, 0.99]),
      ...madeUpRuns({ method: 'l0', target: 0.95 }, [0.96]),
      ...madeUpRuns({ method: 'l0', target: 0.9, zeros: 0.9001, gap: 0.004 }, [0.99, 0.98, 1]),
      ...madeUpRuns({ method: 'dense' }, [1]),
    ]);
    expect(cells.map(({ method, a, target, accuracy }) => [method, a, target, accuracy.n])).toEqual([
      ['dense', null, 0, 1],
      ['l0', null, 0.9, 3],
      ['l0', null, 0.95, 1],
      ['tl1', 0.1, 0.9, 2],
      ['tl1', 1, 0.9, 1],
      ['gradual', null, 0.9, 1],
    ]);
    expect(cells[1]!.accuracy.mean).toBeCloseTo(0.99, 12);
    expect(cells[1]!.zeros.mean).toBe(0.9001);
    expect(cells[1]!.gap.mean).toBe(0.004);
    expect(cells[1]!.runs.map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  test('the same run twice is an error that names it', () => {
    const run = madeUpRun({ method: 'l0', target: 0.9, seed: 7 });
    expect(() => summaryOf([run, run])).toThrow(/two runs of fonts, l0, a null, target 0.9, seed 7/);
  });
});

describe('beside gradual pruning', () => {
  const against = (l0: readonly number[], gradual: readonly number[]) =>
    summaryOf([
      ...madeUpRuns({ method: 'l0', target: 0.9 }, l0),
      ...madeUpRuns({ method: 'gradual', target: 0.9 }, gradual),
    ]).cells[0]!.toGradual;

  test('is paired: a difference that all seeds share shows, however far the seeds lie apart', () => {
    // Differences 0.009, 0.01, 0.011: s = 0.001, half = 4.3027 · 0.001 / 1.7320508 = 0.0024841.
    const paired = against([0.909, 0.96, 0.991], [0.9, 0.95, 0.98])!;
    expect(paired.mean).toBeCloseTo(0.01, 12);
    expect(paired.half).toBeCloseTo(0.0024841, 6);
    expect(paired.differs).toBe(true);
  });

  test('an interval around 0 does not differ', () => {
    // Differences −0.01, 0.01, 0.015: mean 0.005, s = 0.0132288, half 0.03286.
    const paired = against([0.94, 0.96, 0.965], [0.95, 0.95, 0.95])!;
    expect(paired.mean).toBeCloseTo(0.005, 12);
    expect(paired.half).toBeCloseTo(0.0328624, 5);
    expect(paired.differs).toBe(false);
  });

  test('only seeds that both have count; one of them has no interval', () => {
    expect(against([0.95, 0.96], [0.93])).toMatchObject({ n: 1, half: null, differs: false });
    expect(against([0.95], [])).toBeNull();
  });

  test('the same small difference at every seed says nothing', () => {
    expect(against([0.75, 0.75], [0.5, 0.5])).toMatchObject({ mean: 0.25, half: 0, differs: false });
  });

  test('another target is no peer, nor is gradual its own', () => {
    const { cells } = summaryOf([
      ...madeUpRuns({ method: 'l0', target: 0.9 }, [0.9, 0.9]),
      ...madeUpRuns({ method: 'gradual', target: 0.95 }, [0.9, 0.9]),
    ]);
    expect(cells.map((cell) => cell.toGradual)).toEqual([null, null]);
  });
});

describe('noise of the test set', () => {
  test('binomial, at the accuracy of the dense network', () => {
    const { testNoise } = summaryOf([
      ...madeUpRuns({ method: 'dense' }, [0.88, 0.92]),
      ...madeUpRuns({ method: 'l0', target: 0.9 }, [0.5]),
    ]);
    // √(0.9 · 0.1 / 2500) = 0.006.
    expect(testNoise!.accuracy).toBeCloseTo(0.9, 12);
    expect(testNoise!.error).toBeCloseTo(0.006, 9);
  });

  test('of nothing run there is none', () => {
    expect(summaryOf([]).testNoise).toBeNull();
  });
});

describe('chooseCell', () => {
  const summary = summaryOf([
    ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.9, validationAccuracy: 0.98 }, [0.9]),
    ...madeUpRuns({ method: 'tl1', a: 1, target: 0.9, validationAccuracy: 0.97 }, [0.99]),
    ...madeUpRuns({ method: 'tl1', a: 1, target: 0.95, validationAccuracy: 0.999 }, [0.999]),
    ...madeUpRuns({ method: 'tl1', a: 10, target: 0.86, zeros: 0.91, validationAccuracy: 0.5 }, [1]),
    ...madeUpRuns({ method: 'l0', target: 0.9, zeros: 0.8999 }, [0.99]),
    ...madeUpRuns({ method: 'l0', target: 0.98 }, [0.97]),
  ]);

  test('takes the smallest target of every a, then the a that was best on validation, not on test', () => {
    expect(chooseCell(summary, 'tl1', 0.9)).toMatchObject({ a: 0.1, target: 0.9 });
  });

  test('a shape that overshoots a smaller target does not answer alone, nor is it passed over', () => {
    const runs = (validationAccuracy: number) => [
      ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.86 }, [0.99, 0.99]),
      ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.9, validationAccuracy: 0.98 }, [0.98, 0.98]),
      ...madeUpRuns({ method: 'tl1', a: 10, target: 0.86, zeros: 0.91, validationAccuracy }, [0.9, 0.9]),
      ...madeUpRuns({ method: 'tl1', a: 10, target: 0.9, zeros: 0.93, validationAccuracy: 1 }, [0.9, 0.9]),
    ];
    expect(chooseCell(summaryOf(runs(0.9)), 'tl1', 0.9)).toMatchObject({ a: 0.1, target: 0.9 });
    expect(chooseCell(summaryOf(runs(0.99)), 'tl1', 0.9)).toMatchObject({ a: 10, target: 0.86 });
  });

  test('passes over a target whose zeros were missed', () => {
    expect(chooseCell(summary, 'l0', 0.9)).toMatchObject({ target: 0.98 });
  });

  test('null where there are not that many zeros', () => {
    expect(chooseCell(summary, 'tl1', 0.98)).toBeNull();
    expect(chooseCell(summary, 'l1', 0)).toBeNull();
  });
});
