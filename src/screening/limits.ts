import type { Sensitivity } from '../base/words.ts';
import type { GroupCalibration } from '../model/model-bundle.ts';
import type { Medium } from './calibration-drawings.ts';
import type { Limits } from './decide.ts';

/**
 * How far the limits of a model without working points move for a sensitivity, in log-odds: by a factor of two in the odds.
 */
const SHIFT: Readonly<Record<Sensitivity, number>> = {
  high: -Math.log(2),
  balanced: 0,
  specific: Math.log(2),
};

/**
 * The limits that a verdict is drawn at: the working point of the medium and the sensitivity. A model without working
 * points has one band, which moves as a whole.
 *
 * @param calibration Of the group of the task.
 */
export function limitsFor(calibration: GroupCalibration, medium: Medium, sensitivity: Sensitivity): Limits {
  const point = calibration.workingPoints?.[medium][sensitivity];
  if (point !== undefined) return { regularBelow: point.regularBelow, tremorFrom: point.tremorFrom };
  const { regularBelow, tremorFrom } = calibration;
  const shift = SHIFT[sensitivity];
  return { regularBelow: moved(regularBelow, shift), tremorFrom: moved(tremorFrom, shift) };
}

/** A probability whose log-odds move; two digits are enough for a limit that people read. */
function moved(probability: number, shift: number): number {
  if (shift === 0) return probability;
  const odds = (probability / (1 - probability)) * Math.exp(shift);
  return Math.round((100 * odds) / (1 + odds)) / 100;
}
