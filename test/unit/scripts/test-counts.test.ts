import { expect, test } from 'vitest';
import { countHosts, countPlaywright, countVitest, sumCounts } from '../../../scripts/setup/test-counts.mjs';

test('vitest: a file that could not be loaded counts as a failure', () => {
  const report = {
    numPassedTests: 7,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
      { status: 'failed', assertionResults: [{ status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 3 });
});

test('Playwright: flaky tests and faults outside of tests count as failures', () => {
  const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 4 }, errors: [{}] };
  expect(countPlaywright(report)).toEqual({ passed: 5, failed: 3, skipped: 4 });
});

test('Playwright: tests are told apart by the host that they ran on', () => {
  const test = (...statuses: string[]) => statuses.map((status) => ({ tests: [{ status }] }));
  const report = {
    suites: [
      {
        title: 'a.spec.ts',
        specs: test('expected'),
        suites: [
          { title: 'on Chromium', specs: test('expected', 'flaky') },
          { title: 'on Electron 33', specs: test('skipped'), suites: [{ specs: test('expected') }] },
        ],
      },
      {
        title: 'b.spec.ts',
        suites: [{ title: 'packed, on Electron 33', specs: test('unexpected', 'expected') }],
      },
    ],
  };
  expect([...countHosts(report)]).toEqual([
    ['Chromium', { passed: 1, failed: 1, skipped: 0 }],
    ['Electron 33', { passed: 2, failed: 1, skipped: 1 }],
  ]);
});

test('a stage that fails without a failed test counts as one', () => {
  expect(
    sumCounts([
      { ok: false, counts: null },
      { ok: true, counts: null },
      { ok: true, counts: { passed: 3, failed: 0, skipped: 1 } },
      { ok: false, counts: { passed: 2, failed: 2, skipped: 0 } },
    ]),
  ).toEqual({ passed: 5, failed: 3, skipped: 1 });
});
