import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { decodeModel } from '../../../src/model/model-file.ts';
import type { EpochReport } from '../../../src/model/training-types.ts';
import { linesOf, outcomeOf, ROOT, runCli, startCli, temporaryFolder } from './run-cli.ts';
import { onlyWeights } from '../model/only-network.ts';

const cwd = temporaryFolder();

test('a small run saves the sparse network: nine of ten FC weights are exact zeros, and it judges as well as w', async () => {
  const args = ['--synthetic', '800', '--kinds', 'spiral', '--epochs', '6', '--fine-tune', '2'];
  const { code, stdout } = await runCli(
    ['train', ...args, '--target-sparsity', '0.9', '--seed', '3', '--backend', 'cpu', '--out', 'm', '--json'],
    { cwd },
  );
  expect(code).toBe(0);
  const events = linesOf(stdout);
  expect(events.map((event) => event['kind'])).toEqual(expect.arrayContaining(['started', 'epoch', 'done']));
  expect(events.at(-1)).toMatchObject({ kind: 'done' });

  const { card, ...bundle } = decodeModel(readFileSync(path.join(cwd, 'm/model.spm')), 'model.spm');
  const fc = onlyWeights(bundle)['fc/kernel']?.values ?? new Float32Array();
  const zeros = fc.filter((weight) => weight === 0).length;
  expect(fc.length).toBeGreaterThan(8000);
  expect(zeros / fc.length).toBeGreaterThanOrEqual(0.9);
  expect(card.fcZeros).toBe(zeros);

  const reports = events.flatMap(({ kind, report }) => (kind === 'epoch' ? [report as EpochReport] : []));
  expect(reports).toHaveLength(8);
  for (const report of reports) {
    for (const figure of ['loss', 'penalty', 'gap', 'accuracyU', 'accuracyW', 'fcZeros'] as const) {
      expect(report[figure], `${figure} of epoch ${report.epoch}`).toBeGreaterThanOrEqual(0);
    }
    expect(report.zerosByLayer?.['fc']).toBe(report.fcZeros);
  }
  const w = reports.findLast(({ phase }) => phase === 'rvsm');
  // The signs of tremor-like minus regular tell which epoch's u lies in the file; columns: regular, tremor-like.
  const signs = Array.from({ length: fc.length / 2 }, (_, i) =>
    Math.sign((fc[2 * i + 1] ?? 0) - (fc[2 * i] ?? 0)),
  );
  const saved = reports.filter(({ fcSigns }) => signs.every((sign, i) => sign === fcSigns[i]));
  expect(saved.length).toBeGreaterThanOrEqual(1);
  expect(w?.accuracyW).toBeGreaterThan(0.7); // There is something to lose.
  expect(Math.max(...saved.map(({ accuracyU }) => accuracyU))).toBeGreaterThanOrEqual(
    (w?.accuracyW ?? 1) - 0.005,
  );

  expect(card.command).toBe(
    'steadypen train --synthetic 800 --kinds spiral --penalty l0 --target-sparsity 0.9 --epochs 6 --fine-tune 2 --seed 3 --backend cpu',
  );
  const written: unknown = JSON.parse(readFileSync(path.join(cwd, 'm/model-card.json'), 'utf8'));
  expect(written).toMatchObject({ command: card.command, fcZeros: card.fcZeros });
}, 240_000);

test('files that cannot be used have a line of their own and the exit code says so; tasks are guessed', async () => {
  for (const kind of ['regular', 'tremor']) {
    mkdirSync(path.join(cwd, 'own', kind), { recursive: true });
    for (const person of ['a', 'b', 'c', 'd', 'e']) {
      const example = path.join(ROOT, `assets/examples/spiral-${kind}.png`);
      copyFileSync(example, path.join(cwd, 'own', kind, `${person}.png`));
    }
  }
  writeFileSync(path.join(cwd, 'own/regular/bad.png'), 'no picture');
  const args = ['train', '--data', 'own', '--epochs', '1', '--penalty', 'none', '--out', 'o', '--json'];
  const { code, stdout } = await runCli(args, { cwd });
  const lines = linesOf(stdout);
  expect(lines.filter((line) => 'error' in line)).toEqual([
    { path: path.join('own', 'regular', 'bad.png'), error: expect.any(Object) as object },
  ]);
  expect(lines.at(-1)).toMatchObject({ kind: 'done' });
  expect(code).toBe(3);
  expect(existsSync(path.join(cwd, 'o/model.spm'))).toBe(true);
}, 60_000);

test("a manifest's column split is kept, and people on both sides of it are warned of", async () => {
  mkdirSync(path.join(cwd, 'told'));
  const rows: string[] = [];
  for (const kind of ['regular', 'tremor']) {
    // Person a in two parts.
    for (const [person, split] of ['a,train', 'b,train', 'c,validation', 'd,test', 'a,test'].map((row) =>
      row.split(','),
    )) {
      const name = `${kind}-${person}-${split}.png`;
      copyFileSync(path.join(ROOT, `assets/examples/spiral-${kind}.png`), path.join(cwd, 'told', name));
      rows.push(`${name},${kind},${person}-${kind},spiral-free,${split}`);
    }
  }
  writeFileSync(path.join(cwd, 'told/manifest.csv'), ['path,label,subject,task,split', ...rows].join('\n'));
  const args = [
    'train',
    '--data',
    'told',
    '--epochs',
    '1',
    '--penalty',
    'none',
    '--backend',
    'cpu',
    '--out',
    't',
  ];
  const { code, stdout } = await runCli([...args, '--json'], { cwd });
  const events = linesOf(stdout);
  expect(code).toBe(0);
  // Three patches a spiral; one spiral of each label to choose by, two to test on.
  expect(events.find(({ kind }) => kind === 'started')).toMatchObject({ validationCount: 6, testCount: 12 });
  expect(events.find(({ kind }) => kind === 'warning')).toMatchObject({
    message: expect.stringContaining(
      'LEAKAGE: 2 of 8 subjects stand in more than one split (a-regular, a-tremor)',
    ) as string,
  });
  const { card } = decodeModel(readFileSync(path.join(cwd, 't/model.spm')), 'model.spm');
  expect(card.data).toContain('people who are partly in training too');
  expect(card.notes.join()).toContain('LEAKAGE');
}, 60_000);

test('Ctrl-C ends a run and writes no model', async () => {
  const child = startCli(['train', '--synthetic', '20000', '--out', 'stopped', '--json'], { cwd });
  const outcome = outcomeOf(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  child.kill('SIGINT');
  const { code, stdout } = await outcome;
  expect(code).toBe(130);
  expect(linesOf(stdout).some((event) => event['kind'] === 'done')).toBe(false);
  expect(existsSync(path.join(cwd, 'stopped/model.spm'))).toBe(false);
}, 60_000);
