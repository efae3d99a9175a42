/** The rhythm of fast writing: letters whose up and down strokes come as fast as a tremor. */
import { measureBand, type PeakSize } from './peak-size.ts';
import type { LogSpectrum } from './peak-spectrum.ts';

/** Letters are not written faster: pairs of strokes a second. */
const FASTEST_LETTERS_HZ = 6;
/** Slower movement, which calm writing is made of, Hz. */
const CALM_LOW_HZ = 0.6;
const CALM_HIGH_HZ = 2.5;
/** Share of the calm movement's rms: above it in 120 simulated fast hands (strokes of 0.08–0.22 s), under 0.9 in calm writing that shakes by up to 4 mm. */
const LETTERS_SHARE = 0.95;
/** Letters are no taller; what swings further is a tremor, mm. */
const TALLEST_SWING_MM = 4;

/**
 * Whether a movement can be the letters themselves: no faster and no larger than they are, while little else moves the
 * pen to and fro. Calm writing that shakes has its letters beside the tremor, and slower.
 *
 * @param velocity Mean power of velocity.
 */
export function isLetterRhythm(velocity: LogSpectrum, { hz, rms }: PeakSize, mmPerUnit: number): boolean {
  if (hz > FASTEST_LETTERS_HZ || 2 * Math.SQRT2 * rms * mmPerUnit > TALLEST_SWING_MM) return false;
  return rms >= LETTERS_SHARE * measureCalm(velocity);
}

/** rms of calm writing, in the recording's unit. @param velocity Mean power of velocity. */
export function measureCalm(velocity: LogSpectrum): number {
  return measureBand(velocity, CALM_LOW_HZ, CALM_HIGH_HZ, () => 1);
}
