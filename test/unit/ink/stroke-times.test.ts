import { expect, test } from 'vitest';
import { resampleUniform } from '../../../src/ink/resample.ts';
import { strokeTimesS } from '../../../src/ink/stroke-times.ts';
import { sample } from './make-recording.ts';

const timesOf = (stamps: readonly number[]): number[] =>
  [...strokeTimesS(stamps.map((stamp) => sample(stamp, 0, 0)))].map((time) => Math.round(time * 1e6) / 1e3);

test.each([
  { what: 'even stamps stay', stamps: [5, 15, 25], want: [0, 10, 20] },
  {
    what: 'shared stamps of a coarse clock are spread',
    stamps: [0, 0, 16, 16, 32],
    want: [0, 8, 16, 24, 32],
  },
  { what: 'the last shared stamps keep the pace', stamps: [0, 16, 16], want: [0, 16, 32] },
  { what: 'one early sample takes its place in order', stamps: [16, 0, 32], want: [0, 8, 16] },
  {
    what: 'a clock set back goes on behind',
    stamps: [1000, 1010, 1020, 3, 13, 23],
    want: [0, 10, 20, 30, 40, 50],
  },
  { what: 'one stamp for all has no duration', stamps: [7, 7, 7], want: [0, 0, 0] },
])('$what', ({ stamps, want }) => {
  expect(timesOf(stamps)).toEqual(want);
});

test('resampling joins samples by straight lines', () => {
  const stroke = { samples: [sample(100, 0, 0), sample(140, 4, 8), sample(160, 4, 0)] };
  const { x, y, startS } = resampleUniform(stroke, 100)!;
  expect(startS).toBe(0.1);
  expect([...x].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([0, 1, 2, 3, 4, 4, 4]);
  expect([...y].map((v) => Math.round(v * 1e9) / 1e9)).toEqual([0, 2, 4, 6, 8, 4, 0]);
});

test('a dot has no duration and is not resampled', () => {
  expect(resampleUniform({ samples: [sample(3, 1, 1)] }, 100)).toBeNull();
  expect(resampleUniform({ samples: [] }, 100)).toBeNull();
});
