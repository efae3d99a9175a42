import type { Transaction } from 'kysely';
import type { Clock } from '../base/clock.ts';
import type { Db, Tables } from './database.ts';

export type Change = Transaction<Tables>;

/** Writes to the database: every change goes through here, so that none is without its audit row. */
export class Changes {
  readonly db: Db;
  readonly #clock: Clock;

  constructor(db: Db, clock: Clock) {
    this.db = db;
    this.#clock = clock;
  }

  /** Now, ISO 8601 in UTC. */
  now(): string {
    return new Date(this.#clock.nowMs()).toISOString();
  }

  /**
   * One transaction with its audit row; returns after it is on disk.
   *
   * @param action Verb of the audit row, e.g. `label`.
   * @param subject Ids of what is changed.
   * @param detail What else a reader of the audit needs; JSON.
   */
  async make<T>(
    action: string,
    subject: string | readonly string[],
    detail: Readonly<Record<string, unknown>>,
    work: (change: Change, now: string) => Promise<T>,
  ): Promise<T> {
    const now = this.now();
    const subjects = typeof subject === 'string' ? [subject] : subject;
    return this.db.transaction().execute(async (change) => {
      const outcome = await work(change, now);
      for (const one of subjects) {
        await change
          .insertInto('audit')
          .values({ at: now, action, subject: one, detail: JSON.stringify(detail) })
          .execute();
      }
      return outcome;
    });
  }
}
