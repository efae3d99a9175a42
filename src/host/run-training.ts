/** A training run as the app and the command line start it: engines chosen first, then a trainer process on them. */
import type { StartRequest } from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { chooseEngines } from './choose-engines.ts';
import type { EngineRates } from './engine-rates.ts';
import type { SpawnChild } from './port.ts';
import { runTrainer } from './trainer-process.ts';

export interface TrainingHost {
  readonly spawn: SpawnChild;
  readonly rates: EngineRates;
}

/** What somebody who trains knows; the engines follow from the recipe's backend and the machine. */
export type TrainingOrder = Omit<StartRequest, 'kind' | 'engines' | 'startedOver'>;

/**
 * Measures the engines where that has not been done, and trains on the best.
 *
 * @param signal Aborted to cancel; what is thrown then is its reason, or the trainer says `failed`.
 * @throws UserError `internal` where the trainer ends without a last word.
 */
export async function* runTraining(
  { spawn, rates }: TrainingHost,
  order: TrainingOrder,
  signal: AbortSignal,
): AsyncGenerator<TrainEvent, void, void> {
  const engines = yield* chooseEngines(rates, order.recipe.backend, signal);
  yield* runTrainer(spawn, { kind: 'start', ...order, engines, startedOver: [] }, signal);
}
