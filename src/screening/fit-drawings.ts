/** From logits of whole drawings to a calibration and to what a card says of it. */
import { TASK_GROUPS, type TaskGroup } from '../base/words.ts';
import { fitCalibration, NO_CALIBRATION } from '../model/calibration.ts';
import { heldOutMetrics } from '../model/metrics.ts';
import {
  calibrationOf,
  type Calibration,
  type GroupCalibration,
  type MediumWorkingPoints,
} from '../model/model-bundle.ts';
import type { HeldOutMetrics } from '../model/training-types.ts';
import { fitWorkingPoints, type JudgedHand } from '../model/working-points.ts';
import type { JudgedDrawing } from './calibrate-drawings.ts';
import type { Medium } from './calibration-drawings.ts';
import { holdsOf, jointLogOdds } from './decide.ts';

/**
 * Slope, offset and band of every group that the model judges and that has at least eight drawings of each label; of the others the
 * fallback.
 * Verdicts rest on whole drawings, whose logits spread otherwise than those of single patches.
 *
 * @param drawings Of the validation part, and the user's own: the line rests on them alone.
 * @param others Of the test part: working points are chosen on both and measured crosswise ({@link fitWorkingPoints}).
 * @returns `kept`: the groups that got the fallback.
 */
export function fitDrawings(
  drawings: readonly JudgedDrawing[],
  others: readonly JudgedDrawing[],
  fallback: Calibration,
): { readonly calibration: Calibration; readonly kept: readonly TaskGroup[] } {
  const kept: TaskGroup[] = [];
  const of = (group: TaskGroup, before: GroupCalibration): GroupCalibration => {
    const own = drawings.filter((drawing) => drawing.group === group && isPlain(drawing));
    const fitted = fitCalibration(
      Float32Array.from(own, ({ logit }) => logit),
      labelsOf(own),
      Uint8Array.from(own, ({ clear }) => (clear ? 1 : 0)),
    );
    if (fitted === NO_CALIBRATION) {
      kept.push(group);
      return before;
    }
    const workingPoints = pointsOf(
      [drawings, others].map((part) => part.filter((drawing) => drawing.group === group)),
      fitted,
    );
    return workingPoints === null ? fitted : { ...fitted, ...limitsOf(workingPoints), workingPoints };
  };
  return { calibration: eachGroup(fallback, of), kept };
}

/** Of pictures of any hand: what slope, offset and metrics rest on. */
function isPlain({ medium, forLimits }: JudgedDrawing): boolean {
  return medium === 'scan' && !forLimits;
}

/** Limits that somebody who knows of no medium and no sensitivity goes by: of scans, balanced. */
function limitsOf({ scan }: MediumWorkingPoints): Pick<GroupCalibration, 'regularBelow' | 'tremorFrom'> {
  return { regularBelow: scan.balanced.regularBelow, tremorFrom: scan.balanced.tremorFrom };
}

/** null where there are too few careful hands of either medium. */
function pointsOf(
  parts: readonly (readonly JudgedDrawing[])[],
  line: GroupCalibration,
): MediumWorkingPoints | null {
  const [scan, recording] = (['scan', 'recording'] as const).map((medium) =>
    fitWorkingPoints(parts.map((drawings) => handsOf(drawings, line, medium))),
  );
  return scan && recording ? { scan, recording } : null;
}

/**
 * What both witnesses say of the hands of a medium, and which verdicts the rules rule out, as screening joins and holds them.
 * Print counts to the line, not to them.
 */
function handsOf(
  drawings: readonly JudgedDrawing[],
  { slope, offset }: GroupCalibration,
  medium: Medium,
): JudgedHand[] {
  return drawings.flatMap(({ clock, logit, group, manyPlaces, waverLogOdds, ...drawing }) => {
    if (!drawing.byHand || drawing.medium !== medium || (medium === 'recording' && clock === null)) return [];
    const pictureLogOdds = slope * logit + offset + waverLogOdds;
    const { neverRegular, neverTremorLike } = holdsOf({
      clock,
      manyPlaces,
      taskKnown: true,
      maybeSideways: false,
      maybeNoPenLine: false,
    });
    const logOdds = jointLogOdds({ group, pictureLogOdds, clock });
    return [{ ...drawing, logOdds, neverRegular, neverTremorLike }];
  });
}

/** A calibration with that of every group it has changed. */
function eachGroup(
  calibration: Calibration,
  change: (group: TaskGroup, own: GroupCalibration) => GroupCalibration,
): Calibration {
  return Object.fromEntries(
    TASK_GROUPS.flatMap((group) => {
      const own = calibration[group];
      return own === undefined ? [] : [[group, change(group, own)] as const];
    }),
  );
}

/** How well the calibrated model tells whole drawings apart at probability 0.5, by group; groups of one label are left out. */
export function measureDrawings(
  drawings: readonly JudgedDrawing[],
  calibration: Calibration,
): Partial<Record<TaskGroup, HeldOutMetrics>> {
  const entries = TASK_GROUPS.flatMap((group) => {
    const own = drawings.filter((drawing) => drawing.group === group && isPlain(drawing));
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
