import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { CSV_HEADER, csvErrorRow, csvLine, csvRow, describeResult } from '../../../src/cli/screen-lines.ts';
import type { ScreenResult } from '../../../src/screening/screen-result.ts';

const result: ScreenResult = {
  schemaVersion: 2,
  kind: 'recording',
  page: 2,
  task: 'spiral-free',
  taskFrom: 'file',
  verdict: 'tremor-like',
  probability: 0.8234,
  limits: { regularBelow: 0.35, tremorFrom: 0.65 },
  sensitivity: 'high',
  picture: { probability: 0.61, says: 'inconclusive', places: 1 },
  clock: {
    state: 'measured',
    says: 'tremor',
    strength: 3,
    peakHz: 5.1,
    swingMm: null,
    swingPx: 11.3,
    share: 0.81,
    durationS: 9,
  },
  agreement: 'one-unclear',
  advice: null,
  warnings: [{ code: 'size-unknown' }],
  evidence: {
    heat: null,
    where: null,
    logit: 1.5,
    patches: 6,
    scales: [0.5],
    tremor: {
      peakHz: 5.1,
      peakRatio: 8,
      amplitudeMmRms: null,
      amplitudePxRms: 4,
      rateHz: 120,
      durationS: 9,
      meanSpeedMmS: null,
    },
  },
  modelId: '0123456789abcdef',
  elapsedMs: 41.5,
};

test('a line for people has verdict, probability, file, page, sentence, both witnesses and warnings', () => {
  expect(describeResult('a/b.json', result).split('\n')).toEqual([
    'tremor-like      82 %  a/b.json, page 2: The line wavers 5.1 times a second, by about 11 pixels.',
    '                       Picture: 61 %. Pen’s clock: 5.1 Hz, 11 pixels, in 81 % of the time.',
    '                       ! The physical size of the drawing is unknown, so amplitudes are in pixels only.',
  ]);
});

test('what the clock could not measure is said once, with what would help', () => {
  const { page: _page, ...rest } = result;
  const short = describeResult('a.json', {
    ...rest,
    verdict: 'inconclusive',
    inconclusive: 'between-limits',
    clock: { state: 'not-measured', reason: 'too-short', durationS: 2.1, neededS: 3, rateHz: 120 },
    advice: 'longer',
    warnings: [{ code: 'short-recording', durationS: 2.1, neededS: 3 }],
  });
  expect(short.split('\n')).toEqual([
    'inconclusive     82 %  a.json: The line is neither clearly even nor clearly shaky.',
    '                       Picture: 61 %. Pen’s clock: too short to time: 2.1 s drawn, 3 s are needed.',
    '                       A longer drawing would tell.',
  ]);
});

test('what is not screenable has a reason and no probability', () => {
  const line = describeResult('x.png', {
    ...result,
    verdict: 'not-screenable',
    refusal: { reason: 'too-little-ink', found: 12, needed: 60, unit: 'mm' },
    probability: null,
    picture: null,
    warnings: [],
  });
  expect(line).toBe(
    'not-screenable         x.png, page 2: The line is too short: 12 mm, 60 mm needed. Draw more of it.',
  );
});

describe('table', () => {
  const header = CSV_HEADER.split(',');

  test('a row has a field for every column, empty where there is no value', () => {
    const [row] = parse(csvRow('a, "b".json', result));
    expect(Object.fromEntries(header.map((name, i) => [name, row?.[i]]))).toEqual({
      path: 'a, "b".json',
      page: '2',
      kind: 'recording',
      task: 'spiral-free',
      verdict: 'tremor-like',
      probability: '0.8234',
      reason: '',
      peak_hz: '5.1',
      amplitude_mm_rms: '',
      warnings: 'size-unknown',
      model_id: '0123456789abcdef',
      elapsed_ms: '41.5',
      error: '',
      picture_probability: '0.61',
      clock: 'tremor',
      clock_peak_hz: '5.1',
      inconclusive: '',
      task_from: 'file',
      sensitivity: 'high',
    });
  });

  test('old columns keep their places; a clock that was not measured says why', () => {
    expect(header.slice(0, 13).join()).toBe(
      'path,page,kind,task,verdict,probability,reason,peak_hz,amplitude_mm_rms,warnings,model_id,elapsed_ms,error',
    );
    const clock = {
      state: 'not-measured',
      reason: 'written-too-fast',
      durationS: 9,
      neededS: 3,
      rateHz: 120,
    } as const;
    const refusal = { reason: 'printed' } as const;
    const [row] = parse(csvRow('a.png', { ...result, task: null, clock, picture: null, refusal }));
    const field = (name: string) => row?.[header.indexOf(name)];
    expect(['task', 'reason', 'picture_probability', 'clock', 'clock_peak_hz'].map(field)).toEqual([
      '',
      'printed',
      '',
      'written-too-fast',
      '',
    ]);
  });

  test('an error row has as many fields', () => {
    const [row] = parse(csvErrorRow('x.png', { code: 'empty-file', message: 'x.png is empty.' }));
    expect(row).toHaveLength(header.length);
    expect(row?.[header.indexOf('error')]).toBe('empty-file: x.png is empty.');
  });

  test('a name that a spreadsheet would run as a formula is disarmed', () => {
    expect(csvLine(['=1+1', '-x.png', 'a=1', -5])).toBe("'=1+1,'-x.png,a=1,-5");
  });
});
