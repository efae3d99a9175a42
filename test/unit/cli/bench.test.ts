import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { linesOf, outcomeOf, runCli, startCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
/** What `--quick` measures, as far as a busy machine can do it within a test. */
const SHORT = ['bench', '--quick', '--rounds', '2', '--seconds', '0.05'];

test('--json: one line per measure, in order, with positive figures; nothing is left behind', async () => {
  const temporary = path.join(folder, 'first');
  mkdirSync(temporary);
  const { code, stdout, stderr } = await runCli([...SHORT, '--json'], { env: { TMPDIR: temporary } });
  const lines = linesOf(stdout);
  // Elsewhere another backend may be usable too; these are everywhere.
  const own = lines.filter(({ backend }) => backend === 'cpu');
  expect(own.map(({ bench, unit }) => [bench, unit])).toEqual([
    ['train', 'images/s'],
    ['train-rvsm', 'images/s'],
    ['infer-1', 'images/s'],
    ['infer-32', 'images/s'],
    ['screen-spiral', 'ms'],
    ['screen-a4', 'ms'],
    ['start', 'ms'],
  ]);
  for (const line of lines) {
    expect(Object.keys(line)).toEqual(['bench', 'backend', 'threads', 'unit', 'median', 'min', 'max']);
    const [threads, median, min, max] = [line['threads'], line['median'], line['min'], line['max']].map(
      Number,
    );
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(min).toBeGreaterThan(0);
    expect(median).toBeGreaterThanOrEqual(min!);
    expect(max).toBeGreaterThanOrEqual(median!);
  }
  expect(stderr).toMatch(/^Steadypen \d.*, \d{4}-\d\d-\d\dT/);
  expect(stderr).toContain(`Node ${process.versions.node}`);
  expect(stderr).toContain('cpu: own WebAssembly kernels');
  expect(code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
}, 60_000);

test('Ctrl-C ends it at once, without figures and without files left behind', async () => {
  const temporary = path.join(folder, 'second');
  mkdirSync(temporary);
  const child = startCli(['bench', '--seconds', '60', '--json'], { env: { TMPDIR: temporary } });
  const outcome = outcomeOf(child);
  await new Promise<void>((resolve) => {
    let log = '';
    child.stderr?.on('data', (chunk: string) => {
      log += chunk;
      if (log.includes('screening: the screener process')) resolve(); // The last to start: now it measures.
    });
  });
  await delay(300);
  child.kill('SIGINT');
  const { code, stdout } = await outcome;
  expect(code).toBe(130);
  expect(stdout).toBe('');
  expect(readdirSync(temporary)).toEqual([]);
}, 60_000);
