import { existsSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunEvent, TrainRequest } from '../../../src/api/contract.ts';
import { createHost, type RunningHost } from '../../../src/host/host.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import { CHECKPOINT_FILE } from '../../../src/store/kept-checkpoint.ts';
import { temporaryFolder } from '../store/support.ts';
import { layOut, scriptedSpawn } from './support/running-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: RunningHost;
const rejected: unknown[] = [];
const remember = (reason: unknown) => void rejected.push(reason);

beforeEach(async () => {
  folder = temporaryFolder();
  const { home, assets } = layOut(folder.path);
  host = await createHost({
    home,
    hostKind: 'browser',
    spawn: scriptedSpawn().spawn,
    clock: nodeClock,
    version: '0.0.0-test',
    assetsFolder: assets,
  });
  rejected.length = 0;
  process.on('unhandledRejection', remember);
});
afterEach(async () => {
  process.off('unhandledRejection', remember);
  await host.close();
  folder.remove();
});

const REQUEST: TrainRequest = {
  synthetic: 100,
  syntheticKinds: ['fonts'],
  ownSamples: false,
  penalty: 'l0',
  a: 1,
  targetSparsity: 0.9,
  epochs: 2,
  seed: 12,
  backend: 'auto',
};

test('a run that cannot be stored is refused, harms nothing, and the next one starts', async () => {
  const refuse = sql`CREATE TRIGGER no_room BEFORE INSERT ON run BEGIN SELECT RAISE(ABORT, 'no room'); END`;
  await refuse.execute(host.store.db);
  await expect(host.training.start(REQUEST)).rejects.toThrow('no room');
  await new Promise((resolve) => setImmediate(resolve));
  expect(rejected).toEqual([]);
  expect(await host.training.current()).toBeNull();

  await sql`DROP TRIGGER no_room`.execute(host.store.db);
  const run = await host.training.start(REQUEST);
  let last = '';
  for await (const event of host.training.watch(run.id)) last = event.kind;
  expect(last).toBe('done');
});

/** Starts a run and waits for its last word. */
async function runToEnd(request: TrainRequest): Promise<RunEvent[]> {
  const run = await host.training.start(request);
  const events: RunEvent[] = [];
  for await (const event of host.training.watch(run.id)) events.push(event);
  return events;
}
const kindsOf = (events: readonly RunEvent[]) =>
  events.map(({ kind }) => kind).filter((kind) => kind !== 'measuring');
const checkpointIn = (home: string) => existsSync(path.join(home, CHECKPOINT_FILE));

test('a run that was cut off leaves its checkpoint, and one with the same settings goes on from it', async () => {
  const { home } = host.store;
  const cut = { ...REQUEST, seed: 9, backend: 'cpu' } as const;
  expect(kindsOf(await runToEnd(cut))).toEqual(['started', 'epoch', 'failed']);
  expect(checkpointIn(home)).toBe(true);

  const events = await runToEnd(cut);
  expect(kindsOf(events)).toEqual(['warning', 'started', 'step', 'epoch', 'done']);
  expect(events.find(({ kind }) => kind === 'warning')).toMatchObject({
    message:
      'A training with these settings was cut off; this one goes on from its last checkpoint, in epoch 2.',
  });
  expect(checkpointIn(home)).toBe(false);
});

test('a run that was cut off can be resumed; one that was stopped, or came to its end, cannot', async () => {
  const cut = { ...REQUEST, seed: 9, backend: 'cpu' } as const;
  await runToEnd(cut);
  expect(await host.training.current()).toMatchObject({ state: 'failed', resumable: true });
  await runToEnd(cut);
  expect(await host.training.current()).not.toHaveProperty('resumable');
  const run = await host.training.start({ ...REQUEST, seed: 2, backend: 'cpu' });
  for await (const event of host.training.watch(run.id)) {
    if (event.kind === 'started') host.training.cancel(run.id);
  }
  expect(await host.training.current()).toMatchObject({ state: 'failed', resumable: false });
});

test('how far a run is, is told from its start to its end, also where it fails', async () => {
  const told: (number | null | 'none')[] = [];
  host.training.onProgress((progress) => told.push(progress === null ? 'none' : progress.fraction));
  expect(host.training.running).toBe(false);
  const run = await host.training.start({ ...REQUEST, seed: 9, backend: 'cpu' });
  expect(host.training.running).toBe(true);
  for await (const event of host.training.watch(run.id)) expect(event.kind).toBeDefined();
  await expect.poll(() => told.at(-1)).toBe('none');
  expect(host.training.running).toBe(false);
  expect(told[0]).toBeNull();
  expect(told).toContain(0.5);
});

test('a run with other settings starts at the beginning; one that is stopped leaves no checkpoint', async () => {
  const { home } = host.store;
  await runToEnd({ ...REQUEST, seed: 9, backend: 'cpu' });
  expect(checkpointIn(home)).toBe(true);
  const other = await runToEnd({ ...REQUEST, seed: 9, backend: 'cpu', epochs: 3 });
  expect(kindsOf(other)).toEqual(['started', 'epoch', 'failed']);

  const run = await host.training.start({ ...REQUEST, seed: 2, backend: 'cpu' });
  let last: RunEvent | null = null;
  for await (const event of host.training.watch(run.id)) {
    last = event;
    if (event.kind === 'started') host.training.cancel(run.id);
  }
  expect(last).toMatchObject({ kind: 'failed', reason: 'cancelled' });
  expect(checkpointIn(home)).toBe(false);
});
