import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Port } from '../../../src/host/port.ts';
import { spawnNode } from '../../../src/host/spawn-node.ts';
import { runTrainer } from '../../../src/host/trainer-process.ts';
import {
  FACTORY_LIMITS,
  MOST_OWN,
  patchBytes,
  planSynthetic,
  thinOwn,
  USER_LIMITS,
} from '../../../src/host/training-memory.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import type { TrainerRequest } from '../../../src/model/trainer-protocol.ts';
import type { TrainEvent } from '../../../src/model/training-types.ts';

/** What a training process may take: the product's promise. */
const PROMISE = 700e6;

const SMALL: Extract<TrainerRequest, { kind: 'start' }> = {
  kind: 'start',
  recipe: {
    seed: 5,
    epochs: 1,
    fineTuneEpochs: 0,
    batchSize: 32,
    penalty: null,
    targetSparsity: 0,
    paperForm: null,
    synthetic: { count: 32, kinds: ['handwriting'] },
    backend: 'cpu',
  },
  engines: [{ backend: 'cpu', threads: 1 }],
  startedOver: [],
  own: null,
  active: null,
  name: 'Small',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
};

test('no run of a user holds more patches than the limit, whatever is asked for', () => {
  for (const wanted of [1, 160, 8000, 10_000, 12_000, 12_681, 50_000, 200_000])
    for (const own of [0, 1, 300, 1000, MOST_OWN])
      for (const fresh of [false, true]) {
        const plan = planSynthetic(wanted, own, fresh, USER_LIMITS);
        const name = `${wanted} and ${own}`;
        expect(plan.perEpoch, name).toBeGreaterThan(0);
        const sets = plan.fresh ? 2 : 1;
        // By hand: training sets with own patches joined, two held-out parts, own ones as received and as split.
        const copies = sets * (plan.perEpoch + own) + 2 * plan.heldOut + 2 * own;
        expect(copies, name).toBeLessThanOrEqual(plan.atOnce);
        expect(plan.atOnce, name).toBeLessThanOrEqual(USER_LIMITS.most);
      }
});

test('the default run shows the same patches every epoch, with up to a thousand own ones too', () => {
  const plan = { perEpoch: 8000, fresh: false, heldOut: 1000 };
  expect(planSynthetic(8000, 0, false, USER_LIMITS)).toMatchObject(plan);
  expect(planSynthetic(8000, 1000, false, USER_LIMITS)).toMatchObject(plan);
});

test('so it does where it trains two networks, each within half the limit', () => {
  const half = { ...USER_LIMITS, most: USER_LIMITS.most / 2 };
  for (const own of [0, 500])
    expect(planSynthetic(4000, own, false, half)).toMatchObject({
      perEpoch: 4000,
      fresh: false,
      heldOut: 500,
    });
});

test("the factory's 60,000 patches are held at once, as its card says", () => {
  expect(planSynthetic(60_000, 0, false, FACTORY_LIMITS)).toEqual({
    perEpoch: 60_000,
    fresh: false,
    heldOut: 2000,
    atOnce: 64_000,
  });
});

function setOf(subjects: readonly string[]): PatchSet {
  return {
    count: subjects.length,
    pixels: Uint8Array.from(subjects, (_, i) => i),
    labels: Uint8Array.from(subjects, (name) => (name.startsWith('t') ? 1 : 0)),
    subjects,
    groups: subjects.map(() => 'spiral' as const),
  };
}

test('too many own patches: people with many give some, people with few give none', () => {
  const set = setOf(['r1', 'r1', 'r1', 'r1', 't1', 'r1', 'r1', 'r1', 'r1', 't2', 't2']);
  const thin = thinOwn(set, 5);
  expect(thin.subjects).toEqual(['r1', 't1', 'r1', 't2', 't2']);
  expect([...thin.pixels]).toEqual([0, 4, 5, 9, 10]);
  expect([...thin.labels]).toEqual([0, 1, 0, 1, 1]);
  expect(thinOwn(set, 11)).toBe(set);
});

test('more people than patches: some of each end', () => {
  const set = setOf(['r1', 'r2', 'r3', 't1', 't2', 't3']);
  expect(thinOwn(set, 3).subjects).toEqual(['r1', 'r3', 't2']);
});

test('the trainer is never sent more own patches than it may hold, and the user is told', async () => {
  const sent: TrainerRequest[] = [];
  const port: Port = {
    pid: 1,
    postMessage: (message) => void sent.push(message as TrainerRequest),
    onMessage: () => undefined,
    onClose: () => undefined,
    close: () => undefined,
  };
  const own = setOf(Array.from({ length: 2 * MOST_OWN }, (_, i) => `${i % 2 === 0 ? 'r' : 't'}${i % 10}`));
  const run = runTrainer(() => port, { ...SMALL, own }, new AbortController().signal);
  const { value } = await run.next();
  expect(value).toMatchObject({ kind: 'warning', message: expect.stringContaining('3,000 patches; 1,500') });
  expect(sent).toMatchObject([{ kind: 'start', own: { count: MOST_OWN } }]);
  await run.return(undefined);
});

test.runIf(process.platform === 'linux')(
  'a real trainer leaves room for the most patches a user can ask for',
  async () => {
    const peak = await peakOf(SMALL);
    const { atOnce } = planSynthetic(SMALL.recipe.synthetic.count, 0, false, USER_LIMITS);
    expect(peak + patchBytes(USER_LIMITS.most - atOnce)).toBeLessThan(PROMISE);
  },
  120_000,
);

/** Most bytes of resident memory a trainer ever had, up to its last word. */
function peakOf(request: TrainerRequest): Promise<number> {
  const port = spawnNode('trainer');
  return new Promise<number>((resolve, reject) => {
    port.onMessage((message) => {
      const event = message as TrainEvent;
      if (event.kind === 'failed') reject(new Error(event.error.message));
      if (event.kind !== 'done') return;
      const [, kibibytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${port.pid}/status`, 'utf8')) ?? [];
      resolve(1024 * Number(kibibytes));
    });
    port.onClose((reason) => reject(new Error(reason)));
    port.postMessage(request);
  }).finally(() => port.close());
}
