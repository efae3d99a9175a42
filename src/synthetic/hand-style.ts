/** How somebody draws or writes, tremor apart: in haste or with care, with pen on paper or with a finger on glass. */
import type { Rng } from '../base/rng.ts';
import { PEN_RATE_HZ } from './pen-path.ts';
import { arcLengths, resampleByLength, sampleAt, smoothLine, type Polyline } from './polyline.ts';
import { samplesOf, type ShakenStroke } from './shaken-pen.ts';
import { smoothNoise } from './smooth-noise.ts';
import { moveSideways } from './uneven-hand.ts';

/** Lengths in units: mm in figures, x-heights in writing. */
export interface HandStyle {
  /** Slow, with small corrections. */
  readonly careful: boolean;
  /** Over the mean speed of others. */
  readonly pace: number;
  /** About the length of nearly straight pieces that turns are made of; 0 for round turns. */
  readonly pieces: number;
  /** How far their joints lie beside the line, rms. */
  readonly jointError: number;
  /** Slow corrections of the hand along each axis, rms, and how long one takes, s. */
  readonly correction: number;
  readonly correctionS: number;
  /** Roughness of a line drawn on glass, rms, and the length over which it changes. */
  readonly roughness: number;
  readonly roughLength: number;
  /** Step of the device's grid that places are rounded to; 0 for none. */
  readonly grid: number;
}

/** Shares of careful hands among regular and among tremor-like ones. */
const CAREFUL_SHARE = { regular: 0.3, 'tremor-like': 0.2 } as const;
const GRID_SHARE = 0.15;
/** Hands in a hurry, of either label. */
const FAST_SHARE = 0.1;
/** Nothing that a careful hand does is faster than about 1 / (2 · this), 2.8 Hz: below the band of tremor. */
const LEAST_CORRECTION_S = 0.18;

/** @param careful Whether it must be a careful hand; by chance unless true. */
export function drawHandStyle(rng: Rng, tremorLike: boolean, careful: boolean): HandStyle {
  const byChance = rng.chance(CAREFUL_SHARE[tremorLike ? 'tremor-like' : 'regular']);
  const isCareful = careful || byChance;
  const onGlass = rng.chance(isCareful ? 0.6 : 0.08);
  const grid = rng.chance(GRID_SHARE) ? rng.logBetween(0.06, 0.3) : 0;
  const rough = onGlass ? rng.between(0.025, 0.065) : 0;
  const roughLength = rng.between(0.6, 1.6);
  if (!isCareful) {
    const pace = rng.chance(FAST_SHARE) ? rng.logBetween(1.6, 3.5) : 1;
    return { ...STEADY_HAND, pace, grid, roughness: rough, roughLength };
  }
  const inPieces = rng.chance(0.65);
  return {
    careful: true,
    pace: rng.logBetween(0.2, 0.6),
    pieces: inPieces ? rng.between(2.5, 9) : 0,
    jointError: inPieces ? rng.between(0.03, 0.25) : 0,
    correction: rng.logBetween(0.03, 0.22),
    correctionS: rng.logBetween(LEAST_CORRECTION_S, 0.7),
    grid,
    roughness: rough,
    roughLength,
  };
}

const STEADY_HAND: HandStyle = {
  careful: false,
  pace: 1,
  pieces: 0,
  jointError: 0,
  correction: 0,
  correctionS: 1,
  roughness: 0,
  roughLength: 1,
  grid: 0,
};

const STEP = 0.2;

/** What the hand makes of the line that it means: turns in pieces, roughness. @param unitMm mm a unit of the style. */
export function bendToStyle(rng: Rng, style: HandStyle, curve: Polyline, unitMm: number): Polyline {
  const pieced = style.pieces > 0 ? drawInPieces(rng, style, curve, unitMm) : curve;
  if (style.roughness === 0) return pieced;
  const line = resampleByLength(pieced, STEP * unitMm);
  const across = smoothNoise(rng, line.x.length, style.roughLength / STEP);
  // Smooth noise has a standard deviation of 0.8.
  for (let i = 0; i < across.length; i++) across[i]! *= (style.roughness * unitMm) / 0.8;
  return moveSideways(line, across);
}

/** Nearly straight pieces between points somewhat beside the line, joined by short bends. The ends stay. */
function drawInPieces(rng: Rng, style: HandStyle, curve: Polyline, unitMm: number): Polyline {
  const lengths = arcLengths(curve);
  const total = lengths[lengths.length - 1]!;
  const places = [0];
  for (let at = 0; ;) {
    at += style.pieces * unitMm * rng.between(0.55, 1.45);
    if (at > total - 0.5 * unitMm) break;
    places.push(at);
  }
  places.push(total);
  if (places.length < 4) return curve;
  const joints = sampleAt(curve, lengths, (i) => places[i]!, places.length);
  const error = Float64Array.from(places, (_, i) =>
    i === 0 || i === places.length - 1 ? 0 : style.jointError * unitMm * rng.normal(),
  );
  const pieces = resampleByLength(moveSideways(joints, error, 1), 0.1 * unitMm);
  return smoothLine(pieces, Math.round(rng.between(2, 9)));
}

/** What the hand does on its way against its will and below the band of tremor, and the grid that it is recorded on. */
export function correctStrokes(
  rng: Rng,
  style: HandStyle,
  strokes: readonly ShakenStroke[],
  unitMm: number,
): ShakenStroke[] {
  const count = samplesOf(strokes);
  const axis = (): Float64Array => smoothNoise(rng, count, style.correctionS * PEN_RATE_HZ);
  const [dx, dy] = style.correction > 0 ? [axis(), axis()] : [null, null];
  if (dx === null && style.grid === 0) return [...strokes];
  const size = (style.correction * unitMm) / 0.8;
  const moved = (values: Float64Array, shift: Float64Array | null, first: number): Float64Array =>
    values.map((value, i) =>
      snap(value + (shift === null ? 0 : size * shift[first + i]!), style.grid * unitMm),
    );
  return strokes.map((stroke) => ({
    ...stroke,
    xMm: moved(stroke.xMm, dx, stroke.firstSample),
    yMm: moved(stroke.yMm, dy, stroke.firstSample),
  }));
}

function snap(value: number, grid: number): number {
  return grid === 0 ? value : Math.round(value / grid) * grid;
}
