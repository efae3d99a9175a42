import type { RunId } from '../base/ids.ts';
import type { Changes } from './changes.ts';
import type { RunState } from './database.ts';

export interface StoredRun {
  readonly id: string;
  /** What was asked for; JSON, checked above (src/api). */
  readonly request: unknown;
  readonly startedAt: string;
  readonly state: RunState;
}

/** Training runs and what they said, so that a finished run can be looked at after a restart. */
export class Runs {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  async start(id: RunId, request: unknown): Promise<StoredRun> {
    return this.#changes.make('start run', id, {}, async (change, now) => {
      const row = { id, request: JSON.stringify(request), started_at: now, state: 'running' as const };
      await change.insertInto('run').values(row).execute();
      return { id, request, startedAt: now, state: row.state };
    });
  }

  /** Keeps one event (JSON). The last word of a run goes through `finish`. */
  async addEvent(id: RunId, event: unknown): Promise<void> {
    await this.#changes.db
      .insertInto('run_event')
      .values({ run: id, json: JSON.stringify(event) })
      .execute();
  }

  async finish(id: RunId, state: 'done' | 'failed', lastEvent: unknown): Promise<void> {
    await this.#changes.make('finish run', id, { state }, async (change) => {
      await change
        .insertInto('run_event')
        .values({ run: id, json: JSON.stringify(lastEvent) })
        .execute();
      await change.updateTable('run').set({ state }).where('id', '=', id).execute();
    });
  }

  /** The newest run, or null before the first. */
  async latest(): Promise<StoredRun | null> {
    const row = await this.#changes.db
      .selectFrom('run')
      .selectAll()
      .orderBy('started_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row
      ? { id: row.id, request: JSON.parse(row.request), startedAt: row.started_at, state: row.state }
      : null;
  }

  /** What a run said, in order; empty for one that is not known. */
  async events(id: string): Promise<unknown[]> {
    const rows = await this.#changes.db
      .selectFrom('run_event')
      .select('json')
      .where('run', '=', id)
      .orderBy('id')
      .execute();
    return rows.map((row): unknown => JSON.parse(row.json));
  }

  /** Runs that the app was in the middle of when it ended. */
  async interrupted(): Promise<RunId[]> {
    const rows = await this.#changes.db
      .selectFrom('run')
      .select('id')
      .where('state', '=', 'running')
      .execute();
    return rows.map((row) => row.id as RunId);
  }
}
