import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { plotsOf } from '../../../src/reproduction/plots/plots.ts';
import { writeReport } from '../../../src/reproduction/report.ts';
import { measureRequirements } from '../../../src/reproduction/requirements.ts';
import type {
  DatasetResult,
  EpochPoint,
  Reproduction,
  RunResult,
} from '../../../src/reproduction/results.ts';
import { summarise } from '../../../src/reproduction/summarise.ts';
import { madeUpDataset, madeUpReproduction, madeUpRun, madeUpRuns, madeUpWhole } from './made-up.ts';

const reportOf = (given: Partial<DatasetResult>, about: Partial<Reproduction> = {}) =>
  writeReport(madeUpReproduction([madeUpDataset(given)], about));

/** Cells of the first table row that starts so, without padding. */
function rowOf(report: string, first: string): string[] | undefined {
  const line = report.split('\n').find((text) => text.startsWith('|') && cellsOf(text)[0] === first);
  return line === undefined ? undefined : cellsOf(line).slice(1);
}

function cellsOf(line: string): string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

function partOf(report: string, heading: string): string {
  const from = report.indexOf(`## ${heading}\n`);
  const to = report.indexOf('\n## ', from + 3);
  return from < 0 ? '' : report.slice(from, to < 0 ? undefined : to);
}

describe('head', () => {
  test('says when, what, where, how large', () => {
    const report = reportOf({ runs: madeUpRuns({ method: 'dense' }, [0.9, 0.9]), test: 12_345 });
    expect(report).toContain(
      'Made on 2026-11-25 at 10:20 UTC by Steadypen 0.1.0, commit 0123456789ab; full run.',
    );
    expect(report).toContain('- Machine: Made-up CPU, 2 cores.');
    expect(report).toContain('- Trainings: 2, together 60 min on one thread each.');
    expect(rowOf(report, 'Shaky against regular fonts')).toEqual([
      '8, 16, 32',
      '8,000',
      '1,000',
      '12,345',
      '12',
      '8 + 3',
      '1 and 2',
    ]);
    expect(report).not.toContain('quick run');
  });

  test('data sets stand in the same order whichever was made last', () => {
    const whole = madeUpWhole();
    const turned = { ...whole, datasets: whole.datasets.toReversed() };
    expect(whole.datasets.length).toBeGreaterThan(1);
    expect(writeReport(turned)).toBe(writeReport(whole));
  });

  test('a quick run outside of a repository says so', () => {
    const report = reportOf({}, { quick: true, commit: null });
    expect(report).toContain('outside of a repository; quick run.');
    expect(report).toContain('its figures are no results');
  });

  test('text of others has no meaning for Markdown', () => {
    const report = reportOf({ description: 'a | b\n# c' }, { machine: '*x86_64* <b>' });
    expect(report).toContain('Machine: \\*x86_64\\* \\<b\\>.');
    expect(report).toContain('\na \\| b # c\n');
  });
});

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

describe('what is required', () => {
  const judge = (dataset: Partial<DatasetResult>) =>
    measureRequirements([summarise(madeUpDataset(dataset))]).filter(
      ({ dataset: name }) => name === (dataset.name ?? 'fonts'),
    );
  const fontsAt90 = (accuracies: readonly number[]) =>
    judge({ runs: madeUpRuns({ method: 'l0', target: 0.9 }, accuracies) })[0]!;

  test.each([
    ['met', [0.995, 0.996, 0.997]],
    ['met-by-mean', [0.98, 0.995, 1]],
    ['met-by-mean', [0.995]],
    ['missed-by-mean', [0.98, 0.985, 0.99]],
    ['missed', [0.98, 0.981, 0.982]],
    ['missed', [0.98]],
  ] as const)('%s: %j at 90 %% zeros', (verdict, accuracies) => {
    expect(fontsAt90(accuracies)).toMatchObject({ level: 'must', who: 'RVSM l0', verdict });
  });

  test('a mean just below is not written as if it were there', () => {
    expect(fontsAt90([0.98999])).toMatchObject({
      measured: '98.999 % at 90.00 % zeros, 1 seed',
      verdict: 'missed',
    });
  });

  test('exactly there is met', () => {
    expect(fontsAt90([0.99, 0.99])).toMatchObject({ verdict: 'met' });
    // Whose sum rounds to 2.9699999999999998.
    expect(fontsAt90([0.987, 0.99, 0.993])).toMatchObject({ verdict: 'met-by-mean' });
  });

  test('of what was not run nothing is claimed', () => {
    const rows = measureRequirements([]);
    expect(rows.map(({ verdict }) => verdict)).toEqual(new Array(17).fill('not-measured'));
    expect(
      judge({ runs: madeUpRuns({ method: 'l0', target: 0.8 }, [1, 1]) }).map(({ verdict }) => verdict),
    ).toEqual([...new Array<string>(6).fill('not-measured'), 'met', 'not-measured']);
  });

  test('of transformed l1 the a that was best on validation counts', () => {
    const [, tl1] = judge({
      runs: [
        ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.9, validationAccuracy: 0.99 }, [0.97, 0.97]),
        ...madeUpRuns({ method: 'tl1', a: 1, target: 0.9, validationAccuracy: 0.98 }, [0.999, 0.999]),
      ],
    });
    expect(tl1).toMatchObject({ who: 'RVSM Tl1, a = 0.1', verdict: 'missed' });
  });

  test('with one a in all rows of a data set, although another one is ahead by chance in one of them', () => {
    const shape = (a: number, target: number, validationAccuracy: number, gap: number) =>
      madeUpRuns({ method: 'tl1', a, target, validationAccuracy, gap }, [0.996, 0.996]);
    const rows = judge({
      runs: [
        ...[shape(0.01, 0.9, 0.998, 0.001), shape(0.01, 0.95, 0.997, 0.001), shape(0.01, 0.98, 0.997, 0.001)],
        ...[shape(1, 0.9, 0.99, 0.8), shape(1, 0.95, 0.9972, 0.8), shape(1, 0.98, 0.96, 0.8)],
      ].flat(),
    }).filter(({ who }) => who.includes('Tl1'));
    expect(rows.map(({ who }) => who)).toEqual(new Array(rows.length).fill('RVSM Tl1, a = 0.01'));
    expect(rows.map(({ verdict }) => verdict)).toEqual(['met', 'met', 'met', 'met']);
  });

  test('handwriting: dense, and 86 % zeros', () => {
    const rows = judge({
      name: 'handwriting',
      runs: [
        ...madeUpRuns({ method: 'dense' }, [0.955, 0.955]),
        ...madeUpRuns({ method: 'l0', target: 0.86 }, [0.93, 0.93]),
      ],
    });
    expect(rows.map(({ who, wanted, verdict }) => [who, wanted, verdict])).toEqual([
      ['dense', 'at least 95 %', 'met'],
      ['RVSM l0', 'at least 94 % at 86 % zeros', 'missed'],
      ['RVSM Tl1', 'at least 94 % at 86 % zeros', 'not-measured'],
      ['RVSM l0', '‖w − u‖ / ‖w‖ at most 0.01 when RVSM ends', 'met'],
      ['RVSM Tl1', '‖w − u‖ / ‖w‖ at most 0.01 when RVSM ends', 'not-measured'],
    ]);
  });

  describe('the gap', () => {
    const runs = [
      ...madeUpRuns({ method: 'l0', target: 0.9, gap: 0.002 }, [1, 1]),
      madeUpRun({ method: 'l0', target: 0.95, seed: 7, gap: 0.0104 }),
      ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.9, validationAccuracy: 0.99, gap: 0.004 }, [0.9, 0.9]),
      ...madeUpRuns({ method: 'tl1', a: 0.1, target: 0.98, gap: 0.0051 }, [0.9]),
      ...madeUpRuns({ method: 'tl1', a: 1, target: 0.9, validationAccuracy: 0.98, gap: 0.03 }, [1, 1]),
      madeUpRun({ method: 'l1', target: 0.95, seed: 3, gap: 0.2 }),
      madeUpRun({ method: 'paper-l0', gap: 0.4 }),
    ];

    test('is that of the worst run of l0, and of Tl1 with the a that accuracy is judged by', () => {
      expect(judge({ runs }).slice(-2)).toMatchObject([
        { who: 'RVSM l0', measured: 'largest of 3 runs 0.0104 (RVSM l0 at 95 %, seed 7)', verdict: 'missed' },
        {
          who: 'RVSM Tl1, a = 0.1',
          measured: 'largest of 3 runs 0.005 (RVSM Tl1, a = 0.1 at 98 %, seed 1)',
          verdict: 'met',
        },
      ]);
    });

    test.each([
      [0, '0.000'],
      [0.00021, '0.0002'],
      [0.0104, '0.0104'],
    ])('%f is written as %s', (gap, text) => {
      const [l0] = judge({ runs: [madeUpRun({ method: 'l0', target: 0.9, gap })] }).slice(-2);
      expect(l0!.measured).toBe(`largest of 1 run ${text} (RVSM l0 at 90 %, seed 1)`);
    });

    test('of those that are not asked the widest is still said, but not the paper’s form', () => {
      const part = partOf(reportOf({ runs }), 'What is required');
      expect(part).toContain(
        'The largest gap among them is 0.200 (Shaky against regular fonts, RVSM l1 at 95 %, seed 3).',
      );
      const asked = runs.filter(({ method, a }) => method === 'l0' || a === 0.1);
      expect(partOf(reportOf({ runs: asked }), 'What is required')).not.toContain('among them');
    });
  });

  test('a shape that overshoots does not answer for the others', () => {
    const rows = judge({
      runs: [
        ...madeUpRuns({ method: 'tl1', a: 1, target: 0.9, zeros: 0.96, validationAccuracy: 0.97 }, [0.97]),
        ...madeUpRuns(
          { method: 'tl1', a: 0.01, target: 0.95, zeros: 0.95, validationAccuracy: 0.99 },
          [0.996],
        ),
      ],
    });
    const at95 = rows.find(({ who, wanted }) => who.startsWith('RVSM Tl1') && wanted.includes('95 % zeros'));
    expect(at95).toMatchObject({ who: 'RVSM Tl1, a = 0.01', verdict: 'met-by-mean' });
  });

  test('sentences count what the table holds', () => {
    const part = partOf(
      reportOf({ runs: madeUpRuns({ method: 'l0', target: 0.9 }, [0.995]) }),
      'What is required',
    );
    expect(part).toContain('Of 11 musts, 2 are met (1 by the mean alone) and 9 were not measured.');
    expect(part).toContain('Of 6 aims, 6 were not measured.');
  });
});

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

describe.each<[string, Reproduction]>([
  ['a whole reproduction', madeUpWhole()],
  ['one of one seed', madeUpWhole([5])],
  ['one of nothing', madeUpReproduction([])],
  ['a data set without runs', madeUpReproduction([madeUpDataset({})])],
  ['only the dense run', madeUpReproduction([madeUpDataset({ runs: madeUpRuns({ method: 'dense' }, [1]) })])],
])('the report of %s', (_, reproduction) => {
  const plots = plotsOf(reproduction);
  const report = writeReport(reproduction, plots, 'pictures');

  test('stands as Prettier would leave it', async () => {
    expect(await prettier.format(report, { parser: 'markdown', printWidth: 110 })).toBe(report);
  });

  test('holds no NaN, undefined, null or infinity', () => {
    expect(report).not.toMatch(/NaN|undefined|null|Infinity|\[object/);
  });

  test('shows every plot', () => {
    for (const { name } of plots) expect(report).toContain(`](pictures/${name})`);
  });
});
