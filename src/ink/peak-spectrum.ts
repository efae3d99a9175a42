/** One spectrum for a whole movement, and how far its peaks stand out. */
import type { WindowSpectra } from './window-spectra.ts';

/**
 * How the windows are brought together. `power`: the mean, for amplitudes. `root`: the square of the mean root, in which
 * a tremor that comes and goes still counts. `log`: the mean logarithm, which rewards what is there in every window:
 * letters wander in frequency, a tremor does not.
 */
export type WindowMean = 'power' | 'root' | 'log';

/** Natural logarithm of power density over both axes; value k belongs to k · stepHz. */
export interface LogSpectrum {
  readonly stepHz: number;
  readonly values: Float64Array;
}

/** Far below any movement: keeps the logarithm of nothing finite. */
const LEAST_POWER = 1e-12;

/** Mean over the windows, each weighted by what is present in it. */
export function meanSpectrum(spectra: WindowSpectra, mean: WindowMean): LogSpectrum {
  const { bins, windows, presence, power } = spectra;
  const sums = new Float64Array(bins);
  let weight = 0;
  for (let w = 0; w < windows; w++) {
    const share = presence[w]!;
    weight += share;
    for (let k = 0; k < bins; k++) {
      const value = power[w * bins + k]! + LEAST_POWER;
      sums[k]! += share * (mean === 'power' ? value : mean === 'root' ? Math.sqrt(value) : Math.log(value));
    }
  }
  const values = sums.map((sum) => {
    const average = sum / weight;
    return mean === 'log' ? average : (mean === 'root' ? 2 : 1) * Math.log(average);
  });
  return { stepHz: spectra.stepHz, values };
}

/** How far away the surroundings of a peak begin and end, Hz, on both sides; further for peaks above 6 Hz. */
export interface Reach {
  readonly nearHz: number;
  readonly farHz: number;
}

/** Of windows of the usual length (clock-windows.ts). */
export const USUAL_REACH: Reach = { nearHz: 0.7, farHz: 1.6 };
const WIDER_ABOVE_HZ = 6;

/** Mean of the log power around a frequency, without the frequency itself: both sides, and each. */
export function surroundingsOf(
  { values, stepHz }: LogSpectrum,
  hz: number,
  reach: Reach = USUAL_REACH,
): { readonly both: number; readonly below: number; readonly above: number } {
  const stretch = Math.max(1, hz / WIDER_ABOVE_HZ);
  const from = Math.round((reach.nearHz * stretch) / stepHz);
  const to = Math.round((reach.farHz * stretch) / stepHz);
  const centre = Math.round(hz / stepHz);
  const side = (direction: 1 | -1): number => {
    let sum = 0;
    let count = 0;
    for (let d = from; d <= to; d++) {
      const k = centre + direction * d;
      if (k < 1 || k >= values.length) continue;
      sum += values[k]!;
      count++;
    }
    return sum / Math.max(1, count);
  };
  const below = side(-1);
  const above = side(1);
  return { both: (below + above) / 2, below, above };
}

export interface Peak {
  readonly hz: number;
  /** Log power of the peak less that of its surroundings. */
  readonly prominence: number;
}

/** All local maxima between two frequencies. */
export function findPeaks(
  spectrum: LogSpectrum,
  lowHz: number,
  highHz: number,
  reach: Reach = USUAL_REACH,
): Peak[] {
  const { values, stepHz } = spectrum;
  const peaks: Peak[] = [];
  for (let k = Math.ceil(lowHz / stepHz); k * stepHz <= highHz && k + 1 < values.length; k++) {
    if (values[k]! < values[k - 1]! || values[k]! < values[k + 1]!) continue;
    const hz = k * stepHz;
    peaks.push({ hz, prominence: values[k]! - surroundingsOf(spectrum, hz, reach).both });
  }
  return peaks;
}
