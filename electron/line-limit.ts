/**
 * Lets through at most so many lines of a chatty source in each span of time, and says how many it left out: a library that
 * complains of every picture must not push everything else out of the log.
 */
export class LineLimit {
  readonly #say: (line: string) => void;
  readonly #most: number;
  readonly #spanMs: number;
  #rest = '';
  #sinceMs = -Infinity;
  #said = 0;
  #leftOut = 0;

  /** @param say Gets whole lines, without their ends. */
  constructor(say: (line: string) => void, most = 50, spanMs = 60_000) {
    this.#say = say;
    this.#most = most;
    this.#spanMs = spanMs;
  }

  /** @param text Any piece of the output. @param nowMs Monotonic. */
  add(text: string, nowMs: number = performance.now()): void {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.#line(line, nowMs);
  }

  #line(line: string, nowMs: number): void {
    if (nowMs - this.#sinceMs >= this.#spanMs) {
      if (this.#leftOut > 0) this.#say(`(${this.#leftOut} lines left out)`);
      this.#sinceMs = nowMs;
      this.#said = 0;
      this.#leftOut = 0;
    }
    if (this.#said++ < this.#most) this.#say(line);
    else this.#leftOut++;
  }
}
