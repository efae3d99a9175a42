import { describe, expect, test } from 'vitest';
import type { ClockWitness, ScreenResultView } from '../../renderer/api/types.ts';
import { notesOf } from '../../renderer/screens/screen/notes.ts';
import { words } from '../../renderer/words/words.ts';
import { fakeResult, fakeScan } from './fake-api.ts';

const { verdict, witnesses, warnings } = words;
/** With plain spaces, as it is read. */
const read = (text: string | null) => text?.replace(/[\u00a0\u202f]/g, ' ') ?? null;
const sentence = (result: ScreenResultView) => read(verdict.plainSentence(result));
const measured: Extract<ClockWitness, { state: 'measured' }> = {
  state: 'measured',
  says: 'tremor',
  strength: 5,
  peakHz: 5.1,
  swingMm: 1.2,
  swingPx: 4.5,
  share: 0.81,
  durationS: 21,
};
const unread: Extract<ClockWitness, { state: 'not-measured' }> = {
  state: 'not-measured',
  reason: 'too-short',
  durationS: 2.1,
  neededS: 3,
  rateHz: 143,
};

describe('the sentence of a result', () => {
  test.each<[string, ScreenResultView]>([
    ['The line wavers 5.1 times a second, by about 1.2 mm.', fakeResult('tremor-like', { clock: measured })],
    [
      'The writing wavers 5.1 times a second, by about 5 px.',
      fakeResult('tremor-like', { task: 'text', clock: { ...measured, swingMm: null } }),
    ],
    [
      'The line wavers 5.1 times a second.',
      fakeResult('tremor-like', { clock: { ...measured, swingMm: null, swingPx: null } }),
    ],
    [
      'The line looks shaky, and may waver 5.1 times a second, by about 1.2 mm.',
      fakeResult('tremor-like', { clock: { ...measured, says: 'unclear' } }),
    ],
    ['The line looks shaky, mostly on the outer turn.', fakeScan('tremor-like')],
    ['The line looks even.', fakeResult('regular')],
    ['The line looks even.', fakeScan('regular', { task: null, taskFrom: 'unknown' })],
    [
      'Not quite even to look at, but the pen’s clock shows no tremor.',
      fakeResult('regular', { picture: { probability: 0.49, says: 'inconclusive', places: 1 } }),
    ],
    [
      'Shaky to look at, but the pen’s clock shows no tremor, as in slow, careful drawing.',
      fakeResult('inconclusive'),
    ],
    [
      'Even to look at, but by the pen’s clock it may waver 5.1 times a second, by about 1.2 mm.',
      fakeResult('inconclusive', {
        inconclusive: 'clock-wavers',
        clock: { ...measured, says: 'unclear' },
      }),
    ],
    [
      'There is only one place to look at: too little to be sure.',
      fakeScan('inconclusive', { inconclusive: 'one-place' }),
    ],
    [
      'It is not known what was drawn, and its shape does not tell.',
      fakeScan('inconclusive', { inconclusive: 'task-unknown' }),
    ],
    [
      'The lines may not be drawn by hand. Screen the handwriting alone, on plain paper.',
      fakeScan('inconclusive', { inconclusive: 'maybe-no-pen-line' }),
    ],
    [
      'The page may lie on its side. Turn it upright and screen it again.',
      fakeScan('inconclusive', { inconclusive: 'maybe-sideways' }),
    ],
    ['The line is neither clearly even nor clearly shaky.', fakeScan('inconclusive')],
    ['Too little ink: 2 mm of line, 30 mm are needed.', fakeResult('not-screenable')],
    [
      'Nothing was drawn: the recording holds no line.',
      fakeResult('not-screenable', { refusal: { reason: 'blank' } }),
    ],
    [
      'The drawing is too small.',
      fakeResult('not-screenable', {
        refusal: { reason: 'too-small', what: 'picture', widthPx: 30, heightPx: 28 },
      }),
    ],
    [
      'Too little of a line: 25 % of the length that is needed.',
      fakeResult('not-screenable', {
        refusal: { reason: 'too-little-ink', found: 60, needed: 240, unit: 'px' },
      }),
    ],
    [
      'The picture is too small: 30 × 28 px.',
      fakeScan('not-screenable', {
        refusal: { reason: 'too-small', what: 'picture', widthPx: 30, heightPx: 28 },
      }),
    ],
    [
      'The drawing is too small: 40 px across.',
      fakeScan('not-screenable', {
        refusal: { reason: 'too-small', what: 'drawing', widthPx: 40, heightPx: 40 },
      }),
    ],
    [
      'The pen was read only 20 times a second; at least 25 are needed.',
      fakeResult('not-screenable', {
        refusal: { reason: 'sampled-too-slowly', rateHz: 20, neededHz: 25 },
      }),
    ],
    [
      'This does not look like a pen line on a plain sheet.',
      fakeScan('not-screenable', { refusal: { reason: 'no-pen-line' } }),
    ],
  ])('%s', (wanted, result) => expect(sentence(result)).toBe(wanted));

  test('what was measured stands out, and no tremor too', () => {
    const strongOf = (result: ScreenResultView) =>
      verdict.sentence(result).flatMap(({ text, strong }) => (strong ? [read(text)] : []));
    expect(strongOf(fakeResult('tremor-like'))).toEqual(['5.1 times a second', '1.2 mm']);
    expect(strongOf(fakeResult('inconclusive'))).toEqual(['no tremor']);
    expect(strongOf(fakeResult('regular'))).toEqual([]);
  });
});

describe('the pen’s clock', () => {
  test.each<[ClockWitness, string, string]>([
    [measured, 'clear', '5.1 Hz, 1.2 mm, 81 % of the time'],
    [{ ...measured, share: 1 }, 'clear', '5.1 Hz, 1.2 mm, all the time'],
    [{ ...measured, share: null }, 'clear', '5.1 Hz, 1.2 mm'],
    [{ ...measured, says: 'unclear', share: 0.3 }, 'weak', 'Maybe 5.1 Hz, 1.2 mm, 30 % of the time'],
    [{ ...measured, says: 'unclear', peakHz: null }, 'weak', 'Something from 3 to 12 Hz, but unclear'],
    [{ ...measured, says: 'none', peakHz: null }, 'none', 'Nothing from 3 to 12 Hz in 21 s'],
    [unread, '—', 'Not measured: 2.1 s drawn, 3 s are needed'],
    [{ ...unread, reason: 'written-too-fast' }, '—', 'Written too fast to time'],
    [
      { ...unread, reason: 'sampled-too-slowly', rateHz: 20 },
      '—',
      'Not measured: the pen was read only 20 times a second',
    ],
    [{ ...unread, reason: 'not-recorded' }, '—', 'Not recorded by the version that screened it'],
    [{ ...unread, reason: 'clock-unusable' }, '—', 'Not measured: the times in the file are unusable'],
  ])('%o', (clock, word, line) => {
    expect([witnesses.clockWord(clock), read(witnesses.clockLine(clock))]).toEqual([word, line]);
  });
});

describe('the picture', () => {
  test('a figure is seen whole, in one place, and what it shows is said all the same', () => {
    const whole = { probability: 0.97, says: 'tremor-like', places: 1 } as const;
    expect(witnesses.pictureLine(fakeScan('tremor-like', { picture: whole }))).toBe(
      'Shaky, mostly on the outer turn',
    );
    expect(
      witnesses.pictureLine(fakeScan('inconclusive', { picture: whole, inconclusive: 'one-place' })),
    ).toBe('One place to look at only');
  });
});

describe('the two together', () => {
  const alone = { clock: unread, agreement: 'picture-alone' } as const;
  test.each<[string | null, ScreenResultView]>([
    ['Both say the same.', fakeResult('tremor-like')],
    ['They disagree.', fakeResult('inconclusive')],
    ['Judged by the picture alone.', fakeResult('regular', alone)],
    [
      'The pen’s clock is not sure.',
      fakeResult('tremor-like', { agreement: 'one-unclear', clock: { ...measured, says: 'unclear' } }),
    ],
    [
      'The picture is not sure.',
      fakeResult('tremor-like', {
        agreement: 'one-unclear',
        picture: { probability: 0.5, says: 'inconclusive', places: 4 },
      }),
    ],
    [null, fakeScan('tremor-like')],
  ])('%s', (wanted, result) => expect(witnesses.agreementLine(result)).toBe(wanted));

  test('advice speaks of drawing or of writing', () => {
    expect(witnesses.adviceLine('usual-pace', 'wave')).toBe('A drawing at the usual pace would tell.');
    expect(witnesses.adviceLine('slower', 'sentence')).toBe('Written more slowly, it could be timed.');
    expect(witnesses.adviceLine('once-more', null)).toBe('Draw it once more.');
  });
});

describe('warnings', () => {
  test('a guessed task is named, and how to name another', () => {
    expect(warnings.wordsOf({ code: 'task-guessed', task: 'spiral-free', sure: true }, true)).toEqual({
      head: 'Taken for a spiral.',
      text: 'By its shape. Not so? Choose the task above the picture, and it is screened again.',
    });
    expect(warnings.wordsOf({ code: 'task-guessed', task: 'wave', sure: false }, false)).toEqual({
      head: 'Perhaps a wave.',
      text: 'By its shape, which may be something else. Screen the file again and choose the task there.',
    });
  });

  test('what the result says already is not said twice', () => {
    const codesOf = (result: ScreenResultView) => notesOf(result).map(({ code }) => code);
    const all: ScreenResultView['warnings'] = [
      { code: 'short-recording', durationS: 2.1, neededS: 3 },
      { code: 'slow-sampling', rateHz: 30, neededHz: 100, visibleHz: 12 },
      { code: 'measures-disagree' },
      { code: 'size-unknown' },
    ];
    expect(codesOf(fakeResult('regular', { clock: unread, warnings: all }))).toEqual([
      'slow-sampling',
      'measures-disagree',
      'size-unknown',
    ]);
    expect(codesOf(fakeResult('inconclusive', { warnings: all }))).toEqual([
      'short-recording',
      'slow-sampling',
      'size-unknown',
    ]);
  });

  test('an unknown task has a name wherever tasks are named', () => {
    expect(words.common.taskOf(null)).toBe('Unknown');
    expect(words.library.titleOf({ task: null, kind: 'scan', page: 3 })).toBe('Unknown, scan p. 3');
  });
});
