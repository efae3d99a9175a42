import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { CSV_HEADER, csvErrorRow, csvLine, csvRow, describeResult } from '../../../src/cli/screen-lines.ts';
import type { ScreenResult } from '../../../src/screening/screen-result.ts';

const result: ScreenResult = {
  kind: 'recording',
  page: 2,
  task: 'spiral-free',
  verdict: 'tremor-like',
  probability: 0.8234,
  limits: { regularBelow: 0.35, tremorFrom: 0.65 },
  sentence: 'The line wavers about 5 times a second.',
  warnings: [{ code: 'size-unknown', message: 'The size is not known.' }],
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

test('a line for people has verdict, probability, file, page, sentence and warnings', () => {
  expect(describeResult('a/b.json', result).split('\n')).toEqual([
    'tremor-like      82 %  a/b.json, page 2: The line wavers about 5 times a second.',
    '                       ! The size is not known.',
  ]);
});

test('what is not screenable has a reason and no probability', () => {
  const line = describeResult('x.png', {
    ...result,
    verdict: 'not-screenable',
    reason: 'too-small',
    sentence: 'The drawing is 12 mm wide; draw it 50 mm wide or more.',
    probability: null,
    warnings: [],
  });
  expect(line).toContain('x.png, page 2: The drawing is 12 mm wide; draw it 50 mm wide or more.');
  expect(line).not.toContain('%');
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
    });
  });

  test('an error row has as many fields', () => {
    const [row] = parse(csvErrorRow('x.png', { code: 'empty-file', message: 'x.png is empty.' }));
    expect(row).toHaveLength(header.length);
    expect(row?.at(-1)).toBe('empty-file: x.png is empty.');
  });

  test('a name that a spreadsheet would run as a formula is disarmed', () => {
    expect(csvLine(['=1+1', '-x.png', 'a=1', -5])).toBe("'=1+1,'-x.png,a=1,-5");
  });
});
