import { expect, test } from 'vitest';
import { madeUpRun } from './made-up.ts';
import { partOf, reportOf, rowOf } from './read-report.ts';

test('by kind: dense, and each method at 86 % zeros', () => {
  const byKind = (spiral: number, wave: number) => ({ accuracyByKind: { wave, spiral } });
  const part = partOf(
    reportOf({
      name: 'handwriting',
      runs: [
        madeUpRun({ method: 'dense', ...byKind(0.96, 0.95) }),
        madeUpRun({ method: 'l0', target: 0.86, seed: 1, ...byKind(0.94, 0.93) }),
        madeUpRun({ method: 'l0', target: 0.86, seed: 2, ...byKind(0.96, 0.93) }),
        madeUpRun({ method: 'l0', target: 0.99, ...byKind(0.5, 0.5) }),
      ],
    }),
    'By kind of drawing',
  );
  expect(rowOf(part, 'u on test, %')).toEqual(['spiral', 'wave']);
  expect(rowOf(part, 'dense')).toEqual(['96.00', '95.00']);
  // 12.7062 · 0.0141421 / √2 = 12.71 points.
  expect(rowOf(part, 'RVSM l0, 86 % zeros')).toEqual(['95.00 ± 12.71', '93.00 ± 0.00']);
  expect(rowOf(part, 'RVSM l0, 99 % zeros')).toBeUndefined();
});
