import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { PatchSet, SplitPart } from '../../../src/model/dataset.ts';
import { leakageWarning, leakingSubjects } from '../../../src/model/leakage.ts';
import {
  countLabels,
  groupedFolds,
  joinPatches,
  pickPatches,
  splitAsTold,
  splitBySubject,
} from '../../../src/model/split.ts';
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

describe('grouped folds', () => {
  const rng = new Rng('folds');

  /** People with 1 … 15 samples each; every sixth has both labels. */
  function crowd(count: number) {
    const subjects: string[] = [];
    const labels: number[] = [];
    for (let person = 0; person < count; person++) {
      for (let n = 1 + rng.int(rng.chance(0.1) ? 15 : 5); n > 0; n--) {
        subjects.push(`p${person}`);
        labels.push(person % 6 === 5 ? rng.int(2) : person % 2);
      }
    }
    return { subjects, labels: Uint8Array.from(labels) };
  }

  test('nobody is on two sides, nothing is lost, and every fold has both labels', () => {
    for (let round = 0; round < 30; round++) {
      const folds = 2 + rng.int(5);
      const { subjects, labels } = crowd(3 * folds + rng.int(30));
      const foldOf = groupedFolds(subjects, labels, folds, new Rng(round));
      expect(foldOf.length).toBe(subjects.length);
      expect(leakingSubjects(subjects, foldOf)).toEqual([]);
      for (let fold = 0; fold < folds; fold++) {
        const own = labels.filter((_, i) => foldOf[i] === fold);
        expect(own).toContain(0);
        expect(own).toContain(1);
      }
    }
  });

  test('one person with many samples stands alone, and the others share the rest', () => {
    // Regular: 9, 3, 3, 3 samples in two folds.
    const subjects = ['big', 'b', 'c', 'd'].flatMap((name, i) => Array<string>(i === 0 ? 9 : 3).fill(name));
    const foldOf = groupedFolds(subjects, new Uint8Array(18), 2, new Rng(1));
    expect(foldOf.filter((fold) => fold === foldOf[0]).length).toBe(9);
  });

  test('the same random state deals alike, another one otherwise', () => {
    const { subjects, labels } = crowd(40);
    const deal = (seed: number) => [...groupedFolds(subjects, labels, 5, new Rng(seed))];
    expect(deal(1)).toEqual(deal(1));
    expect(deal(1)).not.toEqual(deal(2));
  });
});

describe('a split that was told', () => {
  test('is kept; a part that was not told is taken from the people of the training part', () => {
    const set = people();
    const parts = set.subjects.map((_, i) => (i < 30 ? 'test' : 'train') as SplitPart);
    const split = splitAsTold({ ...set, parts }, { validation: 0.15, test: 0.2 }, new Rng(5));
    expect(split.test.count).toBe(30);
    expect(split.test.subjects).toEqual(set.subjects.slice(0, 30));
    expect(split.validation.count).toBeGreaterThan(0);
    expect(split.train.count + split.validation.count).toBe(90);
    const trained = new Set(split.train.subjects);
    expect(split.validation.subjects.filter((subject) => trained.has(subject))).toEqual([]);
  });

  test('parts travel with their patches through picking and joining', () => {
    const set = tinyPatches(4, 'told');
    const told = { ...set, parts: ['train', 'test', 'validation', 'train'] as const };
    expect(pickPatches(told, [2, 1]).parts).toEqual(['validation', 'test']);
    expect(joinPatches([told, pickPatches(told, [1])]).parts).toEqual([...told.parts, 'test']);
    expect(joinPatches([told, set]).parts).toBeUndefined();
    expect(pickPatches(set, [1]).parts).toBeUndefined();
  });
});

describe('leakage', () => {
  test('subjects on more than one side are counted and up to three are named', () => {
    const subjects = ['a', 'b', 'a', 'c', 'b', 'd', 'd', 'e', 'e', 'f'];
    const sides = ['train', 'train', 'test', 'test', 'train', 'test', 'train', 'validation', 'test', 'test'];
    const leaking = leakingSubjects(subjects, sides);
    expect(leaking).toEqual(['a', 'd', 'e']);
    expect(leakageWarning(leaking, 6, 'more than one split')).toContain(
      'LEAKAGE: 3 of 6 subjects stand in more than one split (a, d, e).',
    );
    expect(leakageWarning(['a', 'b', 'c', 'd'], 9, 'folds')).toContain('(a, b, c, …)');
    expect(leakageWarning([], 6, 'folds')).toBeNull();
  });
});
