/** Trains on all folds but one and tests on that one, for each fold. */
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import { LABELS } from '../base/words.ts';
import { commandOfRecipe } from '../host/recipes.ts';
import { runTraining, type TrainingHost } from '../host/run-training.ts';
import { spawnNode } from '../host/spawn-node.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import { rocAuc } from '../model/metrics.ts';
import { decodeModel } from '../model/model-file.ts';
import { leakageWarning, leakingSubjects } from '../model/leakage.ts';
import { recalibrate, type CalibrationSides } from '../model/recalibration.ts';
import type { TrainEvent, TrainRecipe } from '../model/training-types.ts';
import { labelsOf } from '../screening/evaluation.ts';
import { modelIdOf } from '../store/models.ts';
import type { EvaluateJob, EvaluateOutcome } from './evaluate-job.ts';
import type { FoldReport } from './evaluation-report.ts';
import { dealFolds, partsOfFold, refuseThinFolds } from './fold-plan.ts';
import { judgeFiles, type JudgedFile } from './judge-files.ts';
import { openRates } from './open-rates.ts';
import { readPatchesByFile } from './own-files.ts';
import { scoredSamples } from './scored-samples.ts';
import { describeEvent } from './train-lines.ts';
import type { LabelledFile } from './training-data.ts';

interface FoldOrder {
  readonly folds: number;
  /** Splits by image instead of by subject. */
  readonly ungrouped: boolean;
  readonly recipe: TrainRecipe;
}

interface FoldsOutcome {
  readonly judged: readonly JudgedFile[];
  /** For another calibration: each fold's validation images, judged by its model, and the images it is tested on. */
  readonly sides: readonly CalibrationSides[];
  readonly reports: readonly FoldReport[];
  readonly unusable: number;
}

/**
 * Every file is judged once, by the model of the fold that it was held out of, on the screener's own way. Models are made by
 * the trainer as for `train --data`, from patches that are cut once. Figures over all folds compare probabilities of several
 * models; the reports have each fold's own.
 *
 * @throws UserError `too-few-samples`, `cancelled`, and whatever ends a training.
 */
export async function evaluateFolds(job: EvaluateJob, order: FoldOrder): Promise<EvaluateOutcome> {
  const { judged, sides, reports, unusable } = await runFolds(job, order);
  const result = recalibrate(sides);
  return {
    model: null,
    training: commandOf(job, order),
    folds: reports,
    judged,
    unusable,
    recalibration: result === null ? null : { ...result, fittedOn: 'the validation images of each fold' },
  };
}

async function runFolds(job: EvaluateJob, order: FoldOrder): Promise<FoldsOutcome> {
  const { given, context, files, warn } = job;
  if (files.some(({ part }) => part !== undefined)) {
    context.terminal.note('The column split of the manifest is not used: the folds decide.');
  }
  const host = { spawn: spawnNode, rates: openRates(given, context.terminal) };
  const { patches, fileOf, usable, refused, unusable } = await readPatchesByFile(files, context);
  const units = usable.map((file, i) => (order.ungrouped ? `image ${i}` : file.subject));
  const labels = Uint8Array.from(usable, ({ tremorLike }) => (tremorLike ? 1 : 0));
  const foldOf = dealFolds(
    units,
    labels,
    order.folds,
    order.recipe.seed,
    order.ungrouped || !context.namesPeople ? 'images' : 'subjects',
  );
  const subjects = usable.map(({ subject }) => subject);
  const leaking = leakingSubjects(subjects, foldOf);
  warn(leakageWarning(leaking, new Set(subjects).size, 'more than one fold: in training and in test'));
  const parts = Array.from({ length: order.folds }, (_, fold) =>
    partsOfFold(units, labels, foldOf, fold, order.recipe.seed),
  );
  if (order.recipe.synthetic.count === 0) {
    const ofPatches = parts.map((own) => fileOf.map((file) => own[file]!));
    refuseThinFolds(patches.labels, ofPatches);
  }
  const outcome = {
    judged: [] as JudgedFile[],
    sides: [] as CalibrationSides[],
    reports: [] as FoldReport[],
    unusable,
  };
  for (let fold = 0; fold < order.folds; fold++) {
    const started = performance.now();
    const ofFiles = parts[fold]!;
    const own: PatchSet = {
      ...patches,
      subjects: fileOf.map((file) => units[file]!),
      parts: fileOf.map((file) => ofFiles[file]!),
    };
    const model = await trainFold(host, job, own, order, fold + 1);
    const { card } = decodeModel(model, `The model of fold ${fold + 1}`);
    context.screener.useModel(modelIdOf(model), model);
    const filesIn = (wanted: string): LabelledFile[] => usable.filter((_, i) => ofFiles[i] === wanted);
    // What the gates stop is in no fold; where a later page passes them, no model has learnt from its file.
    const stopped = fold === 0 ? await judgeFiles(context, refused) : NOTHING;
    const tested = await judgeFiles(context, filesIn('test'), fold + 1);
    const quietly = { ...context, outputs: null };
    const chosenBy = await judgeFiles(quietly, filesIn('validation'), fold + 1);
    outcome.judged.push(...stopped.judged, ...tested.judged);
    outcome.unusable += stopped.unusable + tested.unusable;
    outcome.sides.push({ fit: scoredSamples(chosenBy.judged), heldOut: scoredSamples(tested.judged) });
    outcome.reports.push({
      fold: fold + 1,
      trainImages: filesIn('train').length,
      validationImages: filesIn('validation').length,
      testImages: tested.judged.length,
      testSubjects: new Set(tested.judged.map(({ subject }) => subject)).size,
      ...ownFigures(tested.judged),
      fcZeros: card.fcZeros / card.fcWeights,
      seconds: (performance.now() - started) / 1000,
    });
  }
  return outcome;
}

const NOTHING = { judged: [], unusable: 0 };

async function trainFold(
  host: TrainingHost,
  job: EvaluateJob,
  own: PatchSet,
  order: FoldOrder,
  fold: number,
): Promise<Uint8Array> {
  const { terminal } = job.context;
  const name = `Fold ${fold} of ${order.folds}`;
  const training = runTraining(
    host,
    {
      recipe: order.recipe,
      own,
      active: null,
      name,
      command: `${commandOf(job, order)} (${name})`,
      createdAt: new Date().toISOString(),
    },
    terminal.signal,
  );
  let last: TrainEvent | null = null;
  for await (const event of training) {
    last = event;
    const line = describeEvent(event);
    if (event.kind === 'warning') terminal.note(`${name}: ${event.message}`);
    else if (line !== null && event.kind !== 'done') terminal.progress(`${name}: ${line}`);
  }
  if (last?.kind === 'done') return last.model;
  if (last?.kind === 'failed') {
    throw new UserError(last.error.code, `${name}: ${last.error.message}`, last.error.subject);
  }
  throw new Error('the trainer ended without a last word');
}

/** What each fold does with its share. */
function commandOf({ data }: EvaluateJob, { recipe }: FoldOrder): string {
  return commandOfRecipe(recipe, path.basename(data));
}

function ownFigures(images: readonly JudgedFile[]): Pick<FoldReport, 'auc' | 'accuracy'> {
  const judged = images.filter(({ logOdds }) => logOdds !== null);
  const logits = Float32Array.from(judged, ({ logOdds }) => logOdds ?? NaN);
  const right = judged.filter(({ label, logOdds }) => (logOdds ?? 0) > 0 === (label === 'tremor-like'));
  const hasBoth = LABELS.every((wanted) => judged.some(({ label }) => label === wanted));
  return {
    auc: hasBoth ? rocAuc(logits, labelsOf(judged)) : null,
    accuracy: judged.length === 0 ? null : right.length / judged.length,
  };
}
