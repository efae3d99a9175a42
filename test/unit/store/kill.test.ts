import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { SampleId } from '../../../src/base/ids.ts';
import { DATABASE_FILE } from '../../../src/store/home.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { startProgram } from './children.ts';
import { HandClock, RECORDING, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());

const KILLS = 10;

test(`killed ${KILLS} times while it writes, the store loses nothing that was acknowledged`, async () => {
  const rng = new Rng(7);
  const acknowledged: string[] = [];
  for (let i = 0; i < KILLS; i++) {
    const writer = startProgram('writer', [folder.path]);
    await writer.firstLine();
    await wait(rng.between(0, 120));
    await writer.kill();
    acknowledged.push(...writer.lines);
    checkDatabase(path.join(folder.path, DATABASE_FILE));
  }
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  const store = await openStore(folder.path, { clock: new HandClock() });
  for (const line of acknowledged) {
    const [what, id] = line.split(' ') as [string, SampleId];
    if (what === 'sample') expect((await store.library.get(id)).recording).toEqual(RECORDING);
    if (what === 'label') expect((await store.library.get(id)).label).toBe('tremor-like');
    if (what === 'stroke') expect(await store.journals.read(id)).toMatchObject({ strokes: [{ stroke: id }] });
  }
  await store.close();
}, 60_000);

/** By SQLite itself and by hashing every file that a row names, without the code under test. */
function checkDatabase(file: string): void {
  const raw = new DatabaseSync(file);
  expect(raw.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  expect(raw.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const rows = raw
    .prepare(
      'SELECT file_blob AS a, recording_blob AS b, thumb_blob AS c, page_blob AS d, ink_blob AS e FROM sample',
    )
    .all();
  const hashes = new Set(rows.flatMap((row) => Object.values(row)).map(String));
  for (const hash of hashes) {
    const bytes = readFileSync(path.join(path.dirname(file), 'blobs', hash.slice(0, 2), hash));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(hash);
  }
  const unaudited = raw
    .prepare(
      "SELECT count(*) AS n FROM sample WHERE id NOT IN (SELECT subject FROM audit WHERE action = 'add sample')",
    )
    .get();
  expect(unaudited).toEqual({ n: 0 });
  raw.close();
}
