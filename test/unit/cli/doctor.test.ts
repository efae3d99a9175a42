import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { doctorReport } from '../../../src/api/schemas.ts';
import { linesOf, runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();

test('--json is one line that fits the contract; missing things say what to do; no data folder is made', async () => {
  const home = path.join(folder, 'home');
  const { code, stdout, stderr } = await runCli(['doctor', '--json', '--home', home]);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  const lines = linesOf(stdout);
  expect(lines).toHaveLength(1);
  const report = doctorReport.parse(lines[0]);
  expect(report.dataFolder.path).toBe(home);
  const names = report.parts.map((part) => part.name);
  for (const name of ['electron', '@tensorflow/tfjs-node-gpu', 'svelte', 'electron-builder', 'sharp']) {
    expect(names).toContain(name);
  }
  for (const { name, found, remedy } of [...report.parts, ...report.backends]) {
    if (!found) expect(remedy, name).toBeTruthy();
  }
  expect(existsSync(home)).toBe(false);
});

test('the text names every part, backend and the data folder', async () => {
  const { code, stdout } = await runCli(['doctor', '--home', path.join(folder, 'home')]);
  expect(code).toBe(0);
  for (const word of ['cuda', 'webgpu', 'cpu', 'sharp', 'electron', path.join(folder, 'home')]) {
    expect(stdout).toContain(word);
  }
});

test('a data folder that cannot be opened is part of the report', async () => {
  const home = path.join(folder, 'broken');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(home);
  writeFileSync(
    path.join(home, 'steadypen.db'),
    'this is no database, but long enough to look like one '.repeat(40),
  );
  const { code, stdout } = await runCli(['doctor', '--json', '--home', home]);
  expect(code).toBe(0);
  expect(doctorReport.parse(linesOf(stdout)[0]).database.ok).toBe(false);
});
