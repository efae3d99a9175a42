import type { Clock } from '../base/clock.ts';

/** Progress of a run in time: how fast, how long still, and whether it is time to say so again. */
export class TrainingClock {
  readonly #clock: Clock;
  readonly #start: number;
  readonly #totalSteps: number;
  #stepsDone: number;
  #lastReport = Number.NEGATIVE_INFINITY;
  #imagesSinceReport = 0;
  #reportedAt: number;
  #checkpointAt: number;

  /** @param before What was done before, where the run goes on from a checkpoint. */
  constructor(clock: Clock, totalSteps: number, before = { steps: 0, elapsedMs: 0 }) {
    const now = clock.elapsedMs();
    this.#clock = clock;
    this.#totalSteps = totalSteps;
    this.#stepsDone = before.steps;
    this.#start = now - before.elapsedMs;
    this.#reportedAt = now;
    this.#checkpointAt = now;
  }

  countStep(images: number): void {
    this.#stepsDone++;
    this.#imagesSinceReport += images;
  }

  /** Leaves out of the rate what was done since the last step: evaluating, making patches. */
  resume(): void {
    this.#reportedAt = this.#clock.elapsedMs();
    this.#imagesSinceReport = 0;
  }

  get elapsedMs(): number {
    return this.#clock.elapsedMs() - this.#start;
  }

  /** From the mean time per step so far, evaluation included; 0 before the first step. */
  get remainingMs(): number {
    const left = this.#totalSteps - this.#stepsDone;
    return this.#stepsDone === 0 ? 0 : Math.round((this.elapsedMs / this.#stepsDone) * left);
  }

  /** Whether the last checkpoint is that old; says so once. */
  takeCheckpoint(everyMs: number): boolean {
    const now = this.#clock.elapsedMs();
    if (now - this.#checkpointAt < everyMs) return false;
    this.#checkpointAt = now;
    return true;
  }

  /** Images per second since the last report, or null when that was less than 200 ms ago. */
  takeReport(): number | null {
    const now = this.#clock.elapsedMs();
    if (now - this.#lastReport < 200) return null;
    const seconds = (now - this.#reportedAt) / 1000;
    const rate = seconds > 0 ? this.#imagesSinceReport / seconds : 0;
    this.#lastReport = now;
    this.#reportedAt = now;
    this.#imagesSinceReport = 0;
    return rate;
  }
}
