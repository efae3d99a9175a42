import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { PenaltyKind } from '../../../src/base/words.ts';
import { clearMarked, markWithin, sizesOf, type WeightGroups } from '../../../src/rvsm/groups.ts';
import { countZeros, relativeGap } from '../../../src/rvsm/magnitudes.ts';
import { entrywise, grouped, penaltyOf, type Penalty } from '../../../src/rvsm/penalties/index.ts';
import { TargetSplitting } from '../../../src/rvsm/splitting.ts';

/** Groups that lie strewn over the array, as the filters of a kernel do. */
function strewn(count: number, size: number): WeightGroups {
  return { count, size, of: Uint16Array.from({ length: count * size }, (_, i) => i % count) };
}
const membersOf = (values: ArrayLike<number>, { of }: WeightGroups, g: number) =>
  Array.from(values).filter((_, i) => of[i] === g);

test('a group is as large as its root mean square; one weight is as large as itself', () => {
  const w = Float64Array.of(3, 1, 4, -1);
  const [first, second, ...none] = sizesOf(w, strewn(2, 2));
  expect(first).toBeCloseTo(5 / Math.SQRT2, 12); // 3 and 4
  expect(second).toBeCloseTo(1, 12); // 1 and −1
  expect(none).toEqual([]);
  expect([...sizesOf(w, strewn(4, 1))]).toEqual([3, 1, 4, 1]);
  expect(sizesOf(w, null)).toBe(w);
});

test('what is cut is cut as a whole', () => {
  const w = Float64Array.of(3, 1, 4, -1);
  const marks = new Uint8Array(4);
  markWithin(w, strewn(2, 2), 1, marks);
  expect([...marks]).toEqual([0, 1, 0, 1]);
  markWithin(w, null, 3, marks); // Other marks stay.
  expect([...marks]).toEqual([1, 1, 0, 1]);
  clearMarked(w, marks);
  expect([...w]).toEqual([0, 0, 4, 0]);
});

/**
 * min over (y, z) of ½‖(y, z) − w‖² + μ·2·P(‖(y, z)‖/√2), on a grid over the whole square around 0 that holds w, refined around
 * its best point: that the minimum lies on the ray through w is not used.
 */
function bruteForcePair(penalty: Penalty, w: readonly [number, number], mu: number): number {
  const objective = (y: number, z: number): number =>
    0.5 * ((y - w[0]) ** 2 + (z - w[1]) ** 2) + 2 * mu * penalty.value(Math.hypot(y, z) / Math.SQRT2);
  let best = { y: 0, z: 0, value: objective(0, 0) };
  for (const start of [best, { y: w[0], z: w[1], value: objective(...w) }]) {
    let [here, reach] = [start, Math.max(Math.abs(w[0]), Math.abs(w[1]))];
    for (let round = 0; round < 9; round++, reach /= 8) {
      const { y, z } = here;
      for (let i = -20; i <= 20; i++) {
        for (let j = -20; j <= 20; j++) {
          const [p, q] = [y + (i / 20) * reach, z + (j / 20) * reach];
          const value = objective(p, q);
          if (value < here.value) here = { y: p, z: q, value };
        }
      }
    }
    if (here.value < best.value) best = here;
  }
  return best.value;
}

describe.each([
  { kind: 'l0', a: 1 },
  { kind: 'l1', a: 1 },
  { kind: 'tl1', a: 0.01 },
  { kind: 'tl1', a: 0.1 },
  { kind: 'tl1', a: 1 },
  { kind: 'tl1', a: 50 },
] as const)('groups under $kind, a $a', ({ kind, a }) => {
  const penalty = penaltyOf(kind, a);

  test('prox finds what brute force over both weights of a pair finds, in both regimes', () => {
    const rng = new Rng(`pair ${kind} ${a}`);
    const groups = strewn(1, 2);
    const critical = (a * a) / (2 * (a + 1));
    const form = grouped(penalty, groups);
    let zeros = 0;
    for (let i = 0; i < 60; i++) {
      const mu = kind === 'tl1' ? critical * rng.logBetween(0.02, 50) : rng.logBetween(1e-4, 2);
      const size = rng.between(0, 3) * Math.max(1e-3, penalty.thresholdOf(mu));
      const angle = rng.between(0, 2 * Math.PI);
      const w = Float64Array.of(size * Math.cos(angle), size * Math.sin(angle));
      const u = new Float64Array(2);
      form.proxInto(w, mu, u);
      const objective = 0.5 * ((u[0]! - w[0]!) ** 2 + (u[1]! - w[1]!) ** 2) + mu * form.value(u);
      const least = bruteForcePair(penalty, [w[0]!, w[1]!], mu);
      expect(objective, `w ${w.join()} mu ${mu}`).toBeLessThanOrEqual(least + 1e-9 * Math.max(1, least));
      zeros += countZeros(u);
    }
    expect(zeros).toBeGreaterThan(20);
    expect(zeros).toBeLessThan(100);
  });

  test('groups of one weight are the plain penalty', () => {
    const rng = new Rng('one');
    const w = Float64Array.from({ length: 200 }, () => rng.normal());
    const [single, plain] = [grouped(penalty, strewn(200, 1)), entrywise(penalty)];
    for (const mu of [1e-3, 0.1, 1]) {
      const [u, v] = [new Float64Array(200), new Float64Array(200)];
      single.proxInto(w, mu, u);
      plain.proxInto(w, mu, v);
      for (const i of w.keys()) expect(u[i]).toBeCloseTo(v[i]!, 12);
      expect(countZeros(u)).toBe(countZeros(v));
      expect(single.value(w)).toBeCloseTo(plain.value(w), 9);
    }
  });

  test('zeros are whole groups, up to the threshold and not beyond; survivors keep their direction and have no zeros', () => {
    const rng = new Rng('whole');
    const groups = strewn(40, 9);
    const form = grouped(penalty, groups);
    const threshold = 0.8;
    const w = Float32Array.from({ length: 360 }, () => rng.normal());
    const sizes = sizesOf(w, groups);
    const u = new Float32Array(360);
    form.proxInto(w, form.muOf(threshold), u);
    for (let g = 0; g < groups.count; g++) {
      const own = membersOf(u, groups, g);
      if (sizes[g]! <= threshold * (1 - 1e-9)) expect(own.every((value) => Object.is(value, 0))).toBe(true);
      else {
        const before = membersOf(w, groups, g);
        const scale = own[0]! / before[0]!;
        expect(scale).toBeGreaterThan(0);
        expect(scale).toBeLessThanOrEqual(1);
        for (const i of own.keys()) expect(own[i]! / before[i]!).toBeCloseTo(scale, 5);
      }
    }
    expect(countZeros(u)).toBeGreaterThan(0);
    expect(countZeros(u)).toBeLessThan(360);
  });

  test.each([0.25, 0.5, 0.875])('to a target: %d of the groups end exactly zero, and w meets u', (target) => {
    const rng = new Rng(`target ${kind} ${target}`);
    const groups = strewn(16, 73);
    const w = Float32Array.from({ length: 16 * 73 }, (_, i) => rng.normal() * (1 + (i % 16)));
    const form = new TargetSplitting(grouped(penalty, groups), { target, steps: 300 });
    for (let step = 0; step < 300; step++) {
      for (let i = 0; i < w.length; i++) w[i]! += 1e-5 * rng.normal();
      form.afterStep(w, step);
    }
    form.finish(w);
    const u = form.sparse(w);
    expect(countZeros(u)).toBe(target * 16 * 73);
    expect(relativeGap(w, u)).toBeLessThan(0.01);
  });
});

test('values and steps by hand: l0 counts weights left, l1 is the group lasso with its √n', () => {
  const w = Float64Array.of(3, 0, 4, 0);
  const groups = strewn(2, 2);
  expect(grouped(penaltyOf('l0', 1), groups).value(w)).toBe(2);
  expect(grouped(penaltyOf('l1', 1), groups).value(w)).toBeCloseTo(5 * Math.SQRT2, 12);
  // 2 · (1 + 1)r/(1 + r), r = 5/√2
  const r = 5 / Math.SQRT2;
  expect(grouped(penaltyOf('tl1', 1), groups).value(w)).toBeCloseTo((4 * r) / (1 + r), 12);
  const u = new Float64Array(4);
  grouped(penaltyOf('l1', 1), groups).proxInto(w, 0.5, u);
  // Block soft threshold with λ = 0.5·√2: w·(1 − λ/‖w‖).
  expect([...u].map((value) => value.toFixed(10))).toEqual(
    [3 * (1 - Math.SQRT1_2 / 5), 0, 4 * (1 - Math.SQRT1_2 / 5), 0].map((value) => value.toFixed(10)),
  );
  grouped(penaltyOf('l1', 1), groups).proxInto(w, 0.5, w); // In place.
  expect([...w]).toEqual([...u]);
});

const FILE = '../shared/reference/prox-vectors.json';
const there = existsSync(FILE);
if (!there)
  console.warn(`SKIPPED: ${FILE} is not there; group prox in float32 is checked by brute force only`);

describe.skipIf(!there)('reference vectors, each point as the size of a group', () => {
  const rows: {
    penalty: PenaltyKind;
    mu: number;
    a?: number;
    threshold: number;
    x: number[];
    u: number[];
  }[] = there ? JSON.parse(readFileSync(FILE, 'utf8')) : [];

  test.each(rows)('$penalty mu $mu a $a in float32', ({ penalty, mu, a = 1, threshold, x, u }) => {
    const size = 9;
    const groups = strewn(x.length, size);
    const rng = new Rng('directions');
    const directions = Float64Array.from({ length: x.length * size }, () => rng.normal());
    const lengths = sizesOf(directions, groups);
    const w = Float32Array.from(directions, (d, i) => (x[groups.of[i]!]! * d) / lengths[groups.of[i]!]!);
    const got = new Float32Array(w.length);
    grouped(penaltyOf(penalty, a), groups).proxInto(w, mu, got);
    for (const [g, want] of u.entries()) {
      const at = Math.abs(x[g]!);
      if (Math.abs(at - threshold) <= 1e-5 * threshold) continue;
      const tolerance = Math.max(1e-4 * Math.max(threshold, at), a >= 100 && at < 0.1 * a ? 1e-5 * a : 0);
      const found = sizesOf(Float64Array.from(membersOf(got, groups, g)), strewn(1, size))[0]!;
      expect(Math.abs(found - Math.abs(want)), `x ${x[g]}`).toBeLessThanOrEqual(tolerance);
      if (want === 0) expect(countZeros(Float64Array.from(membersOf(got, groups, g)))).toBe(size);
    }
  });
});
