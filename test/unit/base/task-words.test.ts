import { describe, expect, test } from 'vitest';
import { TASK_NAMES, taskOfFileName, taskOfName } from '../../../src/base/task-words.ts';
import { TASKS } from '../../../src/base/words.ts';

describe('a task by its name', () => {
  test.each([
    ['spiral', 'spiral-free'],
    ['spiral-traced', 'spiral-traced'],
    [' Wave ', 'wave'],
    ['LOOPS', 'loops'],
    ['page', 'page'],
  ])('%j is %s', (name, task) => {
    expect(taskOfName(name)).toBe(task);
  });

  test.each(['', 'foo', 'spirals', 'line1', 'constructor'])('%j is none', (name) => {
    expect(taskOfName(name)).toBeNull();
  });

  test('the names are the tasks and "spiral"', () => {
    expect(new Set(TASK_NAMES)).toEqual(new Set(['spiral', ...TASKS]));
    for (const name of TASK_NAMES) expect(taskOfName(name)).not.toBeNull();
  });
});

describe('a task by a file name', () => {
  test.each([
    ['spiral_P01.csv', 'spiral-free'],
    ['P01-SPIRAL.csv', 'spiral-free'],
    ['P01SpiralLeft.png', 'spiral-free'],
    ['P01spiral2.png', 'spiral-free'],
    ['spirals.tif', 'spiral-free'],
    ['spiral.traced.P01.csv', 'spiral-traced'],
    ['trace 1 spiral.csv', 'spiral-traced'],
    ['TracedSpiral.csv', 'spiral-traced'],
    ['waves (2).png', 'wave'],
    ['line.csv', 'line'],
    ['P3_lines.csv', 'line'],
    ['loop-3.json', 'loops'],
    ['P01 words.csv', 'words'],
    ['my_sentence.jpg', 'sentence'],
    ['text.csv', 'text'],
    ['free-page.jpg', 'page'],
    ['MDSWave.csv', 'wave'],
    ['C:\\scans\\P07\\wave.csv', 'wave'],
    ['line-and-line.csv', 'line'],
  ])('%s says %s', (name, task) => {
    expect(taskOfFileName(name)).toBe(task);
  });

  test.each([
    'P01.csv',
    'P01_baseline.csv',
    'P02_context.csv',
    'looped.csv',
    'deadline.csv',
    'base-line.csv',
    'P01 on_line.csv',
    'microwave.png',
    'passwords.csv',
    'page 3.png',
    'page_003.jpg',
    'spiral-or-wave.csv',
    'tracing.csv',
    'csv.spiral',
    '',
    'spiral/P01.csv',
    'spirals\\baseline\\P01.csv',
    '/home/wave/text/1.png',
  ])('%j says nothing', (name) => {
    expect(taskOfFileName(name)).toBeNull();
  });
});
