import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { cacheFolder, dataFolder } from '../../../src/store/home.ts';
import { lockFolder } from '../../../src/store/lock.ts';
import { moveHome } from '../../../src/store/move-home.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { nodeClock } from '../../../src/host/node-clock.ts';

const root = mkdtempSync(path.join(tmpdir(), 'steadypen-move-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const env = { APPDATA: path.join(root, 'Roaming'), LOCALAPPDATA: path.join(root, 'Local') };
const from = path.join(env.APPDATA, 'Steadypen');
const to = path.join(env.LOCALAPPDATA, 'Steadypen');
const AT = '2026-11-30T05:00:00.000Z';

const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** As if the move had been cut off before the old folder was removed. */
function comeBack(database: Buffer, more: { readonly wal?: string | null }): void {
  mkdirSync(from, { recursive: true });
  writeFileSync(path.join(from, 'steadypen.db'), database);
  writeFileSync(
    path.join(to, 'moved-from.json'),
    JSON.stringify({ from, database: sha256(database), ...more }),
  );
}

beforeEach(async () => {
  for (const folder of [env.APPDATA, env.LOCALAPPDATA]) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
  }
  const store = await openStore(from, { clock: nodeClock });
  await store.close();
  mkdirSync(path.join(from, 'blobs/ab'), { recursive: true });
  writeFileSync(path.join(from, 'blobs/ab/cd'), Buffer.alloc(100_000, 7));
  mkdirSync(path.join(from, 'electron/Cache'), { recursive: true });
  writeFileSync(path.join(from, 'electron/Cache/x'), 'chromium');
});

test('the data are moved with every byte, Chromium’s files and the old folder are gone', async () => {
  const database = readFileSync(path.join(from, 'steadypen.db'));
  expect(await moveHome(from, to, AT)).toBe('moved');
  expect(readFileSync(path.join(to, 'steadypen.db')).equals(database)).toBe(true);
  expect(readFileSync(path.join(to, 'blobs/ab/cd')).equals(Buffer.alloc(100_000, 7))).toBe(true);
  expect(existsSync(path.join(to, 'electron'))).toBe(false);
  expect(existsSync(path.join(to, 'moved-from.json'))).toBe(false);
  expect(readdirSync(env.APPDATA)).toEqual([]);
  const store = await openStore(to, { clock: nodeClock });
  expect((await store.check()).ok).toBe(true);
  await store.close();
});

test('once: what is in the new folder is never touched, nor an old one beside it', async () => {
  await moveHome(from, to, AT);
  mkdirSync(from);
  writeFileSync(path.join(from, 'steadypen.db'), 'written by an old version since');
  expect(await moveHome(from, to, AT)).toBe('nothing-to-move');
  expect(readFileSync(path.join(from, 'steadypen.db'), 'utf8')).toBe('written by an old version since');
});

test('a copy that was cut off is begun anew', async () => {
  mkdirSync(`${to}-moving/blobs/ab`, { recursive: true });
  writeFileSync(`${to}-moving/blobs/ab/cd`, 'half');
  expect(await moveHome(from, to, AT)).toBe('moved');
  expect(readFileSync(path.join(to, 'blobs/ab/cd')).length).toBe(100_000);
  expect(readdirSync(env.LOCALAPPDATA)).toEqual(['Steadypen']);
});

test('cut off before the old one was removed, the next start removes it, unless it has changed', async () => {
  const before = readFileSync(path.join(from, 'steadypen.db'));
  await moveHome(from, to, AT);
  const again = () => comeBack(before, { wal: null });
  again();
  expect(await moveHome(from, to, AT)).toBe('moved');
  expect(existsSync(from)).toBe(false);
  again();
  writeFileSync(path.join(from, 'steadypen.db'), 'new work of an old version');
  expect(await moveHome(from, to, AT)).toBe('old-left');
  expect(readFileSync(path.join(from, 'steadypen.db'), 'utf8')).toBe('new work of an old version');
});

test('what an old version has written since may stand in the write-ahead log alone: it is kept', async () => {
  const before = readFileSync(path.join(from, 'steadypen.db'));
  await moveHome(from, to, AT);
  comeBack(before, { wal: null });
  writeFileSync(path.join(from, 'steadypen.db-wal'), 'a drawing');
  expect(await moveHome(from, to, AT)).toBe('old-left');
  expect(readFileSync(path.join(from, 'steadypen.db-wal'), 'utf8')).toBe('a drawing');
  comeBack(before, { wal: sha256('a drawing') });
  expect(await moveHome(from, to, AT)).toBe('moved');
  expect(existsSync(from)).toBe(false);
});

test('a log that was there from the start is copied and no bar to the removal', async () => {
  writeFileSync(path.join(from, 'steadypen.db-wal'), 'a drawing');
  expect(await moveHome(from, to, AT)).toBe('moved');
  expect(readFileSync(path.join(to, 'steadypen.db-wal'), 'utf8')).toBe('a drawing');
});

test('a note that does not tell of the log proves no copy', async () => {
  const before = readFileSync(path.join(from, 'steadypen.db'));
  await moveHome(from, to, AT);
  comeBack(before, {});
  expect(await moveHome(from, to, AT)).toBe('old-left');
  expect(readFileSync(path.join(from, 'steadypen.db')).equals(before)).toBe(true);
});

test('while an app has it open nothing is moved, and that is said', async () => {
  const lock = lockFolder(from, AT);
  await expect(moveHome(from, to, AT)).rejects.toMatchObject({ code: 'in-use', message: /moves the data/ });
  lock.release();
  expect(existsSync(to)).toBe(false);
  expect(existsSync(path.join(from, 'steadypen.db'))).toBe(true);
});

test('a new place that cannot be written leaves the old one whole', async () => {
  rmSync(env.LOCALAPPDATA, { recursive: true });
  writeFileSync(env.LOCALAPPDATA, 'a file in the way');
  await expect(moveHome(from, to, AT)).rejects.toThrow();
  expect(readFileSync(path.join(from, 'blobs/ab/cd')).length).toBe(100_000);
  rmSync(env.LOCALAPPDATA);
});

test('a new folder without a database keeps what is in it, aside', async () => {
  mkdirSync(to);
  writeFileSync(path.join(to, 'engine-rates.json'), '{}');
  expect(await moveHome(from, to, AT)).toBe('moved');
  expect(readdirSync(env.LOCALAPPDATA).sort()).toEqual(['Steadypen', 'Steadypen-before-20261130T050000000Z']);
});

test('the data folder is the old one until its data are moved, then the local one', async () => {
  expect(dataFolder(env, 'win32')).toBe(from);
  await moveHome(from, to, AT);
  expect(dataFolder(env, 'win32')).toBe(to);
  rmSync(to, { recursive: true });
  expect(dataFolder(env, 'win32')).toBe(to);
  expect(dataFolder(env, 'win32', path.join(root, 'own'))).toBe(path.join(root, 'own'));
});

test.each([
  { at: 'Windows', env, platform: 'win32', want: `${to}-Cache` },
  { at: 'macOS', env: { HOME: '/Users/a' }, platform: 'darwin', want: '/Users/a/Library/Caches/Steadypen' },
  { at: 'Linux', env: { HOME: '/home/a' }, platform: 'linux', want: '/home/a/.cache/steadypen' },
  {
    at: 'Linux with XDG',
    env: { HOME: '/h', XDG_CACHE_HOME: '/c' },
    platform: 'linux',
    want: '/c/steadypen',
  },
  {
    at: 'a folder of one’s own',
    env: { HOME: '/h', STEADYPEN_HOME: '/own' },
    platform: 'linux',
    want: '/data/cache',
  },
] as const)('caches lie apart: $at', ({ env: environment, platform, want }) => {
  expect(cacheFolder(environment, platform, '/data')).toBe(want);
});
