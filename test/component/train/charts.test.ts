import { expect, test } from 'vitest';
import { layOutFc } from '../../../renderer/charts/fc-tiles.ts';
import { countTicks, place } from '../../../renderer/charts/scale.ts';

test('a log axis gives every power of ten the same room', () => {
  const axis = { min: 0.001, max: 1, log: true };
  expect([0.001, 0.01, 0.1, 1].map((value) => Math.round(place(value, axis, 0, 300)))).toEqual([
    0, 100, 200, 300,
  ]);
  expect(place(0, axis, 0, 300)).toBe(0);
});

test.each([
  { end: 1, want: ['0', 'epoch 1'] },
  { end: 5, want: ['0', '1', '2', '3', 'epoch 5'] },
  { end: 8, want: ['0', '2', '4', '6', 'epoch 8'] },
  { end: 100, want: ['0', '20', '40', '60', 'epoch 100'] },
])('an axis to $end is counted in round steps, the unit on the last tick', ({ end, want }) => {
  expect(countTicks(end, (text) => `epoch ${text}`, String).map(({ text }) => text)).toEqual(want);
});

test('an FC weight lands in the tile of its channel, at the cell of its place', () => {
  const signs = new Array<number>(32 * 256).fill(0);
  // Channel 9 is the second tile of the second row; cell (x 3, y 2) of 16 × 16; channels run fastest.
  signs[(2 * 16 + 3) * 32 + 9] = 1;
  signs[0] = -1;
  const { tremorLike, regular, tiles } = layOutFc(signs, 16);
  expect(tiles).toHaveLength(32);
  expect(tremorLike).toBe(`M${17 + 3} ${17 + 2}h1v1h-1z`);
  expect(regular).toBe('M0 0h1v1h-1z');
});

test('a map of 8 × 8 cells with 64 channels is laid out in smaller tiles, twelve a row and six rows', () => {
  const signs = new Array<number>(64 * 64).fill(0);
  // Channel 13 is the second tile of the second row; cell (x 7, y 5) of 8 × 8.
  signs[(5 * 8 + 7) * 64 + 13] = 1;
  const { tremorLike, width, height, tiles } = layOutFc(signs, 8);
  expect(tiles).toHaveLength(64);
  expect(tremorLike).toBe(`M${9 + 7} ${9 + 5}h1v1h-1z`);
  expect([width, height]).toEqual([12 * 9 - 1, 6 * 9 - 1]);
});
