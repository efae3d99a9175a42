import type { Sensitivity, Verdict } from '../base/words.ts';
import type { GroupCalibration } from '../model/model-bundle.ts';

/** In probability: below the first regular, from the second on tremor-like, between them inconclusive. */
export type Limits = Pick<GroupCalibration, 'regularBelow' | 'tremorFrom'>;

/**
 * The limits that a verdict is drawn at: those of the model, the same for every medium and sensitivity as long as a model
 * holds one working point.
 *
 * @param calibration Of the group of the task.
 */
export function limitsFor(
  calibration: GroupCalibration,
  _medium: 'scan' | 'recording',
  _sensitivity: Sensitivity,
): Limits {
  return { regularBelow: calibration.regularBelow, tremorFrom: calibration.tremorFrom };
}

/** Below the first limit regular, from the second on tremor-like, between them inconclusive. */
export function verdictOf(probability: number, limits: Limits): Exclude<Verdict, 'not-screenable'> {
  if (probability >= limits.tremorFrom) return 'tremor-like';
  return probability < limits.regularBelow ? 'regular' : 'inconclusive';
}
