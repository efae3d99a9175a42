import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { createTerminal } from '../../../src/cli/terminal.ts';
import { TrainCheckpoint } from '../../../src/cli/train-checkpoint.ts';
import { decodeCheckpoint } from '../../../src/model/checkpoint-file.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { linesOf, outcomeOf, ROOT, runCli, startCli, temporaryFolder } from './run-cli.ts';

const cwd = temporaryFolder();
/** Keeps how fast the engine is, so that it is measured once. */
const env = { STEADYPEN_HOME: path.join(cwd, 'home') };
const RUN = ['train', '--data', 'own', '--epochs', '30', '--fine-tune', '10', '--backend', 'cpu', '--json'];
const EVERY_STEP = ['--checkpoint-every', '0'];
const inFolder = (folder: string) => path.join(cwd, folder, 'checkpoint.spc');

beforeAll(() => {
  mkdirSync(env.STEADYPEN_HOME);
  for (const kind of ['regular', 'tremor']) {
    mkdirSync(path.join(cwd, 'own', kind), { recursive: true });
    for (const person of ['a', 'b', 'c', 'd', 'e']) {
      const example = path.join(ROOT, `assets/examples/spiral-${kind}.png`);
      copyFileSync(example, path.join(cwd, 'own', kind, `${person}.png`));
    }
  }
});

const weightsIn = (folder: string) => {
  const { networks } = decodeModel(readFileSync(path.join(cwd, folder, 'model.spm')), 'model.spm');
  return networks.flatMap(({ name: network, weights }) =>
    Object.entries(weights).map(([name, { values }]) => [
      network,
      name,
      Buffer.from(values.buffer).toString('hex'),
    ]),
  );
};

/** Starts the run in a folder and ends it by a signal, some time after it has left a checkpoint. */
async function cutOff(folder: string, signal: NodeJS.Signals, afterMs: number, more: readonly string[] = []) {
  const child = startCli([...RUN, ...EVERY_STEP, '--out', folder, ...more], { cwd, env });
  const ended = outcomeOf(child);
  while (!existsSync(inFolder(folder)) && child.exitCode === null) await wait(5);
  await wait(afterMs);
  child.kill(signal);
  return ended;
}

test('a run killed thrice goes on with --resume and ends with the weights of an undisturbed one', async () => {
  const whole = await runCli([...RUN, '--out', 'whole'], { cwd, env });
  expect(whole.code).toBe(0);
  expect(readdirSync(path.join(cwd, 'whole')).sort()).toEqual(['model-card.json', 'model.spm']);

  const rng = new Rng(3);
  for (const more of [[], ['--resume'], ['--resume']]) {
    const { signal } = await cutOff(
      'killed',
      'SIGKILL',
      rng.between(0, more.length === 0 ? 150 : 1500),
      more,
    );
    expect(signal).toBe('SIGKILL');
    expect(existsSync(path.join(cwd, 'killed/model.spm'))).toBe(false);
  }
  const { state } = decodeCheckpoint(readFileSync(inFolder('killed')), 'killed').state;
  const { code, stdout } = await runCli([...RUN, '--out', 'killed', '--resume'], { cwd, env });
  expect(code).toBe(0);
  const started = linesOf(stdout).find(({ kind }) => kind === 'started');
  expect(started).toMatchObject({ epochsDone: state.epochsDone });
  expect(weightsIn('killed')).toEqual(weightsIn('whole'));
  expect(readdirSync(path.join(cwd, 'killed')).sort()).toEqual(['model-card.json', 'model.spm']);
}, 120_000);

test('killed before its first checkpoint, a run goes on with --resume from its beginning, and says so', async () => {
  const child = startCli([...RUN, ...EVERY_STEP, '--out', 'early'], { cwd, env });
  const ended = outcomeOf(child);
  while (!existsSync(path.join(cwd, 'early')) && child.exitCode === null) await wait(1);
  child.kill('SIGKILL');
  expect((await ended).signal).toBe('SIGKILL');
  expect(existsSync(inFolder('early'))).toBe(false);
  const { code, stderr } = await runCli([...RUN, '--out', 'early', '--resume'], { cwd, env });
  expect(code).toBe(0);
  expect(stderr).toMatch(/^--resume: there is no checkpoint early.checkpoint\.spc, so the run starts/m);
  expect(weightsIn('early')).toEqual(weightsIn('whole'));
}, 120_000);

test('Ctrl-C leaves a checkpoint and says so; bad ones are refused by name', async () => {
  const stopped = await cutOff('stopped', 'SIGINT', 50);
  expect(stopped.code).toBe(130);
  const shown = path.join('stopped', 'checkpoint.spc');
  expect(stopped.stderr).toContain(
    `The last checkpoint is ${shown}: the same command with --resume goes on from it.`,
  );
  const good = readFileSync(inFolder('stopped'));

  const refusal = async (args: readonly string[]) => {
    const { code, stdout } = await runCli([...args, '--resume'], { cwd, env });
    return [code, linesOf(stdout).at(-1)?.['error']];
  };
  const args = [...RUN, '--out', 'stopped'];
  const message = (text: string | RegExp): unknown => ({ message: expect.stringMatching(text) as string });
  expect(await refusal([...args, '--seed', '2'])).toMatchObject([
    2,
    message(/^stopped.checkpoint\.spc belongs to another run: its seed is 1, not 2\./),
  ]);
  writeFileSync(path.join(cwd, 'own/regular/f.png'), readFileSync(path.join(cwd, 'own/tremor/a.png')));
  expect(await refusal(args)).toMatchObject([2, message(/another run: it learnt from other data/)]);
  writeFileSync(inFolder('stopped'), good.subarray(0, 4000));
  expect(await refusal(args)).toMatchObject([3, message(/^stopped.checkpoint\.spc is damaged: /)]);
  writeFileSync(inFolder('stopped'), good.fill(9, 8, 12));
  expect((await refusal(args))[0]).toBe(3);
}, 120_000);

test('what is said of a checkpoint depends on whether going on from it can end otherwise', async () => {
  const notes: string[] = [];
  const terminal = createTerminal(
    { stdout: process.stdout, stderr: process.stderr },
    { json: false, cwd, env: {}, signal: new AbortController().signal },
  );
  const listening = { ...terminal, note: (line: string) => void notes.push(line) };
  const folder = path.join(cwd, 'told');
  mkdirSync(folder);
  const checkpoint = new TrainCheckpoint(folder, 'told');
  checkpoint.tell(listening, true);
  expect(notes).toEqual([]); // nothing of this run is there
  await checkpoint.keep(new Uint8Array(3));
  checkpoint.tell(listening, true);
  checkpoint.tell(listening, false); // a loss that is no number comes again
  const shown = path.join('told', 'checkpoint.spc');
  await new TrainCheckpoint(folder, 'told').startAnew(listening);
  expect(notes).toEqual([
    `The last checkpoint is ${shown}: the same command with --resume goes on from it.`,
    `The last good checkpoint is ${shown}.`,
    expect.stringMatching(
      /^told.checkpoint\.spc of a run that did not end is now told.checkpoint-\d{8}-\d{6}\.spc\. To go on from it, stop now,/,
    ),
  ]);
  const [aside] = readdirSync(folder);
  expect(aside).toMatch(/^checkpoint-/);
  expect(readFileSync(path.join(folder, aside!))).toHaveLength(3);
});
