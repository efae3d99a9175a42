/** The checkpoint that `train` keeps beside the model until the model is there. */
import path from 'node:path';
import { runOf } from '../host/run-checkpoints.ts';
import { decodeCheckpoint } from '../model/checkpoint-file.ts';
import { requireSameRun } from '../model/run-identity.ts';
import type { ResumePoint } from '../model/trainer-protocol.ts';
import type { TrainRecipe } from '../model/training-types.ts';
import { CHECKPOINT_FILE, KeptCheckpoint } from '../store/kept-checkpoint.ts';
import type { Terminal } from './terminal.ts';

export class TrainCheckpoint {
  readonly #kept: KeptCheckpoint;
  /** As the user would write it. */
  readonly #shown: string;
  #isOurs = false;

  /**
   * @param folder Absolute; exists.
   * @param typed As typed, for messages.
   */
  constructor(folder: string, typed: string) {
    this.#kept = new KeptCheckpoint(folder);
    this.#shown = path.join(typed, CHECKPOINT_FILE);
  }

  /**
   * The checkpoint to go on from; undefined, and said, where there is none: the run may have been cut off before its first one.
   * @throws UserError that names the file, where it is none of a run of this recipe.
   */
  async resume(recipe: TrainRecipe, terminal: Terminal): Promise<ResumePoint | undefined> {
    await this.#kept.sweep();
    const file = await this.#kept.read();
    if (file === null) {
      terminal.note(
        `--resume: there is no checkpoint ${this.#shown}, so the run starts at the beginning. If there should be one, stop now and check --out.`,
      );
      return undefined;
    }
    requireSameRun(decodeCheckpoint(file, this.#shown).run, runOf(recipe), this.#shown);
    this.#isOurs = true;
    return { file, name: this.#shown, otherwise: 'refuse' };
  }

  /** Makes way for the checkpoints of a run that starts at the beginning; one that could have gone on is kept beside them, and said. */
  async startAnew(terminal: Terminal): Promise<void> {
    await this.#kept.sweep();
    const aside = await this.#kept.putAside();
    if (aside === null) return;
    const kept = path.join(path.dirname(this.#shown), aside);
    terminal.note(
      `${this.#shown} of a run that did not end is now ${kept}. To go on from it, stop now, give it back its name and add --resume.`,
    );
  }

  /** @throws UserError `disk-full` or `read-only`; the checkpoint before is whole then. */
  async keep(content: Uint8Array): Promise<void> {
    await this.#kept.keep(content);
    this.#isOurs = true;
  }

  /** The model is saved: nothing is left to go on from. */
  async remove(): Promise<void> {
    await this.#kept.remove();
  }

  /** Says where a run that ended early may go on, if it may. @param again Whether it would end otherwise the next time. */
  tell(terminal: Terminal, again: boolean): void {
    if (!this.#isOurs) return;
    terminal.note(
      again
        ? `The last checkpoint is ${this.#shown}: the same command with --resume goes on from it.`
        : `The last good checkpoint is ${this.#shown}.`,
    );
  }
}
