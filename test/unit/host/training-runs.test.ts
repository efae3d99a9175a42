import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrainRequest } from '../../../src/api/contract.ts';
import { createHost, type RunningHost } from '../../../src/host/host.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
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
