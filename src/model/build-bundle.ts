import { groupsOfNetwork, isNamed, TASK_GROUPS, type TaskGroup } from '../base/words.ts';
import { countZeros } from '../rvsm/magnitudes.ts';
import { fitCalibration, NO_CALIBRATION } from './calibration.ts';
import type { PatchSet } from './dataset.ts';
import { logitsOfSet, type Breathe } from './evaluate.ts';
import { metricsOfSets, type JudgedSet } from './metrics.ts';
import type { Calibration, GroupCalibration, ModelBundle, NetworkCard } from './model-bundle.ts';
import { weightBytes } from './model-file.ts';
import { layoutOf, viewOf, weightsOf } from './parameters.ts';
import type { OpenNetwork } from './predictor.ts';
import { methodOf } from './run-plan.ts';
import type { NetworkJob } from './train.ts';
import { aboutNetwork } from './train-networks.ts';
import type { FinishedNetwork } from './training-state.ts';
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
  /** With the patches that each network learnt from. */
  readonly networks: readonly NetworkJob[];
  /** In the same order. */
  readonly trained: readonly FinishedNetwork[];
  readonly card: CardText;
  readonly preprocessing: string;
}

/**
 * Tests and calibrates finished networks and writes their card. Calibrated on validation data, measured on test data.
 * @throws UserError `non-finite-loss` when a logit is not a finite number, or whatever `breathe` throws.
 */
export async function buildBundle(parts: BundleParts, breathe: Breathe): Promise<ModelBundle> {
  const { architecture, recipe, trained } = parts;
  const layout = layoutOf(architecture);
  const networks = trained.map(({ name, flat }) => ({ name, weights: weightsOf(architecture, flat) }));
  const judged: (JudgedSet & { readonly set: PatchSet })[] = [];
  let calibration: Calibration = {};
  const cards: NetworkCard[] = [];
  const notes: string[] = [];
  for (const [i, job] of parts.networks.entries()) {
    const { name, flat, epoch, accuracy } = trained[i]!;
    const logits = await logitsOfSet(parts, flat, job.test, breathe);
    judged.push({ set: job.test, logits });
    const calibrated = await calibrate(parts, job, flat, breathe);
    calibration = { ...calibration, ...calibrated.calibration };
    const best = `Weights of epoch ${epoch}, the best by validation accuracy (${(100 * accuracy).toFixed(1)} %); the test patches were looked at once, at the end.`;
    notes.push(aboutNetwork(name, best), ...calibrated.notes);
    if (isNamed(name)) {
      cards.push({
        name,
        epoch,
        fcWeights: layout.fcKernel.length,
        fcZeros: countZeros(viewOf(flat, layout.fcKernel)),
        dataHash: job.dataHash,
        metrics: metricsOfSets([{ set: job.test, logits }]),
      });
    }
  }
  return {
    schemaVersion: 2,
    architecture,
    networks,
    preprocessing: parts.preprocessing,
    calibration,
    card: {
      ...parts.card,
      recipe,
      metrics: metricsOfSets(judged),
      metricsByGroup: metricsByGroup(judged),
      ...(cards.length === 0 ? {} : { networks: cards }),
      penalty: methodOf(recipe) === 'rvsm' ? (recipe.penalty?.kind ?? null) : null,
      fcWeights: trained.length * layout.fcKernel.length,
      fcZeros: trained.reduce((sum, { flat }) => sum + countZeros(viewOf(flat, layout.fcKernel)), 0),
      ...weightBytes(networks),
      notes: [...parts.card.notes, ...notes],
    },
  };
}

/** Said of a group that has no patches to be calibrated on. */
export function sharedCalibrationNote(group: TaskGroup): string {
  return `Too few validation patches of the group ${group}: its calibration is that of all groups together.`;
}

/** One calibration per group that the network judges, on logits averaged over flips as screening averages them. */
async function calibrate(
  open: OpenNetwork,
  { name, validation }: NetworkJob,
  flat: Float32Array,
  breathe: Breathe,
): Promise<{ calibration: Calibration; notes: string[] }> {
  const logits = await logitsOfSet(open, flat, validation, breathe, 4);
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
  const calibration = Object.fromEntries(groupsOfNetwork(name).map((group) => [group, of(group)]));
  return { calibration, notes };
}

function metricsByGroup(
  judged: readonly (JudgedSet & { readonly set: PatchSet })[],
): Partial<Record<TaskGroup, HeldOutMetrics>> {
  const entries = TASK_GROUPS.flatMap((group) => {
    const own = judged.map(({ set, logits }) => {
      const members = membersOf(set, group);
      return {
        logits: Float32Array.from(members, (i) => logits[i]!),
        set: {
          labels: Uint8Array.from(members, (i) => set.labels[i]!),
          subjects: members.map((i) => set.subjects[i] ?? ''),
        },
      };
    });
    const hasBoth = [0, 1].every((label) => own.some(({ set }) => set.labels.includes(label)));
    return hasBoth ? [[group, metricsOfSets(own)] as const] : [];
  });
  return Object.fromEntries(entries);
}

function membersOf(set: PatchSet, group: TaskGroup): number[] {
  return set.groups.flatMap((of, i) => (of === group ? [i] : []));
}
