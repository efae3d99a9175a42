import type { RawSample, Recording } from '../../../src/ink/recording.ts';

export interface Figure {
  readonly seconds: number;
  readonly rateHz: number;
  /** Place of the pen at a time, mm. */
  readonly at: (timeS: number) => readonly [number, number];
}

export function sample(timeMs: number, x: number, y: number): RawSample {
  return { timeMs, x, y, pressure: null, tiltXDeg: null, tiltYDeg: null };
}

/** One stroke in mm, written down sample by sample. */
export function recordingOf(
  { seconds, rateHz, at }: Figure,
  task: Recording['task'] = 'spiral-free',
): Recording {
  const samples = Array.from({ length: Math.round(seconds * rateHz) + 1 }, (_, i) => {
    const [x, y] = at(i / rateHz);
    return sample((1000 * i) / rateHz, x, y);
  });
  return { schemaVersion: 1, task, unit: 'mm', mmPerUnit: 1, pointer: 'pen', strokes: [{ samples }] };
}

/** Archimedean spiral of 3 turns and 22 mm radius, drawn at an even pace in `seconds`. */
export function spiral(seconds: number): Figure['at'] {
  return (t) => {
    // Even pace along r = aθ: θ grows with the square root of time.
    const angle = 6 * Math.PI * Math.sqrt(t / seconds);
    const radius = (22 * angle) / (6 * Math.PI);
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };
}

/** The same movement with a straight tremor of half swing `mm` along the diagonal. */
export function withTremor(at: Figure['at'], hz: number, mm: number): Figure['at'] {
  return (t) => {
    const [x, y] = at(t);
    const swing = (mm / Math.SQRT2) * Math.sin(2 * Math.PI * hz * t);
    return [x + swing, y + swing];
  };
}
