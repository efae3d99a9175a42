/** Reads how many tests passed, failed and were skipped from the runners' own reports. */

/** @param {object} report Of vitest's json reporter. */
export function countVitest(report) {
  // A file that could not be loaded holds no failed test, but failed all the same.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @param {object} report Of Playwright's json reporter. Flaky counts as failed: we allow no retries. */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky + report.errors.length, skipped };
}

/**
 * How the end-to-end tests went on each host, such as Chromium and `Electron 33, SQLite stand-in`: by the last words of
 * the group that a test stands in, `on …`.
 * @param {object} report Of Playwright's json reporter.
 * @returns {Map<string, { passed: number, failed: number, skipped: number }>} In the order of the report.
 */
export function countHosts(report) {
  const hosts = new Map();
  for (const group of report.suites.flatMap((file) => file.suites ?? [])) {
    const host = /(?:^| )on (.+)$/.exec(group.title)?.[1];
    if (host === undefined) continue;
    const counts = hosts.get(host) ?? { passed: 0, failed: 0, skipped: 0 };
    for (const { status } of testsOf(group)) {
      counts[{ expected: 'passed', skipped: 'skipped' }[status] ?? 'failed']++;
    }
    hosts.set(host, counts);
  }
  return hosts;
}

function testsOf(group) {
  const own = (group.specs ?? []).flatMap((spec) => spec.tests);
  return [...own, ...(group.suites ?? []).flatMap(testsOf)];
}

/**
 * @param {readonly { ok: boolean, counts: { passed: number, failed: number, skipped: number } | null }[]} rows
 * @returns Sums over all stages; a stage that failed without a failed test counts as one failure.
 */
export function sumCounts(rows) {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { ok, counts } of rows) {
    total.passed += counts?.passed ?? 0;
    total.skipped += counts?.skipped ?? 0;
    total.failed += Math.max(counts?.failed ?? 0, ok ? 0 : 1);
  }
  return total;
}
