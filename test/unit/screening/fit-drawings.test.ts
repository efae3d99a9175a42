import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { SENSITIVITIES } from '../../../src/base/words.ts';
import { probabilityOf } from '../../../src/model/calibration.ts';
import { calibrationOf, type Calibration } from '../../../src/model/model-bundle.ts';
import type { JudgedDrawing } from '../../../src/screening/calibrate-drawings.ts';
import { decide } from '../../../src/screening/decide.ts';
import { fitDrawings, measureDrawings } from '../../../src/screening/fit-drawings.ts';

const patches = { slope: 1.5, offset: -1, regularBelow: 0.4, tremorFrom: 0.6 };
const FALLBACK = { spiral: patches, wave: patches, writing: patches } satisfies Calibration;

function drawingsOf(group: JudgedDrawing['group'], regular: number[], tremor: number[]): JudgedDrawing[] {
  const make = (tremorLike: boolean) => (logit: number, i: number) => ({
    group,
    logit,
    tremorLike,
    clear: true,
    medium: 'scan' as const,
    forLimits: false,
    careful: false,
    byHand: true,
    manyPlaces: true,
    waverLogOdds: 0,
    clock: null,
    subject: `${group}/${tremorLike ? 't' : 'r'}${i}`,
  });
  return [...regular.map(make(false)), ...tremor.map(make(true))];
}

test('the middle between mirrored classes becomes probability one half', () => {
  const regular = [-6, -5, -5, -4, -4, -3, -3, -2.5, -2, 0];
  const tremor = regular.map((logit) => -4 - logit); // mirrored at −2
  const { calibration, kept } = fitDrawings(drawingsOf('wave', regular, tremor), [], FALLBACK);
  expect(probabilityOf(-2, calibrationOf(calibration, 'wave'))).toBeCloseTo(0.5, 6);
  expect(kept).toEqual(['spiral', 'writing']);
  expect(calibration.spiral).toBe(patches);
});

test('too few drawings of one label keep the calibration there was', () => {
  const few = drawingsOf('spiral', [-3, -3, -3, -3, -3, -3, -3], [3, 3, 3, 3, 3, 3, 3, 3, 3]);
  expect(fitDrawings(few, [], FALLBACK)).toEqual({
    calibration: FALLBACK,
    kept: ['spiral', 'wave', 'writing'],
  });
});

test('faint tremor moves the curve but not the band', () => {
  const regular = Array.from({ length: 20 }, (_, i) => -3 + 0.05 * i);
  const clear = drawingsOf(
    'spiral',
    regular,
    Array.from({ length: 20 }, (_, i) => 2 + 0.05 * i),
  );
  const faint = drawingsOf(
    'spiral',
    [],
    Array.from({ length: 6 }, () => -2.6),
  ).map((drawing) => ({
    ...drawing,
    clear: false,
  }));
  const sharp = calibrationOf(fitDrawings(clear, [], FALLBACK).calibration, 'spiral');
  const blunt = calibrationOf(fitDrawings([...clear, ...faint], [], FALLBACK).calibration, 'spiral');
  expect(blunt.slope).toBeLessThan(sharp.slope);
  expect(blunt).toMatchObject({ regularBelow: 0.35, tremorFrom: 0.65 });
  const seen = faint.map((drawing) => ({ ...drawing, clear: true }));
  const counted = calibrationOf(fitDrawings([...clear, ...seen], [], FALLBACK).calibration, 'spiral');
  expect(counted.tremorFrom).toBeGreaterThan(0.65);
});

test('careful hands and clear tremor of both media give working points, measured crosswise', () => {
  const plain = drawingsOf('spiral', [-4, -4, -3, -3, -3, -2, -2, -2], [2, 2, 2, 3, 3, 3, 4, 4]);
  const hands = (['scan', 'recording'] as const).flatMap((medium) =>
    drawingsOf('spiral', [-3, -3, -2.5, -2, -2, -2, -1.5, -1], [2, 2, 2, 3, 3, 3, 4, 4]).map(
      (drawing): JudgedDrawing => ({
        ...drawing,
        medium,
        forLimits: true,
        careful: !drawing.tremorLike,
        clock:
          medium === 'scan'
            ? null
            : {
                strength: drawing.tremorLike ? 4 : 0,
                amplitude: drawing.tremorLike ? 1 : 0,
                band: 0,
                says: 'unclear',
              },
      }),
    ),
  );
  const { calibration } = fitDrawings([...plain, ...hands], hands, FALLBACK);
  const spiral = calibration.spiral!;
  const points = spiral.workingPoints!;
  for (const medium of ['scan', 'recording'] as const) {
    expect(points[medium].balanced).toMatchObject({ specificity: 1, sensitivity: 1 });
    expect(points[medium].balanced.regularBelow).toBeLessThan(points[medium].balanced.tremorFrom);
  }
  expect(spiral.tremorFrom).toBe(points.scan.balanced.tremorFrom);
  expect(fitDrawings(plain, [], FALLBACK).calibration.spiral!.workingPoints).toBeUndefined();
  // The line rests on plain pictures alone.
  expect(fitDrawings(plain, [], FALLBACK).calibration.spiral!.slope).toBe(spiral.slope);
  // Print is no hand.
  const printed = hands.map((drawing) => ({ ...drawing, byHand: false, logit: drawing.logit - 6 }));
  expect(fitDrawings([...plain, ...hands, ...printed], hands, FALLBACK).calibration.spiral).toEqual(spiral);
  expect(fitDrawings([...plain, ...printed], [], FALLBACK).calibration.spiral!.workingPoints).toBeUndefined();
  // Others take part in the limits, and not in the line.
  const shifted = hands.map((drawing) => ({ ...drawing, logit: drawing.logit + 9 }));
  const moved = fitDrawings([...plain, ...hands], shifted, FALLBACK).calibration.spiral!;
  expect(moved.slope).toBe(spiral.slope);
  expect(moved.workingPoints!.scan.balanced.tremorFrom).toBeGreaterThan(points.scan.balanced.tremorFrom);
  const alone = fitDrawings([...plain, ...hands], [], FALLBACK).calibration.spiral!.workingPoints!;
  expect(alone.scan.balanced).toMatchObject({ specificity: null, sensitivity: null });
});

test('limits are worth what verdicts at them are, the rules that hold them counted', () => {
  const rng = new Rng('verdicts at limits');
  const says = ['tremor', 'none', 'unclear'] as const;
  const drawn = drawingsOf(
    'wave',
    Array.from({ length: 60 }, () => -1 + rng.normal()),
    Array.from({ length: 60 }, () => 1 + rng.normal()),
  ).flatMap((drawing, i): JudgedDrawing[] => {
    const hand = {
      ...drawing,
      forLimits: true,
      careful: !drawing.tremorLike,
      manyPlaces: rng.chance(0.6),
      waverLogOdds: rng.chance(0.3) ? 2 : 0,
    };
    const strength = drawing.tremorLike ? 3 : 0.5;
    const clock = { strength, amplitude: 0.3, band: 0.2, says: says[i % 3]! };
    return [hand, { ...hand, medium: 'recording', clock }];
  });
  const plain = drawn.filter(({ medium }) => medium === 'scan').map((one) => ({ ...one, forLimits: false }));
  const all = [...plain, ...drawn];
  // Measured on the same hands again: by limits that they choose alone.
  const measured = fitDrawings(all, all, FALLBACK).calibration.wave!.workingPoints!;
  const { slope, offset, workingPoints } = fitDrawings(all, [], FALLBACK).calibration.wave!;
  for (const medium of ['scan', 'recording'] as const) {
    const own = [...(medium === 'scan' ? plain : []), ...drawn].filter((one) => one.medium === medium);
    for (const sensitivity of SENSITIVITIES) {
      const point = workingPoints![medium][sensitivity];
      const worth = measured[medium][sensitivity];
      const flagged = (tremorLike: boolean): number => {
        const hands = own.filter((one) => one.tremorLike === tremorLike);
        const verdicts = hands.map(({ group, logit, waverLogOdds, clock, manyPlaces }) => {
          const pictureLogOdds = slope * logit + offset + waverLogOdds;
          const limits = { scan: point, recording: point };
          const known = { taskKnown: true, maybeSideways: false, maybeNoPenLine: false };
          return decide({ group, pictureLogOdds, clock, manyPlaces, limits, ...known }).verdict;
        });
        return verdicts.filter((verdict) => verdict === 'tremor-like').length / hands.length;
      };
      expect(1 - worth.specificity!).toBeCloseTo(flagged(false), 12);
      expect(worth.sensitivity).toBeCloseTo(flagged(true), 12);
    }
  }
});

test('measures at one half of the calibrated probability', () => {
  // Slope 1, offset −1: the limit lies at logit 1. Two of three regular below it, three of four tremor-like above.
  const line = { ...patches, slope: 1, offset: -1 };
  const measured = measureDrawings(drawingsOf('writing', [0, 0.5, 1.2], [0.8, 2, 3, 4]), {
    ...FALLBACK,
    writing: line,
  });
  expect(Object.keys(measured)).toEqual(['writing']);
  expect(measured.writing).toMatchObject({ samples: 7, subjects: 7 });
  expect(measured.writing?.sensitivity).toBeCloseTo(3 / 4, 12);
  expect(measured.writing?.specificity).toBeCloseTo(2 / 3, 12);
  expect(measured.writing?.auc).toBeCloseTo(11 / 12, 12); // all pairs but (1.2, 0.8)
});
