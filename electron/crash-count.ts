/** Counts crashes that come one soon after the other. */
export class CrashCount {
  readonly #spanMs: number;
  #timesMs: number[] = [];

  constructor(spanMs = 60_000) {
    this.#spanMs = spanMs;
  }

  /** @param nowMs Monotonic. @returns How many there were within the span, this one included. */
  add(nowMs: number): number {
    this.#timesMs = [...this.#timesMs.filter((timeMs) => nowMs - timeMs < this.#spanMs), nowMs];
    return this.#timesMs.length;
  }
}
