import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { bootstrapAuc, heldOutMetrics, rocAuc } from '../../../src/model/metrics.ts';
import { rankingOf, rocCurve } from '../../../src/model/roc.ts';

test('the ROC curve by hand: one point per distinct logit, a tie is one step', () => {
  const logits = Float32Array.of(3, 1, 2, 2, -1);
  const labels = Uint8Array.of(1, 0, 1, 0, 0);
  expect(rocCurve(logits, labels)).toEqual([
    { threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 },
    { threshold: 3, falsePositiveRate: 0, truePositiveRate: 1 / 2 },
    { threshold: 2, falsePositiveRate: 1 / 3, truePositiveRate: 1 },
    { threshold: 1, falsePositiveRate: 2 / 3, truePositiveRate: 1 },
    { threshold: -1, falsePositiveRate: 1, truePositiveRate: 1 },
  ]);
  expect(() => rocCurve(logits, new Uint8Array(5))).toThrow(/both classes/);
});

test('every point is what flagging from its threshold on gives, and the trapezoids under them are the AUC', () => {
  const rng = new Rng('roc');
  for (let round = 0; round < 10; round++) {
    const labels = Uint8Array.from({ length: 50 }, (_, i) => (i < 2 ? i : rng.int(2)));
    const logits = Float32Array.from(labels, (label) => Math.round(2 * (rng.normal() + label)) / 2);
    const points = rocCurve(logits, labels);
    const rateFrom = (threshold: number, label: number): number => {
      const own = [...logits].filter((_, i) => labels[i] === label);
      return own.filter((logit) => logit >= threshold).length / own.length;
    };
    let area = 0;
    for (const [i, { threshold, falsePositiveRate, truePositiveRate }] of points.entries()) {
      expect(falsePositiveRate).toBeCloseTo(rateFrom(threshold, 0), 12);
      expect(truePositiveRate).toBeCloseTo(rateFrom(threshold, 1), 12);
      const before = points[i - 1];
      if (before === undefined) continue;
      area +=
        ((falsePositiveRate - before.falsePositiveRate) * (truePositiveRate + before.truePositiveRate)) / 2;
    }
    expect(points.at(-1)).toMatchObject({ falsePositiveRate: 1, truePositiveRate: 1 });
    expect(area).toBeCloseTo(rocAuc(logits, labels), 12);
  }
});

test('a logit that is NaN has no place in an order, infinite ones do', () => {
  const labels = Uint8Array.of(0, 1, 0, 1);
  const subjects = ['a', 'b', 'c', 'd'];
  const logits = Float32Array.of(1, NaN, -1, 2);
  expect(() => rankingOf(logits)).toThrow(RangeError);
  expect(() => rocCurve(logits, labels)).toThrow(/NaN/);
  expect(() => rocAuc(logits, labels)).toThrow(/NaN/);
  expect(() => bootstrapAuc(logits, labels, subjects, new Rng('nan'))).toThrow(/NaN/);
  expect(() => heldOutMetrics(logits, labels, subjects)).toThrow(/NaN/);
  expect(rocAuc(Float32Array.of(-Infinity, Infinity, -Infinity, 0), labels)).toBe(1);
});
