import { expect, test } from 'vitest';
import { EngineRates } from '../../../src/host/engine-rates.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import type { ProgramName, SpawnChild } from '../../../src/host/port.ts';
import { runTraining, type TrainingOrder } from '../../../src/host/run-training.ts';
import type { BackendName, TrainEvent } from '../../../src/model/training-types.ts';
import { scriptedSpawn } from './support/running-app.ts';

const ORDER: TrainingOrder = {
  recipe: {
    seed: 12,
    epochs: 2,
    fineTuneEpochs: 0,
    batchSize: 32,
    penalty: null,
    targetSparsity: 0,
    paperForm: null,
    synthetic: { count: 32, kinds: ['wave'] },
    backend: 'auto',
  },
  own: null,
  active: null,
  name: 'A run',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
};

/** Scripted children on a machine of two cores where these backends were found. */
function hostWith(found: readonly BackendName[]) {
  const programs: ProgramName[] = [];
  const scripted = scriptedSpawn();
  const spawn: SpawnChild = (program) => {
    programs.push(program);
    return scripted.spawn(program);
  };
  const described = found.map((name) => ({ name, found: true, detail: 'there', remedy: '' }));
  const machine = { describe: () => Promise.resolve(described), cores: () => 2 };
  const rates = new EngineRates({ home: '/no/such/home', spawn, clock: nodeClock, version: '1', machine });
  return { host: { spawn, rates }, programs };
}

async function run(
  found: readonly BackendName[],
  order: TrainingOrder = ORDER,
  onEvent: (event: TrainEvent, stop: () => void) => void = () => undefined,
) {
  const { host, programs } = hostWith(found);
  const stopping = new AbortController();
  const kinds: string[] = [];
  let fault: unknown = null;
  try {
    for await (const event of runTraining(host, order, stopping.signal)) {
      kinds.push(event.kind === 'started' ? `started on ${event.backend}` : event.kind);
      onEvent(event, () => stopping.abort(new Error('enough')));
    }
  } catch (thrown) {
    fault = thrown;
  }
  return { kinds, programs, fault };
}

test('auto measures first, in processes of their own, then trains on the fastest that works', async () => {
  const { kinds, programs } = await run(['cuda', 'cpu']); // cuda ends its process
  expect(programs).toEqual(['network-bench', 'network-bench', 'trainer']);
  expect(kinds.filter((kind) => kind !== 'measuring')[0]).toBe('started on cpu');
  expect(kinds.filter((kind) => kind === 'measuring').length).toBeGreaterThanOrEqual(3);
  expect(kinds.at(-1)).toBe('done');
});

test('a pinned backend is taken without a look at the others', async () => {
  const pinned = { ...ORDER, recipe: { ...ORDER.recipe, backend: 'webgpu' } } as const;
  const { kinds, programs } = await run(['cuda', 'webgpu', 'cpu'], pinned);
  expect(programs).toEqual(['trainer']);
  expect(kinds[0]).toBe('started on webgpu');
});

test('a cancel while a driver hangs ends the measuring, and no trainer starts', async () => {
  const { programs, fault } = await run(['webgpu', 'cpu'], ORDER, (event, stop) => {
    if (event.kind === 'measuring') setTimeout(stop, 300);
  });
  expect(fault).toMatchObject({ message: 'enough' });
  expect(programs).toEqual(['network-bench']);
});
