import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import {
  countWithin,
  countZeros,
  histogramOf,
  magnitudeQuantile,
  relativeGap,
} from '../../../src/rvsm/magnitudes.ts';
import { entrywise, penaltyOf } from '../../../src/rvsm/penalties/index.ts';
import { continuationAt, cosineRate, sparsityAt } from '../../../src/rvsm/schedules.ts';
import {
  addCouplingGradient,
  PaperSplitting,
  relaxTowards,
  TargetSplitting,
} from '../../../src/rvsm/splitting.ts';

test('the quantile cuts at least the wanted share, ties included', () => {
  const w = Float32Array.of(0.1, -0.4, 0.2, 0.2, -0.3);
  expect(magnitudeQuantile(w, 0)).toBe(0);
  expect(magnitudeQuantile(w, 0.2)).toBe(Math.fround(0.1));
  expect(magnitudeQuantile(w, 0.4)).toBe(Math.fround(0.2)); // cuts three: two are tied
  expect(magnitudeQuantile(w, 1)).toBe(Math.fround(0.4));
  expect(() => magnitudeQuantile(w, 1.2)).toThrow(/share 1.2/);
});

test('the quantile is what sorting gives, whatever the order and however many are tied', () => {
  const rng = new Rng('quantile');
  for (let round = 0; round < 200; round++) {
    const count = 1 + rng.int(300);
    const levels = rng.chance(0.3) ? 3 : 1e9;
    const w = Float32Array.from({ length: count }, () => Math.round(levels * rng.normal()) / levels);
    if (rng.chance(0.3)) w.sort();
    const rank = 1 + rng.int(count);
    const sorted = Float64Array.from(w, Math.abs).sort();
    expect(magnitudeQuantile(w, rank / count)).toBe(sorted[rank - 1]);
  }
});

test('the quantile is exact over the whole range of magnitudes, subnormal to huge', () => {
  const rng = new Rng('magnitudes');
  const w = Float32Array.from({ length: 5000 }, () => rng.normal() * 10 ** rng.between(-44, 37));
  const sorted = Float64Array.from(w, Math.abs).sort();
  for (const rank of [1, 7, 1250, 2500, 4999, 5000]) {
    expect(magnitudeQuantile(w, rank / 5000)).toBe(sorted[rank - 1]);
  }
  expect(countWithin(w, sorted[2499]!)).toBe(2500);
});

test('gap, zeros and histogram by hand', () => {
  expect(relativeGap(Float32Array.of(3, 4), Float32Array.of(0, 4))).toBeCloseTo(3 / 5, 12);
  expect(relativeGap(new Float32Array(2), new Float32Array(2))).toBe(0);
  expect(countZeros(Float32Array.of(0, 1e-40, 0, -2))).toBe(2);
  expect(histogramOf(Float32Array.of(-1, -0.2, 0, 0.1, 1), 4)).toEqual({ limit: 1, counts: [1, 1, 2, 1] });
});

test('the schedules start, turn and end where they should', () => {
  const options = { peak: 2, steps: 101, warmUp: 9, floor: 0.1 };
  expect(cosineRate(0, options)).toBeCloseTo(0.2, 12);
  expect(cosineRate(50, options)).toBeCloseTo(2 * 0.55, 12);
  expect(cosineRate(100, options)).toBeCloseTo(0.2, 12);
  expect(cosineRate(4, options)).toBeCloseTo(0.5 * cosineRate(4, { ...options, warmUp: 0 }), 12); // a product
  expect(cosineRate(0, { ...options, steps: 1, warmUp: 0 })).toBe(2);
  expect(sparsityAt(19, 100, 0.9)).toBeCloseTo(0, 12); // nothing is cut before 20 %
  expect(sparsityAt(39, 100, 0.9)).toBeCloseTo(0.9 * (1 - 0.125), 12); // f = ½
  expect(sparsityAt(59, 100, 0.9)).toBeCloseTo(0.9, 12);
  expect(sparsityAt(99, 100, 0.9)).toBe(0.9);
});

test('relaxing moves w the share κ of its way', () => {
  const w = Float64Array.of(1, -2);
  relaxTowards(w, Float64Array.of(0, -2), 0.25);
  expect([...w]).toEqual([0.75, -2]);
});

test('the coupling gradient is that of β/2·‖w − u‖² by finite differences', () => {
  const rng = new Rng('coupling');
  const beta = 0.7;
  const w = Float64Array.from({ length: 20 }, () => rng.normal());
  const u = Float64Array.from(w, (value) => penaltyOf('l1', 1).proxAt(0.4)(value));
  const energy = (at: Float64Array): number =>
    at.reduce((sum, value, i) => sum + (beta / 2) * (value - u[i]!) ** 2, 0);
  const gradient = new Float64Array(20);
  addCouplingGradient(gradient, w, u, beta);
  for (let i = 0; i < 20; i++) {
    const [up, down] = [w.slice(), w.slice()];
    up[i]! += 1e-5;
    down[i]! -= 1e-5;
    expect(gradient[i]).toBeCloseTo((energy(up) - energy(down)) / 2e-5, 7);
  }
});

test('the paper form keeps its threshold √(2λ/β) and pulls towards u', () => {
  const form = new PaperSplitting(entrywise(penaltyOf('l0', 1)), { lambda: 0.02, beta: 0.25 });
  expect(form.threshold).toBeCloseTo(0.4, 12);
  const gradient = new Float32Array(2);
  form.beforeStep(Float32Array.of(0.2, 0.8), gradient, 0);
  expect(gradient[0]).toBeCloseTo(0.05, 7); // β(0.2 − 0)
  expect(gradient[1]).toBe(0); // u = w above the threshold
  expect(() => new PaperSplitting(entrywise(penaltyOf('l0', 1)), { lambda: 1, beta: 0 })).toThrow(/beta > 0/);
});

test('β grows geometrically from the first step to the last', () => {
  const steps = 5;
  expect([0, 1, 2, 3, 4].map((step) => continuationAt(step, steps, 16))).toEqual([1, 2, 4, 8, 16]);
  expect([0, 3, 9].map((step) => continuationAt(step, 10, 1))).toEqual([1, 1, 1]);
  expect(continuationAt(0, 1, 3)).toBe(3);
  expect(
    () => new PaperSplitting(entrywise(penaltyOf('l0', 1)), { lambda: 1, beta: 1, betaGrowth: 0.5 }),
  ).toThrow(/growth >= 1/);
});

describe('continuation on f(w) = ½‖w − c‖², where w comes to rest at c/(1 + β) under the threshold', () => {
  const STEPS = 4000;
  const RATE = 0.05;
  const BETA = 2;
  const c = Float32Array.from({ length: 60 }, (_, i) => (i - 29.7) / 30);
  const run = (betaGrowth: number) => {
    const form = new PaperSplitting(entrywise(penaltyOf('l0', 1)), {
      lambda: 0.16, // √(2 · 0.16 / 2) = 0.4
      beta: BETA,
      betaGrowth,
      steps: STEPS,
    });
    const w = c.slice();
    for (let step = 0; step < STEPS; step++) {
      const gradient = w.map((value, i) => value - c[i]!);
      form.beforeStep(w, gradient, step);
      for (let i = 0; i < w.length; i++) w[i]! -= RATE * gradient[i]!;
    }
    return { form, w, u: form.sparse(w) };
  };

  test('the gap falls as 1/β of the last step, and the threshold stays √(2λ/β)', () => {
    const [fixed, grown] = [run(1), run(8)];
    expect(fixed.form.threshold).toBeCloseTo(0.4, 12);
    expect(grown.form.threshold).toBe(fixed.form.threshold);
    for (const { w, u, beta, digits } of [
      { ...fixed, beta: BETA, digits: 5 },
      { ...grown, beta: 8 * BETA, digits: 2 }, // β still grows at the last step: w lags a little behind.
    ]) {
      for (const [i, value] of c.entries()) {
        if (u[i] !== 0) expect(w[i]).toBeCloseTo(value, 5);
        else expect(w[i]! * (1 + beta)).toBeCloseTo(value, digits);
      }
      expect(countZeros(u)).toBeGreaterThanOrEqual(23); // |c| ≤ 0.4
    }
    expect(relativeGap(grown.w, grown.u)).toBeLessThan(relativeGap(fixed.w, fixed.u) / 4);
  });
});

test('with a target the coupling κ grows to its multiple, and to 1 at most', () => {
  const moved = (betaGrowth: number, target: number) => {
    const w = Float32Array.from({ length: 1000 }, (_, i) => (i + 1) / 1000);
    const form = new TargetSplitting(entrywise(penaltyOf('l0', 1)), { target, steps: 100, betaGrowth });
    form.afterStep(w, 99);
    return 1 - w[99]! / 0.1; // below the threshold: the share κ of its way to 0
  };
  expect(moved(1, 0.9)).toBeCloseTo(0.05, 6);
  expect(moved(4, 0.9)).toBeCloseTo(0.2, 6);
  expect(moved(4, 0.99)).toBeCloseTo(0.4, 6);
  expect(moved(40, 0.9)).toBeCloseTo(1, 6);
});

describe.each(['l0', 'l1', 'tl1'] as const)('%s to a target', (kind) => {
  test.each([0.5, 0.86, 0.9, 0.97, 0.99])('%d of the weights end exactly zero, and w meets u', (target) => {
    const rng = new Rng(`target ${kind} ${target}`);
    const w = Float32Array.from({ length: 999 }, () => rng.normal());
    const form = new TargetSplitting(entrywise(penaltyOf(kind, 1)), { target, steps: 300 });
    for (let step = 0; step < 300; step++) {
      for (let i = 0; i < w.length; i++) w[i]! += 1e-5 * rng.normal();
      form.afterStep(w, step);
    }
    form.finish(w);
    const u = form.sparse(w);
    expect(countZeros(u)).toBeGreaterThanOrEqual(target * 999);
    expect(countZeros(u)).toBeLessThanOrEqual(target * 999 + 12);
    expect(relativeGap(w, u)).toBeLessThan(0.01);
  });
});
