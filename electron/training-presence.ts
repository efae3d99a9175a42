import { powerSaveBlocker } from 'electron';
import type { RunProgress } from '../src/host/run-progress.ts';

/** Above 1: the system shows that something goes on, without saying how far it is. */
const UNKNOWN_SHARE = 2;
const NONE = -1;

/**
 * While a model trains the computer does not fall asleep by itself, and the taskbar or dock shows how far the run is.
 * @param show Sets the progress of the window that is there, if one is.
 */
export class TrainingPresence {
  readonly #show: (share: number) => void;
  #blocker: number | null = null;

  constructor(show: (share: number) => void) {
    this.#show = show;
  }

  /** @param progress null: no run is going on. */
  update(progress: RunProgress | null): void {
    this.#show(progress === null ? NONE : (progress.fraction ?? UNKNOWN_SHARE));
    if (progress !== null) this.#blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }
}
