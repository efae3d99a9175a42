/** The pen's velocity on one even time grid: what a tremor is looked for in. */
import type { StrokePiece } from './stroke-pieces.ts';

/** Both axes on one grid; gaps (pen in the air, lost samples, strokes too short to have a velocity) hold 0. */
export interface PenVelocity {
  readonly rateHz: number;
  /** In the recording's unit per second. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 where the velocity is known, shape of x. */
  readonly present: Uint8Array;
  /** Direction from the beginnings of the strokes to their ends, on the whole: a unit vector, either way round. */
  readonly way: readonly [number, number];
}

/** Longest pause between pieces that is kept on the grid, s; longer ones are shortened to it. */
const LONGEST_GAP_S = 1;

/** Puts pieces on one grid by straight lines between samples and takes the velocity of each (central differences), less its even part. */
export function joinVelocities(pieces: readonly StrokePiece[], rateHz: number): PenVelocity {
  const starts: number[] = [];
  const counts: number[] = [];
  let total = 0;
  let lastEndS = 0;
  for (const { timesS } of pieces) {
    const startS = timesS[0]!;
    const gapS = total === 0 ? 0 : Math.min(LONGEST_GAP_S, Math.max(1 / rateHz, startS - lastEndS));
    total += Math.round(gapS * rateHz);
    const count = Math.floor((timesS[timesS.length - 1]! - startS) * rateHz + 1e-9) + 1;
    starts.push(total);
    counts.push(count);
    total += count;
    lastEndS = startS + count / rateHz;
  }
  const x = new Float64Array(total);
  const y = new Float64Array(total);
  const present = new Uint8Array(total);
  pieces.forEach((piece, i) => {
    const from = starts[i]!;
    const count = counts[i]!;
    writeVelocity(piece.timesS, piece.x, rateHz, x.subarray(from, from + count));
    writeVelocity(piece.timesS, piece.y, rateHz, y.subarray(from, from + count));
    present.fill(1, from, from + count);
  });
  return { rateHz, x, y, present, way: findWay(pieces) };
}

/** The share of a movement's velocity that resampling by straight lines and central differences leave, 0..1. */
export function velocityGain(hz: number, gridHz: number, sampleHz: number): number {
  const between = (Math.PI * hz) / sampleHz;
  const interpolation = hz > 0 && hz < 0.5 * sampleHz ? (Math.sin(between) / between) ** 2 : 1;
  const across = (2 * Math.PI * hz) / gridHz;
  return hz > 0 ? (interpolation * Math.sin(across)) / across : 1;
}

function findWay(pieces: readonly StrokePiece[]): [number, number] {
  // Directions are doubled, so that strokes there and back do not cancel.
  let cosine = 0;
  let sine = 0;
  for (const { x, y } of pieces) {
    const dx = x[x.length - 1]! - x[0]!;
    const dy = y[y.length - 1]! - y[0]!;
    cosine += dx * dx - dy * dy;
    sine += 2 * dx * dy;
  }
  const angle = Math.atan2(sine, cosine) / 2;
  return [Math.cos(angle), Math.sin(angle)];
}

function writeVelocity(timesS: Float64Array, values: Float64Array, rateHz: number, out: Float64Array): void {
  const count = out.length;
  const places = new Float64Array(count);
  let k = 0;
  for (let i = 0; i < count; i++) {
    const time = timesS[0]! + i / rateHz;
    while (k < timesS.length - 2 && timesS[k + 1]! <= time) k++;
    const span = timesS[k + 1]! - timesS[k]!;
    const part = span > 0 ? Math.min(1, (time - timesS[k]!) / span) : 0;
    places[i] = values[k]! + part * (values[k + 1]! - values[k]!);
  }
  for (let i = 0; i < count; i++) {
    const before = Math.max(0, i - 1);
    const after = Math.min(count - 1, i + 1);
    out[i] = after > before ? ((places[after]! - places[before]!) * rateHz) / (after - before) : 0;
  }
  // An even way across the paper is no movement to and fro.
  const slope = slopeOf(places) * rateHz;
  for (let i = 0; i < count; i++) out[i]! -= slope;
}

/** Slope of the straight line that fits values best, per step. */
function slopeOf(values: Float64Array): number {
  const middle = (values.length - 1) / 2;
  let moment = 0;
  let spread = 0;
  for (let i = 0; i < values.length; i++) {
    moment += (i - middle) * values[i]!;
    spread += (i - middle) ** 2;
  }
  return spread > 0 ? moment / spread : 0;
}
