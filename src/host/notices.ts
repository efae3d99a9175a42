import type { Notice } from '../api/contract.ts';

/**
 * What the screens are told without having asked. A notice waits until a window listens and is told to one of them, once.
 */
export class Notices {
  #waiting: Notice[] = [];
  readonly #sleepers = new Set<() => void>();

  add(notice: Notice): void {
    this.#waiting.push(notice);
    for (const wake of this.#sleepers) wake();
  }

  /** What waits, then what comes, until `signal`. */
  async *listen(signal?: AbortSignal): AsyncGenerator<Notice, void, void> {
    while (!signal?.aborted) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else await this.#sleep(signal);
    }
  }

  #sleep(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#sleepers.delete(wake);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      this.#sleepers.add(wake);
      signal?.addEventListener('abort', wake);
    });
  }
}
