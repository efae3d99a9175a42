/**
 * The loop that turns a recipe and patches into weights. Every draw comes from the recipe's seed, every sum has a fixed
 * order: the same recipe, data and backend give the same weights bit for bit, also where the run stopped in between and
 * went on from a checkpoint.
 */
import { Rng } from '../base/rng.ts';
import { weakCouplingAfter, weakCouplingBefore } from './coupling-warnings.ts';
import type { Score } from './evaluate.ts';
import { measureEpoch } from './measure-epoch.ts';
import { initialParameters, layoutOf } from './parameters.ts';
import { densePhase, fineTunePhase, hasWantedZeros, prunedOf, rvsmPhase, type Phase } from './phases.ts';
import { pruningPhase } from './pruning-phase.ts';
import { epochsOf, methodOf, planOf, type PlannedPhase } from './run-plan.ts';
import { sparseLayersOf } from './sparse-layers.ts';
import { TrainingClock } from './training-clock.ts';
import {
  runEpoch,
  saveCheckpoint,
  startOfEpoch,
  type Around,
  type LoopDeps,
  type LoopJob,
  type Run,
  type Within,
} from './training-epoch.ts';
import type { TrainedNetwork, TrainingState } from './training-state.ts';
import type { EpochReport, TrainEvent } from './training-types.ts';

/**
 * Trains one network. Yields `step`, `epoch` and `warning` events, whose epochs are its own, and returns it.
 * @throws UserError `non-finite-loss`, or whatever `breathe` throws.
 */
export async function* runTraining(deps: LoopDeps, job: LoopJob): AsyncGenerator<TrainEvent, TrainedNetwork> {
  const { architecture, recipe, resumeFrom = null } = job;
  const layout = layoutOf(architecture);
  const seed = new Rng(recipe.seed);
  const stepsPerEpoch = Math.ceil(job.train.perEpoch / recipe.batchSize);
  const epochs = epochsOf(recipe);
  const { stepsBefore, stepsAfter, elapsedMs } = job.around ?? ALONE;
  const done = resumeFrom === null ? 0 : resumeFrom.epochsDone * stepsPerEpoch + resumeFrom.step;
  const before = { steps: stepsBefore + done, elapsedMs: resumeFrom?.elapsedMs ?? elapsedMs };
  const steps = stepsBefore + epochs * stepsPerEpoch + stepsAfter;
  const run: Run = {
    ...deps,
    ...job,
    layout,
    layers: sparseLayersOf(layout, recipe),
    epochs,
    stepsPerEpoch,
    time: new TrainingClock(deps.clock, steps, before),
    order: resumeFrom ? Rng.fromState(resumeFrom.order) : seed.fork('order'),
    turns: resumeFrom ? Rng.fromState(resumeFrom.turns) : seed.fork('turns'),
    best: resumeFrom?.best ?? null,
    epoch: 1,
  };
  const weak = resumeFrom === null ? weakCouplingBefore(recipe, recipe.epochs * stepsPerEpoch) : null;
  if (weak !== null) yield { kind: 'warning', message: weak };
  const plan = planOf(recipe);
  const flatAtStart = resumeFrom?.w.slice() ?? initialParameters(architecture, seed.fork('start'));
  const at = resumeFrom === null ? 0 : plan.findIndex(({ name }) => name === resumeFrom.phase);
  let [flat, from] = [flatAtStart, resumeFrom];
  let thresholds: readonly number[] = run.layers.map(() => 0);
  for (const planned of plan.slice(at)) {
    const phase = openPhase(run, planned, { pruned: from?.pruned ?? prunedOf(run.layers, flat), thresholds });
    if (planned.before === 0 && from === null) saveCheckpoint(run, phase, flat, startOfEpoch(run));
    yield* runPhase(run, planned, phase, flat, from);
    from = null;
    flat = phase.sparse(flat);
    ({ thresholds } = phase);
  }
  if (run.best === null) throw new Error('no epoch gave a network with the wanted zeros');
  return run.best;
}

const ALONE: Around = { stepsBefore: 0, stepsAfter: 0, elapsedMs: 0 };

/** @param start Where the phase before ended: what fine-tuning takes over. */
function openPhase(
  { layout, recipe, stepsPerEpoch }: Run,
  { name, epochs }: PlannedPhase,
  start: Parameters<typeof fineTunePhase>[3],
): Phase {
  switch (name) {
    case 'dense': {
      const cutsAtEnd = methodOf(recipe) === 'one-shot-pruning';
      return densePhase(layout, recipe, stepsPerEpoch, { epochs, cutsAtEnd });
    }
    case 'rvsm':
      if (recipe.penalty === null) throw new Error('RVSM has no penalty');
      return rvsmPhase(layout, recipe, recipe.penalty, stepsPerEpoch);
    case 'pruning':
      return pruningPhase(layout, recipe, stepsPerEpoch);
    case 'fine-tune':
      return fineTunePhase(layout, recipe, stepsPerEpoch, start);
  }
}

/** @param from Where in this phase a run before stopped; null for its start. */
async function* runPhase(
  run: Run,
  { before, epochs, keeps }: PlannedPhase,
  phase: Phase,
  flat: Float32Array,
  from: TrainingState | null,
): AsyncGenerator<TrainEvent, void> {
  if (from !== null) phase.restore(from);
  const lastEpoch = before + epochs;
  let within: Within | null = from;
  for (run.epoch = (from?.epochsDone ?? before) + 1; run.epoch <= lastEpoch; run.epoch++) {
    const stepsBefore = (run.epoch - 1 - before) * run.stepsPerEpoch;
    const loss = yield* runEpoch(run, phase, flat, stepsBefore, within ?? startOfEpoch(run));
    within = null;
    const last = run.epoch === lastEpoch;
    if (last) phase.finish(flat);
    const keep = keeps === 'all' || (keeps === 'last' && last);
    const measured = await measureEpoch(run, phase, flat);
    if (keep && hasWantedZeros(run.layers, measured.u) && isBetter(measured.scoreU, run.best)) {
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
    const apart = last && phase.name === 'rvsm' ? weakCouplingAfter(run.recipe, report) : null;
    if (apart !== null) yield { kind: 'warning', message: apart };
    saveCheckpoint(run, phase, flat, { ...startOfEpoch(run), epochsDone: run.epoch });
  }
}

/** Accuracy first; of equals, the one with the smaller loss. */
function isBetter(score: Score, best: Score | null): boolean {
  if (best === null || score.accuracy !== best.accuracy)
    return best === null || score.accuracy > best.accuracy;
  return score.loss < best.loss;
}
