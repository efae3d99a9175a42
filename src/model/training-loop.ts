/**
 * The loop that turns a recipe and patches into weights. Every draw comes from the recipe's seed, every sum has a fixed
 * order: the same recipe, data and backend give the same weights bit for bit.
 */
import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/errors.ts';
import { Rng } from '../base/rng.ts';
import { makeBatch } from './batches.ts';
import type { PatchSet } from './dataset.ts';
import type { Breathe, Score } from './evaluate.ts';
import { measureEpoch } from './measure-epoch.ts';
import { initialParameters, layoutOf, type ParameterLayout } from './parameters.ts';
import { densePhase, fineTunePhase, hasWantedZeros, rvsmPhase, type Phase } from './phases.ts';
import type { OpenNetwork } from './predictor.ts';
import { TrainingClock } from './training-clock.ts';
import { requireEnough, type TrainingSource } from './training-data.ts';
import type { EpochReport, TrainEvent, TrainRecipe } from './training-types.ts';

export interface LoopDeps {
  readonly clock: Clock;
  /** Yields to the event loop; throws `cancelled` when the run is to stop. */
  readonly breathe: Breathe;
}

export interface LoopJob extends OpenNetwork {
  readonly recipe: TrainRecipe;
  readonly train: TrainingSource;
  /** Chooses the best epoch. The test set is not even given to this function. */
  readonly validation: PatchSet;
}

/** What training found: the sparse network u of the best epoch by validation. */
export interface TrainedNetwork {
  readonly flat: Float32Array;
  readonly epoch: number;
  readonly accuracy: number;
}

/** Above this, u is another network than the w that was trained. */
const LARGEST_GAP = 0.01;

/**
 * Yields `step`, `epoch` and `warning` events, returns the network.
 * @throws UserError `non-finite-loss`, or whatever `breathe` throws.
 */
export async function* runTraining(deps: LoopDeps, job: LoopJob): AsyncGenerator<TrainEvent, TrainedNetwork> {
  const { architecture, recipe } = job;
  const layout = layoutOf(architecture);
  const seed = new Rng(recipe.seed);
  const stepsPerEpoch = Math.ceil(job.train.perEpoch / recipe.batchSize);
  const epochs = epochsOf(recipe);
  const run: Run = {
    ...deps,
    ...job,
    layout,
    epochs,
    stepsPerEpoch,
    time: new TrainingClock(deps.clock, epochs * stepsPerEpoch),
    order: seed.fork('order'),
    turns: seed.fork('turns'),
    best: null,
    epoch: 0,
  };
  let flat = initialParameters(architecture, seed.fork('start'));
  const first =
    recipe.penalty === null
      ? densePhase(layout, recipe, stepsPerEpoch)
      : rvsmPhase(layout, recipe, recipe.penalty, stepsPerEpoch);
  yield* runPhase(run, first, flat);
  if (recipe.penalty !== null && recipe.fineTuneEpochs > 0) {
    flat = first.sparse(flat);
    yield* runPhase(run, fineTunePhase(layout, flat, recipe, stepsPerEpoch, first.splitting), flat);
  }
  if (run.best === null) throw new Error('no epoch gave a network with the wanted zeros');
  return run.best;
}

/** All epochs of a recipe; dense training has no fine-tuning. */
export function epochsOf(recipe: TrainRecipe): number {
  return recipe.epochs + (recipe.penalty === null ? 0 : recipe.fineTuneEpochs);
}

interface Run extends LoopDeps, LoopJob {
  readonly layout: ParameterLayout;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly time: TrainingClock;
  readonly order: Rng;
  readonly turns: Rng;
  /** Over all phases, from 1. */
  epoch: number;
  best: (TrainedNetwork & { readonly loss: number }) | null;
}

async function* runPhase(run: Run, phase: Phase, flat: Float32Array): AsyncGenerator<TrainEvent, void> {
  for (let epochOfPhase = 0; epochOfPhase < phase.epochs; epochOfPhase++) {
    run.epoch++;
    const loss = yield* runEpoch(run, phase, flat, epochOfPhase * run.stepsPerEpoch);
    const last = epochOfPhase === phase.epochs - 1;
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
  }
}

/** One walk over the pool; returns the mean loss. */
async function* runEpoch(
  run: Run,
  phase: Phase,
  flat: Float32Array,
  stepsBefore: number,
): AsyncGenerator<TrainEvent, number> {
  const { architecture, network, recipe } = run;
  const pool = await run.train.pool(run.epoch);
  requireEnough('training', pool.patches);
  const order = run.order.shuffle(pool.order.slice());
  let lossSum = 0;
  run.time.resume();
  for (let step = 0; step < run.stepsPerEpoch; step++) {
    const indices = order.subarray(step * recipe.batchSize, (step + 1) * recipe.batchSize);
    const { images, labels } = makeBatch(pool.patches, indices, architecture.inputSide, run.turns);
    const { loss, gradient } = await network.lossAndGradient(flat, images, labels);
    if (!Number.isFinite(loss)) throw notFinite(run.epoch, step);
    phase.step(flat, gradient, stepsBefore + step);
    if (!Number.isFinite(flat.reduce((sum, value) => sum + value, 0))) throw notFinite(run.epoch, step);
    lossSum += loss;
    run.time.countStep(indices.length);
    const imagesPerSecond = run.time.takeReport();
    if (imagesPerSecond !== null) {
      yield {
        kind: 'step',
        epoch: run.epoch,
        step: step + 1,
        steps: run.stepsPerEpoch,
        loss,
        imagesPerSecond,
        remainingMs: run.time.remainingMs,
      };
    }
    await run.breathe();
  }
  return lossSum / run.stepsPerEpoch;
}

/** Accuracy first; of equals, the one with the smaller loss. */
function isBetter(score: Score, best: Score | null): boolean {
  if (best === null || score.accuracy !== best.accuracy)
    return best === null || score.accuracy > best.accuracy;
  return score.loss < best.loss;
}

function notFinite(epoch: number, step: number): UserError {
  return new UserError(
    'non-finite-loss',
    `Training went astray in epoch ${epoch}, step ${step + 1}: the loss is no longer a number. ` +
      'Use another seed, or a smaller learning rate if you set one. The active model is unchanged.',
  );
}
