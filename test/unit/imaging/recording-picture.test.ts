import { describe, expect, test } from 'vitest';
import type { Task } from '../../../src/base/words.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import { drawRecording } from '../../../src/imaging/recording-picture.ts';
import { inkBounds } from '../../../src/imaging/ink-layout.ts';
import { plainInk, spiralStroke, strokeOf, textStrokes } from './drawn.ts';
import type { DrawnStroke } from '../../../src/imaging/rasterize.ts';

function record(task: Task, strokes: readonly DrawnStroke[], mmPerUnit: number | null): Recording {
  return {
    schemaVersion: 1,
    task,
    unit: mmPerUnit === 1 ? 'mm' : 'px',
    mmPerUnit,
    pointer: 'pen',
    strokes: strokes.map(({ samples }) => ({
      samples: samples.map(({ x, y }, i) => ({
        timeMs: i * 5,
        x,
        y,
        pressure: null,
        tiltXDeg: null,
        tiltYDeg: null,
      })),
    })),
  };
}

describe('drawRecording', () => {
  test('the picture covers the strokes and a margin, in the strokes’ own place', () => {
    const picture = drawRecording(record('spiral-traced', [spiralStroke(35)], 1));
    if (picture === null) throw new Error('nothing drawn');
    const bounds = inkBounds(plainInk(picture));
    if (bounds === null) throw new Error('no ink');
    const centreX = (bounds.left + bounds.right) / 2 / picture.pxPerUnit + picture.left;
    // The spiral ends at (35, 0) and begins at (2.8, 0); its leftmost point is half a turn before the end.
    const leftmost = -35 * (0.08 + 0.92 * (2.5 / 3));
    expect(Math.abs(centreX - (35 + leftmost) / 2)).toBeLessThan(0.5);
    expect(bounds.left).toBeGreaterThan(0.04 * picture.width);
    expect(picture.pxPerMm).toBeCloseTo(picture.pxPerUnit, 6);
  });

  test('size is known in millimetres only where the recording says so', () => {
    const strokes = [strokeOf(200, (t) => [900 * t, 30 * Math.sin(20 * t)])];
    expect(drawRecording(record('wave', strokes, null))?.pxPerMm).toBeNull();
    const known = drawRecording(record('wave', strokes, 0.1));
    expect(known?.pxPerMm).toBeCloseTo(known!.pxPerUnit / 0.1, 6);
  });

  test.each([
    { task: 'text', strokes: textStrokes(3, 40, 200) },
    { task: 'spiral-free', strokes: [spiralStroke(9000)] },
    { task: 'line', strokes: [strokeOf(50, (t) => [1e6 * t, 0])] },
    { task: 'words', strokes: [{ samples: [{ x: 5, y: 5 }] }] },
  ] as const)('a picture of $task keeps to the working size', ({ task, strokes }) => {
    const picture = drawRecording(record(task, strokes, 1));
    expect(Math.max(picture!.width, picture!.height)).toBeLessThanOrEqual(2400);
  });

  test('nothing drawn, nothing to show', () => {
    expect(drawRecording(record('line', [], 1))).toBeNull();
  });
});
