import type { PatchSet } from './dataset.ts';
import type { TrainEvent, TrainRecipe } from './training-types.ts';

/** What a trainer process is told. It may also be killed at any instant. */
export type TrainerRequest =
  | {
      readonly kind: 'start';
      readonly recipe: TrainRecipe;
      /** Labelled patches from the user; null trains on synthetic data alone. */
      readonly own: PatchSet | null;
      /** File of the active model, to compare on the same held-out data; null for none. */
      readonly active: Uint8Array | null;
      /** For the model card. */
      readonly name: string;
      readonly command: string;
      readonly createdAt: string;
    }
  | { readonly kind: 'cancel' };

export type TrainerReply = TrainEvent;
