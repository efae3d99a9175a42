import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { PATCH_SIDE } from '../../../src/imaging/images.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import { calibrateModel, type CalibrationJob } from '../../../src/host/calibrate-model.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { untrainedModelFile } from './support/tiny-model.ts';

const FILE = untrainedModelFile('to calibrate', 3);
const JOB: CalibrationJob = {
  kinds: ['wave'],
  seed: 2,
  perLabel: 8,
  own: [],
  engine: await openEngine('cpu'),
  clock: nodeClock,
  pause: () => Promise.resolve(),
};

async function calibrate(file: Uint8Array, job: CalibrationJob) {
  const work = calibrateModel(file, job);
  const said: { done: number; total: number }[] = [];
  for (;;) {
    const next = await work.next();
    if (next.done === true) return { file: next.value, said };
    said.push(next.value);
  }
}

test('groups of the recipe are calibrated on whole drawings, the others keep theirs and the card says so', async () => {
  const { file, said } = await calibrate(FILE, JOB);
  const before = decodeModel(FILE, 'before');
  const after = decodeModel(file, 'after');
  expect(after.networks).toEqual(before.networks);
  expect(after.calibration.spiral).toEqual(before.calibration.spiral);
  expect(after.calibration.wave).not.toEqual(before.calibration.wave);
  expect(Object.keys(after.card.drawingMetrics ?? {})).toEqual(['wave']);
  expect(after.card.drawingMetrics?.wave).toMatchObject({ samples: 16, subjects: 16 });
  expect(after.card.notes).toEqual([
    'untrained',
    expect.stringMatching(/^Calibration: wave on whole drawings.*8 simulated drawings of each label/),
    expect.stringMatching(/^Calibration: spiral, writing on single validation patches/),
  ]);
  expect(said.at(-1)).toEqual({ kind: 'calibrating', done: 32, total: 32 });
  const again = await calibrate(file, JOB);
  expect(again.file).toEqual(file); // same seed, same calibration, and no note twice
});

test('without simulated kinds nothing changes but the notes', async () => {
  const { file, said } = await calibrate(FILE, { ...JOB, kinds: [] });
  expect(decodeModel(file, 'after').calibration).toEqual(decodeModel(FILE, 'before').calibration);
  expect(said).toEqual([]);
});

test('own held-out samples alone calibrate their group, one drawing for each person and label', async () => {
  const count = 16;
  const size = PATCH_SIDE * PATCH_SIDE;
  const rng = new Rng('own ink');
  const own: PatchSet = {
    count,
    pixels: Uint8Array.from({ length: count * size }, () => (rng.chance(0.05) ? 255 : 0)),
    labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
    subjects: Array.from({ length: count }, (_, i) => `person:${i >> 1}`),
    groups: Array.from({ length: count }, () => 'spiral' as const),
  };
  const after = decodeModel((await calibrate(FILE, { ...JOB, kinds: [], own: [own] })).file, 'after');
  expect(after.calibration.spiral).not.toEqual(decodeModel(FILE, 'before').calibration.spiral);
  expect(after.card.notes[1]).toMatch(
    /^Calibration: spiral on whole drawings.*: 16 own held-out drawings\.$/,
  );
});
