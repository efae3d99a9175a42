/** From logits of whole drawings to a calibration and to what a card says of it. */
import { TASK_GROUPS, type TaskGroup } from '../base/words.ts';
import { fitCalibration, NO_CALIBRATION } from '../model/calibration.ts';
import { heldOutMetrics } from '../model/metrics.ts';
import { calibrationOf, type Calibration, type GroupCalibration } from '../model/model-bundle.ts';
import type { HeldOutMetrics } from '../model/training-types.ts';
import type { JudgedDrawing } from './calibrate-drawings.ts';

/**
 * Slope, offset and band of every group that the model judges and that has at least eight drawings of each label; of the others the
 * fallback.
 * Verdicts rest on whole drawings, whose logits spread otherwise than those of single patches.
 *
 * @returns `kept`: the groups that got the fallback.
 */
export function fitDrawings(
  drawings: readonly JudgedDrawing[],
  fallback: Calibration,
): { readonly calibration: Calibration; readonly kept: readonly TaskGroup[] } {
  const kept: TaskGroup[] = [];
  const of = (group: TaskGroup, before: GroupCalibration): GroupCalibration => {
    const own = drawings.filter((drawing) => drawing.group === group);
    const fitted = fitCalibration(
      Float32Array.from(own, ({ logit }) => logit),
      labelsOf(own),
      Uint8Array.from(own, ({ clear }) => (clear ? 1 : 0)),
    );
    if (fitted !== NO_CALIBRATION) return fitted;
    kept.push(group);
    return before;
  };
  const calibration = Object.fromEntries(
    TASK_GROUPS.flatMap((group) => {
      const before = fallback[group];
      return before === undefined ? [] : [[group, of(group, before)] as const];
    }),
  );
  return { calibration, kept };
}

/** How well the calibrated model tells whole drawings apart at probability 0.5, by group; groups of one label are left out. */
export function measureDrawings(
  drawings: readonly JudgedDrawing[],
  calibration: Calibration,
): Partial<Record<TaskGroup, HeldOutMetrics>> {
  const entries = TASK_GROUPS.flatMap((group) => {
    const own = drawings.filter((drawing) => drawing.group === group);
    const labels = labelsOf(own);
    if (!labels.includes(0) || !labels.includes(1)) return [];
    const { slope, offset } = calibrationOf(calibration, group);
    const calibrated = Float32Array.from(own, ({ logit }) => slope * logit + offset);
    const subjects = own.map(({ subject }) => subject);
    return [[group, heldOutMetrics(calibrated, labels, subjects)] as const];
  });
  return Object.fromEntries(entries);
}

function labelsOf(drawings: readonly JudgedDrawing[]): Uint8Array {
  return Uint8Array.from(drawings, ({ tremorLike }) => (tremorLike ? 1 : 0));
}
