import { describe, expect, test } from 'vitest';
import type { EpochPoint, RunResult } from '../../../src/reproduction/results.ts';
import { madeUpRun } from './made-up.ts';
import { partOf, reportOf, rowOf } from './read-report.ts';

const PART = 'The paper’s own form near 86 % zeros';

describe('the paper’s own form near 86 % zeros', () => {
  const end = (accuracyW: number, accuracyU: number, gap: number): EpochPoint[] => [
    { epoch: 1, phase: 'rvsm', loss: 1, zeros: 0.87, accuracyW, accuracyU, gap },
  ];
  const seedsOf = (given: Partial<RunResult>, accuracies: readonly number[], gaps: readonly number[]) =>
    accuracies.map((accuracy, i) =>
      madeUpRun({
        target: 0.86,
        zeros: 0.87,
        ...given,
        accuracy,
        seed: i + 1,
        epochs: end(0.99, 0.98, gaps[i]!),
      }),
    );
  const practical = seedsOf({ method: 'l0' }, [0.995, 0.996, 0.997], [0.001, 0.001, 0.001]);
  const findings = (runs: readonly RunResult[]): string =>
    partOf(reportOf({ runs: [...practical, ...runs] }), PART)
      .split('\n')
      .filter((line) => line.startsWith('- ') && line.includes(' right at '))
      .join('\n');

  test('w, u, zeros, gap and the difference to the practical form stand in a row', () => {
    const runs = seedsOf({ method: 'paper-l0' }, [0.975, 0.977, 0.976], [0.07, 0.08, 0.09]);
    const part = partOf(reportOf({ runs: [...practical, ...runs] }), PART);
    // Differences of −2, −1.9 and −2.1 points: half 4.3027 · 0.1 / √3 = 0.25.
    expect(rowOf(part, 'paper’s own form, l0')).toEqual([
      '87.00 ± 0.00',
      '99.00 ± 0.00',
      '98.00 ± 0.00',
      '0.0800',
      '97.60 ± 0.25',
      '**−2.00 ± 0.25**',
    ]);
    expect(rowOf(part, 'RVSM l0')?.at(-1)).toBe('–');
    // √(2 · 3.4e-5 / 0.2) = 0.01844.
    expect(part).toContain(
      '- paper’s own form, l0: SGD at 0.02, no momentum, λ 0.000034 and β 0.2, fixed; threshold √(2λ/β) = 0.0184',
    );
  });

  test('worse by more than its interval is called worse, and what is missed is named', () => {
    const line = findings(seedsOf({ method: 'paper-l0' }, [0.975, 0.977, 0.976], [0.07, 0.08, 0.09]));
    expect(line).toContain('worse than the practical form by 2.00 ± 0.25 points;');
    expect(line).toContain('w and u have not met (‖w − u‖ / ‖w‖ 0.0700–0.0900;');
    expect(line).toContain('the paper’s over 99 % at over 86 % zeros is missed in accuracy.');
  });

  test('better by more than its interval is called better', () => {
    const line = findings(seedsOf({ method: 'paper-l0-both' }, [0.999, 1, 0.9999], [0.01, 0.004, 0.004]));
    // Differences of 0.4, 0.4 and 0.29 points: mean 0.363, s 0.0635, half 0.16.
    expect(line).toContain('better than the practical form by 0.36 ± 0.16 points;');
    expect(line).toContain('w and u have met (‖w − u‖ / ‖w‖ 0.0040–0.0100;');
    // Mean 99.963 %, half 0.14 points: all of the interval lies above 99 %.
    expect(line).toContain('the paper’s over 99 % at over 86 % zeros is reached.');
  });

  test('a difference whose interval includes 0 is not told apart, and how much may hide is said', () => {
    const line = findings(seedsOf({ method: 'paper-l0-growth' }, [0.996, 0.985, 0.995], [0, 0, 0]));
    // Differences of 0.1, −1.1 and −0.2 points: mean −0.4, s 0.6245, half 1.55.
    expect(line).toContain(
      'not told apart from the practical form by 3 seeds (a difference of up to 1.95 points could hide there);',
    );
    // Mean 99.2 %, s 0.608, half 1.51.
    expect(line).toContain('is reached by the mean alone.');
  });

  test('one seed proves nothing; a seed with too few zeros is named', () => {
    const line = findings(seedsOf({ method: 'paper-l0-momentum', zeros: 0.85 }, [0.985], [0.02]));
    expect(line).toContain(
      '(1 seed); 1.00 points below the practical form, which one seed cannot tell from chance;',
    );
    expect(line).toContain('is missed in accuracy and zeros of every seed.');
  });

  test('without trainings for 86 % there is no such part, nor a reference to it', () => {
    const report = reportOf({
      runs: [...practical, madeUpRun({ method: 'paper-l0', epochs: end(1, 1, 0) })],
    });
    expect(partOf(report, PART)).toBe('');
    expect(report).not.toContain(PART);
  });
});

test('near the top, and with every table of headline figures, it is said that they are not of the paper’s algorithm', () => {
  const report = reportOf({ runs: [madeUpRun({ method: 'paper-l0', target: 0.86 })] });
  const top = report.slice(0, report.indexOf('\n## '));
  expect(top).toContain('not those of the paper’s algorithm');
  expect(top).toContain(`“${PART}” compares the two`);
  for (const heading of ['What is required', 'Beside the paper']) {
    expect(partOf(report, heading)).toContain('not the paper’s algorithm');
  }
});
