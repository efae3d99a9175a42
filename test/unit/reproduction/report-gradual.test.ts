import { describe, expect, test } from 'vitest';
import { madeUpRuns } from './made-up.ts';
import { partOf, reportOf, rowOf } from './read-report.ts';

describe('against gradual pruning', () => {
  const against = (pairs: readonly (readonly [target: number, l0: number[], gradual: number[]])[]) =>
    partOf(
      reportOf({
        runs: pairs.flatMap(([target, l0, gradual]) => [
          ...madeUpRuns({ method: 'l0', target }, l0),
          ...madeUpRuns({ method: 'gradual', target }, gradual),
        ]),
      }),
      'RVSM against gradual magnitude pruning',
    );

  test('better, worse and not told apart are said where they are', () => {
    const part = against([
      [0.9, [0.95, 0.96, 0.97], [0.95, 0.961, 0.969]],
      [0.95, [0.95, 0.96, 0.97], [0.93, 0.941, 0.951]],
      [0.98, [0.9, 0.91, 0.92], [0.93, 0.941, 0.951]],
    ]);
    // At 90 %: 0, −0.1 and +0.1 points, half 4.3027 · 0.1 / √3 = 0.25.
    expect(part).toContain(
      '- RVSM l0: better at 95 %, worse at 98 % and not told apart by these seeds at 90 % (a difference of up to 0.25 points could hide there).',
    );
    // At 95 %: 2, 1.9 and 1.9; mean 1.93, s 0.0577, half 0.14. At 98 %: −3, −3.1, −3.1.
    expect(rowOf(part, 'RVSM l0')).toEqual(['0.00 ± 0.25', '**+1.93 ± 0.14**', '**−3.07 ± 0.14**']);
  });

  test('told apart nowhere is said in few words', () => {
    const equal = [
      [0.95, 0.96, 0.97],
      [0.95, 0.961, 0.969],
    ] as const;
    const part = against([0.9, 0.95, 0.98].map((target) => [target, [...equal[0]], [...equal[1]]]));
    expect(part).toContain('RVSM l0: not told apart by these seeds at all 3 targets');
    expect(part).not.toMatch(/better at|worse at|\*\*[+−]/);
    expect(part).toContain('Of 3 comparisons fewer than one would differ by chance');
  });

  test('one seed tells nothing, however large the difference', () => {
    const part = against([[0.9, [0.99], [0.5]]]);
    expect(part).toContain('RVSM l0: one seed cannot tell it from gradual pruning.');
    expect(rowOf(part, 'RVSM l0')).toEqual(['+49.00']);
    expect(part).not.toMatch(/better|worse|equal|by chance/);
  });

  test('without gradual pruning there is no such part', () => {
    expect(against([[0.9, [0.9, 0.9], []]])).toBe('');
  });
});
