/** Spectra of a movement of two axes, window by window. */
import { fftInPlace } from './fft.ts';

/** Power spectral density of both axes together in each window, one-sided: its sum times `stepHz` is the mean square; gaps count neither as signal nor as time. */
export interface WindowSpectra {
  /** Frequency of bin k is k · stepHz. */
  readonly stepHz: number;
  readonly bins: number;
  readonly windows: number;
  /** Share of each window that is present, Hann-weighted, 0..1; shape [windows]. */
  readonly presence: Float64Array;
  /** Power of both axes together, unit² per Hz; shape [windows × bins]. */
  readonly power: Float64Array;
  /** Of the first axis alone, same unit and shape. */
  readonly powerX: Float64Array;
  /** What both axes have in common: X times the conjugate of Y, same unit and shape. */
  readonly crossReal: Float64Array;
  readonly crossImaginary: Float64Array;
}

export interface Windowing {
  readonly lengthS: number;
  /** Windows with less present are left out, 0..1. */
  readonly leastPresence: number;
  /** At least this many windows, closer together where the signal is short. */
  readonly leastWindows: number;
  /** At most this many, further apart where it is long: a bound on time and memory. */
  readonly mostWindows: number;
  readonly highestHz: number;
  /** Length of the transform over that of the window, ≥ 1; default 2. */
  readonly padding?: number;
}

/**
 * Welch's windows (Hann, overlapping by half) over a signal with gaps; a signal shorter than a window is one window.
 *
 * @param x,y Signals on one time grid, 0 where not present.
 * @param present 1 where the signal is known.
 * Source: Welch (1967), "The use of fast Fourier transform for the estimation of power spectra".
 */
export function takeWindowSpectra(
  x: Float64Array,
  y: Float64Array,
  present: Uint8Array,
  rateHz: number,
  windowing: Windowing,
): WindowSpectra {
  const total = present.length;
  const length = Math.min(total, Math.round(windowing.lengthS * rateHz));
  const padding = windowing.padding ?? 2;
  const size = 2 ** Math.ceil(Math.log2(Math.max(8, padding * Math.round(windowing.lengthS * rateHz))));
  const stepHz = rateHz / size;
  const bins = Math.min(size / 2, Math.floor(windowing.highestHz / stepHz) + 1);
  const hann = Float64Array.from(
    { length },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / length),
  );
  const halves = total > length ? Math.floor((total - length) / (length / 2)) + 1 : 1;
  const wanted = Math.max(Math.min(windowing.leastWindows, total - length + 1), halves);
  const places = Math.max(1, Math.min(windowing.mostWindows, wanted));
  const presence: number[] = [];
  const [power, powerX, crossReal, crossImaginary] = [0, 1, 2, 3].map(
    () => new Float64Array(places * bins),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const full = hann.reduce((sum, value) => sum + value * value, 0);
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let w = 0; w < places; w++) {
    const from = places === 1 ? 0 : Math.round(((total - length) * w) / (places - 1));
    let used = 0;
    for (let i = 0; i < length; i++) used += present[from + i]! * hann[i]! ** 2;
    if (!(used / full >= windowing.leastPresence)) continue;
    re.fill(0);
    im.fill(0);
    for (let i = 0; i < length; i++) {
      re[i] = x[from + i]! * hann[i]!;
      im[i] = y[from + i]! * hann[i]!;
    }
    fftInPlace(re, im);
    // Both real axes went through one transform, as real and imaginary part: |X|² + |Y|² = (|Z(k)|² + |Z(−k)|²) / 2.
    const scale = 1 / (used * rateHz);
    const at = presence.length * bins;
    for (let k = 0; k < bins; k++) {
      const other = (size - k) % size;
      const [xReal, xImaginary] = [(re[k]! + re[other]!) / 2, (im[k]! - im[other]!) / 2];
      const [yReal, yImaginary] = [(im[k]! + im[other]!) / 2, (re[other]! - re[k]!) / 2];
      power[at + k] = scale * (re[k]! ** 2 + im[k]! ** 2 + re[other]! ** 2 + im[other]! ** 2);
      powerX[at + k] = 2 * scale * (xReal ** 2 + xImaginary ** 2);
      crossReal[at + k] = 2 * scale * (xReal * yReal + xImaginary * yImaginary);
      crossImaginary[at + k] = 2 * scale * (xImaginary * yReal - xReal * yImaginary);
    }
    presence.push(used / full);
  }
  const windows = presence.length;
  return {
    stepHz,
    bins,
    windows,
    presence: Float64Array.from(presence),
    power: power.subarray(0, windows * bins),
    powerX: powerX.subarray(0, windows * bins),
    crossReal: crossReal.subarray(0, windows * bins),
    crossImaginary: crossImaginary.subarray(0, windows * bins),
  };
}
