import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { linesOf, outcomeOf, runCli, startCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
/** What `--quick` measures, as far as a busy machine can do it within a test. */
const SHORT = ['bench', '--quick', '--rounds', '2', '--seconds', '0.05'];
/** Not everywhere, and an import of seconds. */
const ALONE = [...SHORT, '--no-peer'];

test('--json: one line per measure, in order, with positive figures; nothing is left behind', async () => {
  const temporary = path.join(folder, 'first');
  mkdirSync(temporary);
  const { code, stdout, stderr } = await runCli([...ALONE, '--json'], { env: { TMPDIR: temporary } });
  const lines = linesOf(stdout);
  // Elsewhere another backend may be usable too; these are everywhere.
  const own = lines.filter(({ backend, threads }) => backend === 'cpu' && threads === 1);
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
  expect(stderr).toMatch(/^cpu: .*; threads: 1/m);
  expect(stderr).not.toContain('torch');
  expect(code).toBe(0);
  expect(readdirSync(temporary)).toEqual([]);
}, 120_000);

const hasTorch = ['python3', '/usr/bin/python3'].some(
  (python) => spawnSync(python, ['-c', 'import torch']).status === 0,
);
if (!hasTorch) console.warn('SKIPPED: no python3 with torch, so no peer to compare with.');

test.skipIf(!hasTorch)(
  'PyTorch runs in the same rounds without being asked for, and the ratios are told',
  async () => {
    const { code, stdout } = await runCli([...SHORT, '--rounds', '1', '--json']);
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    const peers = lines.filter(({ backend }) => backend === 'torch');
    expect(new Set(peers.map(({ threads }) => threads))).toEqual(new Set([1, availableParallelism()]));
    const ratios = lines.filter((line) => 'ratio' in line);
    expect(
      ratios.filter(({ backend, threads }) => backend === 'cpu' && threads === 1).map(({ ratio }) => ratio),
    ).toEqual(['train', 'train-rvsm', 'infer-1', 'infer-32']);
    for (const { peer, median } of ratios) {
      expect(peer).toBe('torch');
      expect(Number(median)).toBeGreaterThan(0);
    }
  },
  120_000,
);

test('--peer and --no-peer exclude each other', async () => {
  const { code, stderr } = await runCli(['bench', '--peer', '--no-peer']);
  expect(code).toBe(2);
  expect(stderr).toContain('--peer and --no-peer');
});

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
}, 120_000);
