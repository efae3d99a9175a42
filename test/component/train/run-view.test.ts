import { expect, test } from 'vitest';
import type { RunEvent } from '../../../renderer/api/types.ts';
import { progressText } from '../../../renderer/screens/train/run-words.ts';
import { EMPTY_RUN, foldRunEvent, progressOf, remainingMs } from '../../../renderer/state/run-view.ts';
import { anEpoch, aStart } from './events.ts';

const fold = (events: readonly RunEvent[]) => events.reduce(foldRunEvent, EMPTY_RUN);
const step = (epoch: number, at: number, loss: number): RunEvent => ({
  kind: 'step',
  epoch,
  step: at,
  steps: 10,
  loss,
  imagesPerSecond: 900,
  remainingMs: 30_000,
});

test('progress counts steps inside an epoch and whole epochs at its end', () => {
  expect(progressOf(fold([{ kind: 'preparing', done: 250, total: 1000 }]))).toBe(0.25);
  expect(progressOf(fold([aStart({ epochs: 4 })]))).toBe(0);
  expect(progressOf(fold([aStart({ epochs: 4 }), step(1, 5, 0.6)]))).toBe(0.125);
  const afterOne = fold([aStart({ epochs: 4 }), step(1, 10, 0.6), anEpoch({ epoch: 1, epochs: 4 })]);
  expect(progressOf(afterOne)).toBe(0.25);
});

test('looking at whole drawings has a progress of its own, and ends with the run', () => {
  const learnt = fold([aStart({ epochs: 1 }), anEpoch({ epoch: 1, epochs: 1 })]);
  expect(progressOf(learnt)).toBe(1);
  const calibrating = foldRunEvent(learnt, { kind: 'calibrating', done: 30, total: 120 });
  expect(calibrating.phase).toBe('calibrating');
  expect(progressOf(calibrating)).toBe(0.25);
  expect(progressText({ view: calibrating, lost: false })).toBe('Checking on whole drawings, 30 of 120');
});

test('time left is the newest word of the trainer', () => {
  const one = fold([aStart(), anEpoch({ epoch: 1, remainingMs: 70_000 })]);
  expect(remainingMs(one)).toBe(70_000);
  expect(remainingMs(foldRunEvent(one, step(2, 1, 0.5)))).toBe(30_000);
});

test('the loss curve stays short, keeps its mean and ends at the newest step', () => {
  const steps = Array.from({ length: 1000 }, (_, i) => step(1 + Math.floor(i / 10), (i % 10) + 1, i % 2));
  const { losses } = fold(steps);
  expect(losses.length).toBeLessThanOrEqual(401);
  expect(losses.length).toBeGreaterThan(100);
  const mean = losses.reduce((sum, { y }) => sum + y, 0) / losses.length;
  expect(mean).toBeCloseTo(0.5, 1);
  expect(losses.at(-1)?.x).toBeCloseTo(100, 0);
});
