import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { vectorLength } from '../../../src/base/vector-length.ts';

test('is what Math.hypot gives, to the last bit', () => {
  const rng = new Rng('vector length');
  const draw = (): number => (rng.chance(0.05) ? 0 : rng.normal() * 10 ** (rng.int(12) - 6));
  let different = 0;
  for (let i = 0; i < 50_000; i++) {
    const [x, y] = [draw(), draw()];
    if (!Object.is(vectorLength(x, y), Math.hypot(x, y))) different++;
  }
  expect(different).toBe(0);
});

test.each([
  { x: 3, y: -4, want: 5 },
  { x: 0, y: 0, want: 0 },
  { x: -0, y: 2, want: 2 },
  { x: 3 * 2 ** 700, y: 4 * 2 ** 700, want: 5 * 2 ** 700 },
])('the length of ($x, $y) is $want', ({ x, y, want }) => {
  expect(vectorLength(x, y)).toBe(want);
});
