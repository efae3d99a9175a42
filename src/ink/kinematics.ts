/** Tremor and pace of a recording, without any model. */
import type { Recording } from './recording.ts';
import { taskGroupOf } from '../base/words.ts';
import { findRhythm, isHarmonicOf } from './intended-rhythm.ts';
import { removeIntendedPath, type ResidualMovement } from './residual-movement.ts';
import { welchSpectrum } from './spectrum.ts';
import { measureExtent, typicalStrokeSize } from './stroke-geometry.ts';
import type { MeasureWarning, TremorMeasures } from './tremor-measures.ts';
import {
  correctSpectrum,
  findTremorPeak,
  rmsBetween,
  TREMOR_LOW_HZ,
  type TremorPeak,
} from './tremor-peak.ts';

/** Below these nothing can be said of a tremor. */
export const SHORTEST_RECORDING_S = 3;
export const SLOWEST_RATE_HZ = 25;
/** Below this rate the upper part of the tremor band is hidden. */
const FULL_BAND_RATE_HZ = 50;
/** Share of the sample rate up to which movement can be seen. */
const VISIBLE_SHARE = 0.4;

const ANALYSIS_RATE_HZ = 100;
const WINDOW_S = 2.56;

/** A peak is a tremor when it stands out this much from its surroundings and from slower movement … */
const LEAST_RATIO = 6;
const LEAST_PROMINENCE = 2.5;
/** … is at least this large: rms over the long side of a typical stroke … */
const LEAST_SHARE = 0.0015;
/** … and, in writing, is small beside the letters: people write letters at 3–6 Hz with 0.15–0.5 of a stroke's short side. */
const LETTER_SHARE = 0.12;

export interface MeasuredTremor {
  readonly measures: TremorMeasures;
  readonly warnings: readonly MeasureWarning[];
}

/**
 * Measures tremor: the intended path is taken away (a smooth mean in time), the rest is looked at as a spectrum over
 * the time the pen is down, and a peak between 3.5 and 12.5 Hz is a tremor when it stands out.
 *
 * A recording under 3 s or 25 Hz gets null measures with a warning: it cannot be judged.
 */
export function measureTremor(recording: Recording): MeasuredTremor {
  const { strokes, mmPerUnit } = recording;
  const { length, durationS, steps } = measureExtent(strokes);
  const rateHz = durationS > 0 ? steps / durationS : null;
  const warnings = warningsFor(durationS, rateHz, mmPerUnit);
  const pace = {
    rateHz,
    durationS,
    meanSpeedMmS: mmPerUnit !== null && durationS > 0 ? (length * mmPerUnit) / durationS : null,
  };
  if (rateHz === null || rateHz < SLOWEST_RATE_HZ || durationS < SHORTEST_RECORDING_S) {
    return {
      measures: { peakHz: null, peakRatio: null, amplitudeMmRms: null, amplitudePxRms: null, ...pace },
      warnings,
    };
  }
  const highestHz = VISIBLE_SHARE * rateHz;
  const residual = removeIntendedPath(strokes, ANALYSIS_RATE_HZ);
  const raw = welchSpectrum([residual.x, residual.y], residual.present, ANALYSIS_RATE_HZ, WINDOW_S);
  if (raw === null) {
    return {
      measures: { peakHz: null, peakRatio: null, amplitudeMmRms: null, amplitudePxRms: null, ...pace },
      warnings: [...warnings, { code: 'short-recording', durationS, neededS: SHORTEST_RECORDING_S }],
    };
  }
  const spectrum = correctSpectrum(raw, rateHz);
  const peak = findTremorPeak(spectrum, highestHz);
  const tremor = peak !== null && standsOut(peak, recording, residual) ? peak : null;
  const rms = tremor?.rms ?? rmsBetween(spectrum, 4, Math.min(12, highestHz));
  return {
    measures: {
      peakHz: tremor?.hz ?? null,
      peakRatio: peak?.ratio ?? null,
      amplitudeMmRms: mmPerUnit === null ? null : rms * mmPerUnit,
      amplitudePxRms: recording.unit === 'px' ? rms : null,
      ...pace,
    },
    warnings,
  };
}

/** Whether a peak is a tremor: high and large enough, and not part of the shape that was meant. */
function standsOut(peak: TremorPeak, recording: Recording, movement: ResidualMovement): boolean {
  const size = typicalStrokeSize(recording.strokes);
  if (peak.hz < TREMOR_LOW_HZ || peak.ratio < LEAST_RATIO || peak.prominence < LEAST_PROMINENCE) return false;
  if (peak.rms < LEAST_SHARE * size.long) return false;
  // What nobody knows may be writing.
  const isWriting = recording.task === null || taskGroupOf(recording.task) === 'writing';
  if (isWriting && peak.rms > LETTER_SHARE * size.short) return false;
  const rhythm = findRhythm(movement);
  return rhythm === null || !isHarmonicOf(rhythm, peak);
}

function warningsFor(durationS: number, rateHz: number | null, mmPerUnit: number | null): MeasureWarning[] {
  const warnings: MeasureWarning[] = [];
  if (durationS < SHORTEST_RECORDING_S) {
    warnings.push({ code: 'short-recording', durationS, neededS: SHORTEST_RECORDING_S });
  }
  if (rateHz !== null && rateHz < FULL_BAND_RATE_HZ) {
    warnings.push({
      code: 'slow-sampling',
      rateHz,
      neededHz: SLOWEST_RATE_HZ,
      visibleHz: VISIBLE_SHARE * rateHz,
    });
  }
  if (mmPerUnit === null) {
    warnings.push({ code: 'size-unknown' });
  }
  return warnings;
}
