/** A run in progress as one plain value: what a checkpoint keeps, so that the run goes on from it bit for bit. */
import type { RngState } from '../base/rng.ts';
import type { ModelNetworkName } from '../base/words.ts';
import type { OptimiserState } from '../rvsm/optimisers.ts';
import type { EpochReport } from './training-types.ts';

/** The sparse network u of the best epoch so far, by validation. */
export interface BestNetwork {
  /** All parameters, flat. */
  readonly flat: Float32Array;
  /** From 1, over all phases. */
  readonly epoch: number;
  readonly accuracy: number;
  /** Mean cross-entropy, nats; not finite where the network's logits are not. */
  readonly loss: number;
}

/** What a phase remembers between steps besides the parameters; copies. */
export interface PhaseState {
  readonly optimiser: OptimiserState;
  /** One for each sparse layer; the position in their schedule follows from the step. */
  readonly thresholds: readonly number[];
  /** Fine-tuning and gradual pruning alone: 1 for every parameter that stays zero; as long as all of them. */
  readonly pruned: Uint8Array | null;
}

/** One network in progress. Owned by whoever holds it: shares no memory with the run. */
export interface TrainingState extends PhaseState {
  readonly phase: EpochReport['phase'];
  /** Over all phases. After the last one only the result is left to be taken. */
  readonly epochsDone: number;
  /** Steps done of the epoch after these, 0 … steps of an epoch: all are done before the epoch is measured. */
  readonly step: number;
  /** Sum of the losses of these steps. */
  readonly lossSum: number;
  /** The dense network: all parameters, flat. */
  readonly w: Float32Array;
  /** null before the first epoch that gave a network with the wanted zeros. */
  readonly best: BestNetwork | null;
  /** The stream that shuffles, as it stood before the epoch in progress: gives that epoch's order of patches again. */
  readonly order: RngState;
  /** The stream that turns patches. */
  readonly turns: RngState;
  /** Time spent so far, on the networks before it too. */
  readonly elapsedMs: number;
}

/** What training found: the sparse network u of the best epoch by validation. */
export type TrainedNetwork = Omit<BestNetwork, 'loss'>;

export interface FinishedNetwork extends TrainedNetwork {
  readonly name: ModelNetworkName;
}

/** A run that trains networks one after the other. Shares no memory with the run. */
export interface RunState {
  readonly finished: readonly FinishedNetwork[];
  /** The one that learns. */
  readonly network: ModelNetworkName;
  readonly state: TrainingState;
}

/** Whether nothing has been learnt yet. */
export function isAtStart({ finished, state }: RunState): boolean {
  return finished.length + state.epochsDone + state.step === 0;
}

/** Where a run, or one network of it, hands over its checkpoints. */
export interface CheckpointSink<State = RunState> {
  /** Least time between two within an epoch, ≥ 0; there is also one at the start and after every epoch. */
  readonly everyMs: number;
  readonly save: (state: State) => void;
}
