/** A training run as the app and the command line start it: engines chosen first, then a trainer process on them. */
import type { StartRequest } from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { chooseEngines } from './choose-engines.ts';
import type { EngineRates } from './engine-rates.ts';
import type { SpawnChild } from './port.ts';
import { backendOf } from './run-checkpoints.ts';
import { runTrainer, type KeepCheckpoint } from './trainer-process.ts';

export interface TrainingHost {
  readonly spawn: SpawnChild;
  readonly rates: EngineRates;
}

/** What somebody who trains knows; the engines follow from the recipe's backend and the machine. */
export type TrainingOrder = Omit<StartRequest, 'kind' | 'engines' | 'startedOver'>;

/**
 * Measures the engines where that has not been done, and trains on the best; goes on from a checkpoint on its own backend,
 * unless the recipe names another.
 *
 * @param signal Aborted to cancel; what is thrown then is its reason, or the trainer says `failed`.
 * @param keep As for `runTrainer`.
 * @throws UserError `internal` where the trainer ends without a last word.
 */
export async function* runTraining(
  { spawn, rates }: TrainingHost,
  order: TrainingOrder,
  signal: AbortSignal,
  keep?: KeepCheckpoint,
): AsyncGenerator<TrainEvent, void, void> {
  const { recipe, resume } = order;
  // On the backend of its checkpoint a run ends with the bits it would have had.
  const before = recipe.backend === 'auto' && resume !== undefined ? backendOf(resume) : null;
  const engines = yield* chooseEngines(rates, before ?? recipe.backend, signal);
  yield* runTrainer(spawn, { kind: 'start', ...order, engines, startedOver: [] }, signal, keep);
}
