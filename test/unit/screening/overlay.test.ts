import { expect, test } from 'vitest';
import { paintOverlay } from '../../../src/screening/overlay.ts';

const page = { width: 4, height: 2, data: new Uint8Array(8).fill(200) };

test('without heat the page stays grey', () => {
  const { data } = paintOverlay(page, { columns: 2, rows: 1, values: [0, 0] });
  expect([...data]).toEqual(Array.from({ length: 24 }, () => 200));
  expect([...paintOverlay(page, null).data]).toEqual([...data]);
});

test('the hottest cell takes the end of the ramp over the page, four fifths opaque', () => {
  const { data } = paintOverlay(page, { columns: 2, rows: 1, values: [0, 1] });
  // Last pixel of the first row: 200 · (0.2 + 0.8 · 7a1d6d / 255).
  const want = [0x7a, 0x1d, 0x6d].map((part) => Math.round(200 * (0.2 + (0.8 * part) / 255)));
  expect([...data.slice(9, 12)]).toEqual(want);
  expect([...data.slice(0, 3)]).toEqual([200, 200, 200]);
});

test('ink stays dark under the heat', () => {
  const inked = { ...page, data: new Uint8Array(8).fill(10) };
  const { data } = paintOverlay(inked, { columns: 1, rows: 1, values: [1] });
  expect(Math.max(...data)).toBeLessThanOrEqual(10);
});
