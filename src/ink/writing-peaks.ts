/** Which movement in writing is a tremor, and how surely: letters swing as fast as a tremor, and as far. */
import { HELD_STRENGTH, WINDOWING, WINDOW_S } from './clock-windows.ts';
import { findDirectedPeaks } from './directed-peaks.ts';
import { measureCalm } from './letter-rhythm.ts';
import { measurePeak, type PeakSize } from './peak-size.ts';
import { meanSpectrum, USUAL_REACH, type LogSpectrum, type Peak, type Reach } from './peak-spectrum.ts';
import type { PenVelocity } from './pen-velocity.ts';
import { takeWindowSpectra } from './window-spectra.ts';

export interface WritingPeak extends PeakSize {
  /** On the scale of MeasuredClock.strength. */
  readonly strength: number;
  /** Of the log power along the direction in which it stands out most. */
  readonly prominence: number;
}

export interface WritingOptions {
  readonly lowHz: number;
  readonly highHz: number;
  /** Independent looks, ≥ 1. */
  readonly looks: number;
  readonly mmPerUnit: number;
  /** Share of velocity that is left of a movement at a frequency, 0..1. */
  readonly gainAt: (hz: number) => number;
}

interface Windows {
  readonly lengthS: number;
  readonly reach: Reach;
}

const SHORT: Windows = { lengthS: WINDOW_S, reach: USUAL_REACH };
/** A tremor that keeps its frequency stands out more here; letters do not. */
const LONG: Windows = { lengthS: 5.12, reach: { nearHz: 0.45, farHz: 1.4 } };
/** All windows are transformed as if this long: the same steps of frequency in both. */
const TRANSFORMED_S = 10.24;

/**
 * The strongest candidate for a tremor in writing.
 *
 * Chance and even letters give peaks too. What speaks for a tremor and what for letters is weighed by a logistic model
 * of simulated hands ({@link weigh}).
 *
 * @returns null where nothing stands out, or too little is there to look at.
 */
export function strongestInWriting(velocity: PenVelocity, options: WritingOptions): WritingPeak | null {
  const short = peaksIn(velocity, SHORT, options);
  if (short === null) return null;
  const long = peaksIn(velocity, LONG, options)?.peaks ?? [];
  const power = meanSpectrum(short.spectra, 'power');
  const log = meanSpectrum(short.spectra, 'log');
  const calm = measureCalm(power);
  let best: WritingPeak | null = null;
  for (const peak of short.peaks) {
    const size = measurePeak(power, peak.hz, options.gainAt);
    const at = Math.round(peak.hz / power.stepHz);
    const overCalm = calm > 0 ? Math.log(size.rms / calm) : Infinity;
    const weighed = weigh({
      prominence: peak.prominence,
      longProminence: prominenceNear(long, peak.hz),
      looks: options.looks,
      hz: size.hz,
      overCalm,
      belowHighest: power.values[at]! - highestOf(power),
      unsteadiness: power.values[at]! - log.values[at]!,
    });
    const held = options.looks < FEW_LOOKS && mayBeLetters(size, overCalm, options.mmPerUnit);
    const strength = held ? Math.min(HELD_STRENGTH, weighed) : weighed;
    if (strength > (best?.strength ?? -Infinity)) best = { ...size, strength, prominence: peak.prominence };
  }
  return best;
}

function peaksIn(velocity: PenVelocity, { lengthS, reach }: Windows, { lowHz, highHz }: WritingOptions) {
  const padding = TRANSFORMED_S / lengthS;
  const windowing = { ...WINDOWING, lengthS, padding };
  const spectra = takeWindowSpectra(velocity.x, velocity.y, velocity.present, velocity.rateHz, windowing);
  return spectra.windows === 0 ? null : { spectra, peaks: findDirectedPeaks(spectra, lowHz, highHz, reach) };
}

const SAME_HZ = 0.4;

function prominenceNear(peaks: readonly Peak[], hz: number): number {
  const near = peaks.filter((peak) => Math.abs(peak.hz - hz) <= SAME_HZ);
  return Math.max(0, ...near.map(({ prominence }) => prominence));
}

/** Where writing moves at all, Hz. */
const SLOWEST_HZ = 0.6;
const FASTEST_HZ = 12.5;

function highestOf({ values, stepHz }: LogSpectrum): number {
  let highest = -Infinity;
  for (let k = Math.ceil(SLOWEST_HZ / stepHz); k * stepHz < FASTEST_HZ; k++) {
    highest = Math.max(highest, values[k] ?? -Infinity);
  }
  return highest;
}

/** A word or two: too short to show that letters written in an even rhythm are no tremor. */
const FEW_LOOKS = 4;
/** What chance gives more there, among eight directions. */
const FEW_LOOKS_DOUBT = 0.6;
/** Letters are written no faster and are no taller, with all their parts. */
const FASTEST_EVEN_HZ = 6.5;
const TALLEST_MM = 8;
/** Movement as large as calm writing, in natural logarithms and with room for chance. */
const AS_LARGE = Math.log(0.95);

/** Whether a movement may be the letters, however even: as fast, not taller, and nothing larger beside it. */
function mayBeLetters({ hz, rms }: PeakSize, overCalm: number, mmPerUnit: number): boolean {
  return hz <= FASTEST_EVEN_HZ && overCalm >= AS_LARGE && 2 * Math.SQRT2 * rms * mmPerUnit <= TALLEST_MM;
}

interface Signs {
  readonly prominence: number;
  readonly longProminence: number;
  readonly looks: number;
  readonly hz: number;
  /** ln(rms of the peak over that of calm writing). */
  readonly overCalm: number;
  /** Log power less that at the highest place of the spectrum, ≤ 0. */
  readonly belowHighest: number;
  /** Log of the mean power less the mean of its logarithms over the windows, ≥ 0. */
  readonly unsteadiness: number;
}

/** Up to here a peak is told from chance; beyond, more of it counts half as much. */
const PLAIN_PROMINENCE = 1.5;
const MOST_PROMINENCE = 5.5;
/** No letters are as fast as this, and hardly any within the margin below it, Hz. */
const NO_LETTERS_FROM_HZ = 7;
const LETTERS_MARGIN_HZ = 1.5;
const LEAST_LEVEL = -8;

/**
 * Logistic regression on 695 simulated hands of ten kinds with letters of all sizes, each steady and with a tremor of
 * 3–10 Hz and 1–8 mm of swing; scale and zero are moved so that 0.9 is reached by none of the 232 steady hands that write
 * at an ordinary pace, and by 18 of 461 whose letters are as fast or as even as hands can make them (docs/tremor-clock.md).
 * Fitted and counted once: no command that is kept makes these hands or weights anew. `node test/bench/clock.ts` measures
 * the reading on hands of its own.
 */
function weigh(signs: Signs): number {
  const { prominence, hz } = signs;
  const asFastAsLetters = clip((NO_LETTERS_FROM_HZ - hz) / LETTERS_MARGIN_HZ, 0, 1);
  return (
    -2 -
    (signs.looks < FEW_LOOKS ? FEW_LOOKS_DOUBT : 0) +
    1.82 * Math.min(PLAIN_PROMINENCE, prominence) +
    0.83 * clip(prominence - PLAIN_PROMINENCE, 0, MOST_PROMINENCE - PLAIN_PROMINENCE) +
    0.19 * signs.longProminence -
    1.25 / Math.sqrt(signs.looks) -
    1.76 * (clip(signs.overCalm, -0.5, 0.5) + 0.5) * asFastAsLetters +
    0.43 * Math.max(LEAST_LEVEL, signs.belowHighest) -
    0.42 * signs.unsteadiness
  );
}

function clip(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
