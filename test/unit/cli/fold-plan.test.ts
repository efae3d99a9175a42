import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { dealFolds, partsOfFold, refuseThinFolds } from '../../../src/cli/fold-plan.ts';
import type { SplitPart } from '../../../src/base/words.ts';
import { crossSides, validationSides } from '../../../src/cli/scored-samples.ts';
import { leakingSubjects } from '../../../src/model/leakage.ts';
import type { EvaluatedImage } from '../../../src/screening/evaluation.ts';

/** Each person draws 1 … 6 files of one label. */
function drawings(people: number, seed: number) {
  const rng = new Rng(seed);
  const units: string[] = [];
  const labels: number[] = [];
  for (let person = 0; person < people; person++) {
    for (let n = 1 + rng.int(6); n > 0; n--) {
      units.push(`p${person}`);
      labels.push(person % 2);
    }
  }
  return { units, labels: Uint8Array.from(labels) };
}

describe('the parts of a fold', () => {
  test.each([
    [3, 6],
    [5, 10],
    [5, 28],
    [10, 60],
  ])('%i folds of %i people: nobody in two parts, both labels in each', (folds, people) => {
    const { units, labels } = drawings(people, people);
    const foldOf = dealFolds(units, labels, folds, 1, 'subjects');
    const tested = Array<number>(units.length).fill(0);
    for (let fold = 0; fold < folds; fold++) {
      const parts = partsOfFold(units, labels, foldOf, fold, 1);
      expect(leakingSubjects(units, parts)).toEqual([]);
      for (const part of ['train', 'validation', 'test']) {
        expect([...new Set(labels.filter((_, i) => parts[i] === part))].sort(), `${part} of ${fold}`).toEqual(
          [0, 1],
        );
      }
      parts.forEach((part, i) => (tested[i]! += part === 'test' ? 1 : 0));
    }
    expect(new Set(tested)).toEqual(new Set([1]));
  });

  test('too few people of a label: how many are there, how many are needed, what to do', () => {
    const units = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const labels = Uint8Array.of(0, 0, 0, 1, 1, 1, 1);
    expect(() => dealFolds(units, labels, 5, 1, 'subjects')).toThrow(
      /needs at least 5 subjects with regular and 5 with tremor-like samples.*there are 3 and 4\. Take --folds 3/,
    );
    expect(() => dealFolds(units.slice(1), labels.slice(1), 3, 1, 'subjects')).toThrow(
      /there are 2 and 4\. Add samples of more people\./,
    );
  });
});

describe('sides of another calibration', () => {
  const rng = new Rng('sides');
  const image = (i: number, person: number): EvaluatedImage => ({
    label: person % 2 === 0 ? 'regular' : 'tremor-like',
    subject: `p${person}`,
    group: 'spiral',
    verdict: 'inconclusive',
    // Tells whose it is: whole part the person, so that sides can be told apart.
    logOdds: person + i / 1000,
  });
  const images = Array.from({ length: 80 }, (_, i) => image(i, rng.int(20)));
  const peopleOf = (logits: Float32Array) => new Set([...logits].map(Math.floor));

  test('across subjects: nobody is on both, and everybody is measured once', () => {
    const sides = crossSides(images);
    expect(sides).toHaveLength(5);
    for (const { fit, heldOut } of sides) {
      expect([...peopleOf(fit.logits)].filter((person) => peopleOf(heldOut.logits).has(person))).toEqual([]);
      expect(fit.labels.length + heldOut.labels.length).toBe(80);
    }
    expect(sides.reduce((sum, { heldOut }) => sum + heldOut.labels.length, 0)).toBe(80);
    expect(crossSides(images.slice(0, 4))).toEqual([]);
  });

  test('on a validation part: people who are also evaluated are left out', () => {
    const [evaluated, validation] = [images.slice(0, 40), images.slice(40)];
    const [sides] = validationSides(evaluated, validation);
    expect(sides!.heldOut.labels.length).toBe(40);
    expect(
      [...peopleOf(sides!.fit.logits)].filter((person) => peopleOf(sides!.heldOut.logits).has(person)),
    ).toEqual([]);
  });
});

test('a fold without enough patches is named with what it lacks', () => {
  const labels = Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1);
  const enough = Array.from(labels, (_, i): SplitPart => (i < 8 ? 'train' : i < 12 ? 'validation' : 'test'));
  const thin = enough.map((part, i) => (i === 15 ? 'train' : part));
  expect(() => refuseThinFolds(labels, [enough, enough])).not.toThrow();
  expect(() => refuseThinFolds(labels, [enough, thin])).toThrow(
    /^Fold 2 of 2: Too few samples for the test part: it needs at least 2 regular and 2 tremor-like, but has 2 and 1\./,
  );
});
