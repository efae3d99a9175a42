import type { Changes } from './changes.ts';

/** Settings by key. What they may be is checked above (src/api); here they are JSON. */
export class Settings {
  readonly #changes: Changes;

  constructor(changes: Changes) {
    this.#changes = changes;
  }

  async all(): Promise<Record<string, unknown>> {
    const rows = await this.#changes.db.selectFrom('setting').selectAll().execute();
    return Object.fromEntries(rows.map((row): [string, unknown] => [row.key, JSON.parse(row.json)]));
  }

  /** Changes several at once, or none. */
  async change(values: Readonly<Record<string, unknown>>): Promise<void> {
    await this.#changes.make('change settings', Object.keys(values), values, async (change) => {
      for (const [key, value] of Object.entries(values)) {
        const json = JSON.stringify(value);
        await change
          .insertInto('setting')
          .values({ key, json })
          .onConflict((c) => c.column('key').doUpdateSet({ json }))
          .execute();
      }
    });
  }
}
