/** One epoch of a run, and the checkpoints in it. */
import type { Clock } from '../base/clock.ts';
import type { UserError } from '../base/errors.ts';
import type { Rng } from '../base/rng.ts';
import { makeBatch } from './batches.ts';
import type { PatchSet } from './dataset.ts';
import { wentAstray, type Breathe } from './evaluate.ts';
import type { ParameterLayout } from './parameters.ts';
import type { Phase } from './phases.ts';
import type { OpenNetwork } from './predictor.ts';
import type { SparseLayer } from './sparse-layers.ts';
import type { TrainingClock } from './training-clock.ts';
import { requireEnough, type TrainingSource } from './training-data.ts';
import type { BestNetwork, CheckpointSink, TrainingState } from './training-state.ts';
import type { TrainEvent, TrainRecipe } from './training-types.ts';

export interface LoopDeps {
  readonly clock: Clock;
  /** Yields to the event loop; throws `cancelled` when the run is to stop. */
  readonly breathe: Breathe;
  readonly checkpoints?: CheckpointSink<TrainingState> | undefined;
}

export interface LoopJob extends OpenNetwork {
  readonly recipe: TrainRecipe;
  readonly train: TrainingSource;
  /** Chooses the best epoch. The test set is not even given to this function. */
  readonly validation: PatchSet;
  /** A state of a run of the same recipe, architecture and data. Default: the run begins anew. Not modified. */
  readonly resumeFrom?: TrainingState | null | undefined;
  /** The other networks of the same run. Default: none. */
  readonly around?: Around | undefined;
}

/** What a run does before and after the training of one network. */
export interface Around {
  readonly stepsBefore: number;
  readonly stepsAfter: number;
  /** Spent before. */
  readonly elapsedMs: number;
}

/** A run in progress. */
export interface Run extends LoopDeps, LoopJob {
  readonly layout: ParameterLayout;
  readonly layers: readonly SparseLayer[];
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  readonly time: TrainingClock;
  readonly order: Rng;
  readonly turns: Rng;
  /** The one in progress, over all phases, from 1. */
  epoch: number;
  best: BestNetwork | null;
}

/** A place in a run. */
export type Within = Pick<TrainingState, 'epochsDone' | 'step' | 'lossSum' | 'order'>;

export function startOfEpoch(run: Run): Within {
  return { epochsDone: run.epoch - 1, step: 0, lossSum: 0, order: run.order.state() };
}

/** Hands over a state that shares no memory with the run. */
export function saveCheckpoint(run: Run, phase: Phase, flat: Float32Array, within: Within): void {
  const { epochsDone, step, lossSum, order } = within;
  run.checkpoints?.save({
    ...phase.state(),
    phase: phase.name,
    epochsDone,
    step,
    lossSum,
    order,
    w: flat.slice(),
    best: run.best && { ...run.best, flat: run.best.flat.slice() },
    turns: run.turns.state(),
    elapsedMs: run.time.elapsedMs,
  });
}

/**
 * One walk over the pool, from `start` on; returns the mean loss of the whole walk.
 * @throws UserError `non-finite-loss`, or whatever `breathe` throws.
 */
export async function* runEpoch(
  run: Run,
  phase: Phase,
  flat: Float32Array,
  stepsBefore: number,
  start: Within,
): AsyncGenerator<TrainEvent, number> {
  const { architecture, network, recipe } = run;
  const pool = await run.train.pool(run.epoch);
  requireEnough('train', pool.patches);
  const order = run.order.shuffle(pool.order.slice());
  let { lossSum } = start;
  run.time.resume();
  for (let step = start.step; step < run.stepsPerEpoch; step++) {
    const indices = order.subarray(step * recipe.batchSize, (step + 1) * recipe.batchSize);
    const { images, labels } = makeBatch(pool.patches, indices, architecture.inputSide, run.turns);
    const { loss, gradient } = await network.lossAndGradient(flat, images, labels);
    if (!Number.isFinite(loss)) throw notFinite(run.epoch, step);
    phase.step(flat, gradient, stepsBefore + step);
    if (!Number.isFinite(flat.reduce((sum, value) => sum + value, 0))) throw notFinite(run.epoch, step);
    lossSum += loss;
    run.time.countStep(indices.length);
    if (run.checkpoints && run.time.takeCheckpoint(run.checkpoints.everyMs)) {
      saveCheckpoint(run, phase, flat, { ...start, step: step + 1, lossSum });
    }
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

function notFinite(epoch: number, step: number): UserError {
  return wentAstray(` in epoch ${epoch}, step ${step + 1}`);
}
