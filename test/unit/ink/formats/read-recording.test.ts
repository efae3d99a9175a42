import { describe, expect, test } from 'vitest';
import { UserError } from '../../../../src/base/errors.ts';
import { readDelimited, writeDelimited } from '../../../../src/ink/formats/delimited.ts';
import { isRecordingName, readRecording } from '../../../../src/ink/formats/read-recording.ts';
import { writeSteadypenJson } from '../../../../src/ink/formats/steadypen-json.ts';
import type { Recording } from '../../../../src/ink/recording.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const RECORDING: Recording = {
  schemaVersion: 1,
  task: 'wave',
  unit: 'px',
  mmPerUnit: 0.2646,
  pointer: 'pen',
  strokes: [
    {
      samples: [
        { timeMs: 0, x: 1.5, y: -2.25, pressure: 0.5, tiltXDeg: 12, tiltYDeg: -90 },
        { timeMs: 8.1, x: 2, y: -2, pressure: 1, tiltXDeg: null, tiltYDeg: null },
      ],
    },
    { samples: [{ timeMs: 400, x: 1e-3, y: 7, pressure: null, tiltXDeg: null, tiltYDeg: null }] },
  ],
};

/** The error that reading gives. */
function faultOf(text: string, name: string): UserError {
  try {
    readRecording(bytesOf(text), name);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${name} was read`);
}

test('our own format gives back what was written', () => {
  expect(readRecording(bytesOf(writeSteadypenJson(RECORDING)), 'a.json')).toEqual(RECORDING);
});

test('CSV gives back what was written, but for the pointer, which it does not name', () => {
  expect(readRecording(bytesOf(writeDelimited(RECORDING)), 'a.csv')).toEqual({
    ...RECORDING,
    pointer: 'unknown',
  });
});

describe('delimited files', () => {
  test('bare t, x, y are ms and px; times start at 0', () => {
    const recording = readDelimited('t,x,y\n1000,3,4\n1010,5,6\n', 'spiral.csv');
    expect(recording).toMatchObject({ unit: 'px', mmPerUnit: null });
    expect(recording.strokes[0]!.samples.map(({ timeMs, x, y }) => [timeMs, x, y])).toEqual([
      [0, 3, 4],
      [10, 5, 6],
    ]);
  });

  test('units come from the header: seconds, millimetres, tabs, any order and case', () => {
    const recording = readDelimited('X_mm\tnote\tY_mm\tT_s\n1\tab\t2\t0\n3\tcd\t4\t0.5', 'b.tsv');
    expect(recording).toMatchObject({ unit: 'mm', mmPerUnit: 1 });
    expect(recording.strokes[0]!.samples[1]).toMatchObject({ timeMs: 500, x: 3, y: 4 });
  });

  test('semicolon files may use decimal commas', () => {
    expect(readDelimited('t;x;y\n0;1,5;2\n', 'c.csv').strokes[0]!.samples[0]!.x).toBe(1.5);
  });

  test('strokes end where the pen lifts: pressure 0, pen_down 0 or a new stroke number', () => {
    const byPressure = 't,x,y,pressure\n0,0,0,500\n1,1,1,0\n2,2,2,900\n';
    expect(readDelimited(byPressure, 'd.csv').strokes.map(({ samples }) => samples.length)).toEqual([1, 1]);
    expect(readDelimited(byPressure, 'd.csv').strokes[1]!.samples[0]!.pressure).toBeCloseTo(900 / 1023, 12);
    const byPen = 't,x,y,pen_down\n0,0,0,1\n1,1,1,0\n2,2,2,1\n3,2,2,1\n';
    expect(readDelimited(byPen, 'd.csv').strokes.map(({ samples }) => samples.length)).toEqual([1, 2]);
    const byNumber = 't,x,y,stroke\n0,0,0,0\n1,1,1,0\n2,2,2,1\n';
    expect(readDelimited(byNumber, 'd.csv').strokes.map(({ samples }) => samples.length)).toEqual([2, 1]);
  });

  test('a mouse that always reports pressure 0 still draws', () => {
    expect(readDelimited('t,x,y,p\n0,0,0,0\n1,1,1,0\n', 'e.csv').strokes[0]!.samples).toHaveLength(2);
  });
});

describe('only the file itself says its task', () => {
  const csv = (comment: string): string => `${comment}t,x,y\n0,1,2\n`;
  test.each([
    ['# task=wave\n', 'wave'],
    ['# steadypen task=loops mm_per_px=0.2\n', 'loops'],
    ['# Task = "Spiral"\n', 'spiral-free'],
    ['# task=sentence,,,\n', 'sentence'],
    ['# made by hand\n# task=page\n', 'page'],
    ['# multitask=3\n', null],
    ['# task=\n', null],
    ['', null],
  ])('%j: %s', (comment, task) => {
    expect(readRecording(bytesOf(csv(comment)), 'spiral/wave.csv').task).toBe(task);
  });

  test('a recording of unknown task is written and read as one', () => {
    const unknown = { ...RECORDING, task: null };
    expect(readRecording(bytesOf(writeSteadypenJson(unknown)), 'wave.json').task).toBeNull();
    expect(readRecording(bytesOf(writeDelimited(unknown)), 'wave.csv').task).toBeNull();
    const { task: _, ...silent } = JSON.parse(writeSteadypenJson(unknown)) as Recording;
    expect(readRecording(bytesOf(JSON.stringify(silent)), 'wave.json').task).toBeNull();
  });
});

describe('faults name the file, the place and what to do', () => {
  const strokes = '"strokes":[{"samples":[{"timeMs":0,"x":1,"y":1}]}]';
  const head = '"schemaVersion":1,"task":"wave","unit":"px","mmPerUnit":null';
  test.each([
    { text: '', name: 'e.json', code: 'empty-file', says: ['e.json'] },
    { text: `{${head},\n"strokes":[{"samp`, name: 'cut.json', code: 'damaged', says: ['cut.json', 'line 2'] },
    { text: `{${head},"strokes":[]}`, name: 'z.json', code: 'no-strokes', says: ['z.json', 'Record'] },
    { text: `{${head},"strokes":[{"samples":[]}]}`, name: 'z.json', code: 'no-strokes', says: ['z.json'] },
    {
      text: `{"schemaVersion":2,${strokes}}`,
      name: 'new.json',
      code: 'unsupported-format',
      says: ['new.json', '2'],
    },
    { text: '{"a":1}', name: 'other.json', code: 'unsupported-format', says: ['other.json', 'strokes'] },
    { text: '[1,2]', name: 'list.json', code: 'damaged', says: ['list.json', 'an object'] },
    {
      text: `{${head},"strokes":[{"samples":[{"timeMs":0,"x":"1","y":1}]}]}`,
      name: 'x.json',
      code: 'damaged',
      says: ['x.json', 'strokes[0].samples[0].x', '"1"'],
    },
    {
      text: `{${head},"strokes":[{"samples":[{"timeMs":0,"x":1,"y":1},{"timeMs":5,"x":1e300,"y":1}]}]}`,
      name: 'far.json',
      code: 'damaged',
      says: ['far.json: strokes[0].samples[1].x must be at most 1,000,000 units from 0, but it is 1e+300.'],
    },
    {
      text: `{${head},"strokes":[{"samples":[{"timeMs":0,"x":1,"y":1e999}]}]}`,
      name: 'huge.json',
      code: 'damaged',
      says: ['strokes[0].samples[0].y must be a number, but it is too large a number'],
    },
    {
      text: `{${head.replace('px', 'mm')},"strokes":[{"samples":[{"timeMs":0,"x":1,"y":-10001}]}]}`,
      name: 'mm.json',
      code: 'damaged',
      says: ['strokes[0].samples[0].y must be at most 10 m from 0, but it is -10001.'],
    },
    {
      text: 't,x_mm,y_mm\n0,1,2\n5,1,1e300',
      name: 'far.csv',
      code: 'damaged',
      says: ['far.csv, line 3: the y must be at most 10 m from 0, but it is 1e+300.'],
    },
    {
      text: '# mm_per_px=0.1\nt,x,y\n0,200000,2',
      name: 'px.csv',
      code: 'damaged',
      says: ['px.csv, line 3: the x must be at most 10 m from 0, but it is 200000.'],
    },
    {
      text: `{${head},"strokes":[{"samples":[{"timeMs":0,"x":1,"y":1,"pressure":1.2}]}]}`,
      name: 'p.json',
      code: 'damaged',
      says: ['pressure', '1.2'],
    },
    {
      text: `{${head.replace('wave', 'dance')},${strokes}}`,
      name: 't.json',
      code: 'damaged',
      says: ['task', 'dance', 'one of spiral, spiral-traced'],
    },
    {
      text: 't,x,y\n# task=foo\n0,1,2',
      name: 'u.csv',
      code: 'damaged',
      says: ['u.csv, line 2', '"foo" is none of spiral, spiral-traced, spiral-free, wave, line'],
    },
    { text: 't,x,y\n0,1,2\n1,oops,3', name: 'f.csv', code: 'damaged', says: ['f.csv', 'line 3', 'oops'] },
    { text: 't,x,y\n0,1', name: 'g.csv', code: 'damaged', says: ['line 2', 'y is missing'] },
    { text: 'x,y\n0,1', name: 'h.csv', code: 'damaged', says: ['line 1', 't_ms'] },
    { text: 't,x_mm,y_px\n0,1,2', name: 'i.csv', code: 'damaged', says: ['same unit'] },
    { text: 't,x,y\n', name: 'j.csv', code: 'no-strokes', says: ['j.csv'] },
    { text: '<ink></ink>', name: 'k.inkml', code: 'unsupported-format', says: ['k.inkml', '.csv'] },
    { text: 'hello', name: 'l.txt', code: 'unsupported-format', says: ['l.txt', 't_ms'] },
  ])('$name: $code', ({ text, name, code, says }) => {
    const fault = faultOf(text, name);
    expect(fault.code).toBe(code);
    expect(fault.subject).toBe(name);
    for (const part of says) expect(fault.message).toContain(part);
  });

  test('binary data is no recording', () => {
    expect(() => readRecording(Uint8Array.of(0x89, 0x50, 0, 0), 'x.csv')).toThrow('not a recording');
    expect(() => readRecording(Uint8Array.of(0x7b, 0xff, 0xfe), 'x.json')).toThrow('UTF-8');
  });

  test('too many samples in a stroke are refused', () => {
    const rows = Array.from({ length: 200_001 }, (_, i) => `${i},1,2`).join('\n');
    expect(faultOf(`t,x,y\n${rows}`, 'big.csv')).toMatchObject({ code: 'too-large' });
  });
});

test('which names are recordings', () => {
  expect(['a.JSON', 'b.csv', 'c.tsv', 'd.inkml', 'e.svc'].every(isRecordingName)).toBe(true);
  expect(['a.png', 'b.jpg', 'c.pdf', 'json'].some(isRecordingName)).toBe(false);
});
