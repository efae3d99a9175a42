import { describe, expect, test } from 'vitest';
import type { RawSample } from '../../renderer/api/types.ts';
import { Drawing } from '../../renderer/state/drawing.svelte.ts';

function sample(timeMs: number, x: number): RawSample {
  return { timeMs, x, y: -x / 3, pressure: 0.25, tiltXDeg: null, tiltYDeg: null };
}

function draw(drawing: Drawing, times: readonly number[], x = 0): void {
  drawing.begin('pen');
  drawing.add(times.map((time) => sample(time, x)));
  drawing.end(true);
}

describe('a drawing', () => {
  test('counts time from its first sample and leaves the places alone', () => {
    const drawing = new Drawing();
    draw(drawing, [5_000, 5_007], 0.1 + 0.2);
    draw(drawing, [6_000], 1 / 3);
    const recording = drawing.toRecording('spiral-free', 0.25);
    expect(recording).toMatchObject({
      schemaVersion: 1,
      task: 'spiral-free',
      unit: 'px',
      mmPerUnit: 0.25,
      pointer: 'pen',
    });
    expect(recording.strokes.map((stroke) => stroke.samples.map(({ timeMs }) => timeMs))).toEqual([
      [0, 7],
      [1_000],
    ]);
    expect(recording.strokes[0]?.samples[0]?.x).toBe(0.1 + 0.2);
    expect(recording.strokes[1]?.samples[0]?.y).toBe(-(1 / 3) / 3);
  });

  test('after the first stroke was taken back, time counts from the one that is left', () => {
    const drawing = new Drawing();
    draw(drawing, [1_000]);
    drawing.undo();
    draw(drawing, [9_000, 9_010]);
    expect(drawing.toRecording('line', null).strokes[0]?.samples.map(({ timeMs }) => timeMs)).toEqual([
      0, 10,
    ]);
  });

  test('undo and redo walk over whole strokes; a new stroke forgets what was taken back', () => {
    const drawing = new Drawing();
    draw(drawing, [0], 1);
    draw(drawing, [10], 2);
    drawing.undo();
    expect(drawing.strokes.length).toBe(1);
    drawing.redo();
    expect(drawing.strokes.map((stroke) => stroke.samples[0]?.x)).toEqual([1, 2]);
    drawing.undo();
    draw(drawing, [20], 3);
    expect(drawing.canRedo).toBe(false);
    expect(drawing.strokes.map((stroke) => stroke.samples[0]?.x)).toEqual([1, 3]);
  });

  test('a dropped stroke leaves nothing behind', () => {
    const drawing = new Drawing();
    drawing.begin('touch');
    drawing.add([sample(0, 1)]);
    expect(drawing.end(false)).toBeNull();
    expect(drawing.isEmpty).toBe(true);
  });

  test('tells the rate of the device: 15 samples 7 ms apart are 142.86 a second', () => {
    const drawing = new Drawing();
    draw(
      drawing,
      Array.from({ length: 15 }, (_, i) => 100 + 7 * i),
    );
    expect(drawing.rateHz).toBeCloseTo(1000 / 7, 9);
    expect(drawing.sampleCount).toBe(15);
    expect(drawing.durationS).toBeCloseTo(0.098, 9);
  });
});
