import { describe, expect, test } from 'vitest';
import { writeDelimited } from '../../../src/ink/formats/delimited.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import type { DrawnStroke } from '../../../src/imaging/rasterize.ts';
import { openInk } from '../../../src/screening/open-ink.ts';
import { openInput } from '../../../src/screening/open-input.ts';
import { spiralStroke, strokeOf } from '../imaging/drawn.ts';

function recordingOf(stroke: DrawnStroke, task: Recording['task'] = null): Recording {
  const samples = stroke.samples.map(({ x, y }, i) => ({
    timeMs: i * 5,
    x,
    y,
    pressure: null,
    tiltXDeg: null,
    tiltYDeg: null,
  }));
  return { schemaVersion: 1, task, unit: 'mm', mmPerUnit: 1, pointer: 'pen', strokes: [{ samples }] };
}

async function openFile(path: string, recording: Recording, told: Recording['task'] = null) {
  const bytes = new TextEncoder().encode(writeDelimited(recording));
  const tools = {
    readFile: () => Promise.resolve(bytes),
    openPicture: () => Promise.reject(new Error('this is no picture')),
  };
  return (await openInput({ kind: 'path', path }, tools)).readSubject(1, told);
}

const spiral = recordingOf(spiralStroke(35));
const line = recordingOf(strokeOf(900, (t) => [90 * t, 0.5 * Math.sin(9 * t)]));
/** Neither a figure nor writing. */
const dot = recordingOf({ samples: [{ x: 5, y: 5 }] });

describe('one recording, whatever the folder and a name that says nothing', () => {
  const places = ['P01.csv', 'baseline/P01.csv', 'spirals/context/P01.csv', '/wave/text/P01_baseline.csv'];
  const names = ['P02_context.csv', 'looped.csv', 'deadline.csv', 'page 3.csv', 'C:\\lines\\P01.csv'];
  test.each([...places, ...names])('%s', async (path) => {
    const plain = await openFile('a.csv', spiral);
    const subject = await openFile(path, spiral);
    expect(subject.resolved).toMatchObject({
      task: 'spiral-free',
      group: 'spiral',
      from: 'shape',
      sure: true,
    });
    expect(subject.grey).toEqual(plain.grey);
    expect(openInk(subject)).toEqual(openInk(plain));
  });

  test('another shape is another task', async () => {
    expect((await openFile('spirals/P01.csv', line)).resolved).toMatchObject({ task: 'line', from: 'shape' });
  });
});

describe('who says the task', () => {
  test('the name, in whole words', async () => {
    const subject = await openFile('spirals/wave_P01.csv', line);
    expect(subject).toMatchObject({ task: 'wave', resolved: { group: 'wave', from: 'name', sure: true } });
  });

  test('the file before its name', async () => {
    const subject = await openFile('wave_P01.csv', { ...spiral, task: 'spiral-traced' });
    expect(subject.resolved).toMatchObject({
      task: 'spiral-traced',
      group: 'spiral',
      from: 'file',
      sure: true,
    });
  });

  test('the user before the file', async () => {
    const subject = await openFile('wave_P01.csv', { ...spiral, task: 'wave' }, 'spiral-free');
    expect(subject.resolved).toMatchObject({
      task: 'spiral-free',
      group: 'spiral',
      from: 'told',
      sure: true,
    });
  });

  test('a dot says nothing', async () => {
    const subject = await openFile('P01.csv', dot);
    expect(subject).toMatchObject({ task: null, resolved: { task: null, group: null, from: 'unknown' } });
    expect(openInk(subject)).toMatchObject({ group: null, from: 'unknown', sure: false });
  });
});
