import { describe, expect, test } from 'vitest';
import { binomialError, meanInterval, tQuantile } from '../../../src/reproduction/mean-interval.ts';

// From printed tables of Student's t, two-sided 95 %.
test.each([
  [1, 12.7062],
  [2, 4.3027],
  [3, 3.1824],
  [4, 2.7764],
  [5, 2.5706],
  [9, 2.2622],
  [10, 2.2281],
  [29, 2.0452],
  [30, 2.0423],
  [120, 1.9799],
])('tQuantile of %i degrees of freedom is %f', (degrees, want) => {
  expect(tQuantile(degrees)).toBeCloseTo(want, 4);
});

describe('meanInterval', () => {
  test('of three values: 4.3027 · s / √3', () => {
    // Deviations −0.01, 0, 0.01: s = 0.01, half = 4.3027 · 0.01 / 1.7320508 = 0.0248414.
    const { n, mean, half, least, most } = meanInterval([0.98, 0.99, 1]);
    expect({ n, least, most }).toEqual({ n: 3, least: 0.98, most: 1 });
    expect(mean).toBeCloseTo(0.99, 12);
    expect(half).toBeCloseTo(0.0248414, 6);
  });

  test('of two values: 12.7062 · half their distance', () => {
    expect(meanInterval([0.9, 0.92]).half).toBeCloseTo(0.127062, 5);
  });

  test('one value has none', () => {
    expect(meanInterval([0.93])).toEqual({ n: 1, mean: 0.93, half: null, least: 0.93, most: 0.93 });
  });

  test('equal values have an interval without width around exactly that value', () => {
    expect(meanInterval([0.1, 0.1, 0.1])).toEqual({ n: 3, mean: 0.1, half: 0, least: 0.1, most: 0.1 });
  });

  test.each([[[]], [[0.5, Number.NaN]]])('refuses %j', (values) => {
    expect(() => meanInterval(values)).toThrow(RangeError);
  });
});

describe('binomialError', () => {
  test('√(p (1 − p) / n)', () => {
    expect(binomialError(0.9, 2500)).toBeCloseTo(0.006, 12);
  });

  test('without a wrong patch it is that of one wrong patch', () => {
    // √((1/100)(99/100)/100) = 0.0099499.
    expect(binomialError(1, 100)).toBeCloseTo(0.0099499, 7);
    expect(binomialError(0, 100)).toBeCloseTo(0.0099499, 7);
  });
});
