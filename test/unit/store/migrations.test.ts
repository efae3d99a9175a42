import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrations } from '../../../src/store/migrations.ts';
import { DATABASE_FILE, openStore } from '../../../src/store/open-store.ts';
import { HandClock, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

/** Dumps in test/fixtures/store, one for each released schema; a new migration adds its own. */
test.each(Object.keys(migrations))(
  'a database of schema %s still opens with all that it holds',
  async (name) => {
    const dump = new URL(`../../fixtures/store/${name}.sql`, import.meta.url);
    const raw = new DatabaseSync(path.join(folder.path, DATABASE_FILE));
    raw.exec(readFileSync(dump, 'utf8'));
    raw.close();
    const store = await openStore(folder.path, { clock: new HandClock() });
    expect(await store.check()).toEqual({ ok: true, detail: 'no faults found', samples: 1 });
    const { samples } = await store.library.list({ offset: 0, limit: 10 });
    expect(samples).toMatchObject([
      { participant: 'P-017', task: 'spiral-free', verdict: 'regular', label: 'tremor-like', disagree: true },
    ]);
    expect(await store.settings.all()).toEqual({ theme: 'dark' });
    await store.close();
  },
);
