import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { DoctorReport } from '../../../src/api/contract.ts';
import { doctorReport } from '../../../src/api/schemas.ts';
import { describeReport } from '../../../src/cli/doctor.ts';
import { describeCuda } from '../../../src/host/doctor-parts.ts';
import { linesOf, runCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();

test('--json is one line that fits the contract; missing things say what to do; no data folder is made', async () => {
  const home = path.join(folder, 'home');
  const { code, stdout, stderr } = await runCli(['doctor', '--no-measure', '--json', '--home', home]);
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
  const { code, stdout } = await runCli(['doctor', '--no-measure', '--home', path.join(folder, 'home')]);
  expect(code).toBe(0);
  for (const word of ['cuda', 'webgpu', 'cpu', 'sharp', 'electron', path.join(folder, 'home')]) {
    expect(stdout).toContain(word);
  }
});

test('on a new machine folder and database are neither found nor missing', async () => {
  const { stdout } = await runCli(['doctor', '--no-measure', '--home', path.join(folder, 'a/b/home')]);
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
  const { stdout } = await runCli([
    'doctor',
    '--no-measure',
    '--json',
    '--home',
    path.join(folder, 'file/home'),
  ]);
  expect(doctorReport.parse(linesOf(stdout)[0]).dataFolder.writable).toBe(false);
});

test('the CUDA package has one piece of advice, as a part and as a backend', async () => {
  const { stdout } = await runCli(['doctor', '--no-measure', '--json', '--home', path.join(folder, 'home')]);
  const { parts, backends } = doctorReport.parse(linesOf(stdout)[0]);
  const part = parts.find(({ name }) => name === '@tensorflow/tfjs-node-gpu');
  const backend = backends.find(({ name }) => name === 'cuda');
  if (part?.found === false && process.platform === 'linux' && process.arch === 'x64') {
    expect(part.remedy).toBe(backend?.remedy);
  }
  expect(part?.detail).toBeTruthy();
});

test.each(['win32', 'darwin'] as const)(
  'on %s the CUDA part points to WebGPU and installs nothing',
  (platform) => {
    const { found, remedy } = describeCuda({ platform, arch: 'x64' });
    expect(found).toBe(false);
    expect(remedy).toContain('webgpu');
    expect(remedy).not.toContain('npm');
  },
);

test('a data folder that cannot be opened is part of the report', async () => {
  const home = path.join(folder, 'broken');
  mkdirSync(home);
  writeFileSync(
    path.join(home, 'steadypen.db'),
    'this is no database, but long enough to look like one '.repeat(40),
  );
  const { code, stdout } = await runCli(['doctor', '--no-measure', '--json', '--home', home]);
  expect(code).toBe(0);
  expect(doctorReport.parse(linesOf(stdout)[0]).database.ok).toBe(false);
});

test('each backend that is found is measured once, told to people and programs, and kept in the data folder', async () => {
  const home = path.join(folder, 'kept');
  mkdirSync(home);
  const doctor = async (...options: readonly string[]) => {
    const { code, stdout, stderr } = await runCli(['doctor', ...options, '--home', home]);
    expect([code, stderr]).toEqual([0, '']);
    return stdout;
  };
  const reportOf = (stdout: string) => doctorReport.parse(linesOf(stdout)[0]);
  expect(reportOf(await doctor('--json', '--no-measure')).rates).toEqual([]);
  expect(readdirSync(home)).toEqual([]);

  const measured = reportOf(await doctor('--json'));
  const cpu = measured.rates.find(({ backend }) => backend === 'cpu');
  expect(cpu).toMatchObject({ unusable: null });
  expect(cpu?.rates[0]?.threads).toBe(1);
  expect(cpu?.rates.every(({ imagesPerSecond }) => imagesPerSecond > 1)).toBe(true);
  const found = measured.backends.filter((backend) => backend.found).map(({ name }) => name);
  expect(measured.rates.map(({ backend }) => backend).sort()).toEqual(found.sort());
  expect(readdirSync(home)).toEqual(['engine-rates.json']);

  expect(reportOf(await doctor('--json')).rates).toEqual(measured.rates);
  expect(await doctor()).toMatch(/trains [\d,]+ images\/s on 1 thread.*; measured \d{4}-\d\d-\d\d/);
}, 120_000);

test('--measure and --no-measure exclude each other', async () => {
  const { code, stderr } = await runCli(['doctor', '--measure', '--no-measure']);
  expect(code).toBe(2);
  expect(stderr).toContain('--measure and --no-measure');
});

const REPORT: DoctorReport = {
  version: '1.0.0',
  host: 'cli',
  parts: [],
  backends: [
    { name: 'cuda', found: true, detail: 'A driver.', remedy: null },
    { name: 'webgpu', found: true, detail: 'An adapter.', remedy: null },
    { name: 'cpu', found: true, detail: 'Kernels.', remedy: null },
  ],
  rates: [
    {
      backend: 'cuda',
      measuredAt: '2026-11-25T10:00:00.000Z',
      rates: [],
      unusable: 'The process that measured the backend cuda ended: signal SIGSEGV.',
    },
    {
      backend: 'webgpu',
      measuredAt: '2026-11-25T10:00:00.000Z',
      rates: [{ threads: 1, imagesPerSecond: 5012.4 }],
      unusable: null,
    },
    {
      backend: 'cpu',
      measuredAt: '2026-11-25T10:00:00.000Z',
      rates: [
        { threads: 1, imagesPerSecond: 1832.2 },
        { threads: 2, imagesPerSecond: 3400 },
      ],
      unusable: null,
    },
  ],
  dataFolder: { path: '/home', exists: true, writable: true, bytes: 1, detail: 'ready' },
  database: { exists: true, ok: true, detail: 'in order', samples: 0 },
};

test('the text tells rates, and of what was found and cannot be used why and how to look again', () => {
  const text = describeReport(REPORT).join('\n');
  expect(text).toContain('trains 1,832 images/s on 1 thread, 3,400 on 2; measured 2026-11-25');
  expect(text).toContain('trains 5,012 images/s; measured 2026-11-25');
  expect(text).toMatch(
    /✗ cuda .*A driver\. But it cannot be used: .*SIGSEGV\.\n.*steadypen doctor --measure/,
  );
  expect(text).toContain('✓ webgpu');
});
