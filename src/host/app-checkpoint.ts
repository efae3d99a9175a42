import { UserError } from '../base/errors.ts';
import { decodeCheckpoint } from '../model/checkpoint-file.ts';
import { requireSameRun } from '../model/run-identity.ts';
import type { ResumePoint } from '../model/trainer-protocol.ts';
import type { TrainRecipe } from '../model/training-types.ts';
import { KeptCheckpoint } from '../store/kept-checkpoint.ts';
import { runOf } from './run-checkpoints.ts';
import { placeOf } from './starting-over.ts';

/**
 * The checkpoint of the app's last training that came to no end, in the data folder. A training with the same settings goes
 * on from it; where also the samples are the same, it ends as the first one would have.
 */
export class AppCheckpoint {
  readonly #kept: KeptCheckpoint;

  /** @param home The data folder. */
  constructor(home: string) {
    this.#kept = new KeptCheckpoint(home);
  }

  /** null where none is there, or it is another run's or damaged: then the run starts at the beginning. */
  async resume(recipe: TrainRecipe): Promise<ResumePoint | null> {
    try {
      await this.#kept.sweep();
      const file = await this.#kept.read();
      if (file === null) return null;
      requireSameRun(decodeCheckpoint(file, this.#kept.file).run, runOf(recipe), this.#kept.file);
      return { file, name: 'The checkpoint of the training that was cut off', otherwise: 'start' };
    } catch (fault) {
      if (fault instanceof UserError) return null;
      throw fault;
    }
  }

  /** @throws UserError `disk-full` or `read-only`; the checkpoint before is whole then. */
  async keep(file: Uint8Array): Promise<void> {
    await this.#kept.keep(file);
  }

  /** Never rejects: one that is left over does no harm. */
  async remove(): Promise<void> {
    await this.#kept.remove().catch(() => undefined);
  }
}

/** Said where a run goes on; both counts are epochs. */
export function goesOn(done: number, all: number): string {
  return `A training with these settings was cut off; this one goes on from its last checkpoint, ${placeOf(done, all)}.`;
}
