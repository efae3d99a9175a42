import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { decodeCheckpoint } from '../../../src/model/checkpoint-file.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { CHECKPOINT_FILE, KeptCheckpoint } from '../../../src/store/kept-checkpoint.ts';
import { temporaryFolder } from '../store/support.ts';

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const PROGRAM = fileURLToPath(new URL('./programs/resumable-run.ts', import.meta.url));

/** One process of the run, until it ends or is killed. */
function startRun(folder: string, ...more: string[]) {
  const child = spawn(process.execPath, [PROGRAM, folder, ...more], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return {
    lines,
    said: () => said,
    closed,
    isOver: () => child.exitCode !== null || child.signalCode !== null,
    killHost: () => child.kill('SIGKILL'),
    /** The host learns of it and ends with a fault. */
    killTrainer: () => {
      const pid = Number(lines.find((line) => line.startsWith('trainer'))?.split(' ')[1]);
      if (Number.isInteger(pid)) process.kill(pid, 'SIGKILL');
      else child.kill('SIGKILL');
    },
  };
}
type Running = ReturnType<typeof startRun>;

/**
 * Some time while the program loads, or after some checkpoints more, of some 540 in all; the step or write in progress is cut off
 * anywhere.
 */
async function untilRandomMoment(run: Running, rng: Rng): Promise<void> {
  if (rng.chance(0.2)) return wait(rng.between(0, 700));
  const wanted = 1 + rng.int(48); // so that the last kill comes well before the end
  while (!run.isOver() && run.lines.filter((line) => line === 'kept').length < wanted) await wait(1);
  await wait(rng.between(0, 12));
}

const placeOf = async (folder: string): Promise<number> => {
  const file = await new KeptCheckpoint(folder).read();
  if (file === null) return 0;
  const { finished, state } = decodeCheckpoint(file, CHECKPOINT_FILE).state;
  return finished.length * 1e6 + state.epochsDone * 1000 + state.step;
};

const modelIn = (folder: string) => {
  const file = readFileSync(path.join(folder, 'model.spm'));
  const { networks, card, calibration } = decodeModel(file, 'model.spm');
  const values = networks.flatMap(({ name: network, weights }) =>
    Object.entries(weights).map(([name, { values }]) => [
      network,
      name,
      Buffer.from(values.buffer).toString('hex'),
    ]),
  );
  return { values, card, calibration };
};

const KILLS = 24;

test(`killed ${KILLS} times at random moments, a run goes on and ends with the weights of an undisturbed one`, async () => {
  const [whole, broken] = ['whole', 'broken'].map((name) => path.join(temporary.path, name)) as [
    string,
    string,
  ];
  mkdirSync(whole);
  mkdirSync(broken);
  const undisturbed = startRun(whole, 'undisturbed');
  expect([await undisturbed.closed, undisturbed.said()]).toEqual([0, '']);

  const rng = new Rng(11);
  let place = 0;
  let withProgress = 0;
  const epochs: number[] = [];
  for (let i = 0; i < KILLS; i++) {
    const run = startRun(broken);
    await untilRandomMoment(run, rng);
    expect(run.isOver(), `ended by itself before kill ${i}: ${run.said()}`).toBe(false);
    if (rng.chance(0.3)) run.killTrainer();
    else run.killHost();
    await run.closed;
    const now = await placeOf(broken); // whole, whatever was being written
    expect(now).toBeGreaterThanOrEqual(place);
    if (now > place) withProgress++;
    place = now;
    epochs.push(Math.floor(now / 1000) % 1000); // of either network
  }
  expect(withProgress).toBeGreaterThan(KILLS / 2);
  // In each network the threshold climbs from the 7th to the 21st epoch of RVSM and then stands; fine-tuning begins after the 35th.
  for (const [from, to] of [
    [0, 7],
    [7, 21],
    [21, 35],
    [35, 45],
  ] as const) {
    expect(
      epochs.some((epoch) => epoch >= from && epoch < to),
      `killed in epochs ${from} to ${to}`,
    ).toBe(true);
  }
  expect(readdirSync(broken)).not.toContain('model.spm');

  const last = startRun(broken);
  expect([await last.closed, last.said()]).toEqual([0, '']);
  expect(modelIn(broken)).toEqual(modelIn(whole));
  expect(readdirSync(broken)).toEqual(['model.spm']);
}, 300_000);
