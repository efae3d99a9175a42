import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { scoreLogits } from '../../../src/model/evaluate.ts';
import { bootstrapAuc, heldOutMetrics, rocAuc } from '../../../src/model/metrics.ts';

/** Every (tremor-like, regular) pair, one by one. */
function pairCount(logits: Float32Array, labels: Uint8Array): number {
  let ordered = 0;
  let pairs = 0;
  for (let i = 0; i < logits.length; i++) {
    for (let j = 0; j < logits.length; j++) {
      if (labels[i] !== 1 || labels[j] !== 0) continue;
      pairs++;
      ordered += logits[i]! > logits[j]! ? 1 : logits[i] === logits[j] ? 0.5 : 0;
    }
  }
  return ordered / pairs;
}

test('AUC counts pairs, ties as one half', () => {
  const rng = new Rng('auc');
  for (let round = 0; round < 20; round++) {
    const labels = Uint8Array.from({ length: 60 }, () => rng.int(2));
    const logits = Float32Array.from(labels, (label) => Math.round(3 * (rng.normal() + label)) / 3);
    expect(rocAuc(logits, labels)).toBeCloseTo(pairCount(logits, labels), 12);
  }
});

test('metrics by hand', () => {
  const logits = Float32Array.of(-1, 2, 3, -2, 0.5);
  const labels = Uint8Array.of(0, 0, 1, 1, 1);
  expect(heldOutMetrics(logits, labels, ['a', 'a', 'b', 'c', 'b'])).toMatchObject({
    samples: 5,
    subjects: 3,
    accuracy: 3 / 5,
    sensitivity: 2 / 3,
    specificity: 1 / 2,
    auc: 3 / 6, // 3 beats both, 0.5 beats −1, −2 beats none
  });
  expect(() => heldOutMetrics(logits, new Uint8Array(5), ['a', 'a', 'b', 'c', 'b'])).toThrow(/both classes/);
});

test('the score of logits by hand', () => {
  const { accuracy, loss } = scoreLogits(Float32Array.of(2, -1), Uint8Array.of(1, 1));
  expect(accuracy).toBe(0.5);
  expect(loss).toBeCloseTo((Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.E)) / 2, 6);
});

test('the bootstrap interval holds the AUC, is the same every time, and widens with fewer people', () => {
  const rng = new Rng('bootstrap');
  const labels = Uint8Array.from({ length: 400 }, (_, i) => i % 2);
  const logits = Float32Array.from(labels, (label) => rng.normal() + 1.2 * label);
  const many = bootstrapAuc(
    logits,
    labels,
    Array.from(labels, (_, i) => `${i}`),
    new Rng(1),
  );
  const few = bootstrapAuc(
    logits,
    labels,
    Array.from(labels, (_, i) => `${i % 8}`),
    new Rng(1),
  );
  const area = rocAuc(logits, labels);
  expect(many.low).toBeLessThan(area);
  expect(many.high).toBeGreaterThan(area);
  // Hanley & McNeil (1982) give a standard error of 0.022 for this AUC and size.
  expect(many.high - many.low).toBeCloseTo(4 * 0.021, 1);
  expect(
    bootstrapAuc(
      logits,
      labels,
      Array.from(labels, (_, i) => `${i}`),
      new Rng(1),
    ),
  ).toEqual(many);
  expect(few.low).toBeLessThan(area);
  expect(
    bootstrapAuc(
      logits,
      labels,
      Array.from(labels, () => 'one'),
      new Rng(1),
    ),
  ).toEqual({ low: 0, high: 1 });
});
