import { describe, expect, test } from 'vitest';
import type { TaskGroup } from '../../../src/base/words.ts';
import type { InkMap } from '../../../src/imaging/images.ts';
import { DEFAULT_SCALES, extractPatches } from '../../../src/imaging/patches.ts';
import type { MeasuredClock } from '../../../src/ink/clock-evidence.ts';
import { clockWitnessOf, readingOf } from '../../../src/screening/clock-witness.ts';
import { countPlaces, placesOf } from '../../../src/screening/count-places.ts';
import { verdictOf } from '../../../src/screening/decide.ts';
import { limitsFor } from '../../../src/screening/limits.ts';

const PULSE: MeasuredClock = {
  state: 'measured',
  strength: 3.456,
  amplitude: 0.8,
  peakHz: 5.123,
  rmsMm: 0.5,
  rmsUnits: 0.5,
  share: 0.812,
  peakRatio: 20,
  bandRmsUnits: 0.6,
  bandAmplitude: 1.08,
  leastSwingMm: 0.4,
  windows: 9,
  durationS: 12.34,
  rateHz: 200,
};

describe('clockWitnessOf', () => {
  test('a peak is a tremor with its swing from side to side, 2√2 times the rms', () => {
    expect(clockWitnessOf(PULSE)).toEqual({
      state: 'measured',
      says: 'tremor',
      strength: 3.46,
      peakHz: 5.12,
      swingMm: 1.414,
      swingPx: null,
      share: 0.81,
      durationS: 12.3,
    });
    expect(readingOf(PULSE)).toEqual({ strength: 3.456, amplitude: 0.8, band: 1.08, says: 'tremor' });
  });

  test('where the size is unknown the swing is told in pixels', () => {
    expect(clockWitnessOf({ ...PULSE, rmsMm: null, rmsUnits: 4 })).toMatchObject({
      swingMm: null,
      swingPx: 11.31,
    });
  });

  test('a calm, long recording without a peak shows none; a short one is unclear', () => {
    const calm = {
      ...PULSE,
      strength: 0.1,
      amplitude: 0,
      peakHz: null,
      rmsMm: null,
      rmsUnits: null,
      share: 0,
    };
    expect(clockWitnessOf(calm)).toMatchObject({ says: 'none', peakHz: null, swingMm: null, swingPx: null });
    expect(clockWitnessOf({ ...calm, windows: 1 })).toMatchObject({ says: 'unclear' });
  });

  test.each(['too-short', 'sampled-too-slowly', 'written-too-fast', 'clock-unusable'] as const)(
    '%s is not measured, which is not none',
    (reason) => {
      const evidence = { state: 'not-measured', reason, durationS: 2.12, neededS: 3, rateHz: 60 } as const;
      expect(clockWitnessOf(evidence)).toEqual({ ...evidence, durationS: 2.1 });
      expect(readingOf(evidence)).toBeNull();
    },
  );
});

describe('countPlaces', () => {
  const at = (x: number, y: number, scale = 1) => ({ x, y, side: 128 / scale, scale });

  test('of three scales only the middle one counts', () => {
    expect(countPlaces([at(0, 0, 0.9), at(500, 0, 0.9), at(0, 0), at(0, 0, 1.1), at(500, 0, 1.1)])).toBe(1);
  });

  test('neighbours that share half are two places, those that share more are one', () => {
    expect(countPlaces([at(0, 0), at(64, 0), at(128, 0)])).toBe(3);
    expect(countPlaces([at(0, 0), at(50, 0), at(100, 0)])).toBe(2);
    expect(countPlaces([at(0, 0), at(63, 0)])).toBe(1);
    expect(countPlaces([at(0, 0), at(0, 64)])).toBe(2);
  });

  test('rounding does not make two places one', () => {
    expect(countPlaces([at(0.1, 0), at(0.1 + 64 - 1e-12, 0)])).toBe(2);
  });

  test('nothing is no place', () => {
    expect(countPlaces([])).toBe(0);
  });
});

describe('placesOf', () => {
  const map = (width: number, height: number, isInk: (x: number, y: number) => boolean) => ({
    width,
    height,
    data: Float32Array.from({ length: width * height }, (_, i) =>
      isInk(i % width, Math.floor(i / width)) ? 1 : 0,
    ),
  });
  const cut = (ink: InkMap, group: TaskGroup) =>
    extractPatches(ink, group, { scales: DEFAULT_SCALES[group], pxPerMm: group === 'wave' ? 2.7 : null });
  const of = (ink: InkMap, group: TaskGroup) => placesOf(cut(ink, group), ink, group);

  test('of a whole spiral are its quarters', () => {
    const ring = map(200, 200, (x, y) => Math.abs(Math.hypot(x - 100, y - 100) - 80) < 1.5);
    expect(of(ring, 'spiral')).toBe(4);
  });

  test('of a line that is longer than a patch are two at least, of a shorter one it is one', () => {
    const line = (length: number) => map(400, 60, (x, y) => y === 30 && x >= 20 && x < 20 + length);
    expect(countPlaces(cut(line(120), 'wave'))).toBe(1);
    expect(of(line(120), 'wave')).toBe(2);
    expect(of(line(100), 'wave')).toBe(1);
  });
});

describe('limitsFor', () => {
  const band = { slope: 2, offset: 1, regularBelow: 0.3, tremorFrom: 0.7 };

  test('a model without working points has one band, which moves by a factor of two in the odds', () => {
    for (const medium of ['scan', 'recording'] as const) {
      expect(limitsFor(band, medium, 'balanced')).toEqual({ regularBelow: 0.3, tremorFrom: 0.7 });
      // Odds of 3 to 7 and 7 to 3, halved: 3 to 14 and 7 to 6; doubled: 6 to 7 and 14 to 3.
      expect(limitsFor(band, medium, 'high')).toEqual({ regularBelow: 0.18, tremorFrom: 0.54 });
      expect(limitsFor(band, medium, 'specific')).toEqual({ regularBelow: 0.46, tremorFrom: 0.82 });
    }
  });

  test('a working point is taken as it is', () => {
    const point = (tremorFrom: number) => ({ regularBelow: 0.2, tremorFrom, specificity: 1, sensitivity: 1 });
    const points = (from: number) => ({
      high: point(from),
      balanced: point(from + 0.1),
      specific: point(from + 0.2),
    });
    const workingPoints = { scan: points(0.5), recording: points(0.6) };
    expect(limitsFor({ ...band, workingPoints }, 'recording', 'high')).toEqual({
      regularBelow: 0.2,
      tremorFrom: 0.6,
    });
    expect(limitsFor({ ...band, workingPoints }, 'scan', 'specific').tremorFrom).toBeCloseTo(0.7, 12);
  });
});

test.each([
  [0, 'regular'],
  [0.2999, 'regular'],
  [0.3, 'inconclusive'],
  [0.6999, 'inconclusive'],
  [0.7, 'tremor-like'],
  [1, 'tremor-like'],
] as const)('a probability of %d is %s', (probability, verdict) => {
  expect(verdictOf(probability, { regularBelow: 0.3, tremorFrom: 0.7 })).toBe(verdict);
});
