import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Reproduction, RunResult } from '../../../src/reproduction/results.ts';
import { linesOf, outcomeOf, ROOT, runCli, startCli, temporaryFolder } from './run-cli.ts';

const folder = temporaryFolder();
const QUICK_MS = 480_000;
const resultsIn = (out: string) =>
  JSON.parse(readFileSync(path.join(folder, out, 'results.json'), 'utf8')) as Reproduction;
/** All that the same training gives again: not its time. */
const figuresOf = ({ seconds, ...figures }: RunResult) => ({ ...figures, seconds: seconds > 0 });

test(
  'a quick reproduction trains every method on every data set, and says what was asked and reached',
  async () => {
    const { code, stdout, stderr } = await runCli(['reproduce', '--quick', '--json', '--out', 'whole'], {
      cwd: folder,
    });
    expect(stderr).not.toContain('gave no network');
    expect(code).toBe(0);
    const lines = linesOf(stdout);
    const runs = lines.slice(0, -1);
    expect(runs).toHaveLength(24);
    for (const run of runs) {
      const asked = run['target'] as number;
      expect(run['zeros']).toBeGreaterThanOrEqual(asked);
      // The paper's network and form need more steps than a quick run has.
      const isPapers = (run['dataset'] as string).endsWith('-paper-net');
      expect(run['accuracy']).toBeGreaterThanOrEqual(isPapers ? 0.4 : 0.75);
    }
    expect(lines.at(-1)).toMatchObject({ quick: true });
    const report = readFileSync(path.join(folder, 'whole/report.md'), 'utf8');
    expect(report).toContain('A quick run');
    expect(report).not.toMatch(/NaN|undefined/);
    const plots = readdirSync(path.join(folder, 'whole/plots'));
    for (const name of ['fonts-accuracy.svg', 'fonts-examples.svg', 'handwriting-epochs.svg']) {
      expect(plots).toContain(name);
    }
  },
  QUICK_MS,
);

test(
  'killed in the middle and resumed, it ends with the same figures',
  async () => {
    const args = ['reproduce', '--quick', '--json', '--datasets', 'fonts', '--out', 'killed'];
    const child = startCli(args, { cwd: folder });
    const ended = outcomeOf(child);
    let said = '';
    child.stdout!.on('data', (chunk: string) => {
      said += chunk;
      if (said.split('\n').length > 3) child.kill('SIGKILL');
    });
    expect((await ended).signal).toBe('SIGKILL');
    const before = resultsIn('killed');
    expect(before.datasets[0]!.runs.length).toBeGreaterThanOrEqual(3);
    const refused = await runCli(args, { cwd: folder });
    expect(refused.code).toBe(2);
    expect(refused.stdout).toContain('--resume');
    const resumed = await runCli([...args, '--resume'], { cwd: folder });
    expect(resumed.code).toBe(0);
    const runs = (out: string) =>
      resultsIn(out)
        .datasets.find(({ name }) => name === 'fonts')!
        .runs.map(figuresOf)
        .sort((a, b) => a.method.localeCompare(b.method));
    expect(linesOf(resumed.stdout).length).toBeLessThanOrEqual(5);
    expect(runs('killed')).toEqual(runs('whole'));

    const file = path.join(folder, 'killed/results.json');
    const results = resultsIn('killed');
    const [first, ...others] = results.datasets[0]!.runs;
    const editedRuns = [{ ...first!, recipe: '{"epochs":1}' }, ...others];
    const edited = JSON.stringify({ ...results, datasets: [{ ...results.datasets[0]!, runs: editedRuns }] });
    writeFileSync(file, edited);
    const otherRecipe = await runCli([...args, '--resume'], { cwd: folder });
    expect(otherRecipe.code).toBe(0);
    const former = /1 training in this folder had another recipe.*kept in (results-\d{8}-\d{6}\.json)/.exec(
      otherRecipe.stderr,
    )!;
    expect(readFileSync(path.join(folder, 'killed', former[1]!), 'utf8')).toBe(edited);
    expect(runs('killed')).toEqual(runs('whole'));

    for (const [change, words] of [
      [{ channels: [4, 4] }, 'The results of fonts in this folder come from another network.'],
      [{ dataHash: 'sha256:0' }, 'The results of fonts in this folder come from other data.'],
    ] as const) {
      const foreign = JSON.stringify({ ...results, datasets: [{ ...results.datasets[0]!, ...change }] });
      writeFileSync(file, foreign);
      const { code, stderr } = await runCli(['reproduce', '--quick', '--out', 'killed', '--resume'], {
        cwd: folder,
      });
      expect(code).toBe(2);
      expect(stderr).toContain(words);
      expect(readFileSync(file, 'utf8')).toBe(foreign);
    }
  },
  QUICK_MS,
);

test('where the kernels were not built, it says so before hours are spent', async () => {
  const copy = path.join(folder, 'sources');
  mkdirSync(copy);
  for (const name of ['bin', 'src', 'package.json']) {
    cpSync(path.join(ROOT, name), path.join(copy, name), { recursive: true });
  }
  for (const name of ['assets', 'node_modules']) symlinkSync(path.join(ROOT, name), path.join(copy, name));
  const child = startCli(['reproduce', '--quick', '--out', 'slow'], { cwd: folder, root: copy });
  const ended = outcomeOf(child);
  child.stderr!.on('data', () => child.kill('SIGINT'));
  expect((await ended).stderr).toMatch(/^The fast kernels were not built.*npm run build:kernels/);
});

test('a place where nothing can be written is refused by its name, and results that are none', async () => {
  writeFileSync(path.join(folder, 'file'), '');
  mkdirSync(path.join(folder, 'odd/results.json'), { recursive: true });
  mkdirSync(path.join(folder, 'cut'));
  writeFileSync(path.join(folder, 'cut/results.json'), '{"schemaVersion": 2');
  for (const [place, words] of [
    ['file', '--out: nothing can be written to file'],
    ['odd', `--out: ${path.join('odd', 'results.json')} is a folder`],
    ['cut', `${path.join('cut', 'results.json')} is not JSON`],
  ] as const) {
    const { code, stderr } = await runCli(['reproduce', '--quick', '--out', place], { cwd: folder });
    expect(stderr, place).toContain(words);
    expect([2, 3], place).toContain(code);
  }
  expect(readFileSync(path.join(folder, 'cut/results.json'), 'utf8')).toBe('{"schemaVersion": 2');
});

test.each([
  [['reproduce', '--quick'], '--out DIR is missing'],
  [['reproduce', '--out', 'x', '--extent', 'some'], '--extent takes core, main, all, not "some"'],
  [['reproduce', '--out', 'x', '--datasets', 'fonts,runes'], '--datasets takes'],
  [['reproduce', '--out', 'x', '--seeds', '0'], '--seeds takes a whole number from 1'],
  [['reproduce', '--out', 'x', '--resume', '--force'], 'exclude each other'],
  [['reproduce', '--out', 'x', '--quick', '--extent', 'core'], '--extent and --quick exclude each other'],
])('%j is wrong usage', async (args, words) => {
  const { code, stderr } = await runCli(args, { cwd: folder });
  expect(code).toBe(2);
  expect(stderr).toContain(words);
});
