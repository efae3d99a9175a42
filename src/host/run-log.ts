import type { RunEvent } from '../api/contract.ts';

/** Steps kept, besides the newest, for the loss curve of those who look later; it draws about as many points. */
const MOST_STEPS = 400;

/** Of these only the newest is kept. */
const PASSING: ReadonlySet<RunEvent['kind']> = new Set(['measuring', 'preparing', 'calibrating'] as const);

/**
 * What a run has said so far, for those who look later, and the news for those who look on. Of what is passing
 * and of the pictures of the FC layer only the newest is kept; of the steps the newest and at most
 * MOST_STEPS before it, evenly spread.
 */
export class RunLog {
  #events: RunEvent[] = [];
  #stepsSeen = 0;
  #stepsKept = 0;
  /** One step in this many is kept. */
  #stride = 1;
  readonly #listeners = new Set<(event: RunEvent) => void>();

  constructor(events: readonly RunEvent[] = []) {
    for (const event of events) this.add(event);
  }

  get ended(): boolean {
    const last = this.#events.at(-1);
    return last !== undefined && isLastWord(last);
  }

  add(event: RunEvent): void {
    if (PASSING.has(event.kind)) this.#drop((kept) => kept.kind === event.kind);
    if (event.kind === 'epoch') this.#events = this.#events.map(withoutPicture);
    if (event.kind === 'step') this.#makeRoomForStep();
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

  /** Drops the newest step so far where it is not one of those kept; where those are too many, every second of them. */
  #makeRoomForStep(): void {
    const newest = this.#stepsSeen - 1;
    if (newest % this.#stride !== 0) {
      const at = this.#events.findLastIndex((event) => event.kind === 'step');
      if (at >= 0) this.#events.splice(at, 1);
    }
    const isKept = this.#stepsSeen++ % this.#stride === 0;
    if (!isKept || this.#stepsKept++ < MOST_STEPS) return;
    let position = 0;
    this.#events = this.#events.filter((event) => event.kind !== 'step' || position++ % 2 === 0);
    this.#stride *= 2;
    this.#stepsKept = Math.ceil(this.#stepsKept / 2);
  }

  #drop(which: (event: RunEvent) => boolean): void {
    this.#events = this.#events.filter((event) => !which(event));
  }
}

/** `done` and `failed` end a run; nothing comes after them. */
export function isLastWord(event: RunEvent): boolean {
  return event.kind === 'done' || event.kind === 'failed';
}

function withoutPicture(event: RunEvent): RunEvent {
  return event.kind === 'epoch' ? { ...event, report: { ...event.report, fcSigns: [] } } : event;
}
