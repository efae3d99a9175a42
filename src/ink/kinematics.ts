/** Tremor and pace of a recording for the eye, without any model. */
import { taskGroupOf } from '../base/words.ts';
import {
  readClock,
  SHORTEST_RECORDING_S,
  SLOWEST_RATE_HZ,
  VISIBLE_SHARE,
  type ClockEvidence,
} from './clock-evidence.ts';
import type { Recording } from './recording.ts';
import { measureLength } from './stroke-geometry.ts';
import type { MeasureWarning, TremorMeasures } from './tremor-measures.ts';

/** Below this rate the upper part of the tremor band is hidden. */
const FULL_BAND_RATE_HZ = 50;

export interface MeasuredTremor {
  readonly measures: TremorMeasures;
  readonly warnings: readonly MeasureWarning[];
}

/**
 * The figures of a recording. Its tremor is what the clock says: the same peak, or none.
 *
 * A recording that the clock cannot measure gets null measures with a warning: it cannot be judged.
 *
 * @param evidence What the clock says ({@link readClock}), where it is known already.
 */
export function measureTremor(
  recording: Recording,
  evidence: ClockEvidence = readClock(
    recording,
    recording.task === null ? null : taskGroupOf(recording.task),
  ),
): MeasuredTremor {
  const { strokes, mmPerUnit } = recording;
  const { durationS, rateHz } = evidence;
  const lengthMm = mmPerUnit === null ? null : measureLength(strokes) * mmPerUnit;
  const pace = {
    rateHz,
    durationS,
    meanSpeedMmS: lengthMm !== null && durationS > 0 ? lengthMm / durationS : null,
  };
  const warnings = warningsFor(evidence, mmPerUnit);
  if (evidence.state === 'not-measured') {
    const none = { peakHz: null, peakRatio: null, amplitudeMmRms: null, amplitudePxRms: null };
    return { measures: { ...none, ...pace }, warnings };
  }
  const rms = evidence.rmsUnits ?? evidence.bandRmsUnits;
  return {
    measures: {
      peakHz: evidence.peakHz,
      peakRatio: evidence.peakRatio,
      amplitudeMmRms: mmPerUnit === null ? null : rms * mmPerUnit,
      amplitudePxRms: recording.unit === 'px' ? rms : null,
      ...pace,
    },
    warnings,
  };
}

function warningsFor(evidence: ClockEvidence, mmPerUnit: number | null): MeasureWarning[] {
  const { durationS, rateHz } = evidence;
  const warnings: MeasureWarning[] = [];
  if (evidence.state === 'not-measured' && evidence.reason === 'too-short') {
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
