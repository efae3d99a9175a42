import type { Api, RawStroke } from '../api/types.ts';

export type JournalHeader = Parameters<Api['capture']['begin']>[0];

/**
 * Keeps the drawing on disk while it is drawn, stroke by stroke and in order, so that a crash loses at most the stroke
 * under the pen. Taking a stroke back starts a new journal with what is left.
 */
export class Journal {
  readonly #api: Api['capture'];
  readonly #onFault: (error: unknown) => void;
  #id: string | null = null;
  #isStale = false;
  /** Calls go out one after another; each sees the id of the one before. */
  #queue: Promise<void> = Promise.resolve();
  #faultTold = false;

  /** @param onFault Told once a drawing: the drawing itself goes on. */
  constructor(api: Api['capture'], onFault: (error: unknown) => void) {
    this.#api = api;
    this.#onFault = onFault;
  }

  /** Writes a stroke that has just ended. @param strokes All of the drawing, this one last. */
  append(header: JournalHeader, strokes: readonly RawStroke[]): void {
    const isStale = this.#isStale;
    this.#isStale = false;
    this.#enqueue(async () => {
      if (isStale) await this.#abandon();
      const missing = this.#id === null ? strokes : strokes.slice(-1);
      this.#id ??= (await this.#api.begin(header)).id;
      for (const stroke of missing) await this.#api.append({ id: this.#id, stroke });
    });
  }

  /** Undo or redo: what is on disk no longer is the drawing. */
  outdate(): void {
    this.#isStale = true;
  }

  /** Hands the journal to the call that stores the drawing; null where there is none. Later strokes begin a new one. */
  async handOver(): Promise<string | null> {
    await this.#queue;
    const id = this.#id;
    this.#id = null;
    this.#isStale = false;
    this.#faultTold = false;
    return id;
  }

  /** That call failed: the journal goes on, unless a newer one holds the drawing by now. */
  takeBack(id: string | null): void {
    this.#enqueue(async () => {
      if (id === null) return;
      if (this.#id === null) this.#id = id;
      else await this.#api.abandon({ id });
    });
  }

  /** Drops the journal of a drawing that was cleared. */
  drop(): void {
    this.#enqueue(() => this.#abandon());
    this.#isStale = false;
    this.#faultTold = false;
  }

  async #abandon(): Promise<void> {
    const id = this.#id;
    this.#id = null;
    if (id !== null) await this.#api.abandon({ id });
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      if (this.#faultTold) return;
      this.#faultTold = true;
      this.#onFault(error);
    });
  }
}
