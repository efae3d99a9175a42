import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';

/** sfc32 written again with BigInt arithmetic modulo 2^32, straight from its definition. */
function* slowSfc32(words: readonly number[]): Generator<number> {
  const mask = 0xffffffffn;
  let [a, b, c, d] = words.map((word) => BigInt(word) & mask) as [bigint, bigint, bigint, bigint];
  for (;;) {
    const t = (a + b + d) & mask;
    d = (d + 1n) & mask;
    a = b ^ (b >> 9n);
    b = (c + (c << 3n)) & mask;
    c = ((c << 21n) | (c >> 11n)) & mask;
    c = (c + t) & mask;
    yield Number(t);
  }
}

test('follows the definition of sfc32', () => {
  const rng = new Rng('definition');
  const slow = slowSfc32(rng.state().words);
  for (let i = 0; i < 1000; i++) expect(rng.uint32()).toBe(slow.next().value);
});

test('gives the same sequence for the same seed and another for another seed', () => {
  const sequence = (seed: number | string) =>
    Array.from(
      { length: 5 },
      (
        (rng) => () =>
          rng.next()
      )(new Rng(seed)),
    );
  expect(sequence(7)).toEqual(sequence(7));
  expect(sequence(7)).not.toEqual(sequence(8));
});

test('continues bit for bit from a saved state, in the middle of a normal pair too', () => {
  const rng = new Rng(3);
  rng.normal();
  const saved = JSON.parse(JSON.stringify(rng.state()));
  const expected = [rng.normal(), rng.next(), rng.normal()];
  const resumed = Rng.fromState(saved);
  expect([resumed.normal(), resumed.next(), resumed.normal()]).toEqual(expected);
});

test('is uniform over 16 cells within chance', () => {
  const rng = new Rng('uniform');
  const counts = new Array<number>(16).fill(0);
  const draws = 64_000;
  for (let i = 0; i < draws; i++) counts[Math.floor(rng.next() * 16)]! += 1;
  const chiSquare = counts.reduce((sum, count) => sum + (count - draws / 16) ** 2 / (draws / 16), 0);
  expect(chiSquare).toBeLessThan(37.7); // 0.1 % point of chi-square with 15 degrees of freedom
});

test('draws normal values of mean 0 and variance 1', () => {
  const rng = new Rng('normal');
  const values = Array.from({ length: 20_000 }, () => rng.normal());
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});

test('forks do not depend on how much the other forks drew', () => {
  const first = new Rng(1);
  first.fork('a').next();
  const second = new Rng(1);
  expect(first.fork('b').next()).toBe(second.fork('b').next());
});

test('shuffles without losing an item', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  const shuffled = new Rng(5).shuffle([...items]);
  expect(shuffled).not.toEqual(items);
  expect([...shuffled].sort((a, b) => a - b)).toEqual(items);
});
