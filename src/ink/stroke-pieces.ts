/** Strokes cut at the holes in their samples, and what their clock is good for. */
import type { RawStroke } from './recording.ts';
import { strokeTimesS } from './stroke-times.ts';

/** A part of a stroke without a hole in its samples; arrays of equal length, at least 2. */
export interface StrokePiece {
  /** Growing, s from the recording's start. */
  readonly timesS: Float64Array;
  /** In the recording's unit. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export interface PiecedStrokes {
  /** Of 0.1 s and longer. */
  readonly pieces: readonly StrokePiece[];
  /** Time with the pen down in which samples follow each other closely, s. */
  readonly durationS: number;
  /** Samples a second in that time; null where there is none. */
  readonly rateHz: number | null;
  /** Why there is no rate to speak of; null where the clock is fine. */
  readonly fault: 'clock-unusable' | 'sampled-too-slowly' | null;
}

/** Shorter strokes have no velocity worth looking at. */
const SHORTEST_PIECE_S = 0.1;
/** A longer wait for the next sample is a hole: a resting pen, lost samples, or a clock that jumped. */
const LONGEST_STEP_S = 0.25;
/** A clock is unusable when more of its samples than this stand still, jump or step back. */
const MOST_FAULTY = 0.1;
const MOST_STILL = 0.5;
/** No pen is read this often: the unit of time is another. */
const FASTEST_RATE_HZ = 5000;
/** Fewer samples are a dot, whatever their stamps. */
const LEAST_SAMPLES = 20;

/** Cuts strokes at waits of over 0.25 s. */
export function cutIntoPieces(strokes: readonly RawStroke[]): PiecedStrokes {
  const pieces: StrokePiece[] = [];
  const count = { samples: 0, steps: 0, holes: 0, back: 0, still: 0 };
  let durationS = 0;
  let holesS = 0;
  let close = 0;
  for (const { samples } of strokes) {
    const times = strokeTimesS(samples);
    const startS = (samples[0]?.timeMs ?? 0) / 1000;
    count.samples += samples.length;
    count.steps += Math.max(0, samples.length - 1);
    if (samples.length >= 5 && times[times.length - 1] === 0) count.still += samples.length;
    for (let from = 0, i = 1; i <= samples.length; i++) {
      if (i < samples.length && samples[i]!.timeMs < samples[i - 1]!.timeMs) count.back++;
      const step = i < samples.length ? times[i]! - times[i - 1]! : Infinity;
      if (step <= LONGEST_STEP_S) continue;
      if (i < samples.length) {
        count.holes++;
        holesS += step;
      }
      const lengthS = times[i - 1]! - times[from]!;
      durationS += lengthS;
      if (lengthS > 0) close += i - 1 - from;
      if (lengthS >= SHORTEST_PIECE_S) {
        const part = samples.slice(from, i);
        pieces.push({
          timesS: times.slice(from, i).map((time) => startS + time),
          x: Float64Array.from(part, (sample) => sample.x),
          y: Float64Array.from(part, (sample) => sample.y),
        });
      }
      from = i;
    }
  }
  const rateHz = durationS > 0 ? close / durationS : holesS > 0 ? count.holes / holesS : null;
  return { pieces, durationS, rateHz, fault: findFault(count, rateHz) };
}

function findFault(
  count: Readonly<Record<'samples' | 'steps' | 'holes' | 'back' | 'still', number>>,
  rateHz: number | null,
): PiecedStrokes['fault'] {
  if (count.samples < LEAST_SAMPLES) return null;
  if (count.still > MOST_STILL * count.samples || count.back > MOST_FAULTY * count.steps)
    return 'clock-unusable';
  if (rateHz !== null && rateHz > FASTEST_RATE_HZ) return 'clock-unusable';
  return count.holes > MOST_STILL * count.steps ? 'sampled-too-slowly' : null;
}
