import type { Task } from '../base/words.ts';
import type { RawSample, Recording } from '../ink/recording.ts';
import { PEN_RATE_HZ, type PenStroke } from './pen-path.ts';

/** Simulated strokes as a recording in mm at 200 Hz, as a tablet without pressure or tilt would give it. */
export function recordingOf(task: Task, strokes: readonly PenStroke[]): Recording {
  return {
    schemaVersion: 1,
    task,
    unit: 'mm',
    mmPerUnit: 1,
    pointer: 'pen',
    strokes: strokes.map((stroke) => ({
      samples: Array.from(stroke.xMm, (x, i): RawSample => ({
        timeMs: ((stroke.firstSample + i) * 1000) / PEN_RATE_HZ,
        x: round(x),
        y: round(stroke.yMm[i]!),
        pressure: null,
        tiltXDeg: null,
        tiltYDeg: null,
      })),
    })),
  };
}

/** To a thousandth of a millimetre: finer than any tablet, short in a file. */
function round(mm: number): number {
  return Math.round(mm * 1000) / 1000;
}
