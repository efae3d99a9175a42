import { expect, test } from 'vitest';
import type { Port } from '../../../src/host/port.ts';
import { decodeCheckpoint } from '../../../src/model/checkpoint-file.ts';
import type { EngineChoice, StartRequest } from '../../../src/model/trainer-protocol.ts';
import type { TrainEvent } from '../../../src/model/training-types.ts';
import { scriptedSpawn } from './support/running-app.ts';
import { runTrainer, type KeepCheckpoint } from '../../../src/host/trainer-process.ts';

const START: StartRequest = {
  kind: 'start',
  recipe: {
    seed: 5,
    epochs: 1,
    fineTuneEpochs: 0,
    batchSize: 16,
    penalty: null,
    targetSparsity: 0,
    paperForm: null,
    synthetic: { count: 64, kinds: ['wave'] },
    backend: 'cpu',
  },
  engines: [{ backend: 'cpu', threads: 1 }],
  startedOver: [],
  own: null,
  active: null,
  name: 'A run',
  command: 'test',
  createdAt: '2026-01-01T00:00:00Z',
};

test('a cancel that meets a trainer whose end is not told yet ends the run and nothing else', async () => {
  let tellEnd: (reason: string) => void = () => undefined;
  let sent = 0;
  // As forkProgram's port in the moment between the child's disconnect and its exit.
  const ending: Port = {
    postMessage: () => {
      if (++sent > 1) throw new Error('the process has ended (disconnected)');
    },
    onMessage: () => undefined,
    onClose: (listener) => (tellEnd = listener),
    close: () => tellEnd('signal SIGKILL'),
  };
  const faults: unknown[] = [];
  const remember = (fault: unknown) => void faults.push(fault);
  process.on('uncaughtException', remember);
  const cancelling = new AbortController();
  try {
    const run = runTrainer(() => ending, START, cancelling.signal).next();
    cancelling.abort();
    await expect(run).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('SIGKILL'),
    });
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('uncaughtException', remember);
  }
  expect([sent, faults]).toEqual([2, []]);
});

const CPU: EngineChoice = { backend: 'cpu', threads: 2 };
const WEBGPU: EngineChoice = { backend: 'webgpu', threads: 1 };
const CUDA: EngineChoice = { backend: 'cuda', threads: 1 };

/** A run of real processes that behave as the seed says (programs/trainer.ts); what it said, and its fault. */
async function run(
  seed: number,
  engines: readonly EngineChoice[],
  signal = new AbortController().signal,
  keep?: KeepCheckpoint,
) {
  const { spawn, ports } = scriptedSpawn();
  const events: TrainEvent[] = [];
  const sent: unknown[] = [];
  const listening: typeof spawn = (program) => {
    const port = spawn(program);
    return { ...port, postMessage: (message) => (sent.push(message), port.postMessage(message)) };
  };
  let fault: unknown = null;
  try {
    const start = { ...START, recipe: { ...START.recipe, seed }, engines };
    for await (const event of runTrainer(listening, start, signal, keep)) events.push(event);
  } catch (thrown) {
    fault = thrown;
  }
  return { events, fault, processes: ports.length, sent };
}
const told = (events: readonly TrainEvent[]) =>
  events.map((event) => {
    if (event.kind === 'started') return `started on ${event.backend}`;
    return event.kind === 'warning' ? event.message : event.kind;
  });

test('a driver that takes the process along: a new process starts over on what is left, and says so', async () => {
  const { events, fault, processes, sent } = await run(6, [CUDA, CPU]);
  const message =
    'The backend cuda ended the training process in epoch 2: signal SIGSEGV. Training starts over on cpu.';
  expect(fault).toBeNull();
  expect(told(events)).toEqual([
    'started on cuda',
    'epoch',
    message,
    'started on cpu',
    'epoch',
    'step',
    'epoch',
    'done',
  ]);
  expect(processes).toBe(2);
  expect(sent).toMatchObject([
    { engines: [CUDA, CPU], startedOver: [] },
    { engines: [CPU], startedOver: [message] },
  ]);
});

test('a process that left a checkpoint is followed by one that goes on from it', async () => {
  const kept: Uint8Array[] = [];
  const { events, sent } = await run(8, [CUDA, CPU], undefined, (file) =>
    Promise.resolve(void kept.push(file)),
  );
  const message =
    'The backend cuda ended the training process in epoch 2: signal SIGSEGV. Training goes on from its last checkpoint on cpu.';
  expect(told(events)).toEqual([
    'started on cuda',
    'epoch',
    message,
    'started on cpu',
    'step',
    'epoch',
    'done',
  ]);
  expect(sent.at(-1)).toMatchObject({
    engines: [CPU],
    startedOver: [message],
    resume: { file: kept[0], otherwise: 'start' },
  });
  expect(decodeCheckpoint(kept[0] ?? new Uint8Array(), 'kept').state.state.epochsDone).toBe(1);
});

test('a checkpoint that cannot be kept is a warning, and training goes on', async () => {
  const full = () => Promise.reject(new Error('The disk is full.'));
  const { events, fault } = await run(8, [CPU], undefined, full);
  expect(fault).toBeNull();
  expect(told(events)).toEqual([
    'started on cpu',
    'epoch',
    'A checkpoint could not be kept: The disk is full. Training goes on; the checkpoint before stays as it was.',
    'step',
    'epoch',
    'done',
  ]);
});

test('one driver after the other: each has its process, the card hears of both, the processor is the last', async () => {
  const { events, processes, sent } = await run(6, [CUDA, WEBGPU, CPU]);
  expect(told(events).filter((line) => line.startsWith('started'))).toEqual([
    'started on cuda',
    'started on webgpu',
    'started on cpu',
  ]);
  expect(processes).toBe(3);
  expect(sent.at(-1)).toMatchObject({
    startedOver: [
      expect.stringContaining('The backend cuda ended'),
      expect.stringContaining('The backend webgpu ended'),
    ],
  });
});

test.each([
  { at: 'on the processor', engines: [CPU], processes: 1 },
  { at: 'on the processor too', engines: [WEBGPU, CPU], processes: 2 },
  { at: 'where there is no processor to go to', engines: [WEBGPU], processes: 1 },
])('a process that dies $at is the end, once', async ({ engines, processes }) => {
  const ended = await run(1, engines);
  expect(ended.fault).toMatchObject({ code: 'internal', message: expect.stringContaining('exit code 9') });
  expect(ended.processes).toBe(processes);
});

test('a cancel is no reason to start over', async () => {
  const cancelling = new AbortController();
  const running = run(3, [WEBGPU, CPU], cancelling.signal); // ignores the cancel, so that it is killed
  setTimeout(() => cancelling.abort('closing'), 500);
  const { processes, fault } = await running;
  expect(fault).not.toBeNull();
  expect(processes).toBe(1);
});
