import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { bootstrapIntervals } from '../../../src/model/bootstrap.ts';
import { classFigures } from '../../../src/model/metrics.ts';

/** Mean of `values` where value i counts `weights[i]` times. */
function weightedMean(values: readonly number[]) {
  return (weights: Float64Array) => ({
    mean:
      values.reduce((sum, value, i) => sum + value * weights[i]!, 0) / weights.reduce((sum, w) => sum + w, 0),
  });
}

describe('bootstrap over subjects', () => {
  test('two subjects by hand: half of the resamples hold both, a quarter each of one alone', () => {
    const seen = new Map<number, number>();
    const { mean } = bootstrapIntervals(['a', 'a', 'b'], weightedMean([0, 0, 6]), new Rng(1), 4000);
    bootstrapIntervals(
      ['a', 'a', 'b'],
      (weights) => {
        const { mean } = weightedMean([0, 0, 6])(weights);
        seen.set(mean, (seen.get(mean) ?? 0) + 1);
        return { mean };
      },
      new Rng(1),
      4000,
    );
    expect(mean).toEqual({ low: 0, high: 6 });
    // Both: (0 + 0 + 6) / 3 = 2; `a` twice: 0; `b` twice: 6. One call more asks for the names of the figures.
    expect([...seen.keys()].sort()).toEqual([0, 2, 6]);
    expect(seen.get(2)! / 4000).toBeCloseTo(0.5, 1);
    expect(seen.get(0)! / 4000).toBeCloseTo(0.25, 1);
  });

  test('the interval of a mean holds the true mean in about 95 of 100 data sets', () => {
    const rng = new Rng('coverage');
    const rounds = 400;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const people = 40;
      const values: number[] = [];
      const subjects: string[] = [];
      for (let person = 0; person < people; person++) {
        const own = rng.normal();
        for (let sample = 0; sample < 3; sample++) {
          values.push(5 + own + 0.3 * rng.normal());
          subjects.push(`p${person}`);
        }
      }
      const { mean } = bootstrapIntervals(subjects, weightedMean(values), rng, 300);
      if (mean.low <= 5 && mean.high >= 5) held++;
    }
    // Binomial standard error at 400 data sets: 1.1 points. With 40 people the percentile interval is a little narrow.
    expect(held / rounds).toBeGreaterThan(0.91);
    expect(held / rounds).toBeLessThan(0.98);
  });

  test('on clustered samples it is as much wider than over single samples as the design effect says', () => {
    const rng = new Rng('clusters');
    const values: number[] = [];
    const subjects: string[] = [];
    for (let person = 0; person < 60; person++) {
      const own = rng.normal();
      for (let sample = 0; sample < 8; sample++) {
        values.push(own + 0.5 * rng.normal());
        subjects.push(`p${person}`);
      }
    }
    const width = (units: readonly string[]): number => {
      const { low, high } = bootstrapIntervals(units, weightedMean(values), new Rng(3)).mean;
      return high - low;
    };
    const naive = width(values.map((_, i) => `sample ${i}`));
    // Kish: variance grows by 1 + (m − 1)·ρ; ρ = 1 / 1.25, m = 8: 6.6, a width of 2.57 times.
    expect(width(subjects) / naive).toBeGreaterThan(2);
    expect(width(subjects) / naive).toBeLessThan(3.1);
  });

  test('fewer than two subjects, and a figure that is never defined, leave everything open', () => {
    expect(bootstrapIntervals(['a', 'a'], weightedMean([1, 2]), new Rng(1))).toEqual({
      mean: { low: 0, high: 1 },
    });
    expect(bootstrapIntervals(['a', 'b'], () => ({ never: NaN }), new Rng(1))).toEqual({
      never: { low: 0, high: 1 },
    });
  });
});

describe('figures with intervals', () => {
  const logits = Float32Array.of(-1, 2, 3, -2, 0.5);
  const labels = Uint8Array.of(0, 0, 1, 1, 1);

  test('by hand, at logit 0', () => {
    const figures = classFigures(logits, labels, ['a', 'b', 'c', 'd', 'e'], new Rng(1));
    expect(figures.accuracy.value).toBe(3 / 5);
    expect(figures.sensitivity.value).toBe(2 / 3);
    expect(figures.specificity.value).toBe(1 / 2);
    expect(figures.auc.value).toBe(3 / 6);
    for (const { value, low, high } of Object.values(figures)) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
    }
    expect(() => classFigures(logits, new Uint8Array(5), ['a', 'b', 'c', 'd', 'e'], new Rng(1))).toThrow(
      /both classes/,
    );
  });

  test('the interval of a sensitivity is that of a share: Wilson at 60 images of 60 people', () => {
    const right = 42;
    const made = Float32Array.from({ length: 120 }, (_, i) => (i < right ? 1 : -1));
    const { sensitivity } = classFigures(
      made,
      Uint8Array.from({ length: 120 }, (_, i) => (i < 60 ? 1 : 0)),
      Array.from({ length: 120 }, (_, i) => `p${i}`),
      new Rng(2),
      2000,
    );
    expect(sensitivity.value).toBeCloseTo(0.7, 6);
    expect(sensitivity.low).toBeCloseTo(0.575, 1);
    expect(sensitivity.high).toBeCloseTo(0.801, 1);
    expect(Math.abs(sensitivity.low - 0.575)).toBeLessThan(0.03);
    expect(Math.abs(sensitivity.high - 0.801)).toBeLessThan(0.03);
  });
});

test('a figure that rests on one subject alone has no interval: it could not vary, and says nothing of others', () => {
  const subjects = ['a', 'a', 'a', 'b', 'b', 'c'];
  const positive = [1, 1, 1, 0, 0, 0];
  const right = [1, 1, 0, 1, 0, 1];
  const shareOf = (wanted: number) => (weights: Float64Array) => {
    const own = [...weights].map((weight, i) => (positive[i] === wanted ? weight : 0));
    const sum = own.reduce((total, weight) => total + weight, 0);
    return sum === 0 ? NaN : own.reduce((total, weight, i) => total + weight * right[i]!, 0) / sum;
  };
  const intervals = bootstrapIntervals(
    subjects,
    (weights) => ({ sensitivity: shareOf(1)(weights), specificity: shareOf(0)(weights) }),
    new Rng(1),
  );
  // All positives are a's; the negatives are of two people, with a half and all of them right.
  expect(intervals.sensitivity).toEqual({ low: 0, high: 1 });
  expect(intervals.specificity).toEqual({ low: 0.5, high: 1 });
});
