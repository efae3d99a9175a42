/** Finds a tremor in the spectrum of a movement whose intended path was taken away. */
import { residualGain } from './residual-movement.ts';
import type { Spectrum } from './spectrum.ts';

/** Tremor is looked for between these, Hz. */
export const TREMOR_LOW_HZ = 3.5;
export const TREMOR_HIGH_HZ = 12.5;

export interface TremorPeak {
  /** Power-weighted mean frequency of the peak, Hz. */
  readonly hz: number;
  /** Peak over the median of its surroundings, both of velocity power. */
  readonly ratio: number;
  /** Peak over the valley between it and slower movement, velocity power. */
  readonly prominence: number;
  /** rms of the movement in the peak, both axes together, in the unit of the signal. */
  readonly rms: number;
}

/**
 * Corrects the spectrum of the residual for what the path removal and straight-line resampling took away.
 *
 * @param sampleHz Rate of the original samples.
 * @returns Power of displacement; 0 below 2 Hz, where hardly anything is left to correct.
 */
export function correctSpectrum(spectrum: Spectrum, sampleHz: number): Spectrum {
  const power = spectrum.power.map((value, k) => {
    const hz = k * spectrum.stepHz;
    if (hz < 2) return 0;
    const angle = (Math.PI * hz) / sampleHz;
    const interpolation = hz < 0.5 * sampleHz ? (Math.sin(angle) / angle) ** 2 : 1;
    return value / (residualGain(hz) * interpolation) ** 2;
  });
  return { stepHz: spectrum.stepHz, power };
}

/**
 * The strongest peak of velocity power between 3.5 and 12.5 Hz that is higher than both its sides.
 *
 * @param displacement Corrected spectrum ({@link correctSpectrum}).
 * @param highestHz Nothing above this can be seen at the recording's rate.
 * @returns null where power only falls or rises over the band.
 */
export function findTremorPeak(displacement: Spectrum, highestHz: number): TremorPeak | null {
  const { stepHz } = displacement;
  const velocity = displacement.power.map((value, k) => value * (2 * Math.PI * k * stepHz) ** 2);
  const bin = (hz: number): number => Math.round(hz / stepHz);
  const first = bin(TREMOR_LOW_HZ);
  const last = Math.min(bin(Math.min(TREMOR_HIGH_HZ, highestHz)), velocity.length - 2);
  let peak = -1;
  for (let k = first; k <= last; k++) {
    if (velocity[k]! < velocity[k - 1]! || velocity[k]! < velocity[k + 1]!) continue;
    if (peak === -1 || velocity[k]! > velocity[peak]!) peak = k;
  }
  if (peak === -1 || velocity[peak]! === 0) return null;
  let valley = velocity[peak]!;
  for (let k = bin(2.2); k < peak; k++) valley = Math.min(valley, velocity[k]!);
  const around = surroundings(velocity, bin(2.5), Math.min(bin(highestHz * 1.15), bin(20)), peak, stepHz);
  const [low, high] = peakEdges(velocity, peak, around, bin(1), bin(2.2));
  let power = 0;
  let moment = 0;
  for (let k = Math.max(low, bin(2.4)); k <= high; k++) {
    power += displacement.power[k]!;
    moment += displacement.power[k]! * k * stepHz;
  }
  return {
    hz: moment / power,
    ratio: around > 0 ? velocity[peak]! / around : Infinity,
    prominence: valley > 0 ? velocity[peak]! / valley : Infinity,
    rms: Math.sqrt(power * stepHz),
  };
}

/** Median velocity power of the band without the peak and its octave. */
function surroundings(
  velocity: Float64Array,
  from: number,
  to: number,
  peak: number,
  stepHz: number,
): number {
  const far = Math.max(1.5, 0.3 * peak * stepHz) / stepHz;
  const values: number[] = [];
  for (let k = from; k <= Math.min(to, velocity.length - 1); k++) {
    if (Math.abs(k - peak) > far && Math.abs(k - 2 * peak) > far / 2) values.push(velocity[k]!);
  }
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
}

/** From the peak outwards until power falls to the surroundings or rises again; at least `least`, at most `most` bins. */
function peakEdges(
  velocity: Float64Array,
  peak: number,
  around: number,
  least: number,
  most: number,
): [number, number] {
  const floor = Math.max(2 * around, 0.01 * velocity[peak]!);
  const walk = (direction: 1 | -1): number => {
    let steps = 0;
    while (steps < most) {
      const here = velocity[peak + direction * steps] ?? 0;
      if (steps >= least && here <= floor) break;
      steps++;
    }
    return peak + direction * steps;
  };
  return [Math.max(1, walk(-1)), Math.min(velocity.length - 1, walk(1))];
}

/** rms of all movement between two frequencies, in the unit of the signal. */
export function rmsBetween(displacement: Spectrum, lowHz: number, highHz: number): number {
  let power = 0;
  for (let k = Math.ceil(lowHz / displacement.stepHz); k <= highHz / displacement.stepHz; k++) {
    power += displacement.power[k] ?? 0;
  }
  return Math.sqrt(power * displacement.stepHz);
}
