import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import {
  bandOf,
  DEFAULT_LIMITS,
  fitCalibration,
  NO_CALIBRATION,
  probabilityOf,
} from '../../../src/model/calibration.ts';

/** Labels drawn from a known logistic curve over logits. */
function drawn(slope: number, offset: number, count: number): [Float32Array, Uint8Array] {
  const rng = new Rng(`curve ${slope} ${offset}`);
  const logits = Float32Array.from({ length: count }, () => rng.between(-4, 4) - offset / slope);
  const labels = Uint8Array.from(logits, (logit) =>
    rng.chance(1 / (1 + Math.exp(-(slope * logit + offset)))) ? 1 : 0,
  );
  return [logits, labels];
}

test.each([
  { slope: 1.5, offset: 0 },
  { slope: 0.6, offset: -2 },
])('finds the curve that made the labels: slope $slope, offset $offset', ({ slope, offset }) => {
  const fitted = fitCalibration(...drawn(slope, offset, 20_000));
  expect(fitted.slope / slope).toBeCloseTo(1, 1);
  expect(Math.abs(fitted.offset - offset)).toBeLessThan(0.1);
  expect(fitted.regularBelow).toBeLessThan(fitted.tremorFrom);
});

test('classes that do not overlap stay finite, and a reversed logit never gets a negative slope', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 1));
  const apart = fitCalibration(
    Float32Array.from(labels, (label) => (label === 1 ? 30 : -30)),
    labels,
  );
  expect(probabilityOf(30, apart)).toBeGreaterThan(0.9);
  expect(Number.isFinite(apart.slope)).toBe(true);
  const reversed = fitCalibration(
    Float32Array.from(labels, (label, i) => (label === 1 ? -1 : 1) + i / 100),
    labels,
  );
  expect(reversed.slope).toBeGreaterThan(0);
});

test('the midpoint does not depend on the mix of the classes', () => {
  const [logits, labels] = drawn(1.2, 0, 20_000);
  const keep = Array.from(labels.keys()).filter((i) => labels[i] === 0 || i % 10 === 0);
  const fitted = fitCalibration(
    Float32Array.from(keep, (i) => logits[i]!),
    Uint8Array.from(keep, (i) => labels[i]!),
  );
  expect(Math.abs(fitted.offset / fitted.slope)).toBeLessThan(0.25);
});

test('too few samples change nothing', () => {
  expect(fitCalibration(Float32Array.of(1, -1), Uint8Array.of(1, 0))).toBe(NO_CALIBRATION);
});

test('probabilities by hand, without overflow', () => {
  const line = { slope: 2, offset: -1, ...DEFAULT_LIMITS };
  expect(probabilityOf(0.5, line)).toBe(0.5);
  expect(probabilityOf(1, line)).toBeCloseTo(1 / (1 + Math.exp(-1)), 12);
  expect(probabilityOf(-1e4, line)).toBe(0);
  expect(probabilityOf(1e4, line)).toBe(1);
});

test('two points by hand: the slope that the smoothed targets ask for', () => {
  // Nine of each label at ±1: targets 10/11 and 1/11, so slope = ln 10.
  const labels = Uint8Array.from({ length: 18 }, (_, i) => i % 2);
  const fitted = fitCalibration(
    Float32Array.from(labels, (label) => 2 * label - 1),
    labels,
  );
  expect(fitted.slope).toBeCloseTo(Math.log(10), 4);
  expect(fitted.offset).toBeCloseTo(0, 6);
});

test('classes that lie close and yet apart get no steeper curve than e⁴ a unit', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
  const fitted = fitCalibration(
    Float32Array.from(labels, (label) => 0.2 * label),
    labels,
  );
  expect(fitted.slope).toBe(4);
  expect(probabilityOf(0.1, fitted)).toBeCloseTo(0.5, 6);
});

describe('the inconclusive band', () => {
  /** `wrong` of ten regular ones at `p`, the others at 0.1; ten tremor-like at 0.9. */
  const withWrong = (wrong: number, p: number) =>
    bandOf(
      [
        ...Array.from({ length: 10 }, (_, i) => (i < wrong ? p : 0.1)),
        ...Array.from({ length: 10 }, () => 0.9),
      ],
      Array.from({ length: 20 }, (_, i) => (i < 10 ? 0 : 1)),
    );
  test.each([
    { at: 'classes apart: the narrowest', wrong: 0, p: 0.5, want: { regularBelow: 0.35, tremorFrom: 0.65 } },
    { at: 'one in ten wrong is allowed', wrong: 1, p: 0.99, want: { regularBelow: 0.35, tremorFrom: 0.65 } },
    {
      at: 'two in ten: just wide enough',
      wrong: 2,
      p: 0.705,
      want: { regularBelow: 0.29, tremorFrom: 0.71 },
    },
    { at: 'never wider than 0.2–0.8', wrong: 2, p: 0.99, want: { regularBelow: 0.2, tremorFrom: 0.8 } },
  ])('$at', ({ wrong, p, want }) => {
    expect(withWrong(wrong, p)).toEqual(want);
  });

  test('wrong tremor-like samples widen it as well, on both sides', () => {
    const probabilities = [...Array.from({ length: 8 }, () => 0.05), 0.255, 0.255, 0.9, 0.9, 0.9];
    const labels = [...Array.from({ length: 8 }, () => 0), 1, 1, 1, 1, 1];
    expect(bandOf(probabilities, labels)).toEqual({ regularBelow: 0.25, tremorFrom: 0.75 });
  });
});
