import { afterEach, expect, test } from 'vitest';
import type { Port } from '../../../src/host/port.ts';
import { spawnNode } from '../../../src/host/spawn-node.ts';
import { decodeCheckpoint } from '../../../src/model/checkpoint-file.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import type { TrainerMessage, TrainerRequest } from '../../../src/model/trainer-protocol.ts';
import type { TrainEvent } from '../../../src/model/training-types.ts';
import { onlyWeights } from '../model/only-network.ts';

const ports: Port[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

const START: Extract<TrainerRequest, { kind: 'start' }> = {
  kind: 'start',
  recipe: {
    seed: 5,
    epochs: 2,
    fineTuneEpochs: 1,
    batchSize: 16,
    penalty: { kind: 'l0', a: 1 },
    targetSparsity: 0.9,
    paperForm: null,
    synthetic: { count: 64, kinds: ['wave'] },
    backend: 'cpu',
  },
  engines: [{ backend: 'cpu', threads: 1 }],
  startedOver: [],
  own: null,
  active: null,
  name: 'From a process',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
};

/** Starts a trainer and collects what it says up to its last word. */
function train(request: TrainerRequest, onEvent: (event: TrainEvent, port: Port) => void = () => undefined) {
  const port = spawnNode('trainer');
  ports.push(port);
  return new Promise<TrainEvent[]>((resolve, reject) => {
    const events: TrainEvent[] = [];
    port.onMessage((message) => {
      const event = message as TrainEvent;
      events.push(event);
      onEvent(event, port);
      if (event.kind === 'done' || event.kind === 'failed') resolve(events);
    });
    port.onClose((reason) => reject(new Error(reason)));
    port.postMessage(request);
  });
}

test('a process trains on synthetic patches and sends the finished model file', async () => {
  const events = await train(START);
  const done = events.at(-1);
  if (done?.kind !== 'done') throw new Error(JSON.stringify(done));
  const { card, ...bundle } = decodeModel(done.model, 'sent.spm');
  const zeros = onlyWeights(bundle)['fc/kernel']?.values.filter((value) => value === 0).length ?? 0;
  expect(zeros).toBeGreaterThanOrEqual(0.9 * 8192);
  expect(card.drawingMetrics?.wave?.samples).toBe(16);
  expect(card).toMatchObject({ name: 'From a process', fcZeros: zeros, metrics: { samples: 160 } });
  expect(events.map(({ kind }) => kind)).toContain('started');
  expect(events.filter(({ kind }) => kind === 'epoch').length).toBe(3);
});

test('a loss that is no number is the last word, after a checkpoint whose weights all are numbers', async () => {
  const paperForm = { lambda: 1e-35, beta: 1e-31, learningRate: 1e30 };
  const files: Uint8Array[] = [];
  const events = await train({ ...START, recipe: { ...START.recipe, paperForm } }, (event) => {
    const message = event as TrainerMessage;
    if (message.kind === 'checkpoint') files.push(message.file);
  });
  expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'non-finite-loss' });
  const { w } = decodeCheckpoint(files.at(-1) ?? new Uint8Array(), 'sent').state.state;
  expect(w.every(Number.isFinite)).toBe(true);
});

test('cancel while patches are made ends with the reason', async () => {
  const request = {
    ...START,
    recipe: { ...START.recipe, synthetic: { count: 20_000, kinds: ['wave' as const] } },
  };
  const events = await train(request, (event, port) => {
    if (event.kind === 'preparing') port.postMessage({ kind: 'cancel' });
  });
  expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'cancelled' });
});

test('cancel while whole drawings are looked at ends with the reason, without a model', async () => {
  const request = { ...START, recipe: { ...START.recipe, epochs: 1, fineTuneEpochs: 0 } };
  const events = await train(request, (event, port) => {
    if (event.kind === 'calibrating') port.postMessage({ kind: 'cancel' });
  });
  expect(events.map(({ kind }) => kind)).toContain('calibrating');
  expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'cancelled' });
});

test('a damaged active model is named instead of starting', async () => {
  const [event] = await train({ ...START, active: new Uint8Array(10) });
  expect(event).toMatchObject({
    kind: 'failed',
    error: { code: 'bad-model', message: expect.stringContaining('The active model') },
  });
});
