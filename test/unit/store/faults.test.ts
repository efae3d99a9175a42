import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SampleId } from '../../../src/base/ids.ts';
import { DATABASE_FILE } from '../../../src/store/home.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { startProgram } from './children.ts';
import { HandClock, sampleOf, temporaryFolder } from './support.ts';
import { tinyDisk } from './tiny-disk.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => (folder = temporaryFolder()));
afterEach(() => folder.remove());
const clock = new HandClock();
const isRoot = process.getuid?.() === 0;

test('a folder that may not be written is named, with what to do', async () => {
  const home = path.join(folder.path, 'home');
  mkdirSync(home);
  chmodSync(home, 0o555);
  chmodSync(folder.path, 0o755);
  // root may write anywhere, so a child gives its rights up first (65534 is nobody).
  const child = startProgram('holder', [home], isRoot ? { TEST_UID: '65534' } : {});
  const error: unknown = JSON.parse(await child.firstLine());
  expect(error).toMatchObject({ code: 'read-only', subject: home });
  expect(error).toMatchObject({ message: expect.stringMatching(/--home/) });
  await child.kill();
});

/** What a process that may not write to `home` finds there, or why it finds nothing. */
async function readWithoutRights(home: string): Promise<unknown> {
  chmodSync(folder.path, 0o755);
  chmodSync(home, 0o555);
  const rights = { TEST_ACCESS: 'read', ...(isRoot ? { TEST_UID: '65534' } : {}) };
  const child = startProgram('holder', [home], rights);
  const line = await child.firstLine();
  await child.kill();
  chmodSync(home, 0o755);
  return JSON.parse(line);
}

test('a data folder that may only be read can be read, and nothing is made in it', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows has no such rights on folders');
  const home = path.join(folder.path, 'archive #1?');
  const store = await openStore(home, { clock });
  await store.samples.add(sampleOf());
  await store.close();
  const before = readdirSync(home).sort();
  expect(await readWithoutRights(home)).toEqual({ samples: 1, models: 0 });
  expect(readdirSync(home).sort()).toEqual(before);
});

test('what cannot be read without writing is named, with what to do', async (context) => {
  if (process.platform === 'win32') return context.skip('Windows has no such rights on folders');
  const home = path.join(folder.path, 'cut-off');
  const file = path.join(home, DATABASE_FILE);
  await (await openStore(home, { clock })).close();
  writeFileSync(`${file}-wal`, 'changes of an app that was cut off');
  expect(await readWithoutRights(home)).toMatchObject({
    code: 'no-access',
    subject: file,
    message: expect.stringMatching(/-wal.*copy the folder/),
  });
  rmSync(`${file}-wal`);
  chmodSync(file, 0o000);
  expect(await readWithoutRights(home)).toMatchObject({
    code: 'no-access',
    message: expect.stringContaining(`may not read ${file}`),
  });
});

test('a file in the place of the folder is refused', async () => {
  const file = path.join(folder.path, 'file');
  writeFileSync(file, 'x');
  await expect(openStore(file, { clock })).rejects.toMatchObject({ code: 'bad-argument', subject: file });
});

test.each([
  {
    at: 'text in its place',
    spoil: () => Buffer.from('this is no database, but long enough to look like one '.repeat(200)),
  },
  {
    at: 'a torn page',
    spoil: (whole: Buffer) => {
      whole.fill(0xa5, 4096 + 100, 4096 * 3);
      return whole;
    },
  },
])('a damaged database ($at) is refused and left untouched', async ({ spoil }) => {
  const file = path.join(folder.path, DATABASE_FILE);
  const store = await openStore(folder.path, { clock });
  await store.samples.add(sampleOf());
  await store.close();
  const spoilt = spoil(readFileSync(file));
  writeFileSync(file, spoilt);
  await expect(openStore(folder.path, { clock })).rejects.toMatchObject({ code: 'damaged', subject: file });
  expect(readFileSync(file).equals(spoilt)).toBe(true);
});

test('a database of a newer version is refused', async () => {
  await (await openStore(folder.path, { clock })).close();
  const raw = new DatabaseSync(path.join(folder.path, DATABASE_FILE));
  raw.exec("INSERT INTO kysely_migration VALUES ('9999-future', '2030-01-01')");
  raw.close();
  await expect(openStore(folder.path, { clock })).rejects.toThrow(/newer version/);
});

test('a disk that fills up while saving is named, and everything acknowledged is still there', async (context) => {
  const disk = tinyDisk(folder.path);
  if (!disk) return context.skip('needs the right to mount a small disk');
  try {
    const store = await openStore(disk.path, { clock });
    const kept: SampleId[] = [];
    let fault: unknown = null;
    for (let i = 0; i < 500 && fault === null; i++) {
      const sample = sampleOf({ originalName: 'n'.repeat(2000) });
      await store.samples.add(sample).then(
        () => kept.push(sample.id),
        (error: unknown) => (fault = error),
      );
    }
    expect(fault).toMatchObject({ code: 'disk-full' });
    const { bavail } = statfsSync(disk.path);
    expect(bavail).toBeLessThan(64);
    for (const id of kept) expect((await store.library.get(id)).id).toBe(id);
    expect((await store.library.list({ offset: 0, limit: 1 })).total).toBe(kept.length);
    await store.close();
    // With room again everything is there: here, a copy on another disk.
    const copy = path.join(folder.path, 'copy');
    mkdirSync(copy);
    for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) {
      try {
        copyFileSync(path.join(disk.path, name), path.join(copy, name));
      } catch {
        continue; // the log is gone when it was folded in
      }
    }
    const again = await openStore(copy, { clock });
    expect((await again.library.list({ offset: 0, limit: 1 })).total).toBe(kept.length);
    expect(await again.check()).toMatchObject({ ok: true });
    await again.close();
  } finally {
    disk.remove();
  }
});
