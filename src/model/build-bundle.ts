import { TASK_GROUPS, type TaskGroup } from '../base/words.ts';
import { countZeros } from '../rvsm/magnitudes.ts';
import { fitCalibration, NO_CALIBRATION } from './calibration.ts';
import type { PatchSet } from './dataset.ts';
import { logitsOfSet, type Breathe } from './evaluate.ts';
import { heldOutMetrics } from './metrics.ts';
import type { Calibration, GroupCalibration, ModelBundle } from './model-bundle.ts';
import { weightBytes } from './model-file.ts';
import { layoutOf, viewOf, weightsOf } from './parameters.ts';
import type { OpenNetwork } from './predictor.ts';
import { methodOf } from './run-plan.ts';
import type { TrainedNetwork } from './training-loop.ts';
import type { HeldOutMetrics, TrainRecipe } from './training-types.ts';

/** What the card says that the loop cannot know. */
export interface CardText {
  readonly name: string;
  readonly command: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** In words: what it was trained on, and what not. */
  readonly data: string;
  readonly dataHash: string;
  readonly notes: readonly string[];
}

export interface BundleParts extends OpenNetwork {
  readonly recipe: TrainRecipe;
  readonly trained: TrainedNetwork;
  readonly validation: PatchSet;
  readonly test: PatchSet;
  readonly card: CardText;
  readonly preprocessing: string;
}

/**
 * Tests and calibrates a finished network and writes its card. Calibrated on validation data, measured on test data.
 * @throws UserError `non-finite-loss` when a logit is not a finite number, or whatever `breathe` throws.
 */
export async function buildBundle(parts: BundleParts, breathe: Breathe): Promise<ModelBundle> {
  const { architecture, recipe, trained, test } = parts;
  const weights = weightsOf(architecture, trained.flat);
  const layout = layoutOf(architecture);
  const testLogits = await logitsOfSet(parts, trained.flat, test, breathe);
  const { calibration, notes } = await calibrate(parts, breathe);
  return {
    schemaVersion: 1,
    architecture,
    weights,
    preprocessing: parts.preprocessing,
    calibration,
    card: {
      ...parts.card,
      recipe,
      metrics: heldOutMetrics(testLogits, test.labels, test.subjects),
      metricsByGroup: metricsByGroup(testLogits, test),
      penalty: methodOf(recipe) === 'rvsm' ? (recipe.penalty?.kind ?? null) : null,
      fcWeights: layout.fcKernel.length,
      fcZeros: countZeros(viewOf(trained.flat, layout.fcKernel)),
      ...weightBytes(weights),
      notes: [
        ...parts.card.notes,
        `Weights of epoch ${trained.epoch}, the best by validation accuracy (${(100 * trained.accuracy).toFixed(1)} %); the test patches were looked at once, at the end.`,
        ...notes,
      ],
    },
  };
}

/** Said of a group that has no patches to be calibrated on. */
export function sharedCalibrationNote(group: TaskGroup): string {
  return `Too few validation patches of the group ${group}: its calibration is that of all groups together.`;
}

/** One calibration per task group, on logits averaged over flips as screening averages them. */
async function calibrate(
  parts: BundleParts,
  breathe: Breathe,
): Promise<{ calibration: Calibration; notes: string[] }> {
  const { trained, validation } = parts;
  const logits = await logitsOfSet(parts, trained.flat, validation, breathe, 4);
  const overall = fitCalibration(logits, validation.labels);
  const notes: string[] = [];
  const of = (group: TaskGroup): GroupCalibration => {
    const members = membersOf(validation, group);
    const labels = Uint8Array.from(members, (i) => validation.labels[i]!);
    const fitted = fitCalibration(
      Float32Array.from(members, (i) => logits[i]!),
      labels,
    );
    if (fitted !== NO_CALIBRATION) return fitted;
    notes.push(sharedCalibrationNote(group));
    return overall;
  };
  return { calibration: { spiral: of('spiral'), wave: of('wave'), writing: of('writing') }, notes };
}

function metricsByGroup(logits: Float32Array, test: PatchSet): Partial<Record<TaskGroup, HeldOutMetrics>> {
  const entries = TASK_GROUPS.flatMap((group) => {
    const members = membersOf(test, group);
    const labels = Uint8Array.from(members, (i) => test.labels[i]!);
    if (!labels.includes(0) || !labels.includes(1)) return [];
    const own = Float32Array.from(members, (i) => logits[i]!);
    const subjects = members.map((i) => test.subjects[i] ?? '');
    return [[group, heldOutMetrics(own, labels, subjects)] as const];
  });
  return Object.fromEntries(entries);
}

function membersOf(set: PatchSet, group: TaskGroup): number[] {
  return set.groups.flatMap((of, i) => (of === group ? [i] : []));
}
