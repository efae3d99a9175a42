import { describe, expect, test } from 'vitest';
import { measureTremor } from '../../../src/ink/kinematics.ts';
import { clockWitnessOf } from '../../../src/screening/clock-witness.ts';
import { countPlaces } from '../../../src/screening/count-places.ts';
import { limitsFor, verdictOf } from '../../../src/screening/limits.ts';
import { recordingOf } from '../ink/make-recording.ts';

describe('clockWitnessOf', () => {
  const measures = {
    peakHz: 5.1,
    peakRatio: 8,
    amplitudeMmRms: 0.5,
    amplitudePxRms: null,
    rateHz: 200,
    durationS: 12,
    meanSpeedMmS: 30,
  };
  const nothing = { ...measures, peakHz: null, peakRatio: null, amplitudeMmRms: null };

  test('a peak is a tremor with its swing from side to side, 2√2 times the rms', () => {
    expect(clockWitnessOf(measures)).toEqual({
      state: 'measured',
      says: 'tremor',
      // Eight times the power: three doublings.
      strength: 3,
      peakHz: 5.1,
      swingMm: expect.closeTo(1.4142, 4),
      swingPx: null,
      share: null,
      durationS: 12,
    });
  });

  test('movement without a peak is no tremor and has no swing', () => {
    expect(clockWitnessOf({ ...measures, peakHz: null, peakRatio: 2 })).toMatchObject({
      state: 'measured',
      says: 'none',
      strength: 0,
      swingMm: null,
    });
  });

  test('a strength ends at 6', () => {
    expect(clockWitnessOf({ ...measures, peakRatio: 500 })).toMatchObject({ strength: 6 });
  });

  test.each([
    { reason: 'too-short', tremor: { ...nothing, durationS: 2.99 } },
    { reason: 'too-short', tremor: { ...nothing, durationS: 0, rateHz: null } },
    { reason: 'sampled-too-slowly', tremor: { ...nothing, rateHz: 24.9 } },
    { reason: 'sampled-too-slowly', tremor: { ...nothing, rateHz: 20, durationS: 1 } },
    { reason: 'written-too-fast', tremor: nothing },
  ])('$reason is not measured, which is not none', ({ reason, tremor }) => {
    expect(clockWitnessOf(tremor)).toEqual({
      state: 'not-measured',
      reason,
      durationS: tremor.durationS,
      neededS: 3,
      rateHz: tremor.rateHz,
    });
  });

  test('many quick short strokes are written too fast', () => {
    const quick = recordingOf({ seconds: 8, rateHz: 100, at: (s) => [10 * s, 0] });
    const samples = quick.strokes.flatMap((stroke) => stroke.samples);
    const strokes = Array.from({ length: 40 }, (_, i) => ({
      // 0.15 s each, and a pause of half a second.
      samples: samples.slice(i * 16, (i + 1) * 16).map((at) => ({ ...at, timeMs: at.timeMs + 500 * i })),
    }));
    const { measures, warnings } = measureTremor({ ...quick, strokes });
    expect(measures.durationS).toBeGreaterThan(3);
    expect(clockWitnessOf(measures)).toMatchObject({ state: 'not-measured', reason: 'written-too-fast' });
    expect(warnings).toEqual([{ code: 'short-recording', durationS: measures.durationS, neededS: 3 }]);
  });
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

test('the limits are those of the model, whatever the medium and the sensitivity', () => {
  const calibration = { slope: 2, offset: 1, regularBelow: 0.3, tremorFrom: 0.7 };
  for (const medium of ['scan', 'recording'] as const) {
    for (const sensitivity of ['high', 'balanced', 'specific'] as const) {
      expect(limitsFor(calibration, medium, sensitivity)).toEqual({ regularBelow: 0.3, tremorFrom: 0.7 });
    }
  }
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
