import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import type { Label, TaskGroup, Verdict } from '../../../src/base/words.ts';
import {
  certaintyWarnings,
  groupCertaintyWarnings,
  evaluateGroups,
  evaluateImages,
  requireBothLabels,
  type EvaluatedImage,
} from '../../../src/screening/evaluation.ts';

function image(
  label: Label,
  logOdds: number | null,
  verdict: Verdict,
  subject: string,
  group: TaskGroup = 'spiral',
): EvaluatedImage {
  return { label, logOdds, verdict, subject, group };
}

const T = 'tremor-like';
const R = 'regular';

/** Six of each label and a blank page. */
const IMAGES: readonly EvaluatedImage[] = [
  image(R, -3, R, 'a'),
  image(R, -2, R, 'a'),
  image(R, -1, R, 'b'),
  image(R, -0.1, 'inconclusive', 'b'),
  image(R, 0.2, 'inconclusive', 'c'),
  image(R, 2, T, 'c'),
  image(T, 3, T, 'd'),
  image(T, 2.5, T, 'd'),
  image(T, 1.5, T, 'e'),
  image(T, 0.1, 'inconclusive', 'e'),
  image(T, -0.2, 'inconclusive', 'f'),
  image(T, -4, R, 'f'),
  image(T, null, 'not-screenable', 'g'),
];

describe('figures of labelled images by hand', () => {
  const evaluation = evaluateImages(IMAGES);

  test('both confusion matrices; what was refused is in the first one only', () => {
    expect(evaluation).toMatchObject({ images: 13, judged: 12, subjects: 6 });
    expect(evaluation.verdicts).toEqual({
      [R]: { [T]: 1, [R]: 3, inconclusive: 2, 'not-screenable': 0 },
      [T]: { [T]: 3, [R]: 1, inconclusive: 2, 'not-screenable': 1 },
    });
    expect(evaluation.atHalf).toEqual({ [R]: { [R]: 4, [T]: 2 }, [T]: { [R]: 2, [T]: 4 } });
  });

  test('shares at one half, and the AUC by pairs', () => {
    const { accuracy, sensitivity, specificity, auc } = evaluation.figures;
    expect(accuracy.value).toBeCloseTo(8 / 12, 12);
    expect(sensitivity.value).toBeCloseTo(4 / 6, 12);
    expect(specificity.value).toBeCloseTo(4 / 6, 12);
    // Regular images below each tremor-like one: 6, 6, 5, 4, 3, 0.
    expect(auc.value).toBeCloseTo(24 / 36, 12);
    for (const { low, high } of [accuracy, sensitivity, specificity, auc])
      expect(high - low).toBeGreaterThan(0.2);
  });

  test('Brier score and ECE are those of the probabilities', () => {
    const judged = IMAGES.filter(({ logOdds }) => logOdds !== null);
    const squares = judged.map(
      ({ label, logOdds }) => (1 / (1 + Math.exp(-(logOdds ?? 0))) - (label === T ? 1 : 0)) ** 2,
    );
    expect(evaluation.brier).toBeCloseTo(squares.reduce((sum, value) => sum + value, 0) / 12, 10);
    expect(evaluation.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(12);
    // All of −3, −4 in the first bin: one of two is tremor-like, said are 0.047 and 0.018.
    expect(evaluation.reliability[0]).toMatchObject({ count: 2, observed: 0.5 });
    expect(evaluation.reliability[0]?.predicted).toBeCloseTo((0.047426 + 0.017986) / 2, 5);
  });

  test('the same images in another order give the same shares', () => {
    const turned = evaluateImages([...IMAGES].reverse());
    expect(turned.figures.auc.value).toBe(evaluation.figures.auc.value);
    expect(turned.verdicts).toEqual(evaluation.verdicts);
  });
});

describe('task groups', () => {
  const waves = IMAGES.map((one) => ({ ...one, group: 'wave' as const }));

  test('each has its own figures where there are enough of both labels', () => {
    const groups = evaluateGroups([...IMAGES, ...waves, image(R, 1, T, 'z', 'writing')]);
    expect(Object.keys(groups)).toEqual(['spiral', 'wave']);
    expect(groups.wave?.figures.auc.value).toBeCloseTo(24 / 36, 12);
  });

  test('one group alone is not said twice', () => {
    expect(evaluateGroups(IMAGES)).toEqual({});
  });
});

describe('too few images', () => {
  const refusalOf = (labels: readonly Label[], refused?: number): string => {
    try {
      requireBothLabels(labels, refused);
      return '';
    } catch (fault) {
      return fault instanceof UserError && fault.code === 'too-few-samples' ? fault.message : `not: ${fault}`;
    }
  };
  const many = (regular: number, tremorLike: number): Label[] => [
    ...Array<Label>(regular).fill(R),
    ...Array<Label>(tremorLike).fill(T),
  ];

  test.each([
    [
      many(9, 0),
      'All 9 images have the label regular: nothing can be told apart. At least 5 of each label are needed: add 5 more tremor-like.',
    ],
    [
      many(0, 2),
      'All 2 images have the label tremor-like: nothing can be told apart. At least 5 of each label are needed: add 5 more regular and 3 more tremor-like.',
    ],
    [
      many(3, 8),
      'Too few images to evaluate: 3 regular and 8 tremor-like. At least 5 of each label are needed: add 2 more regular.',
    ],
    [many(0, 0), 'Too few images to evaluate: 0 regular and 0 tremor-like.'],
    [many(5, 5), ''],
  ])('%j', (labels, words) => {
    const said = refusalOf(labels);
    if (words === '') expect(said).toBe('');
    else expect(said).toContain(words);
  });

  test('images that were not screenable do not count, and are named', () => {
    const refused = IMAGES.map((one, i) =>
      i < 3 ? { ...one, logOdds: null, verdict: 'not-screenable' as const } : one,
    );
    expect(() => evaluateImages(refused)).toThrow(
      /3 regular and 6 tremor-like\. 4 more were not screenable\./,
    );
  });
});

test('a share without exception says what its interval cannot', () => {
  const sure = IMAGES.filter(({ label, logOdds }) => label === T || (logOdds ?? 0) < 0);
  const more = [...sure, image(R, -1, R, 'h'), image(R, -1, R, 'i')];
  const { figures } = evaluateImages(more);
  expect(figures.specificity).toEqual({ value: 1, low: 1, high: 1 });
  // Four subjects a, b, h, i: 3/4.
  expect(certaintyWarnings(more, figures)).toEqual([
    expect.stringMatching(/specificity is exactly 1.*with 4 subjects up to 75 %/),
  ]);
  expect(certaintyWarnings(IMAGES, evaluateImages(IMAGES).figures)).toEqual([]);
  // Of a task group too, of its own subjects.
  const mixed = [...more, ...IMAGES.map((one) => ({ ...one, group: 'wave' as const }))];
  expect(groupCertaintyWarnings(mixed, evaluateGroups(mixed))).toEqual([
    expect.stringMatching(/^Task group spiral: The specificity is exactly 1.*with 4 subjects up to 75 %/),
  ]);
  expect(groupCertaintyWarnings(more, evaluateGroups(more))).toEqual([]);
});
