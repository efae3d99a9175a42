/** How large and how fast the movement in a peak is. */
import { surroundingsOf, type LogSpectrum } from './peak-spectrum.ts';

export interface PeakSize {
  /** Mean frequency of the movement in the peak, Hz. */
  readonly hz: number;
  /** rms of the movement, both axes together, in the unit of the recording. */
  readonly rms: number;
}

/** Movement this far from the peak, or this share of its frequency, belongs to it. */
const REACH_HZ = 1;
const REACH_SHARE = 0.18;

/**
 * Adds up what stands above the surroundings of a peak, as movement of the pen's place.
 *
 * @param velocity Mean power of velocity.
 * @param gainAt Share of velocity that is left of a movement at a frequency, 0..1: corrected for.
 */
export function measurePeak(velocity: LogSpectrum, peakHz: number, gainAt: (hz: number) => number): PeakSize {
  const { values, stepHz } = velocity;
  const around = surroundingsOf(velocity, peakHz);
  const reach = Math.max(REACH_HZ, REACH_SHARE * peakHz);
  let power = 0;
  let moment = 0;
  for (let k = Math.ceil((peakHz - reach) / stepHz); k * stepHz <= peakHz + reach && k < values.length; k++) {
    const hz = k * stepHz;
    // The ground goes evenly, in logarithms, from one side to the other.
    const ground = around.both + ((around.above - around.below) * (hz - peakHz)) / (2 * reach);
    const above = Math.exp(values[k]!) - Math.exp(ground);
    const place = Math.max(0, above) / (2 * Math.PI * hz * gainAt(hz)) ** 2;
    power += place;
    moment += place * hz;
  }
  return { hz: power > 0 ? moment / power : peakHz, rms: Math.sqrt(power * stepHz) };
}

/** rms of all movement between two frequencies, both axes together, in the unit of the recording. */
export function measureBand(
  { values, stepHz }: LogSpectrum,
  lowHz: number,
  highHz: number,
  gainAt: (hz: number) => number,
): number {
  let power = 0;
  for (let k = Math.ceil(lowHz / stepHz); k * stepHz <= highHz && k < values.length; k++) {
    power += Math.exp(values[k]!) / (2 * Math.PI * k * stepHz * gainAt(k * stepHz)) ** 2;
  }
  return Math.sqrt(power * stepHz);
}
