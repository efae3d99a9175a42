import { describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../renderer/api/types.ts';
import { progressText } from '../../../renderer/screens/train/run-words.ts';
import {
  EMPTY_RUN,
  foldRunEvent,
  networkNow,
  progressOf,
  remainingMs,
  viewOfNetwork,
} from '../../../renderer/state/run-view.ts';
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

test('while engines are measured it says so, and how far it is', () => {
  const view = fold([{ kind: 'measuring', done: 1, total: 4 }]);
  expect(view.phase).toBe('measuring');
  expect(progressOf(view)).toBe(0.25);
  expect(progressText({ view, lost: false })).toBe('Finding the fastest engine, 1 of 4 measured');
});

test('a run that starts over on another engine has empty curves, its new engine, and its warning', () => {
  const message = 'The backend webgpu failed in epoch 2: the device was lost. Training starts over on cpu.';
  const over = fold([
    aStart({ backend: 'webgpu' }),
    step(1, 5, 0.7),
    anEpoch({ epoch: 1 }),
    step(2, 5, 0.6),
    { kind: 'calibrating', done: 1, total: 9 },
    { kind: 'warning', message },
    aStart({ backend: 'cpu' }),
  ]);
  expect(over).toEqual({ ...fold([aStart({ backend: 'cpu' })]), warnings: [message] });
  expect(progressOf(over)).toBe(0);
  expect(progressText({ view: over, lost: false })).toBe('Epoch 1 of 3');
  const again = foldRunEvent(foldRunEvent(over, step(1, 5, 0.5)), anEpoch({ epoch: 1, loss: 0.5 }));
  expect(again.losses).toEqual([{ x: 0.5, y: 0.5 }]);
  expect(again.epochs.map(({ epoch, loss }) => [epoch, loss])).toEqual([[1, 0.5]]);
});

test('a run that goes on from a checkpoint on another engine keeps its curves up to there', () => {
  const before = [aStart({ backend: 'webgpu' }), step(1, 5, 0.7), anEpoch({ epoch: 1 })];
  const over = fold([...before, step(2, 5, 0.6), aStart({ backend: 'cpu', epochsDone: 1 })]);
  expect(over.started?.backend).toBe('cpu');
  expect(over.epochs.map(({ epoch }) => epoch)).toEqual([1]);
  expect(over.losses).toEqual([{ x: 0.5, y: 0.7 }]);
});

test('a trainer that follows one that died makes its pictures again, without the old curves', () => {
  const view = fold([aStart(), anEpoch({ epoch: 1 }), { kind: 'preparing', done: 1, total: 4 }]);
  expect([view.phase, view.epochs, view.started]).toEqual(['preparing', [], null]);
  expect(progressOf(view)).toBe(0.25);
});

describe('a run of two networks', () => {
  const two = aStart({ networks: ['figures', 'writing'], epochs: 4, fcWeights: 32_768 });
  const epoch = (number: number, change: Parameters<typeof anEpoch>[0] = {}): RunEvent =>
    anEpoch({ network: number <= 2 ? 'figures' : 'writing', epoch: number, epochs: 4, ...change });

  test('the sentence names the network that learns and counts its own epochs', () => {
    const first = fold([two, step(1, 5, 0.6)]);
    expect(progressText({ view: first, lost: false })).toMatch(/^Figures: epoch 1 of 2 · /);
    const second = fold([two, epoch(1), epoch(2, { phase: 'fine-tune' })]);
    expect(networkNow(second)).toBe('writing');
    expect(progressText({ view: second, lost: false })).toMatch(/^Writing: epoch 1 of 2 · /);
    expect(progressText({ view: second, lost: false })).not.toContain('fine-tuning');
    expect(progressOf(second)).toBe(0.5);
  });

  test('each has its own curves, from its first epoch on', () => {
    const view = fold([
      two,
      step(1, 5, 0.6),
      epoch(1),
      epoch(2),
      step(3, 5, 0.4),
      epoch(3, { fcZeros: 0.7 }),
    ]);
    const figures = viewOfNetwork(view, 'figures');
    expect(figures.epochs.map((report) => [report.epoch, report.epochs])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(figures.losses).toEqual([{ x: 0.5, y: 0.6 }]);
    const writing = viewOfNetwork(view, 'writing');
    expect(writing.epochs).toMatchObject([{ epoch: 1, epochs: 2, fcZeros: 0.7 }]);
    expect(writing.losses).toEqual([{ x: 0.5, y: 0.4 }]);
    expect(writing.started).toMatchObject({ epochs: 2, fcWeights: 16_384 });
  });

  test('the last epoch of all belongs to the last network', () => {
    const view = fold([two, epoch(1), epoch(2), epoch(3), epoch(4)]);
    expect(networkNow(view)).toBe('writing');
    expect(viewOfNetwork(view, 'writing').epochs.length).toBe(2);
  });
});

test('a run of before, whose events name no network, is shown as it is', () => {
  const view = fold([aStart(), anEpoch({ epoch: 1 })]);
  expect(networkNow(view)).toBeNull();
  expect(viewOfNetwork(view, null)).toBe(view);
  expect(progressText({ view, lost: false })).toMatch(/^Epoch 2 of 3/);
});
