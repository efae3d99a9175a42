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

test('on a new machine folder and database are neither found nor missing', async () => {
  const { stdout } = await runCli(['doctor', '--home', path.join(folder, 'a/b/home')]);
  const data = stdout.slice(stdout.indexOf('\nData\n')).trim().split('\n').slice(1);
  expect(data).toEqual([
    expect.stringMatching(
      /^ {2}– data folder .*home \(not there yet; it is made when the app first starts\)$/,
    ),
    expect.stringMatching(/^ {2}– database .*not there yet; it is made when the app first starts$/),
  ]);
});

test('a data folder that cannot be made is said to be so', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  const { stdout } = await runCli(['doctor', '--json', '--home', path.join(folder, 'file/home')]);
  expect(doctorReport.parse(linesOf(stdout)[0]).dataFolder.writable).toBe(false);
});

test('the CUDA package has one piece of advice, as a part and as a backend', async () => {
  const { stdout } = await runCli(['doctor', '--json', '--home', path.join(folder, 'home')]);
  const { parts, backends } = doctorReport.parse(linesOf(stdout)[0]);
  const part = parts.find(({ name }) => name === '@tensorflow/tfjs-node-gpu');
  const backend = backends.find(({ name }) => name === 'cuda');
  if (part?.found === false && process.platform === 'linux' && process.arch === 'x64') {
    expect(part.remedy).toBe(backend?.remedy);
  }
  expect(part?.detail).toBeTruthy();
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
