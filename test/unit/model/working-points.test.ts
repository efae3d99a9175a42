import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import {
  fitWorkingPoints,
  LEAST_HANDS,
  predictiveValues,
  type JudgedHand,
} from '../../../src/model/working-points.ts';

/** Normal log-odds: careful regular hands about `regular`, clear tremor about `tremor`. */
function hands(count: number, regular: number, tremor: number): JudgedHand[] {
  const rng = new Rng('working points');
  const free = { neverRegular: false, neverTremorLike: false, clear: true };
  return Array.from({ length: count }, () => [
    { ...free, logOdds: regular + rng.normal(), tremorLike: false, careful: true },
    { ...free, logOdds: tremor + rng.normal(), tremorLike: true, careful: false },
  ]).flat();
}

/** The same hands as two sets. */
const twice = (...of: Parameters<typeof hands>) => [hands(...of), hands(...of)];

describe('fitWorkingPoints', () => {
  test('flags five careful writers of a hundred when balanced, ten when high, two when specific', () => {
    const points = fitWorkingPoints(twice(4000, 0.2, 2))!;
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
      const { high, balanced, specific } = fitWorkingPoints(twice(500, -gap, gap))!;
      expect(high.tremorFrom).toBeLessThanOrEqual(balanced.tremorFrom);
      expect(balanced.tremorFrom).toBeLessThanOrEqual(specific.tremorFrom);
      for (const point of [high, balanced, specific]) {
        expect(point.regularBelow).toBeLessThan(point.tremorFrom);
      }
    }
  });

  test('does not promise certainty where simulated hands lie far apart', () => {
    const { balanced } = fitWorkingPoints(twice(500, -8, 8))!;
    expect(balanced.tremorFrom).toBe(0.5);
    expect(balanced.regularBelow).toBe(0.4);
    expect(balanced).toMatchObject({ specificity: 1, sensitivity: 1 });
  });

  test('with few hands rests on their mean and spread', () => {
    const few = fitWorkingPoints([hands(30, 0, 3)])!;
    const many = fitWorkingPoints([hands(4000, 0, 3)])!;
    expect(Math.abs(few.balanced.tremorFrom - many.balanced.tremorFrom)).toBeLessThan(0.08);
  });

  test('who is never flagged needs no limit, and who is never called regular is not missed', () => {
    const held = hands(2000, 0.2, 2).map((hand, i) => ({
      ...hand,
      // Nine in ten careful hands, by turns of two.
      neverTremorLike: !hand.tremorLike && i % 20 >= 2,
      neverRegular: hand.tremorLike,
    }));
    const { high, balanced } = fitWorkingPoints([held, held])!;
    expect(high.tremorFrom).toBe(0.35); // One in ten is all that may be flagged.
    // Half of the others lie above 0.2: p = 0.55.
    expect(balanced.tremorFrom).toBeCloseTo(0.55, 1);
    expect(balanced.specificity).toBeCloseTo(0.95, 2);
    // No tremor is called regular: the lower limit is as high as it may be, and no higher beside a higher upper one.
    expect(balanced.tremorFrom).toBeGreaterThan(0.55);
    expect(balanced.regularBelow).toBe(0.4);
    const unflagged = held.map((hand) => ({ ...hand, neverTremorLike: true, neverRegular: false }));
    expect(fitWorkingPoints([unflagged, unflagged])!.balanced).toMatchObject({
      specificity: 1,
      sensitivity: 0,
    });
  });

  test('what can only be inconclusive is counted, but does not move the limits', () => {
    const free = hands(2000, 0.2, 2);
    const doubtful = free.map((hand) => ({ ...hand, neverRegular: true, neverTremorLike: true }));
    const [alone, mixed] = [free, [...free, ...doubtful]].map((set) => fitWorkingPoints([set, set])!);
    for (const name of ['high', 'balanced', 'specific'] as const) {
      expect(mixed![name].tremorFrom).toBe(alone![name].tremorFrom);
      expect(mixed![name].regularBelow).toBe(alone![name].regularBelow);
      expect(1 - mixed![name].specificity!).toBeCloseTo((1 - alone![name].specificity!) / 2, 12);
      expect(mixed![name].sensitivity).toBeCloseTo(alone![name].sensitivity! / 2, 12);
    }
    expect(fitWorkingPoints([doubtful, doubtful])).toBeNull();
  });

  test('a single careful hand of eight that can be flagged is more than five in a hundred: the limit spares it', () => {
    // Its log-odds are 1, p = 0.731; the others are never flagged, however high they lie.
    const eight = hands(LEAST_HANDS, 0, 3).map((hand, i) =>
      hand.tremorLike ? hand : { ...hand, logOdds: i === 0 ? 1 : 5, neverTremorLike: i !== 0 },
    );
    const { high, balanced, specific } = fitWorkingPoints([eight])!;
    for (const point of [high, balanced, specific]) expect(point.tremorFrom).toBe(0.74);
  });

  test('regular hands that are not careful do not count, and too few give no working point', () => {
    const plain = hands(50, 0, 3).map((hand) => ({ ...hand, careful: false }));
    expect(fitWorkingPoints([plain])).toBeNull();
    expect(fitWorkingPoints([hands(LEAST_HANDS - 1, 0, 3)])).toBeNull();
    expect(fitWorkingPoints([hands(LEAST_HANDS, 0, 3)])).not.toBeNull();
  });
});

describe('two sets of hands', () => {
  const [near, far] = [hands(500, 0, 3), hands(500, 1, 5)];

  test('choose the limits together', () => {
    const [one, other, both] = [[near], [far], [near, far]].map((sets) => fitWorkingPoints(sets)!.balanced);
    expect(both!.tremorFrom).toBeGreaterThan(one!.tremorFrom);
    expect(both!.tremorFrom).toBeLessThan(other!.tremorFrom);
  });

  test('are each measured by limits that the other chooses, over the hands of both', () => {
    const { balanced } = fitWorkingPoints([near, far])!;
    const flagged = (own: readonly JudgedHand[], by: readonly JudgedHand[], tremorLike: boolean) => {
      const from = fitWorkingPoints([by])!.balanced.tremorFrom;
      return own.filter((hand) => hand.tremorLike === tremorLike && 1 / (1 + Math.exp(-hand.logOdds)) >= from)
        .length;
    };
    expect(1 - balanced.specificity!).toBeCloseTo(
      (flagged(near, far, false) + flagged(far, near, false)) / 1000,
      6,
    );
    expect(balanced.sensitivity).toBeCloseTo((flagged(near, far, true) + flagged(far, near, true)) / 1000, 6);
  });

  test('of which one has too few hands are not measured', () => {
    const unmeasured = { specificity: null, sensitivity: null };
    expect(fitWorkingPoints([near, hands(LEAST_HANDS - 1, 1, 5)])!.high).toMatchObject(unmeasured);
    expect(fitWorkingPoints([near, []])!.high).toMatchObject(unmeasured);
    expect(fitWorkingPoints([near])!.high).toMatchObject(unmeasured);
  });
});

describe('predictiveValues', () => {
  test.each([
    // 1,000 people, 100 with a tremor: 80 of them flagged, and 45 of the 900 others.
    { sensitivity: 0.8, specificity: 0.95, prevalence: 0.1, positive: 80 / 125, negative: 855 / 875 },
    { sensitivity: 0.8, specificity: 0.95, prevalence: 0.5, positive: 400 / 425, negative: 475 / 575 },
    { sensitivity: 0.8, specificity: 0.95, prevalence: 0, positive: 0, negative: 1 },
    { sensitivity: 0, specificity: 1, prevalence: 0.2, positive: null, negative: 0.8 },
    { sensitivity: 1, specificity: 0, prevalence: 0.2, positive: 0.2, negative: null },
  ])('at $sensitivity, $specificity and $prevalence', ({ positive, negative, prevalence, ...point }) => {
    const values = predictiveValues(point, prevalence);
    for (const [got, wanted] of [
      [values.positive, positive],
      [values.negative, negative],
    ] as const) {
      if (wanted === null) expect(got).toBeNull();
      else expect(got).toBeCloseTo(wanted, 12);
    }
  });

  test.each([-0.1, 1.1, NaN])('a prevalence of %s is refused', (prevalence) => {
    expect(() => predictiveValues({ sensitivity: 1, specificity: 1 }, prevalence)).toThrow(RangeError);
  });
});
