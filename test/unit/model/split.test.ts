import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import { countLabels, joinPatches, pickPatches, splitBySubject } from '../../../src/model/split.ts';
import { tinyPatches } from './tiny.ts';

/** 30 people with four patches each: ten only regular, ten only tremor-like, ten both. */
function people(): PatchSet {
  const set = tinyPatches(120, 'people');
  return {
    ...set,
    subjects: Array.from({ length: 120 }, (_, i) => `p${i >> 2}`),
    labels: Uint8Array.from({ length: 120 }, (_, i) => ((i >> 2) % 3 === 2 ? i % 2 : (i >> 2) % 3)),
  };
}

test('nobody is in two parts, nothing is lost, and each part has both labels', () => {
  const set = people();
  const { train, validation, test: held } = splitBySubject(set, { validation: 0.15, test: 0.2 }, new Rng(3));
  const parts = [train, validation, held];
  expect(parts.reduce((sum, { count }) => sum + count, 0)).toBe(120);
  expect(parts.flatMap(({ subjects }) => [...new Set(subjects)]).length).toBe(30);
  for (const part of parts) {
    expect(countLabels(part).regular).toBeGreaterThan(0);
    expect(countLabels(part).tremorLike).toBeGreaterThan(0);
  }
  expect(new Set(held.subjects).size).toBe(6);
});

test('the same random state splits alike', () => {
  const shares = { validation: 0.2, test: 0.2 };
  expect(splitBySubject(people(), shares, new Rng(1))).toEqual(splitBySubject(people(), shares, new Rng(1)));
});

test('picking and joining keep pixels, labels and people together', () => {
  const set = tinyPatches(6, 'pick');
  const joined = joinPatches([pickPatches(set, [4, 1]), pickPatches(set, [])]);
  expect(joined.count).toBe(2);
  expect(joined.pixels.subarray(256)).toEqual(set.pixels.subarray(256, 512));
  expect([...joined.labels]).toEqual([set.labels[4], set.labels[1]]);
  expect(joined.subjects).toEqual([set.subjects[4], set.subjects[1]]);
});
