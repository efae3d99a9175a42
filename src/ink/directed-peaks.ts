/** Peaks of a movement as it is along one direction: letters go mostly up and down, a tremor has an axis of its own. */
import { findPeaks, type LogSpectrum, type Peak, type Reach } from './peak-spectrum.ts';
import type { WindowSpectra } from './window-spectra.ts';

/** Shares of power along x, along y, and of their common part in phase and a quarter turn apart. */
type Direction = readonly [x: number, y: number, real: number, imaginary: number];

const STRAIGHT = 6;

/** Six straight ways, 30° apart, and both ways round. */
const DIRECTIONS: readonly Direction[] = [
  ...Array.from({ length: STRAIGHT }, (_, i): Direction => {
    const [cosine, sine] = [Math.cos((Math.PI * i) / STRAIGHT), Math.sin((Math.PI * i) / STRAIGHT)];
    return [cosine * cosine, sine * sine, 2 * cosine * sine, 0];
  }),
  [0.5, 0.5, 0, 1],
  [0.5, 0.5, 0, -1],
];

/** Keeps the logarithm of nothing finite. */
const LEAST_POWER = 1e-9;

/**
 * Peaks of the mean logarithm of power over the windows, each along the direction in which it stands out most.
 *
 * @returns Peaks at least {@link APART_HZ} apart, the most prominent ones, between two frequencies.
 */
export function findDirectedPeaks(
  spectra: WindowSpectra,
  lowHz: number,
  highHz: number,
  reach: Reach,
): Peak[] {
  const best = new Map<number, Peak>();
  for (const direction of DIRECTIONS) {
    for (const peak of findPeaks(meanLogAlong(spectra, direction), lowHz, highHz, reach)) {
      if (peak.prominence > (best.get(peak.hz)?.prominence ?? 0)) best.set(peak.hz, peak);
    }
  }
  const kept: Peak[] = [];
  for (const peak of [...best.values()].sort((a, b) => b.prominence - a.prominence)) {
    if (kept.every(({ hz }) => Math.abs(hz - peak.hz) > APART_HZ)) kept.push(peak);
  }
  return kept;
}

const APART_HZ = 0.4;

/** Mean over the windows, each weighted by what is present in it, of the logarithm of power along a direction. */
function meanLogAlong(spectra: WindowSpectra, [x, y, real, imaginary]: Direction): LogSpectrum {
  const { bins, windows, presence, power, powerX, crossReal, crossImaginary, stepHz } = spectra;
  const values = new Float64Array(bins);
  let weight = 0;
  for (let w = 0; w < windows; w++) {
    const share = presence[w]!;
    weight += share;
    for (let k = 0, at = w * bins; k < bins; k++, at++) {
      const along =
        x * powerX[at]! +
        y * (power[at]! - powerX[at]!) +
        real * crossReal[at]! +
        imaginary * crossImaginary[at]!;
      values[k]! += share * Math.log(Math.max(0, along) + LEAST_POWER);
    }
  }
  return { stepHz, values: values.map((sum) => sum / weight) };
}
