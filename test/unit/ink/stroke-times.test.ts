import { expect, test } from 'vitest';
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
