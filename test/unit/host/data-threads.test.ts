import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { SyntheticKind } from '../../../src/base/words.ts';
import { DataThreads, threadsHere, type DataThreadsOptions } from '../../../src/host/data-threads.ts';
import { judgeDrawings, type JudgedDrawing } from '../../../src/screening/calibrate-drawings.ts';
import { drawingStreams } from '../../../src/screening/calibration-drawings.ts';
import { dataHash, makeSyntheticPatches } from '../../../src/synthetic/synthetic-patches.ts';
import { linearPredictor, modelWith } from '../screening/linear-predictor.ts';

const ALL: readonly SyntheticKind[] = ['fonts', 'handwriting', 'spiral', 'wave'];
const PROGRAMS = path.join(import.meta.dirname, 'programs');
const opened: DataThreads[] = [];
afterEach(() => {
  for (const threads of opened.splice(0)) threads.close();
  vi.restoreAllMocks();
});

function open(options: DataThreadsOptions): DataThreads {
  const threads = new DataThreads(options);
  opened.push(threads);
  return threads;
}

const PATCHES = { count: 150, kinds: ALL, seed: 9, part: 'train' } as const;

test('a machine has no threads or up to three', () => {
  expect([0, 2, 3]).toContain(threadsHere());
});

test('patches have the same bytes, subjects and order for any number of threads', async () => {
  const hashes: string[] = [];
  for (const threads of [0, 1, 3]) {
    const maker = open({ threads }).patches;
    hashes.push(dataHash(await makeSyntheticPatches({ ...PATCHES, count: 80, maker })));
  }
  const alone = dataHash(await makeSyntheticPatches({ ...PATCHES, count: 80 }));
  expect(hashes).toEqual([alone, alone, alone]);
});

test('drawings have the same logits for any number of threads', async () => {
  const model = await modelWith(linearPredictor((row, column) => 0.01 * (row - column) + 0.02));
  const streams = drawingStreams(ALL, { part: 'validation', seed: 3, perLabel: 2 });
  const all: JudgedDrawing[][] = [];
  for (const threads of [0, 2]) {
    const maker = open({ threads }).drawings;
    all.push(await judgeDrawings(model, streams, { maker, pause: () => Promise.resolve() }));
  }
  expect(all[0]).toHaveLength(12);
  expect(all[1]).toEqual(all[0]);
});

test('progress only grows, to the total', async () => {
  const calls: number[] = [];
  const maker = open({ threads: 2 }).patches;
  await makeSyntheticPatches({ ...PATCHES, maker, onProgress: (done) => calls.push(done) });
  expect(calls).toEqual(calls.toSorted((a, b) => a - b));
  expect(new Set(calls).size).toBe(calls.length);
  expect(calls.at(-1)).toBe(PATCHES.count);
});

test.each([0, 2])('a cancel ends the work of %i threads with the reason', async (threads) => {
  const controller = new AbortController();
  const { signal } = controller;
  const maker = open({ threads, signal }).patches;
  const onProgress = (): void => controller.abort();
  const work = makeSyntheticPatches({ ...PATCHES, count: 20_000, maker, signal, onProgress });
  await expect(work).rejects.toMatchObject({ code: 'cancelled' });
});

test('whoever takes the parts may stop it', async () => {
  const threads = open({ threads: 2 });
  const streams = drawingStreams(['wave'], { part: 'test', seed: 1, perLabel: 50 });
  let taken = 0;
  const work = threads.drawings(streams, () =>
    ++taken === 3 ? Promise.reject(new Error('enough')) : Promise.resolve(),
  );
  await expect(work).rejects.toThrow('enough');
  const after = threads.drawings(streams, () => Promise.resolve());
  await expect(after).rejects.toThrow('enough');
});

describe('a thread', () => {
  test.each([
    { seed: 1, reason: 'exit code 3' },
    { seed: 2, reason: 'no more ink' },
  ])('that ends by $reason is named, with what to do', async ({ seed, reason }) => {
    const maker = open({ threads: 2, program: path.join(PROGRAMS, 'dying-data-thread.ts') }).patches;
    const error: unknown = await makeSyntheticPatches({ ...PATCHES, seed, maker }).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'internal', subject: 'training' });
    expect(String(error)).toContain(reason);
    expect(String(error)).toContain('start the training again');
  });

  test('that cannot start is done without: the bytes are the same, and it is said', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const maker = open({ threads: 2, program: path.join(PROGRAMS, 'no-such-file.ts') }).patches;
    const set = await makeSyntheticPatches({ ...PATCHES, count: 40, maker });
    expect(dataHash(set)).toBe(dataHash(await makeSyntheticPatches({ ...PATCHES, count: 40 })));
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain('No data thread could be started');
  });
});
