import { expect, test } from 'vitest';
import { measureBackend, threadCounts, type MeasureOptions } from '../../../src/host/measure-backend.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import { spawnNode } from '../../../src/host/spawn-node.ts';
import { scriptedSpawn } from './support/running-app.ts';

type Backend = Parameters<typeof measureBackend>[0];

/** What was yielded, and what came out. */
async function measure(backend: Backend, change: Partial<MeasureOptions> = {}) {
  const { spawn, ports } = scriptedSpawn();
  const options = { spawn, clock: nodeClock, threads: [1], signal: new AbortController().signal, ...change };
  const done: number[] = [];
  const work = measureBackend(backend, options, (count) => count);
  let next = await work.next();
  for (; next.done !== true; next = await work.next()) done.push(next.value);
  const { measured: result, complete } = next.value;
  return { done, result, complete, ports };
}

test.each([
  [1, [1]],
  [2, [1, 2]],
  [3, [1, 2, 3]],
  [6, [1, 2, 4, 6]],
  [8, [1, 2, 4, 8]],
  [12, [1, 2, 4, 8]],
  [64, [1, 2, 4, 8]],
])('%i cores: tries %j threads', (cores, counts) => {
  expect(threadCounts(cores)).toEqual(counts);
});

test('each number of threads has its rate, up to what the engine takes', async () => {
  const { done, result } = await measure('cpu', { threads: [1, 2, 4, 8] });
  expect(done).toEqual([0, 1, 2]);
  expect(result).toMatchObject({
    backend: 'cpu',
    rates: [
      { threads: 1, imagesPerSecond: 100 },
      { threads: 2, imagesPerSecond: 200 },
    ],
    unusable: null,
  });
  expect(Math.abs(Date.parse(result.measuredAt) - Date.now())).toBeLessThan(60_000);
});

test('a driver that takes its process along makes the backend unusable, and nothing else', async () => {
  const { result } = await measure('cuda');
  expect(result.rates).toEqual([]);
  expect(result.unusable).toContain('SIGSEGV');
});

test('what broke off after some numbers of threads says so', async () => {
  const { spawn, ports } = scriptedSpawn();
  const dying: typeof spawn = (program) => {
    const port = spawn(program);
    let measures = 0;
    return {
      ...port,
      postMessage: (message) => {
        const { kind } = message as { kind: string };
        if (kind === 'measure' && ++measures === 3) port.close();
        else port.postMessage(message);
      },
    };
  };
  const { result, complete } = await measure('cpu', { spawn: dying, threads: [1, 2] });
  expect(ports).toHaveLength(1);
  expect(result).toMatchObject({ rates: [{ threads: 1 }], unusable: null });
  expect(complete).toBe(false);
  expect((await measure('cpu', { threads: [1, 2] })).complete).toBe(true);
});

test('a driver that hangs is ended at the limit', async () => {
  const { result, ports } = await measure('webgpu', { limitMs: 1500 });
  expect(result.unusable).toMatch(/^The backend webgpu gave no answer within \d+ s\.$/);
  await new Promise<void>((resolve) => ports[0]?.onClose(() => resolve()));
});

test('a cancel ends it, also while a driver hangs', async () => {
  const cancelling = new AbortController();
  const measuring = measure('webgpu', { signal: cancelling.signal });
  setTimeout(() => cancelling.abort(new Error('enough')), 300);
  await expect(measuring).rejects.toThrow('enough');
});

test('the real bench process measures the processor', async () => {
  const { result } = await measure('cpu', { spawn: spawnNode });
  expect(result.unusable).toBeNull();
  expect(result.rates).toMatchObject([{ threads: 1 }]);
  expect(result.rates[0]?.imagesPerSecond).toBeGreaterThan(1);
});
