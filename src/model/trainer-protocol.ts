import type { BackendName } from '../base/words.ts';
import type { PatchSet } from './dataset.ts';
import type { TrainEvent, TrainRecipe } from './training-types.ts';

/** An engine that a run may compute on. */
export interface EngineChoice {
  readonly backend: BackendName;
  /** CPU threads, ≥ 1; 1 on a GPU. */
  readonly threads: number;
}

/** A checkpoint file that a run is to go on from. */
export interface ResumePoint {
  /** Its content (src/model/checkpoint-file.ts). */
  readonly file: Uint8Array;
  /** Its name, for messages. */
  readonly name: string;
  /** Where it is damaged or of another run: `refuse` ends the run, `start` starts at the beginning; both say why. */
  readonly otherwise: 'refuse' | 'start';
}

/** What a trainer process is told. It may also be killed at any instant. */
export type TrainerRequest =
  | {
      readonly kind: 'start';
      readonly recipe: TrainRecipe;
      /** To be tried in this order: when one fails the run starts over on the next. At least one. */
      readonly engines: readonly EngineChoice[];
      /** For the model card: why this run started over before, a sentence each. */
      readonly startedOver: readonly string[];
      /** Labelled patches from the user; null trains on synthetic data alone. */
      readonly own: PatchSet | null;
      /** File of the active model, to compare on the same held-out data; null for none. */
      readonly active: Uint8Array | null;
      /** For the model card. */
      readonly name: string;
      readonly command: string;
      readonly createdAt: string;
      /** Left out to start at the beginning. */
      readonly resume?: ResumePoint | undefined;
      /** Least time between two checkpoints within an epoch, ≥ 0; 10 s where it is left out. */
      readonly checkpointEveryMs?: number | undefined;
    }
  | { readonly kind: 'cancel' };

export type StartRequest = Extract<TrainerRequest, { kind: 'start' }>;

/** Said before an engine is opened: whatever ends the process from then on ends it on this one. */
export interface TryingEngine {
  readonly kind: 'trying';
  /** Index in `engines` of the request. */
  readonly engine: number;
  /** As in the request, with what has failed since. */
  readonly startedOver: readonly string[];
}

export type TrainerReply = TrainEvent | TryingEngine;

/** The run as it stands, to be kept where it outlives the process. Only the newest counts. */
export interface CheckpointReply {
  readonly kind: 'checkpoint';
  /** Content of a checkpoint file. */
  readonly file: Uint8Array;
}

/** What a trainer process says. */
export type TrainerMessage = TrainerReply | CheckpointReply;
