import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { drawPageLook, drawRoughLook } from '../../../src/synthetic/page-look.ts';

const looks = (draw: typeof drawPageLook) =>
  Array.from({ length: 400 }, (_, i) => draw(new Rng(`look ${i}`), 40)).filter(({ pen }) => pen !== 'screen');

test('rough paper stays within the training range, in its strong half, and is ruled more often', () => {
  const any = looks(drawPageLook);
  const rough = looks(drawRoughLook);
  const most = (key: 'grain' | 'clouds' | 'noise' | 'blurPx') => Math.max(...any.map((look) => look[key]));
  for (const key of ['grain', 'clouds', 'noise', 'blurPx'] as const) {
    const sorted = any.map((look) => look[key]).sort((a, b) => a - b);
    const least = Math.min(...rough.map((look) => look[key]));
    expect(least, key).toBeGreaterThan(sorted[Math.floor(sorted.length / 4)] ?? Infinity);
    expect(Math.max(...rough.map((look) => look[key])), key).toBeLessThanOrEqual(1.05 * most(key));
  }
  const ruled = (list: typeof any) => list.filter(({ ruling }) => ruling !== null).length / list.length;
  expect(ruled(rough)).toBeGreaterThan(2 * ruled(any));
  expect(Math.max(...rough.map(({ paperGrey, inkGrey }) => paperGrey - inkGrey))).toBeLessThanOrEqual(150);
});
