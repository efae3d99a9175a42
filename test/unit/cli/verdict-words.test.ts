import { describe, expect, test } from 'vitest';
import { INCONCLUSIVE_REASONS, NOT_SCREENABLE_REASONS } from '../../../src/base/words.ts';
import {
  adviceWords,
  clockWords,
  sentenceOf,
  withWords,
  witnessWords,
} from '../../../src/cli/verdict-words.ts';
import { refusalWords, warningWords } from '../../../src/cli/warning-words.ts';
import {
  ADVICE,
  type ClockWitness,
  type Refusal,
  type ScreenResult,
  type ScreenWarning,
} from '../../../src/screening/screen-result.ts';
import { resultOf } from '../store/support.ts';

const tremor: ClockWitness = {
  state: 'measured',
  says: 'tremor',
  strength: 4,
  peakHz: 5.07,
  swingMm: 1.2,
  swingPx: null,
  share: 0.81,
  durationS: 12,
};
const none: ClockWitness = {
  ...tremor,
  says: 'none',
  strength: 0,
  peakHz: null,
  swingMm: null,
  share: 0,
  durationS: 21.4,
};
const unclear: ClockWitness = { ...tremor, says: 'unclear' };
const tooShort: ClockWitness = {
  state: 'not-measured',
  reason: 'too-short',
  durationS: 2.19,
  neededS: 3,
  rateHz: 200,
};

const judged = (change: Partial<ScreenResult>): ScreenResult =>
  resultOf({ task: 'spiral-free', clock: null, ...change });

describe('sentences', () => {
  test.each<{ seen: Partial<ScreenResult>; says: string }>([
    {
      seen: { verdict: 'tremor-like', clock: tremor },
      says: 'The line wavers 5.1 times a second, by about 1.2 mm.',
    },
    {
      seen: { verdict: 'tremor-like', clock: { ...tremor, swingMm: null, swingPx: 11.3 } },
      says: 'The line wavers 5.1 times a second, by about 11 pixels.',
    },
    {
      seen: { verdict: 'tremor-like', clock: { ...tremor, swingMm: null } },
      says: 'The line wavers 5.1 times a second.',
    },
    { seen: { verdict: 'tremor-like' }, says: 'The line looks shaky.' },
    { seen: { verdict: 'tremor-like', clock: unclear }, says: 'The line looks shaky.' },
    { seen: { verdict: 'tremor-like', clock: none, task: 'words' }, says: 'The writing looks shaky.' },
    { seen: { verdict: 'tremor-like', task: null }, says: 'The drawing looks shaky.' },
    { seen: { verdict: 'regular' }, says: 'The line looks even.' },
    { seen: { verdict: 'regular', task: 'page' }, says: 'The writing looks even.' },
    {
      seen: { verdict: 'regular', clock: none },
      says: 'Nothing between 3 and 12 times a second stands out.',
    },
    // Not measured is not none.
    { seen: { verdict: 'regular', clock: tooShort }, says: 'The line looks even.' },
    { seen: { verdict: 'regular', clock: unclear }, says: 'The line looks even.' },
    {
      seen: { verdict: 'regular', clock: tremor },
      says: 'The line looks even, though it wavers 5.1 times a second, by about 1.2 mm.',
    },
    {
      seen: { kind: 'recording', verdict: 'not-screenable', refusal: { reason: 'blank' } },
      says: 'Nothing was drawn: the recording holds no line.',
    },
    {
      seen: { kind: 'scan', verdict: 'not-screenable', refusal: { reason: 'blank' } },
      says: 'The page is blank: no ink stands out from the paper.',
    },
  ])('$says', ({ seen, says }) => {
    expect(sentenceOf(judged(seen))).toBe(says);
  });

  test('the place of the heat is named', () => {
    const { evidence } = judged({});
    const seen = { verdict: 'tremor-like', evidence: { ...evidence, where: 'outer' } } as const;
    expect(sentenceOf(judged(seen))).toBe('The line looks shaky, mostly in the outer turns.');
  });

  const INCONCLUSIVE: Readonly<Record<(typeof INCONCLUSIVE_REASONS)[number], string>> = {
    'clock-shows-none': 'Shaky to look at, but the pen’s clock shows no tremor, as in slow, careful drawing.',
    'clock-wavers':
      'Even to look at, but by the pen’s clock it may waver 5.1 times a second, by about 1.2 mm.',
    'maybe-no-pen-line': 'The lines may not be drawn by hand.',
    'one-place': 'One place alone does not decide.',
    'task-unknown': 'What was drawn is unknown, and its shape does not tell.',
    'maybe-sideways': 'The page may lie on its side.',
    'between-limits':
      'The line may waver 5.1 times a second, by about 1.2 mm; its picture alone does not decide.',
  };
  test.each(INCONCLUSIVE_REASONS)('inconclusive: %s', (inconclusive) => {
    const seen = { verdict: 'inconclusive', inconclusive, clock: unclear } as const;
    expect(sentenceOf(judged(seen))).toBe(INCONCLUSIVE[inconclusive]);
  });

  test('of one word, and of a scan between the limits', () => {
    const verdict = 'inconclusive';
    expect(sentenceOf(judged({ verdict, inconclusive: 'one-place', task: 'words' }))).toBe(
      'One word alone does not decide.',
    );
    expect(sentenceOf(judged({ verdict, inconclusive: 'between-limits', task: 'page' }))).toBe(
      'The writing is neither clearly even nor clearly shaky.',
    );
  });
});

test.each<{ clock: ClockWitness; says: string }>([
  { clock: tremor, says: '5.1 Hz, 1.2 mm, in 81 % of the time' },
  { clock: { ...tremor, share: null, swingMm: null }, says: '5.1 Hz' },
  { clock: unclear, says: 'unclear, perhaps 5.1 Hz, 1.2 mm, in 81 % of the time' },
  { clock: { ...none, says: 'unclear', share: null }, says: 'unclear' },
  { clock: { ...none, says: 'unclear', share: 0 }, says: 'unclear' },
  { clock: none, says: 'nothing from 3 to 12 Hz in 21.4 s' },
  { clock: tooShort, says: 'too short to time: 2.1 s drawn, 3 s are needed' },
  { clock: { ...tooShort, durationS: 2.99 }, says: 'too short to time: 2.9 s drawn, 3 s are needed' },
  {
    clock: { ...tooShort, reason: 'sampled-too-slowly', rateHz: 18.2 },
    says: 'sampled too slowly to time: 18 times a second',
  },
  {
    clock: { ...tooShort, reason: 'written-too-fast' },
    says: 'written too fast to time: every stroke is too short',
  },
  { clock: { ...tooShort, reason: 'clock-unusable' }, says: 'its times cannot be used' },
  {
    clock: { ...tooShort, reason: 'not-recorded' },
    says: 'not recorded by the version that screened it',
  },
])('the clock: $says', ({ clock, says }) => {
  expect(clockWords(clock)).toBe(says);
});

test('both witnesses of a recording in a line; a scan and a refusal have none', () => {
  const picture = { probability: 0.876, says: 'tremor-like', places: 1 } as const;
  expect(witnessWords({ picture, clock: tremor })).toBe(
    'Picture: 88 %. Pen’s clock: 5.1 Hz, 1.2 mm, in 81 % of the time.',
  );
  expect(witnessWords({ picture, clock: null })).toBeNull();
  expect(witnessWords({ picture: null, clock: tooShort })).toBeNull();
});

const REFUSALS: readonly (readonly [Refusal, string])[] = [
  [{ reason: 'blank' }, 'The page is blank: no ink stands out from the paper.'],
  [{ reason: 'blurred' }, 'The picture is blurred: a fine tremor cannot be seen. Scan it again, in focus.'],
  [
    { reason: 'too-little-ink', found: 2, needed: 30, unit: 'mm' },
    'Too little ink: 2 mm of line, 30 mm needed.',
  ],
  [
    { reason: 'too-little-ink', found: 80, needed: 250, unit: 'px' },
    'Too little ink: a line of 80 pixels, 250 pixels needed.',
  ],
  [
    { reason: 'too-small', what: 'picture', widthPx: 30, heightPx: 5 },
    'The picture is too small: 30 × 5 pixels. Scan it at 150 dpi or more.',
  ],
  [
    { reason: 'too-small', what: 'drawing', widthPx: 43, heightPx: 43 },
    'The drawing is too small: 43 pixels long. Scan it at a higher resolution or crop it less.',
  ],
  [
    { reason: 'sampled-too-slowly', rateHz: 18.4, neededHz: 25 },
    'The pen was sampled 18 times a second; at least 25 are needed. Use a pen tablet.',
  ],
  [{ reason: 'printed' }, 'This looks printed. Only lines drawn by hand can be judged.'],
  [{ reason: 'no-pen-line' }, 'This does not look like a pen line on paper.'],
  [{ reason: 'ruled-paper' }, 'The rules of the paper cannot be told from the pen. Use plain paper.'],
  [{ reason: 'dark-surround' }, 'Too much dark lies around the sheet. Crop the picture to the sheet.'],
];
test.each(REFUSALS)('refused: %j', (refusal, says) => {
  expect(refusalWords(refusal, 'scan')).toBe(says);
});

test.each<readonly [Refusal, string]>([
  [{ reason: 'blank' }, 'Nothing was drawn: the recording holds no line.'],
  [
    { reason: 'too-little-ink', found: 2, needed: 30, unit: 'mm' },
    'The line is too short: 2 mm, 30 mm needed. Draw more of it.',
  ],
  [
    { reason: 'too-little-ink', found: 60, needed: 240, unit: 'px' },
    'The line is too short: 25 % of the length that is needed. Draw more of it.',
  ],
  ...(['picture', 'drawing'] as const).map(
    (what) =>
      [
        { reason: 'too-small', what, widthPx: 30, heightPx: 5 },
        'The drawing is too small. Draw it again, larger.',
      ] as const,
  ),
  [
    { reason: 'sampled-too-slowly', rateHz: 18.4, neededHz: 25 },
    'The pen was sampled 18 times a second; at least 25 are needed. Use a pen tablet.',
  ],
])('a recording, refused: %j', (refusal, says) => {
  expect(refusalWords(refusal, 'recording')).toBe(says);
});

test('every reason has words', () => {
  expect(new Set(REFUSALS.map(([{ reason }]) => reason))).toEqual(new Set(NOT_SCREENABLE_REASONS));
});

test.each<[ScreenWarning, string]>([
  [
    { code: 'low-resolution' },
    'The picture has few pixels for its content; fine tremor may not show. Scan at 200 dpi or more.',
  ],
  [
    { code: 'size-unknown' },
    'The physical size of the drawing is unknown, so amplitudes are in pixels only.',
  ],
  [
    { code: 'very-large' },
    'The picture is very large and was reduced before it was judged. Crop it to the drawing.',
  ],
  [
    { code: 'inverted' },
    'The ink is lighter than the paper; light and dark were swapped before it was judged.',
  ],
  [{ code: 'desk-cut' }, 'What lay around the sheet was cut away before it was judged.'],
  [{ code: 'maybe-sideways' }, 'The page may lie on its side. Turn it upright.'],
  [{ code: 'task-unknown' }, 'What was drawn is unknown. Name the task: each has its own limits.'],
  [{ code: 'measures-disagree' }, 'The picture and the pen’s clock disagree.'],
  [
    { code: 'task-guessed', task: 'spiral-free', sure: true },
    'Taken for a spiral by its shape. Name the task if that is wrong: each has its own limits.',
  ],
  [
    { code: 'task-guessed', task: 'page', sure: false },
    'Taken for a page of writing, but by its shape it may be something else. Name the task: each has its own limits.',
  ],
  [
    { code: 'slow-sampling', rateHz: 18, neededHz: 25, visibleHz: 7.2 },
    'The pen was sampled 18 times a second; at least 25 are needed to measure a tremor. Use a pen tablet.',
  ],
  [
    { code: 'slow-sampling', rateHz: 29.6, neededHz: 25, visibleHz: 11.84 },
    'The pen was sampled 30 times a second: a tremor above 11 Hz cannot be seen.',
  ],
  [
    { code: 'short-recording', durationS: 2.96, neededS: 3 },
    'The pen was down for 2.9 s; a tremor can be measured from 3 s on. Draw longer or more slowly.',
  ],
  [
    { code: 'short-recording', durationS: 9, neededS: 3 },
    'Every stroke is too short to measure a tremor in. Draw longer strokes, or more slowly.',
  ],
  [{ code: 'rules-removed', lines: 1 }, 'One rule of the paper was taken away before it was judged.'],
  [{ code: 'rules-removed', lines: 22 }, '22 rules of the paper were taken away before it was judged.'],
  [{ code: 'turned', degrees: 90 }, 'The page was turned by 90° before it was judged.'],
])('warning %j', (warning, says) => {
  expect(warningWords(warning)).toBe(says);
});

test('every advice is a sentence of its own', () => {
  const all = ADVICE.map(adviceWords);
  expect(new Set(all).size).toBe(ADVICE.length);
  for (const words of all) expect(words).toMatch(/^[A-Z].*\.$/);
});

test('scripts of before find sentence, reason and messages beside the codes', () => {
  const refused = judged({
    verdict: 'not-screenable',
    refusal: { reason: 'too-little-ink', found: 12, needed: 60, unit: 'mm' },
    warnings: [{ code: 'short-recording', durationS: 0.5, neededS: 3 }],
  });
  expect(withWords(refused)).toEqual({
    ...refused,
    reason: 'too-little-ink',
    sentence: 'The line is too short: 12 mm, 60 mm needed. Draw more of it.',
    warnings: [
      {
        code: 'short-recording',
        durationS: 0.5,
        neededS: 3,
        message:
          'The pen was down for 0.5 s; a tremor can be measured from 3 s on. Draw longer or more slowly.',
      },
    ],
  });
  expect(withWords(judged({}))).not.toHaveProperty('reason');
});
