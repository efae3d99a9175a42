import { expect, test } from 'vitest';
import { startNetworkSource, TooSlow } from '../../../../src/host/bench/network-source.ts';
import { scriptedSpawn } from '../support/running-app.ts';

const BATCH = { images: new Float32Array(1), labels: new Uint8Array(1) };

/** On the backends of programs/network-bench.ts. */
function start(
  backend: 'cpu' | 'cuda' | 'webgpu',
  change: { threads?: number; slowestStepSeconds?: number } = {},
) {
  const { spawn } = scriptedSpawn();
  const limits = { slowestStepSeconds: 10, limitMs: 1000 };
  return startNetworkSource({ spawn, backend, threads: 1, batch: BATCH, seconds: 0.1, ...limits, ...change });
}

test('the contestants have the threads that the engine takes, not those that were wanted', async () => {
  const source = await start('cpu', { threads: 8 });
  expect(source.contestants.map(({ bench, threads }) => `${bench} ${threads}`)).toEqual([
    'train 2',
    'train-rvsm 2',
    'infer-1 2',
    'infer-32 2',
  ]);
  expect(source.detail).toContain('threads: 2');
  expect(await source.contestants[0]?.measure()).toBe(200);
  source.close();
});

test('a step that is too slow is found out once it is warm; one patch alone may still be quick enough', async () => {
  // 100 images/s: 0.32 s for a batch, 0.01 s for one.
  const source = await start('cpu', { slowestStepSeconds: 0.1 });
  const [train, , one] = source.contestants;
  expect(await train?.measure()).toBe(100);
  await expect(train?.measure()).rejects.toThrow(TooSlow);
  await expect(train?.measure()).rejects.toThrow('one step takes 0.3 s');
  for (let i = 0; i < 3; i++) expect(await one?.measure()).toBe(100);
  source.close();
});

test('a driver that hangs is ended, and what else it was to measure fails at once', async () => {
  const source = await start('webgpu');
  await expect(source.contestants[0]?.measure()).rejects.toThrow('gave no answer within 1 s');
  await expect(source.contestants[1]?.measure()).rejects.toThrow(/ended: signal SIGKILL/);
  source.close();
});

test('a driver that takes its process along fails the measure that waits', async () => {
  const source = await start('cuda');
  await expect(source.contestants[0]?.measure()).rejects.toThrow('SIGSEGV');
  source.close();
});
