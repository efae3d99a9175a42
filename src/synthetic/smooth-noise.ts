import type { Rng } from '../base/rng.ts';

/**
 * Smooth random values over an axis: white normal values on a grid, joined by a Catmull-Rom spline.
 * Mean 0, standard deviation about 0.8; nothing faster than about half the knot rate.
 *
 * @param count Number of values.
 * @param spacing Steps between knots, ≥ 1; the values change over about this many steps.
 */
export function smoothNoise(rng: Rng, count: number, spacing: number): Float64Array {
  const knots = new Float64Array(Math.ceil(count / spacing) + 4);
  for (let i = 0; i < knots.length; i++) knots[i] = rng.normal();
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const place = i / spacing;
    const k = Math.floor(place);
    values[i] = catmullRom(knots[k]!, knots[k + 1]!, knots[k + 2]!, knots[k + 3]!, place - k);
  }
  return values;
}

/**
 * Noise between two rates: white noise through two one-pole filters each way. Scaled to rms 1 (0 where it cannot be).
 *
 * @param rateHz Samples a second.
 */
export function bandNoise(
  rng: Rng,
  count: number,
  rateHz: number,
  lowHz: number,
  highHz: number,
): Float64Array {
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) values[i] = rng.normal();
  for (let pass = 0; pass < 2; pass++) {
    lowPass(values, highHz / rateHz);
    highPass(values, lowHz / rateHz);
  }
  let power = 0;
  for (const value of values) power += value * value;
  const scale = power > 0 ? Math.sqrt(count / power) : 0;
  for (let i = 0; i < count; i++) values[i]! *= scale;
  return values;
}

/** One-pole low-pass in place; the corner is given in cycles a sample. */
function lowPass(values: Float64Array, corner: number): void {
  const keep = Math.exp(-2 * Math.PI * corner);
  let state = values[0] ?? 0;
  for (let i = 0; i < values.length; i++) {
    state = keep * state + (1 - keep) * values[i]!;
    values[i] = state;
  }
}

function highPass(values: Float64Array, corner: number): void {
  const slow = values.slice();
  lowPass(slow, corner);
  for (let i = 0; i < values.length; i++) values[i]! -= slow[i]!;
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

/** A smooth random shift of the plane: a few plane waves with wavelengths in a band, the same field for x and y apart. */
export interface PlaneField {
  /** Writes the shift at (x, y) to `out`: [dx, dy], in units of the field's amplitude. */
  shift(x: number, y: number, out: [number, number]): void;
}

/**
 * @param lowLength,highLength Wavelengths, in the plane's unit.
 * @param amplitude rms of each axis' shift, in the same unit.
 */
export function makePlaneField(
  rng: Rng,
  lowLength: number,
  highLength: number,
  amplitude: number,
  waves = 6,
): PlaneField {
  const kx = new Float64Array(2 * waves);
  const ky = new Float64Array(2 * waves);
  const phase = new Float64Array(2 * waves);
  for (let i = 0; i < 2 * waves; i++) {
    const angle = rng.between(0, 2 * Math.PI);
    const wave = (2 * Math.PI) / rng.logBetween(lowLength, highLength);
    kx[i] = wave * Math.cos(angle);
    ky[i] = wave * Math.sin(angle);
    phase[i] = rng.between(0, 2 * Math.PI);
  }
  const scale = amplitude * Math.sqrt(2 / waves);
  return {
    shift(x, y, out) {
      let dx = 0;
      let dy = 0;
      for (let i = 0; i < waves; i++) {
        dx += Math.sin(kx[i]! * x + ky[i]! * y + phase[i]!);
        const j = i + waves;
        dy += Math.sin(kx[j]! * x + ky[j]! * y + phase[j]!);
      }
      out[0] = scale * dx;
      out[1] = scale * dy;
    },
  };
}
