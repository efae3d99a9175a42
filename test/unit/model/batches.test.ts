import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { TaskGroup } from '../../../src/base/words.ts';
import { makeBatch, makeFlipped } from '../../../src/model/batches.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';

/** One 2 × 2 patch: 1 2 / 3 4. */
const square = (group: TaskGroup): PatchSet => ({
  count: 1,
  pixels: Uint8Array.of(51, 102, 153, 204),
  labels: Uint8Array.of(1),
  subjects: ['x'],
  groups: [group],
});
const asText = (images: Uint8Array): string => Array.from(images, (value) => value / 51).join('');

test.each([
  { group: 'spiral', want: ['1234', '1324', '2143', '2413', '3142', '3412', '4231', '4321'] },
  { group: 'wave', want: ['1234', '2143', '3412', '4321'] },
  { group: 'writing', want: ['1234', '2143', '3412', '4321'] },
] as const)('$group is turned in its $want.length ways', ({ group, want }) => {
  const rng = new Rng('turns');
  const seen = new Set<string>();
  for (let i = 0; i < 200; i++) seen.add(asText(makeBatch(square(group), Uint32Array.of(0), 2, rng).images));
  expect([...seen].sort()).toEqual(want);
});

test('without random numbers a patch stays as it is, and flips are the four in order', () => {
  const set = square('wave');
  expect(makeBatch(set, Uint32Array.of(0, 0), 2, null)).toMatchObject({ labels: Uint8Array.of(1, 1) });
  const flips = [0, 1, 2, 3].map((flip) => asText(makeFlipped(set, Uint32Array.of(0), 2, flip)));
  expect(flips).toEqual(['1234', '2143', '3412', '4321']);
});
