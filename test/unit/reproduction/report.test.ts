import * as prettier from 'prettier';
import { describe, expect, test } from 'vitest';
import { plotsOf } from '../../../src/reproduction/plots/plots.ts';
import { writeReport } from '../../../src/reproduction/report.ts';
import type { Reproduction } from '../../../src/reproduction/results.ts';
import { madeUpDataset, madeUpReproduction, madeUpRuns, madeUpWhole } from './made-up.ts';
import { reportOf, rowOf } from './read-report.ts';

describe('head', () => {
  test('says when, what, where, how large', () => {
    const report = reportOf({
      runs: madeUpRuns({ method: 'dense', seconds: 1800 }, [0.9, 0.9]),
      test: 12_345,
    });
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

  test('every machine that trained is named, with what it trained', () => {
    const runs = [
      ...madeUpRuns({ method: 'dense', machine: 'One CPU' }, [0.9, 0.9]),
      ...madeUpRuns({ method: 'l0', target: 0.9, machine: 'Another CPU' }, [0.9]),
    ];
    expect(reportOf({ runs })).toContain('- Machines: One CPU (2); Another CPU (1).');
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
