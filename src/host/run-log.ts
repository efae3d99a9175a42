import type { RunEvent } from '../api/contract.ts';

/**
 * What a run has said so far, for those who look later, and the news for those who look on. Progress that later progress
 * replaces is dropped; of the pictures of the FC layer only the newest is kept.
 */
export class RunLog {
  #events: RunEvent[] = [];
  readonly #listeners = new Set<(event: RunEvent) => void>();

  constructor(events: readonly RunEvent[] = []) {
    for (const event of events) this.add(event);
  }

  get ended(): boolean {
    const last = this.#events.at(-1);
    return last !== undefined && isLastWord(last);
  }

  add(event: RunEvent): void {
    if (event.kind === 'preparing' || event.kind === 'calibrating')
      this.#drop((kept) => kept.kind === event.kind);
    if (event.kind === 'epoch') this.#events = this.#events.map(withoutPicture);
    this.#events.push(event);
    for (const listener of this.#listeners) listener(event);
  }

  /** Everything kept, then what comes, until the last word or until `signal`. */
  async *watch(signal?: AbortSignal): AsyncGenerator<RunEvent, void, void> {
    const waiting = [...this.#events];
    let wake: () => void = () => undefined;
    const listener = (event: RunEvent) => {
      waiting.push(event);
      wake();
    };
    const stop = () => wake();
    this.#listeners.add(listener);
    signal?.addEventListener('abort', stop);
    try {
      while (!signal?.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        if (next ? isLastWord(next) : this.ended) return;
        if (waiting.length === 0 && !signal?.aborted) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
      signal?.removeEventListener('abort', stop);
    }
  }

  #drop(which: (event: RunEvent) => boolean): void {
    this.#events = this.#events.filter((event) => !which(event));
  }
}

export function isLastWord(event: RunEvent): boolean {
  return event.kind === 'done' || event.kind === 'failed';
}

function withoutPicture(event: RunEvent): RunEvent {
  return event.kind === 'epoch' ? { ...event, report: { ...event.report, fcSigns: [] } } : event;
}
