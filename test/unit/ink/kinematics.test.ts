import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readRecording } from '../../../src/ink/formats/read-recording.ts';
import { measureTremor } from '../../../src/ink/kinematics.ts';
import { recordingOf, spiral, withTremor } from './make-recording.ts';

/** rms of a straight swing of half width 1 mm. */
const RMS_OF_1_MM = 1 / Math.SQRT2;

describe('a known tremor', () => {
  test.each([4, 5, 6, 7, 8, 9, 10])('of %i Hz on a spiral is found at its frequency and size', (hz) => {
    const at = withTremor(spiral(15), hz, 1);
    const { measures, warnings } = measureTremor(recordingOf({ seconds: 15, rateHz: 133, at }));
    expect(measures.peakHz).toBeGreaterThan(hz - 0.2);
    expect(measures.peakHz).toBeLessThan(hz + 0.2);
    expect(measures.amplitudeMmRms! / RMS_OF_1_MM).toBeGreaterThan(0.9);
    expect(measures.amplitudeMmRms! / RMS_OF_1_MM).toBeLessThan(1.1);
    expect(warnings).toEqual([]);
  });

  test.each([40, 60, 200])('of 5 Hz is measured alike at %i samples a second', (rateHz) => {
    const at = withTremor(spiral(10), 5, 0.4);
    const { measures } = measureTremor(recordingOf({ seconds: 10, rateHz, at }));
    expect(measures.peakHz).toBeCloseTo(5, 0);
    expect(measures.amplitudeMmRms! / (0.4 * RMS_OF_1_MM)).toBeGreaterThan(0.85);
    expect(measures.amplitudeMmRms! / (0.4 * RMS_OF_1_MM)).toBeLessThan(1.15);
    expect(measures.rateHz).toBeCloseTo(rateHz, 0);
  });

  test('in pixels of unknown size has an amplitude in pixels only', () => {
    const mm = recordingOf({ seconds: 10, rateHz: 100, at: withTremor(spiral(10), 6, 1) });
    const { measures, warnings } = measureTremor({ ...mm, unit: 'px', mmPerUnit: null });
    expect(measures.amplitudePxRms! / RMS_OF_1_MM).toBeCloseTo(1, 1);
    expect(measures.amplitudeMmRms).toBeNull();
    expect(measures.meanSpeedMmS).toBeNull();
    expect(warnings.map(({ code }) => code)).toEqual(['size-unknown']);
  });

  test('of 5 Hz is found on a quick wave, apart from the wave itself', () => {
    const wave = (t: number) => [12 * t, 8 * Math.sin(2 * Math.PI * 0.85 * t)] as const;
    const { measures } = measureTremor(
      recordingOf({ seconds: 8, rateHz: 125, at: withTremor(wave, 5.6, 0.8) }, 'wave'),
    );
    expect(measures.peakHz).toBeCloseTo(5.6, 0);
  });
});

describe('no tremor', () => {
  test.each([4, 8, 16, 30])('stands out of a smooth spiral drawn in %i s', (seconds) => {
    const { measures } = measureTremor(recordingOf({ seconds, rateHz: 125, at: spiral(seconds) }));
    expect(measures.peakHz).toBeNull();
    expect(measures.amplitudeMmRms).toBeLessThan(0.1);
  });

  test('is seen in a squarish spiral, whose corners repeat four times a turn', () => {
    const at = (t: number) => {
      const angle = 2 * Math.PI * 0.9 * t;
      const radius = 10 + 1.2 * t;
      const square = 1 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
      const share = 1 + 0.6 * (square - 1);
      return [radius * share * Math.cos(angle), radius * share * Math.sin(angle)] as const;
    };
    expect(measureTremor(recordingOf({ seconds: 8, rateHz: 125, at })).measures.peakHz).toBeNull();
  });

  test('is seen in a zigzag of two strokes a second, whose third harmonic lies at 6 Hz', () => {
    const at = (t: number) => [10 * t, (12 / Math.PI) * Math.asin(Math.sin(4 * Math.PI * t))] as const;
    expect(measureTremor(recordingOf({ seconds: 8, rateHz: 125, at }, 'wave')).measures.peakHz).toBeNull();
  });

  test('is seen in letter loops written at 4.5 Hz', () => {
    const turn = 2 * Math.PI * 4.5;
    const at = (t: number) => [8 * t + 1.4 * Math.cos(turn * t), 2.5 * Math.sin(turn * t)] as const;
    expect(measureTremor(recordingOf({ seconds: 5, rateHz: 125, at }, 'loops')).measures.peakHz).toBeNull();
  });
});

describe('what cannot be judged', () => {
  test('a drawing under 3 s has no tremor measures and says why', () => {
    const at = withTremor(spiral(2), 6, 1);
    const { measures, warnings } = measureTremor(recordingOf({ seconds: 2, rateHz: 100, at }));
    expect(measures).toMatchObject({ peakHz: null, peakRatio: null, amplitudeMmRms: null });
    expect(measures.durationS).toBeCloseTo(2, 6);
    expect(warnings).toEqual([{ code: 'short-recording', durationS: measures.durationS, neededS: 3 }]);
  });

  test('a drawing under 25 samples a second has no tremor measures and says why', () => {
    const at = withTremor(spiral(10), 6, 1);
    const { measures, warnings } = measureTremor(recordingOf({ seconds: 10, rateHz: 20, at }));
    expect(measures).toMatchObject({ peakHz: null, peakRatio: null, amplitudeMmRms: null });
    expect(warnings).toEqual([
      {
        code: 'slow-sampling',
        rateHz: expect.closeTo(20, 6),
        neededHz: 25,
        visibleHz: expect.closeTo(8, 6),
      },
    ]);
  });

  test('a recording without strokes gives nulls, not NaN', () => {
    const empty = { ...recordingOf({ seconds: 4, rateHz: 50, at: spiral(4) }), strokes: [] };
    const { measures } = measureTremor(empty);
    expect(measures).toMatchObject({ peakHz: null, rateHz: null, meanSpeedMmS: null, durationS: 0 });
  });
});

test('speed is the length of the line over the time the pen is down', () => {
  const at = (t: number) => [30 * t, 40 * t] as const;
  const { measures } = measureTremor(recordingOf({ seconds: 4, rateHz: 100, at }, 'line'));
  expect(measures.meanSpeedMmS).toBeCloseTo(50, 6);
});

const FOLDER = new URL('../../../../shared/data/online_healthy/graphomotor/', import.meta.url);
const present = existsSync(FOLDER);
if (!present) console.warn('SKIPPED: no shared data folder, real spirals were not measured');

test.skipIf(!present)('real healthy spirals go through without NaN and without tremor', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.csv'));
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    const { measures } = measureTremor(readRecording(readFileSync(new URL(name, FOLDER)), name));
    for (const value of Object.values(measures)) expect(Number.isNaN(value), name).toBe(false);
    if (name.includes('spiral')) expect(measures.peakHz, name).toBeNull();
    expect(measures.rateHz, name).toBeGreaterThan(30);
  }
});
