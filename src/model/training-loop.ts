/**
 * The loop that turns a recipe and patches into weights. Every draw comes from the recipe's seed, every sum has a fixed
 * order: the same recipe, data and backend give the same weights bit for bit, also where the run stopped in between and
 * went on from a checkpoint.
 */
import { Rng } from '../base/rng.ts';
import type { Score } from './evaluate.ts';
import { measureEpoch } from './measure-epoch.ts';
import { initialParameters, layoutOf } from './parameters.ts';
import { densePhase, fineTunePhase, hasWantedZeros, prunedOf, rvsmPhase, type Phase } from './phases.ts';
import { TrainingClock } from './training-clock.ts';
import {
  runEpoch,
  saveCheckpoint,
  startOfEpoch,
  type LoopDeps,
  type LoopJob,
  type Run,
  type Within,
} from './training-epoch.ts';
import type { BestNetwork, TrainingState } from './training-state.ts';
import type { EpochReport, TrainEvent, TrainRecipe } from './training-types.ts';

/** What training found: the sparse network u of the best epoch by validation. */
export type TrainedNetwork = Omit<BestNetwork, 'loss'>;

/** Above this, u is another network than the w that was trained. */
const LARGEST_GAP = 0.01;

/**
 * Yields `step`, `epoch` and `warning` events, returns the network.
 * @throws UserError `non-finite-loss`, or whatever `breathe` throws.
 */
export async function* runTraining(deps: LoopDeps, job: LoopJob): AsyncGenerator<TrainEvent, TrainedNetwork> {
  const { architecture, recipe, resumeFrom = null } = job;
  const layout = layoutOf(architecture);
  const seed = new Rng(recipe.seed);
  const stepsPerEpoch = Math.ceil(job.train.perEpoch / recipe.batchSize);
  const epochs = epochsOf(recipe);
  const before = resumeFrom && {
    steps: resumeFrom.epochsDone * stepsPerEpoch + resumeFrom.step,
    elapsedMs: resumeFrom.elapsedMs,
  };
  const run: Run = {
    ...deps,
    ...job,
    layout,
    epochs,
    stepsPerEpoch,
    time: new TrainingClock(deps.clock, epochs * stepsPerEpoch, before ?? undefined),
    order: resumeFrom ? Rng.fromState(resumeFrom.order) : seed.fork('order'),
    turns: resumeFrom ? Rng.fromState(resumeFrom.turns) : seed.fork('turns'),
    best: resumeFrom?.best ?? null,
    epoch: 1,
  };
  const first =
    recipe.penalty === null
      ? densePhase(layout, recipe, stepsPerEpoch)
      : rvsmPhase(layout, recipe, recipe.penalty, stepsPerEpoch);
  let flat = resumeFrom?.w.slice() ?? initialParameters(architecture, seed.fork('start'));
  if (resumeFrom === null) saveCheckpoint(run, first, flat, startOfEpoch(run));
  let pruned = resumeFrom?.pruned ?? null;
  const tunes = recipe.penalty !== null && recipe.fineTuneEpochs > 0;
  if (pruned === null) {
    yield* runPhase(run, first, flat, resumeFrom);
    if (tunes) {
      flat = first.sparse(flat);
      pruned = prunedOf(layout, flat);
    }
  }
  if (pruned !== null) {
    const second = fineTunePhase(layout, pruned, recipe, stepsPerEpoch, first.splitting);
    yield* runPhase(run, second, flat, resumeFrom?.phase === second.name ? resumeFrom : null);
  }
  if (run.best === null) throw new Error('no epoch gave a network with the wanted zeros');
  return run.best;
}

/** All epochs of a recipe; dense training has no fine-tuning. */
export function epochsOf(recipe: TrainRecipe): number {
  return recipe.epochs + (recipe.penalty === null ? 0 : recipe.fineTuneEpochs);
}

/** @param from Where in this phase a run before stopped; null for its start. */
async function* runPhase(
  run: Run,
  phase: Phase,
  flat: Float32Array,
  from: TrainingState | null,
): AsyncGenerator<TrainEvent, void> {
  if (from !== null) phase.restore(from);
  const before = phase.name === 'fine-tune' ? run.recipe.epochs : 0;
  const lastEpoch = before + phase.epochs;
  let within: Within | null = from;
  for (run.epoch = (from?.epochsDone ?? before) + 1; run.epoch <= lastEpoch; run.epoch++) {
    const stepsBefore = (run.epoch - 1 - before) * run.stepsPerEpoch;
    const loss = yield* runEpoch(run, phase, flat, stepsBefore, within ?? startOfEpoch(run));
    within = null;
    const last = run.epoch === lastEpoch;
    if (last) phase.finish(flat);
    // λ and β of the paper's form ask for no share of zeros, so only what the whole phase made may be kept.
    const keep = last || phase.name !== 'rvsm' || run.recipe.paperForm === null;
    const measured = await measureEpoch(run, phase, flat);
    if (keep && hasWantedZeros(run.layout, measured.u, run.recipe) && isBetter(measured.scoreU, run.best)) {
      run.best = { flat: measured.u, epoch: run.epoch, ...measured.scoreU };
    }
    const report: EpochReport = {
      ...measured.report,
      epoch: run.epoch,
      epochs: run.epochs,
      loss,
      elapsedMs: Math.round(run.time.elapsedMs),
      remainingMs: run.time.remainingMs,
    };
    yield { kind: 'epoch', report };
    if (last && report.gap > LARGEST_GAP) {
      yield {
        kind: 'warning',
        message:
          `The dense and the sparse network have not met: they still differ by ${(100 * report.gap).toFixed(1)} %. ` +
          'More epochs, a lower target or fine-tuning bring the sparse one closer.',
      };
    }
    saveCheckpoint(run, phase, flat, { ...startOfEpoch(run), epochsDone: run.epoch });
  }
}

/** Accuracy first; of equals, the one with the smaller loss. */
function isBetter(score: Score, best: Score | null): boolean {
  if (best === null || score.accuracy !== best.accuracy)
    return best === null || score.accuracy > best.accuracy;
  return score.loss < best.loss;
}
