import { describe, expect, test } from 'vitest';
import { traverseContractProcedures } from '@orpc/server';
import { contract } from '../../../src/api/contract.ts';
import { UserError } from '../../../src/base/errors.ts';
import * as s from '../../../src/api/schemas.ts';
import { isPictureName } from '../../../src/imaging/picture-format.ts';
import { readRecording } from '../../../src/ink/formats/read-recording.ts';
import type { ScreenResult } from '../../../src/screening/screen-result.ts';
import { resultOf } from '../store/support.ts';

const sample = { timeMs: 0, x: 1, y: 2, pressure: 0.5, tiltXDeg: null, tiltYDeg: null };
const recording = {
  schemaVersion: 1,
  task: 'wave',
  unit: 'px',
  mmPerUnit: null,
  pointer: 'mouse',
  strokes: [{ samples: [sample] }],
};

test.each(['P-017', 'a', 'A_b-9', 'x'.repeat(24)])('%s is a participant code', (code) => {
  expect(s.participantCode.parse(code)).toBe(code);
});

test.each(['', 'Jane Doe', 'x'.repeat(25), 'é', '../P', 'a\n'])('%j is no participant code', (code) => {
  expect(s.participantCode.safeParse(code).success).toBe(false);
});

test('a recording passes unchanged, sample by sample', () => {
  expect(s.recording.parse(recording)).toEqual(recording);
});

test.each([
  { at: 'a time that is no number', change: { timeMs: Number.NaN } },
  { at: 'an endless coordinate', change: { x: Number.POSITIVE_INFINITY } },
  { at: 'a pressure above 1', change: { pressure: 1.01 } },
  { at: 'a tilt beyond the horizon', change: { tiltXDeg: -91 } },
  { at: 'a missing field', change: { y: undefined } },
])('$at is refused and named', ({ change }) => {
  const wrong = { ...recording, strokes: [{ samples: [sample, { ...sample, ...change }] }] };
  const { error } = s.recording.safeParse(wrong);
  expect(error?.issues[0]?.path).toEqual(['strokes', 0, 'samples', 1, Object.keys(change)[0]]);
});

test('a stroke without samples is refused', () => {
  expect(s.rawStroke.safeParse({ samples: [] }).success).toBe(false);
});

test('an empty filter asks for the first 200', () => {
  expect(s.sampleFilter.parse({})).toEqual({ offset: 0, limit: 200 });
  expect(s.sampleFilter.safeParse({ limit: 501 }).success).toBe(false);
  expect(s.sampleFilter.safeParse({ label: 'maybe' }).success).toBe(false);
});

test('ids of samples, models and runs have their own forms', () => {
  expect(s.sampleId.safeParse('../../etc/passwd').success).toBe(false);
  expect(s.modelId.safeParse('0123456789abcdef').success).toBe(true);
  expect(s.modelId.safeParse('0123456789ABCDEF').success).toBe(false);
});

test('every call can be refused with an ErrorInfo', () => {
  const without: string[] = [];
  traverseContractProcedures({ router: contract, path: [] }, ({ contract: call, path }) => {
    if (call['~orpc'].errorMap['REFUSED'] === undefined) without.push(path.join('.'));
  });
  expect(without).toEqual([]);
});

describe('a result', () => {
  const CODES: readonly ScreenResult['warnings'][number][] = [
    { code: 'low-resolution' },
    { code: 'size-unknown' },
    { code: 'very-large' },
    { code: 'inverted' },
    { code: 'desk-cut' },
    { code: 'maybe-sideways' },
    { code: 'task-unknown' },
    { code: 'measures-disagree' },
    { code: 'task-guessed', task: 'loops', sure: false },
    { code: 'slow-sampling', rateHz: 30, neededHz: 25, visibleHz: 12 },
    { code: 'short-recording', durationS: 2, neededS: 3 },
    { code: 'rules-removed', lines: 22 },
    { code: 'turned', degrees: 270 },
  ];
  const clock = {
    state: 'measured',
    says: 'unclear',
    strength: 2,
    peakHz: 5,
    swingMm: null,
    swingPx: 3,
    share: 0.4,
    durationS: 9,
  } as const;

  test.each<{ what: string; result: ScreenResult }>([
    { what: 'judged', result: resultOf() },
    { what: 'with every warning', result: resultOf({ warnings: CODES }) },
    {
      what: 'inconclusive, of an unknown task',
      result: resultOf({
        task: null,
        taskFrom: 'unknown',
        verdict: 'inconclusive',
        inconclusive: 'task-unknown',
        clock,
        agreement: 'one-unclear',
        advice: 'once-more',
      }),
    },
    ...(
      [
        { reason: 'blank' },
        { reason: 'printed' },
        { reason: 'too-little-ink', found: 2, needed: 30, unit: 'mm' },
        { reason: 'too-small', what: 'picture', widthPx: 30, heightPx: 20 },
        { reason: 'sampled-too-slowly', rateHz: 18, neededHz: 25 },
      ] as const
    ).map((refusal) => ({
      what: `refused as ${refusal.reason}`,
      result: resultOf({
        verdict: 'not-screenable',
        refusal,
        probability: null,
        picture: null,
        clock: null,
        agreement: null,
      }),
    })),
  ])('$what passes unchanged', ({ result }) => {
    expect(s.screenResult.parse(result)).toEqual(result);
  });

  test.each([
    { at: 'of schema 1', change: { schemaVersion: 1 }, path: ['schemaVersion'] },
    {
      at: 'refused without its numbers',
      change: { refusal: { reason: 'too-small' } },
      path: ['refusal', 'what'],
    },
    {
      at: 'with a message as a warning',
      change: { warnings: [{ message: 'x' }] },
      path: ['warnings', 0, 'code'],
    },
    { at: 'with a share above 1', change: { clock: { ...clock, share: 1.1 } }, path: ['clock', 'share'] },
  ])('$at is refused', ({ change, path }) => {
    const { error } = s.screenResult.safeParse({ ...resultOf(), ...change });
    expect(error?.issues[0]?.path).toEqual(path);
  });
});

test('each ending that is offered has a reader, and none that is refused by its name is offered', () => {
  const isRead = (ending: string): boolean => isPictureName(`a.${ending}`) || isReadRecording(ending);
  expect(s.READABLE_ENDINGS.filter((ending) => !isRead(ending))).toEqual([]);
  expect(['pdf', 'inkml', 'svc', 'unp', 'txt'].filter(isRead)).toEqual([]);
});

/** Whether a reader finds fault with the content, not with the name. */
function isReadRecording(ending: string): boolean {
  try {
    readRecording(new TextEncoder().encode('nothing'), `a.${ending}`);
    return true;
  } catch (error) {
    return !(error instanceof UserError && error.code === 'unsupported-format');
  }
}
