import { fftInPlace } from './fft.ts';

/** Power spectral density, one-sided: its sum times `stepHz` is the mean square of the signal. */
export interface Spectrum {
  /** Frequency of value i is i · stepHz. */
  readonly stepHz: number;
  /** Unit² per Hz. */
  readonly power: Float64Array;
}

/**
 * Welch's estimate over a signal with gaps: windows of equal length overlap by half, each is weighted by a Hann window,
 * and what falls into gaps counts neither as signal nor as time.
 *
 * @param channels Signals on one time grid; their powers add up (both axes of a movement).
 * @param present 1 where the signal is known, 0 in gaps; the channels must be 0 there.
 * @param windowS Length of a window; signals shorter than this are one window.
 * @returns null when nothing is present.
 * Source: Welch (1967), "The use of fast Fourier transform for the estimation of power spectra".
 */
export function welchSpectrum(
  channels: readonly Float64Array[],
  present: Uint8Array,
  rateHz: number,
  windowS: number,
): Spectrum | null {
  const total = present.length;
  const length = Math.min(total, Math.round(windowS * rateHz));
  if (length < 8) return null;
  const size = 2 ** Math.ceil(Math.log2(4 * length));
  const power = new Float64Array(size / 2);
  let weight = 0;
  const windows = Math.max(1, Math.floor((total - length) / (length / 2)) + 1);
  for (let w = 0; w < windows; w++) {
    const from = windows === 1 ? 0 : Math.round(((total - length) * w) / (windows - 1));
    let used = 0;
    for (let i = 0; i < length; i++) used += present[from + i]! * hann(i, length) ** 2;
    if (used === 0) continue;
    weight += used;
    for (const channel of channels) addPower(channel, from, length, power, size);
  }
  if (weight === 0) return null;
  // One-sided: twice the power of the positive frequencies.
  const scale = 2 / (weight * rateHz);
  return { stepHz: rateHz / size, power: power.map((value) => value * scale) };
}

function addPower(
  channel: Float64Array,
  from: number,
  length: number,
  power: Float64Array,
  size: number,
): void {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < length; i++) re[i] = channel[from + i]! * hann(i, length);
  fftInPlace(re, im);
  for (let k = 0; k < power.length; k++) power[k]! += re[k]! * re[k]! + im[k]! * im[k]!;
}

function hann(i: number, length: number): number {
  return 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length);
}
