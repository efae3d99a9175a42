/** What the factory model's verdicts do as a known tremor grows: the fast part of `test/bench/verdict.ts`, on hands of its own. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { taskGroupOf } from '../../../src/base/words.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { loadModelFile } from '../../../src/screening/load-model.ts';
import type { LoadedModel } from '../../../src/screening/screen-ink.ts';
import { median, screenGrey, screenRecording, type Bench, type Result } from '../../bench/verdict/bench.ts';
import {
  KNOWN_TASKS,
  knownPicture,
  knownRecording,
  type KnownTask,
} from '../../bench/verdict/known-drawings.ts';

const FACTORY = path.resolve(import.meta.dirname, '../../../assets/models/factory.spm');
const HANDS = [301, 302, 303];

let bench: Bench;
let model: LoadedModel;
beforeAll(async () => {
  model = await loadModelFile(await openEngine('cpu'), readFileSync(FACTORY), 'factory');
  bench = { model, modelFile: FACTORY, data: '', hands: HANDS.length, seed: 3, drawings: 0 };
});
afterAll(() => model.dispose?.());

async function recorded(task: KnownTask, swingMm: number, hz = 5): Promise<Result[]> {
  const results: Result[] = [];
  for (const hand of HANDS) {
    results.push(await screenRecording(bench, knownRecording({ task, hz, swingMm, hand }), null));
  }
  return results;
}

describe.each(KNOWN_TASKS)('a growing tremor of 5 Hz in a recording of %s', (task) => {
  test('never lowers the median probability, and is never regular from 1.5 mm on', async () => {
    let highest = 0;
    for (const swingMm of [0, 0.6, 1.5, 3, 6, 10]) {
      const results = await recorded(task, swingMm);
      const probability = median(results.map((result) => result.probability ?? 0.5));
      expect(probability, `${swingMm} mm`).toBeGreaterThan(highest - 0.05);
      highest = Math.max(highest, probability);
      const verdicts = results.map(({ verdict }) => verdict);
      if (swingMm === 0) expect(verdicts).not.toContain('tremor-like');
      if (swingMm >= 1.5) expect(verdicts).not.toContain('regular');
    }
    expect(highest).toBeGreaterThan(0.9);
  });
});

test.each(['line', 'wave', 'spiral-free'] as const)(
  'a picture of %s without tremor is never tremor-like, and with 2 and 4 mm nearly always',
  async (task) => {
    let found = 0;
    for (const hand of HANDS) {
      for (const swingMm of [0, 2, 4]) {
        const { verdict } = await screenGrey(bench, knownPicture({ task, hz: 5, swingMm, hand }).grey, task);
        if (swingMm === 0) expect(verdict, `hand ${hand}`).not.toBe('tremor-like');
        else if (verdict === 'tremor-like') found++;
      }
    }
    // The tremor of hand 301 runs along its line and leaves next to nothing to see.
    expect(found).toBeGreaterThanOrEqual(task === 'line' ? 4 : 6);
  },
);

test.each(KNOWN_TASKS)(
  'the network says the same of a recording of %s and of its strokes on paper',
  async (task) => {
    const apart: number[] = [];
    for (const hand of HANDS) {
      for (const swingMm of [0, 1, 2]) {
        const recording = knownRecording({ task, hz: 5, swingMm, hand });
        const drawn = rasterizeStrokes(recording.strokes, { pxPerUnit: 8, penWidthPx: 4, margin: 24 });
        const [pen, paper] = [
          await screenRecording(bench, recording, null),
          await screenGrey(bench, drawn, task, taskGroupOf(task) === 'wave' ? 8 : null),
        ];
        if (paper.picture !== null)
          apart.push(Math.abs(pen.picture!.probability - paper.picture.probability));
      }
    }
    expect(apart.length).toBeGreaterThanOrEqual(6);
    expect(median(apart)).toBeLessThan(0.05);
  },
);

test('words with a tremor that fills the letters are judged by the clock, not refused for too little or too small ink', async () => {
  for (const [hand, hz] of [
    [1100, 3.5],
    [1101, 5],
    [1103, 3.5],
  ] as const) {
    const recording = knownRecording({ task: 'words', hz, swingMm: 10, hand });
    const { verdict, clock } = await screenRecording(bench, recording, null);
    expect({ verdict, clock }).toMatchObject({ verdict: 'tremor-like', clock: { says: 'tremor' } });
  }
});

test('a recording too short to time is told so, and judged by its picture', async () => {
  const long = knownRecording({ task: 'spiral-free', hz: 5, swingMm: 2, hand: 301 });
  const short = {
    ...long,
    strokes: long.strokes.map(({ samples }) => ({
      samples: samples.filter((_, i) => i % 10 === 0).map((sample, i) => ({ ...sample, timeMs: 5 * i })),
    })),
  };
  const { clock, agreement, verdict } = await screenRecording(bench, short, null);
  expect(clock).toMatchObject({ state: 'not-measured', reason: 'too-short' });
  expect({ agreement, verdict }).toEqual({ agreement: 'picture-alone', verdict: 'tremor-like' });
});
