import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { WorkQueue } from '../../../../src/tensor/cpu/work-queue.ts';

/** A helper that counts, in shared memory, how often each part of each round was done, and by whom. */
const HELPER = `
  import { workerData } from 'node:worker_threads';
  import { WorkQueue } from ${JSON.stringify(new URL('../../../../src/tensor/cpu/work-queue.ts', import.meta.url).href)};
  const queue = new WorkQueue(workerData.queue);
  const counts = new Int32Array(workerData.counts);
  for (;;) {
    const turn = queue.turn;
    queue.work(({ network }, part) => {
      if (part === workerData.failAt) throw new Error('told to fail');
      Atomics.add(counts, network * 64 + part, 1);
      Atomics.add(counts, counts.length - 1, 1);
    });
    if (!queue.sleep(turn)) break;
  }
`;

function startHelpers(count: number, data: object): Worker[] {
  const program = new URL(`data:text/javascript,${encodeURIComponent(HELPER)}`);
  return Array.from({ length: count }, () => new Worker(program, { workerData: data }));
}

test('every part of 3,000 rounds of changing size is done exactly once, by whomever', async () => {
  const ROUNDS = 3000;
  const counts = new Int32Array(new SharedArrayBuffer(4 * (64 * ROUNDS + 1)));
  const queue = new WorkQueue();
  queue.close();
  const helpers = startHelpers(2, { queue: queue.buffer, counts: counts.buffer, failAt: -1 });
  const ended = helpers.map((helper) => new Promise((resolve) => helper.once('exit', resolve)));
  await Promise.all(helpers.map((helper) => new Promise((resolve) => helper.once('online', resolve))));
  const partsOf = (round: number): number => 1 + ((round * 7) % 40);
  let mine = 0;
  for (let round = 0; round < ROUNDS; round++) {
    queue.close();
    queue.open({ network: round, work: 0, count: 1, batch: 1, parts: partsOf(round) });
    queue.work(({ network }, part) => {
      expect(network).toBe(round);
      Atomics.add(counts, network * 64 + part, 1);
      mine++;
      // Long enough that the helpers get some.
      for (let i = 0; i < 2000; i++) Atomics.load(counts, 0);
    });
    while (!queue.waitForAll(100));
  }
  queue.end();
  expect(await Promise.all(ended)).toEqual([0, 0]);
  for (let round = 0; round < ROUNDS; round++) {
    const done = Array.from(counts.subarray(round * 64, round * 64 + 64));
    expect(done).toEqual(Array.from({ length: 64 }, (_, part) => (part < partsOf(round) ? 1 : 0)));
  }
  const theirs = counts.at(-1)!;
  const total = Array.from({ length: ROUNDS }, (_, round) => partsOf(round)).reduce((a, b) => a + b);
  expect(mine + theirs).toBe(total);
  expect(theirs).toBeGreaterThan(0);
});

test('a part that fails is told to the leader, and the round still ends', async () => {
  const queue = new WorkQueue();
  const counts = new SharedArrayBuffer(4 * 65);
  const [helper] = startHelpers(1, { queue: queue.buffer, counts, failAt: 3 });
  const fault = new Promise((resolve) => helper?.once('error', resolve));
  queue.close();
  queue.open({ network: 0, work: 0, count: 1, batch: 1, parts: 4 });
  // Only the helper works.
  while (!queue.waitForAll(100));
  expect(queue.failed).toBe(true);
  expect(await fault).toMatchObject({ message: 'told to fail' });
});

test('a round of no parts, or of more than fit, is refused', () => {
  const queue = new WorkQueue();
  queue.close();
  for (const parts of [0, 4095]) {
    expect(() => queue.open({ network: 0, work: 0, count: 1, batch: 1, parts })).toThrow(`${parts} parts`);
  }
});
