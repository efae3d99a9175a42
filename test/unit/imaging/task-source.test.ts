import { describe, expect, test } from 'vitest';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { measureShape } from '../../../src/imaging/shape/shape-features.ts';
import { resolveTask } from '../../../src/imaging/task-source.ts';
import { inkOf, plainInk, spiralStroke } from './drawn.ts';

const spiral = plainInk(rasterizeStrokes([spiralStroke(120)], { pxPerUnit: 1, penWidthPx: 3, margin: 15 }));
const nothing = { told: null, file: null, name: null, ink: null };

describe('the first that says the task', () => {
  test.each([
    { hints: { told: 'wave', file: 'line', name: 'loops.csv' }, task: 'wave', from: 'told' },
    { hints: { file: 'line', name: 'loops.csv' }, task: 'line', from: 'file' },
    { hints: { name: 'spiral_P01.csv' }, task: 'spiral-free', from: 'name' },
    { hints: { name: 'traced-spiral.png' }, task: 'spiral-traced', from: 'name' },
    { hints: { name: 'P01_baseline.csv' }, task: 'spiral-free', from: 'shape' },
    { hints: { name: 'wave/P01.csv' }, task: 'spiral-free', from: 'shape' },
    { hints: {}, task: 'spiral-free', from: 'shape' },
  ] as const)('$hints: $task, $from', ({ hints, task, from }) => {
    expect(resolveTask({ ...nothing, ink: spiral, ...hints })).toMatchObject({ task, from, sure: true });
  });

  test('a name that the shape plainly contradicts is followed, but not sure', () => {
    const resolved = resolveTask({ ...nothing, name: 'page.png', ink: spiral });
    expect(resolved).toMatchObject({ task: 'page', group: 'writing', from: 'name', sure: false });
  });

  test('a name alone is enough', () => {
    const resolved = resolveTask({ ...nothing, name: 'line.png' });
    expect(resolved).toMatchObject({ task: 'line', group: 'wave', from: 'name', sure: true });
  });

  test.each([
    { hints: {}, isMeasured: true },
    { hints: { name: 'spiral.png' }, isMeasured: true },
    { hints: { told: 'wave' }, isMeasured: false },
    { hints: { file: 'wave' }, isMeasured: false },
  ] as const)('$hints: the shape is measured: $isMeasured', ({ hints, isMeasured }) => {
    const { shape } = resolveTask({ ...nothing, ink: spiral, ...hints });
    expect(shape).toEqual(isMeasured ? measureShape(spiral) : null);
  });

  test.each([
    { what: 'no ink', ink: null },
    { what: 'blank paper', ink: inkOf(200, 200, () => 0) },
  ])('$what: unknown', ({ ink }) => {
    const unknown = { task: null, group: null, from: 'unknown', sure: false };
    expect(resolveTask({ ...nothing, name: 'P01.csv', ink })).toMatchObject(unknown);
  });
});
