/** The rhythm of what was meant to be drawn: turns of a spiral, crests of a wave. Its harmonics are not tremor. */
import type { ResidualMovement } from './residual-movement.ts';
import { welchSpectrum } from './spectrum.ts';

export interface Rhythm {
  readonly hz: number;
  /** rms of the movement at that rhythm, both axes together, in the unit of the signal. */
  readonly rms: number;
}

const WINDOW_S = 5.12;
const LOWEST_HZ = 0.4;
const HIGHEST_HZ = 3.4;
/** How far around the peak movement counts as the same rhythm. */
const HALF_WIDTH_HZ = 0.4;

/** Strongest rhythm of velocity between 0.4 and 3.4 Hz; null where there is no movement. */
export function findRhythm(movement: ResidualMovement): Rhythm | null {
  const spectrum = welchSpectrum(
    [movement.velocityX, movement.velocityY],
    movement.present,
    movement.rateHz,
    WINDOW_S,
  );
  if (spectrum === null) return null;
  const { stepHz, power } = spectrum;
  let peak = Math.ceil(LOWEST_HZ / stepHz);
  for (let k = peak; k * stepHz <= HIGHEST_HZ; k++) if (power[k]! > power[peak]!) peak = k;
  if (!(power[peak]! > 0)) return null;
  let sum = 0;
  const reach = Math.round(HALF_WIDTH_HZ / stepHz);
  for (let k = Math.max(1, peak - reach); k <= peak + reach; k++) {
    sum += power[k]! / (2 * Math.PI * k * stepHz) ** 2;
  }
  return { hz: peak * stepHz, rms: Math.sqrt(sum * stepHz) };
}

/** Corners of a shape put at most this share of its movement into one harmonic: 1/9 for zigzags, 1/5 for squares. */
const HARMONIC_SHARE = 0.22;
const HARMONICS = [2, 3, 4, 5, 6, 7];
/** Relative distance to a whole multiple that still counts as one. */
const TOLERANCE = 0.07;

/** True when a fast movement can be a harmonic of the intended one: a whole multiple, and small beside it. */
export function isHarmonicOf(rhythm: Rhythm, fast: { readonly hz: number; readonly rms: number }): boolean {
  const multiple = fast.hz / rhythm.hz;
  return HARMONICS.some(
    (n) => Math.abs(multiple / n - 1) <= TOLERANCE && fast.rms <= (HARMONIC_SHARE * rhythm.rms * 2) / n,
  );
}
