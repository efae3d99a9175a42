import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { PENALTY_KINDS, type PenaltyKind } from '../../../src/base/words.ts';
import {
  entrywise,
  grouped,
  penaltyOf,
  penaltyValue,
  proxInto,
  type Penalty,
} from '../../../src/rvsm/penalties/index.ts';

interface ReferenceVector {
  readonly penalty: PenaltyKind;
  readonly mu: number;
  readonly a?: number;
  readonly threshold: number;
  readonly x: readonly number[];
  readonly u: readonly number[];
}

const FILE = '../shared/reference/prox-vectors.json';
const there = existsSync(FILE);
if (!there) console.warn(`SKIPPED: ${FILE} is not there; prox is checked by brute force only`);
const vectors: ReferenceVector[] = there ? JSON.parse(readFileSync(FILE, 'utf8')) : [];

describe.skipIf(!there)('reference vectors', () => {
  const rows = vectors.map((vector) => ({ ...vector, a: vector.a ?? 1 }));

  test('there are 648 points of all three penalties', () => {
    expect(rows.reduce((sum, { x }) => sum + x.length, 0)).toBe(648);
    expect(new Set(rows.map(({ penalty }) => penalty))).toEqual(new Set(PENALTY_KINDS));
  });

  test.each(rows)('$penalty mu $mu a $a in float64', ({ penalty, mu, a, threshold, x, u }) => {
    const chosen = penaltyOf(penalty, a);
    expect(Math.abs(chosen.thresholdOf(mu) - threshold)).toBeLessThan(1e-12 * Math.max(1, threshold));
    const got = new Float64Array(x.length);
    proxInto(chosen, Float64Array.from(x), mu, got);
    for (const [i, want] of u.entries()) {
      const at = x[i] ?? 0;
      expect(Math.abs(got[i]! - want), `x ${at}`).toBeLessThanOrEqual(1e-10 * Math.max(1, Math.abs(at)));
      expect(got[i] === 0, `exact zero at x ${at}`).toBe(want === 0);
    }
  });

  test.each(rows)('$penalty mu $mu a $a in float32', ({ penalty, mu, a, threshold, x, u }) => {
    const got = new Float32Array(x.length);
    proxInto(penaltyOf(penalty, a), Float32Array.from(x), mu, got);
    for (const [i, want] of u.entries()) {
      const size = Math.abs(x[i] ?? 0);
      if (Math.abs(size - threshold) <= 1e-5 * threshold) continue;
      const tolerance = Math.max(1e-4 * Math.max(threshold, size), a >= 100 && size < 0.1 * a ? 1e-5 * a : 0);
      expect(Math.abs(got[i]! - want), `x ${x[i]}`).toBeLessThanOrEqual(tolerance);
      expect(got[i] === 0, `exact zero at x ${x[i]}`).toBe(want === 0);
    }
  });
});

/** min over y of ½(y − x)² + μP(y) on a grid between 0 and x, refined around its best point. */
function bruteForce(penalty: Penalty, x: number, mu: number): number {
  const objective = (y: number): number => 0.5 * (y - x) ** 2 + mu * penalty.value(y);
  let [low, high] = [Math.min(0, x), Math.max(0, x)];
  let best = 0;
  for (let round = 0; round < 4; round++) {
    const step = (high - low) / 400;
    let here = low;
    for (let i = 0; i <= 400; i++) {
      const y = low + i * step;
      if (objective(y) < objective(here)) here = y;
    }
    if (objective(here) < objective(best)) best = here;
    [low, high] = [Math.max(Math.min(0, x), here - step), Math.min(Math.max(0, x), here + step)];
  }
  return objective(best);
}

describe.each([
  { kind: 'l0', a: 1 },
  { kind: 'l1', a: 1 },
  { kind: 'tl1', a: 0.01 },
  { kind: 'tl1', a: 0.1 },
  { kind: 'tl1', a: 1 },
  { kind: 'tl1', a: 50 },
] as const)('$kind a $a', ({ kind, a }) => {
  const penalty = penaltyOf(kind, a);

  test('prox finds what brute force finds', () => {
    const rng = new Rng(`brute ${kind} ${a}`);
    for (let i = 0; i < 100; i++) {
      const mu = rng.logBetween(1e-4, 2);
      const x = rng.between(-4, 4) * Math.max(0.05, penalty.thresholdOf(mu));
      const u = penalty.proxAt(mu)(x);
      const objective = 0.5 * (u - x) ** 2 + mu * penalty.value(u);
      expect(objective, `x ${x} mu ${mu}`).toBeLessThanOrEqual(bruteForce(penalty, x, mu) + 1e-9);
    }
  });

  test('muOf is the inverse of thresholdOf, in both regimes', () => {
    for (const threshold of [1e-5, 0.003, 0.05, 0.4, 0.51, 3, 40]) {
      expect(penalty.thresholdOf(penalty.muOf(threshold)) / threshold).toBeCloseTo(1, 9);
    }
  });

  test('prox is zero up to the threshold and odd', () => {
    const mu = 0.02;
    const t = penalty.thresholdOf(mu);
    expect(penalty.proxAt(mu)(t * 0.999)).toBe(0);
    expect(penalty.proxAt(mu)(t * 1.01)).toBeGreaterThan(0);
    expect(penalty.proxAt(mu)(-t * 1.7)).toBe(-penalty.proxAt(mu)(t * 1.7));
  });
});

test('penalty values by hand', () => {
  const w = Float32Array.of(0, -2, 0.5);
  expect(penaltyValue(penaltyOf('l0', 1), w)).toBe(2);
  expect(penaltyValue(penaltyOf('l1', 1), w)).toBe(2.5);
  // (1+1)·2/(1+2) + (1+1)·0.5/(1+0.5)
  expect(penaltyValue(penaltyOf('tl1', 1), w)).toBeCloseTo(4 / 3 + 2 / 3, 12);
});

test('transformed l1 refuses an a that is not positive', () => {
  expect(() => penaltyOf('tl1', 0)).toThrow(/a must be a positive number, not 0/);
});

test.each([100, 1e4, 1e8, 1e14, 1e17, 1e160, 1e308])('transformed l1 with a = %f comes to l1', (a) => {
  const [penalty, mu] = [penaltyOf('tl1', a), 0.005];
  expect(penalty.thresholdOf(mu) / mu).toBeCloseTo(1 + 1 / a, 12);
  expect(penalty.value(0.1)).toBeCloseTo(0.1 * (1 + 0.9 / a), 4);
  for (const x of [0.0051, 0.1, -0.1, 3]) {
    const u = penalty.proxAt(mu)(x);
    expect(Math.abs(u - Math.sign(x) * (Math.abs(x) - mu))).toBeLessThanOrEqual((4 * mu * 3) / a + 1e-15);
    if (a > 1e8) continue;
    // Stationary: u − x + μ·P′(u) = 0.
    const slope = Math.sign(u) * ((a * (a + 1)) / (a + Math.abs(u)) ** 2);
    expect(Math.abs(u - x + mu * slope)).toBeLessThan(2e-15);
  }
});

test.each([1e7, 1e20, 1e160, 1e308, Number.MAX_VALUE])(
  'transformed l1 with a = %d stays l1 where μ and the weights are large',
  (a) => {
    const penalty = penaltyOf('tl1', a);
    for (const mu of [10, 1000]) {
      expect(penalty.thresholdOf(mu) / mu).toBeCloseTo(1, 6);
      expect(penalty.muOf(mu) / mu).toBeCloseTo(1, 6);
      expect(penalty.value(mu) / mu).toBeCloseTo(1, 3);
      expect(penalty.proxAt(mu)(2 * mu) / mu).toBeCloseTo(1, 3);
      expect(penalty.proxAt(mu)(-2 * mu)).toBe(-penalty.proxAt(mu)(2 * mu));
      expect(penalty.proxAt(mu)(mu * 0.999)).toBe(0);
    }
    if (a > 1e290) return;
    const mu = a * 1e4; // above μ*
    const t = penalty.thresholdOf(mu);
    expect((t + a / 2) / a).toBeCloseTo(Math.sqrt(2e4 * (1 + 1 / a)), 9);
    expect(penalty.muOf(t) / mu).toBeCloseTo(1, 9);
    // Just above it there are two minimisers: 0 and t − a/2.
    expect(penalty.proxAt(mu)(t * (1 + 1e-9)) / (t - a / 2)).toBeCloseTo(1, 4);
  },
);

describe.each([5e-324, 1e-310, 1e-200, 1e-110, 1e-60, 1e-20, 1e-7])('transformed l1 with a = %d', (a) => {
  const penalty = penaltyOf('tl1', a);

  test('its value comes to that of l0', () => {
    expect(penalty.value(0)).toBe(0);
    expect(penalty.value(-0.5)).toBeCloseTo(1, 6);
    expect(penalty.value(a)).toBeCloseTo(0.5, 6);
  });

  test('prox is stationary in both regimes, and better than 0', () => {
    const critical = (a / 2) * (a / (a + 1));
    const scaled = [0.1, 0.9, 2, 100].map((factor) => factor * critical).filter((mu) => mu > 1e-300);
    for (const mu of [...scaled, 1e-320, 1e-250, 1e-30, 0.005, 1e6]) {
      const t = penalty.thresholdOf(mu);
      expect(t).toBeGreaterThan(0);
      expect(penalty.proxAt(mu)(t)).toBe(0);
      if (mu > 1e-300) expect(penalty.muOf(t) / mu).toBeCloseTo(1, 9);
      if (t < 1e-6 * a) continue; // The closed form is good to about 1e-16·a.
      for (const x of [1.001 * t, 1.5 * t, -20 * t]) {
        const size = Math.abs(penalty.proxAt(mu)(x));
        const share = size / Math.abs(x);
        const slope = (mu / Math.abs(x)) * (a / (a + size)) * ((a + 1) / (a + size));
        expect(Math.abs(share - 1 + slope), `μ ${mu} x ${x}`).toBeLessThan(1e-9);
        const cost = 0.5 * (share - 1) ** 2 + (mu / x / x) * penalty.value(size);
        expect(cost, `μ ${mu} x ${x}`).toBeLessThan(0.5);
      }
    }
  });
});

test.each([5e-324, 1e-310, 1e-110, 1e-6, 0.1, 1, 50, 100, 1e6, 1e308])(
  'with μ = 0 transformed l1 with a = %d leaves every weight as it is',
  (a) => {
    const prox = penaltyOf('tl1', a).proxAt(0);
    for (const x of [1e-300, 1e-110, 1e-20, -1e-20, 0.3, -7, 1e10]) expect(prox(x)).toBe(x);
    expect([prox(0), prox(-0)]).toEqual([0, 0]);
  },
);

describe('zeros are positive', () => {
  const hasNegativeZero = (u: Float32Array | Float64Array) => u.some((value) => Object.is(value, -0));

  test.each([
    ['l0', 1],
    ['l1', 1],
    ['tl1', 1e-7],
    ['tl1', 0.01],
    ['tl1', 1],
    ['tl1', 50],
    ['tl1', 100],
    ['tl1', 1e7],
  ] as const)('for negative weights just above the threshold: %s a %d', (kind, a) => {
    const rng = new Rng(`negative zero ${kind} ${a}`);
    const penalty = penaltyOf(kind, a);
    const single = { count: 200, size: 1, of: Uint16Array.from({ length: 200 }, (_, i) => i) };
    for (let round = 0; round < 20; round++) {
      const mu = rng.logBetween(1e-5, 1);
      const t = penalty.thresholdOf(mu);
      const w = Float64Array.from({ length: 200 }, () => -t * (1 + 1e-14 * rng.between(-0.1, 1)));
      w[0] = -0;
      for (const form of [entrywise(penalty), grouped(penalty, single)]) {
        const u = new Float64Array(200);
        form.proxInto(w, mu, u);
        expect(hasNegativeZero(u)).toBe(false);
        expect(u[0]).toBe(0);
      }
    }
  });

  test('where float32 has no number as small as what is left', () => {
    const w = Float32Array.of(-1e-40, 1e-40, -1);
    const u = new Float32Array(3);
    proxInto(penaltyOf('l1', 1), w, Math.abs(w[0]!) * (1 - 1e-8), u);
    expect([...u]).toEqual([0, 0, -1]);
  });

  test('within a group that survives', () => {
    const w = Float32Array.of(-0, 0, 4, -1e-45);
    const pair = { count: 1, size: 4, of: Uint16Array.of(0, 0, 0, 0) };
    const u = new Float32Array(4);
    grouped(penaltyOf('l1', 1), pair).proxInto(w, 1.5, u);
    expect([...u]).toEqual([0, 0, 1, 0]);
  });
});
