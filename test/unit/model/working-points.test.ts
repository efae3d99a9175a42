import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { fitWorkingPoints, LEAST_HANDS, type JudgedHand } from '../../../src/model/working-points.ts';

/** Normal log-odds: careful regular hands about `regular`, clear tremor about `tremor`. */
function hands(count: number, regular: number, tremor: number): JudgedHand[] {
  const rng = new Rng('working points');
  return Array.from({ length: count }, () => [
    { logOdds: regular + rng.normal(), tremorLike: false, careful: true, clear: true },
    { logOdds: tremor + rng.normal(), tremorLike: true, careful: false, clear: true },
  ]).flat();
}

describe('fitWorkingPoints', () => {
  test('flags five careful writers of a hundred when balanced, ten when high, two when specific', () => {
    const points = fitWorkingPoints(hands(4000, 0.2, 2))!;
    expect(points.high.specificity).toBeCloseTo(0.9, 2);
    expect(points.balanced.specificity).toBeCloseTo(0.95, 2);
    expect(points.specific.specificity).toBeGreaterThanOrEqual(0.95);
    // 95 % of N(0.2, 1) lies below 0.2 + 1.645 = 1.845: p = 0.864.
    expect(points.balanced.tremorFrom).toBeCloseTo(0.864, 1);
    // Above that lie 56 % of N(2, 1).
    expect(points.balanced.sensitivity).toBeCloseTo(0.56, 1);
  });

  test('more sensitivity never raises the limit', () => {
    for (const gap of [0.5, 2, 6]) {
      const { high, balanced, specific } = fitWorkingPoints(hands(500, -gap, gap))!;
      expect(high.tremorFrom).toBeLessThanOrEqual(balanced.tremorFrom);
      expect(balanced.tremorFrom).toBeLessThanOrEqual(specific.tremorFrom);
      for (const point of [high, balanced, specific]) {
        expect(point.regularBelow).toBeLessThan(point.tremorFrom);
      }
    }
  });

  test('does not promise certainty where simulated hands lie far apart', () => {
    const { balanced } = fitWorkingPoints(hands(500, -8, 8))!;
    expect(balanced.tremorFrom).toBe(0.5);
    expect(balanced.regularBelow).toBe(0.4);
    expect(balanced).toMatchObject({ specificity: 1, sensitivity: 1 });
  });

  test('with few hands rests on their mean and spread', () => {
    const few = fitWorkingPoints(hands(30, 0, 3))!;
    const many = fitWorkingPoints(hands(4000, 0, 3))!;
    expect(Math.abs(few.balanced.tremorFrom - many.balanced.tremorFrom)).toBeLessThan(0.08);
  });

  test('regular hands that are not careful do not count, and too few give no working point', () => {
    const plain = hands(50, 0, 3).map((hand) => ({ ...hand, careful: false }));
    expect(fitWorkingPoints(plain)).toBeNull();
    expect(fitWorkingPoints(hands(LEAST_HANDS - 1, 0, 3))).toBeNull();
    expect(fitWorkingPoints(hands(LEAST_HANDS, 0, 3))).not.toBeNull();
  });
});
