export interface LeavingOptions {
  /** Something goes on that an end would cut off. */
  readonly isBusy: () => boolean;
  /** Asks the user; true: leave all the same. */
  readonly ask: () => Promise<boolean>;
  /** Ends the app, by the same way that comes through `holdBack` again. */
  readonly quit: () => void;
}

/** Asks before the app ends in the middle of something, once, whichever way it is to end. */
export class Leaving {
  readonly #options: LeavingOptions;
  #allowed = false;
  #asking = false;

  constructor(options: LeavingOptions) {
    this.#options = options;
  }

  /** No question from now on: the system shuts down, or the user has been asked already. */
  allow(): void {
    this.#allowed = true;
  }

  /** Keeps the app from ending while the user is asked. @param event Of a window that closes, or of an app that quits. */
  holdBack(event: { preventDefault(): void }): void {
    if (this.#allowed || !this.#options.isBusy()) return;
    event.preventDefault();
    if (this.#asking) return;
    this.#asking = true;
    void this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      this.#allowed = await this.#options.ask();
    } finally {
      this.#asking = false;
    }
    if (this.#allowed) this.#options.quit();
  }
}
