import { describe, expect, test } from 'vitest';
import { adviceFor, agreementOf } from '../../../src/screening/agreement.ts';
import type { ClockWitness, Refusal } from '../../../src/screening/screen-result.ts';

type Measured = Extract<ClockWitness, { state: 'measured' }>;
type NotMeasured = Extract<ClockWitness, { state: 'not-measured' }>;

const measured = (says: Measured['says']): ClockWitness => ({
  state: 'measured',
  says,
  strength: 3,
  peakHz: 5,
  swingMm: 1,
  swingPx: null,
  share: 0.8,
  durationS: 12,
});
const notMeasured = (reason: NotMeasured['reason']): ClockWitness => ({
  state: 'not-measured',
  reason,
  durationS: 2.1,
  neededS: 3,
  rateHz: 200,
});

test.each([
  ['tremor-like', 'tremor', 'agree'],
  ['tremor-like', 'none', 'disagree'],
  ['tremor-like', 'unclear', 'one-unclear'],
  ['regular', 'tremor', 'disagree'],
  ['regular', 'none', 'agree'],
  ['regular', 'unclear', 'one-unclear'],
  ['inconclusive', 'tremor', 'one-unclear'],
  ['inconclusive', 'none', 'one-unclear'],
] as const)('the picture says %s, the clock %s: %s', (says, clock, agreement) => {
  expect(agreementOf({ says }, measured(clock))).toBe(agreement);
});

test('a clock that is not there or was not measured agrees with nothing', () => {
  for (const says of ['tremor-like', 'regular', 'inconclusive'] as const) {
    expect(agreementOf({ says }, null)).toBe('picture-alone');
    expect(agreementOf({ says }, notMeasured('too-short'))).toBe('picture-alone');
  }
});

describe('advice', () => {
  const none = { clock: null, agreement: null };

  test.each<{ refusal: Refusal; advice: string | null }>([
    { refusal: { reason: 'blank' }, advice: null },
    { refusal: { reason: 'too-little-ink', found: 2, needed: 30, unit: 'mm' }, advice: 'longer' },
    { refusal: { reason: 'too-small', what: 'drawing', widthPx: 40, heightPx: 40 }, advice: 'larger' },
    { refusal: { reason: 'too-small', what: 'picture', widthPx: 30, heightPx: 30 }, advice: null },
    { refusal: { reason: 'sampled-too-slowly', rateHz: 18, neededHz: 25 }, advice: null },
    { refusal: { reason: 'printed' }, advice: null },
  ])('$refusal.reason: $advice', ({ refusal, advice }) => {
    expect(adviceFor({ verdict: 'not-screenable', refusal, ...none })).toBe(advice);
  });

  test.each([
    ['clock-shows-none', 'usual-pace'],
    ['clock-wavers', 'once-more'],
    ['maybe-no-pen-line', null],
    ['one-place', 'longer'],
    ['task-unknown', null],
    ['maybe-sideways', null],
  ] as const)('inconclusive by %s: %s', (inconclusive, advice) => {
    const clock = measured('unclear');
    expect(adviceFor({ verdict: 'inconclusive', inconclusive, clock, agreement: 'one-unclear' })).toBe(
      advice,
    );
  });

  test.each([
    ['too-short', 'longer'],
    ['written-too-fast', 'slower'],
    ['sampled-too-slowly', null],
    ['clock-unusable', null],
  ] as const)('between the limits, the clock %s: %s', (reason, advice) => {
    const clock = notMeasured(reason);
    const result = { verdict: 'inconclusive', inconclusive: 'between-limits', clock } as const;
    expect(adviceFor({ ...result, agreement: 'picture-alone' })).toBe(advice);
  });

  test('between the limits a scan is what it is, a measured recording may be drawn once more', () => {
    const result = { verdict: 'inconclusive', inconclusive: 'between-limits' } as const;
    expect(adviceFor({ ...result, clock: null, agreement: 'picture-alone' })).toBeNull();
    expect(adviceFor({ ...result, clock: measured('none'), agreement: 'one-unclear' })).toBe('once-more');
  });

  test('a clear verdict gets none, unless the witnesses disagree', () => {
    const [none, tremor] = [measured('none'), measured('tremor')];
    expect(adviceFor({ verdict: 'regular', clock: none, agreement: 'agree' })).toBeNull();
    expect(adviceFor({ verdict: 'tremor-like', clock: tremor, agreement: 'agree' })).toBeNull();
    expect(adviceFor({ verdict: 'regular', clock: null, agreement: 'picture-alone' })).toBeNull();
    // Shaky to look at, but timed and steady: another pace may look even too. A timed tremor stays one.
    expect(adviceFor({ verdict: 'regular', clock: none, agreement: 'disagree' })).toBe('usual-pace');
    expect(adviceFor({ verdict: 'tremor-like', clock: tremor, agreement: 'disagree' })).toBeNull();
  });
});
