/** What is left of a movement when the intended path is taken away. */
import type { RawStroke } from './recording.ts';
import { resampleUniform, type UniformStroke } from './resample.ts';

/** Both axes on one time grid; gaps (pen in the air, very short strokes) hold 0. */
export interface ResidualMovement {
  readonly rateHz: number;
  /** In the recording's unit. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Velocity of the whole movement, path included, unit/s; 0 in gaps. */
  readonly velocityX: Float64Array;
  readonly velocityY: Float64Array;
  /** 1 where the pen is down, shape of x. */
  readonly present: Uint8Array;
}

/** Strokes shorter than this are all letter shape and no measurable tremor. */
const SHORTEST_STROKE_S = 0.35;
/** Longest pause between strokes that is kept on the grid; longer ones are shortened to it. */
const LONGEST_GAP_S = 0.5;

/** Frequency at which one pass of the smooth path follows half of a movement. */
export const PATH_CORNER_HZ = 2.5;

/**
 * The share of a movement of frequency f that {@link removeIntendedPath} leaves, 0..1: (1 − 2^−(f/2.5 Hz)²)².
 * Known exactly, so that amplitudes can be corrected for it.
 */
export function residualGain(hz: number): number {
  return (1 - 2 ** -((hz / PATH_CORNER_HZ) ** 2)) ** 2;
}

/**
 * Takes the smooth path (a Gaussian mean over about 0.15 s, twice) away from every stroke, so that only fast
 * movement is left, and joins the strokes on one time grid.
 */
export function removeIntendedPath(strokes: readonly RawStroke[], rateHz: number): ResidualMovement {
  const parts = strokes
    .map((stroke) => resampleUniform(stroke, rateHz))
    .filter((part): part is UniformStroke => part !== null && part.x.length >= SHORTEST_STROKE_S * rateHz);
  const starts: number[] = [];
  let total = 0;
  let lastEndS = 0;
  for (const part of parts) {
    const gapS = total === 0 ? 0 : Math.min(LONGEST_GAP_S, Math.max(1 / rateHz, part.startS - lastEndS));
    total += Math.round(gapS * rateHz);
    starts.push(total);
    total += part.x.length;
    lastEndS = part.startS + part.x.length / rateHz;
  }
  const x = new Float64Array(total);
  const y = new Float64Array(total);
  const velocityX = new Float64Array(total);
  const velocityY = new Float64Array(total);
  const present = new Uint8Array(total);
  parts.forEach((part, i) => {
    x.set(highPassed(part.x, rateHz), starts[i]);
    y.set(highPassed(part.y, rateHz), starts[i]);
    velocityX.set(velocityOf(part.x, rateHz), starts[i]);
    velocityY.set(velocityOf(part.y, rateHz), starts[i]);
    present.fill(1, starts[i]!, starts[i]! + part.x.length);
  });
  return { rateHz, x, y, velocityX, velocityY, present };
}

function velocityOf(values: Float64Array, rateHz: number): Float64Array {
  return values.map((value, i) => (value - values[Math.max(0, i - 1)]!) * rateHz);
}

function highPassed(values: Float64Array, rateHz: number): Float64Array {
  return lessSmooth(lessSmooth(values, rateHz), rateHz);
}

/** The values less their Gaussian mean; beyond the ends the signal goes on point-mirrored, so that slopes leave nothing. */
function lessSmooth(values: Float64Array, rateHz: number): Float64Array {
  const sigma = (Math.sqrt(Math.LN2 / 2) / (Math.PI * PATH_CORNER_HZ)) * rateHz;
  const radius = Math.ceil(4 * sigma);
  const taps = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const norm = 2 * taps.reduce((sum, tap) => sum + tap, 0) - 1;
  const last = values.length - 1;
  const at = (i: number): number => {
    if (i < 0) return 2 * values[0]! - values[Math.min(last, -i)]!;
    if (i > last) return 2 * values[last]! - values[Math.max(0, 2 * last - i)]!;
    return values[i]!;
  };
  return values.map((value, i) => {
    let sum = taps[0]! * value;
    for (let k = 1; k <= radius; k++) sum += taps[k]! * (at(i - k) + at(i + k));
    return value - sum / norm;
  });
}
