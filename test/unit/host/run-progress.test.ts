import { expect, test } from 'vitest';
import type { RunEvent } from '../../../src/api/contract.ts';
import { NO_PROGRESS, progressAfter } from '../../../src/host/run-progress.ts';

const started = {
  kind: 'started',
  backend: 'cpu',
  backendDetail: '',
  parameters: 1,
  fcWeights: 1,
  trainCount: 1,
  validationCount: 1,
  testCount: 1,
  epochs: 10,
} as const;
const step = { kind: 'step', loss: 1, imagesPerSecond: 1, remainingMs: 1, steps: 4 } as const;

test.each<{ at: string; events: readonly RunEvent[]; want: number | null }>([
  { at: 'nothing said', events: [], want: null },
  { at: 'making pictures', events: [{ kind: 'preparing', done: 5, total: 9 }], want: null },
  { at: 'the first step', events: [started], want: 0 },
  { at: 'half of the third epoch', events: [started, { ...step, epoch: 3, step: 2 }], want: 0.25 },
  { at: 'going on after 6 epochs', events: [{ ...started, epochsDone: 6 }], want: 0.6 },
  {
    at: 'a warning',
    events: [
      { ...started, epochsDone: 6 },
      { kind: 'warning', message: '' },
    ],
    want: 0.6,
  },
  { at: 'whole drawings', events: [started, { kind: 'calibrating', done: 1, total: 9 }], want: 1 },
  {
    at: 'starting over on another engine',
    events: [started, { ...step, epoch: 3, step: 2 }, { kind: 'preparing', done: 0, total: 9 }],
    want: null,
  },
])('$at: $want', ({ events, want }) => {
  expect(events.reduce(progressAfter, NO_PROGRESS).fraction).toBe(want);
});
