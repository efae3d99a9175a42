import type { Screened } from '../api/types.ts';

/** What was screened since the window opened, newest first. */
export class SessionList {
  #list = $state.raw<readonly Screened[]>([]);

  get list(): readonly Screened[] {
    return this.#list;
  }

  /** Puts it first; the same sample is not listed twice. */
  remember({ sample, result }: Screened): void {
    this.#list = [{ sample, result }, ...this.#list.filter((other) => other.sample.id !== sample.id)];
  }

  forget(id: string): void {
    this.#list = this.#list.filter(({ sample }) => sample.id !== id);
  }
}
