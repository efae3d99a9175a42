import { expect, test } from 'vitest';
import type { Port } from '../../../src/host/port.ts';
import { runTrainer } from '../../../src/host/trainer-process.ts';

const START: Parameters<typeof runTrainer>[1] = {
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
