import { execFileSync } from 'node:child_process';
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
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
import { writeUpdateStatement } from '../../../../scripts/package/update-statement.mjs';
import {
  compareVersions,
  openUpdate,
  signUpdate,
  type UpdateStatement,
} from '../../../../src/host/update/update-statement.ts';
import { takeUpdate } from '../../../../src/host/update/take-update.ts';

const root = mkdtempSync(path.join(tmpdir(), 'steadypen-update-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const { privateKey } = generateKeyPairSync('ed25519');
const key = createPublicKey(privateKey);
const app = { version: '0.1.0', platform: 'linux', arch: 'x64' } as const;
const stick = path.join(root, 'stick');
const folder = path.join(root, 'staged');
const installer = path.join(stick, 'Steadypen-0.2.0-linux-amd64.deb');
const changelog =
  '# Changelog\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- Tremor of the voice.\n\n## [0.1.0]\n\n- old\n';

beforeEach(async () => {
  for (const place of [stick, folder]) {
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place);
  }
  writeFileSync(installer, 'an installer');
  await writeUpdateStatement(installer, { key: privateKey, version: '0.2.0', changelog });
});
const take = (settings: Partial<Parameters<typeof takeUpdate>[1]> = {}) =>
  takeUpdate(installer, { key, app, folder, ...settings });

test('a signed installer is copied to a place of ours, and what it changes is told', async () => {
  const update = await take();
  expect(update.statement).toMatchObject({ version: '0.2.0', platform: 'linux', archs: ['x64'], size: 12 });
  expect(update.statement.changes).toBe('Added\n\n- Tremor of the voice.');
  expect(path.dirname(path.dirname(update.installer))).toBe(folder);
  expect(readFileSync(update.installer, 'utf8')).toBe('an installer');
});

test('the statement may be chosen in place of the installer', async () => {
  const { statement } = await takeUpdate(`${installer}.update.json`, { key, app, folder });
  expect(statement.version).toBe('0.2.0');
});

test.each([
  { what: 'one byte more', content: 'an installer!' },
  { what: 'another content of the same size', content: 'an instaIIer' },
])('an installer with $what is refused and leaves nothing behind', async ({ content }) => {
  writeFileSync(installer, content);
  await expect(take()).rejects.toMatchObject({ code: 'damaged', message: /not the file that its publisher/ });
  expect(readdirSync(folder)).toEqual([]);
});

test('a statement of another key is refused before anything is read in it', async () => {
  const other = createPublicKey(generateKeyPairSync('ed25519').privateKey);
  await expect(take({ key: other })).rejects.toMatchObject({ code: 'no-access', message: /signature/ });
});

test('a statement that was changed after signing is refused', async () => {
  const file = `${installer}.update.json`;
  const changed = readFileSync(file, 'utf8').replace('0.2.0', '0.3.0');
  expect(changed).not.toBe(readFileSync(file, 'utf8'));
  writeFileSync(file, changed);
  await expect(take()).rejects.toMatchObject({ code: 'no-access' });
});

test.each([
  { what: 'the version that runs', app: { ...app, version: '0.2.0' }, says: /nothing newer/ },
  { what: 'an older version', app: { ...app, version: '1.0.0' }, says: /nothing newer/ },
  { what: 'another system', app: { ...app, platform: 'win32' } as const, says: /this is win32/ },
  { what: 'another processor', app: { ...app, arch: 'arm64' }, says: /on arm64/ },
])('an update is refused by $what', async ({ app: running, says }) => {
  await expect(take({ app: running })).rejects.toMatchObject({ code: 'bad-argument', message: says });
  expect(readdirSync(folder)).toEqual([]);
});

test('a renamed installer is refused: the statement is about another file', async () => {
  const renamed = path.join(stick, 'Steadypen-9.9.9-linux-amd64.deb');
  writeFileSync(renamed, readFileSync(installer));
  writeFileSync(`${renamed}.update.json`, readFileSync(`${installer}.update.json`));
  await expect(takeUpdate(renamed, { key, app, folder })).rejects.toMatchObject({ code: 'bad-argument' });
});

test.each([
  { what: 'is missing', text: null, code: 'not-found' },
  { what: 'is empty', text: '', code: 'damaged' },
  { what: 'is another JSON', text: '{"a":1}', code: 'damaged' },
  { what: 'is huge', text: 'x'.repeat(1_000_001), code: 'too-large' },
])('a statement that $what is said to be so', async ({ text, code }) => {
  const file = `${installer}.update.json`;
  if (text === null) rmSync(file);
  else writeFileSync(file, text);
  await expect(take()).rejects.toMatchObject({ code });
  expect(existsSync(installer)).toBe(true);
});

test.skipIf(process.platform === 'win32')(
  'a pipe in place of the statement is refused, not waited for',
  async () => {
    const file = `${installer}.update.json`;
    rmSync(file);
    execFileSync('mkfifo', [file]);
    await expect(take()).rejects.toMatchObject({ code: 'bad-argument', message: /is not a file/ });
  },
);

test('a statement cannot name a file outside of its folder', () => {
  const statement: UpdateStatement = {
    schemaVersion: 1,
    product: 'Steadypen',
    version: '0.2.0',
    platform: 'linux',
    archs: ['x64'],
    file: '../evil',
    size: 1,
    sha256: '0'.repeat(64),
    changes: '',
  };
  expect(() => signUpdate(statement, privateKey)).toThrow();
  expect(() => openUpdate('{}', 'x', key)).toThrow(/no update statement/);
});

test('versions compare by number, not by letter', () => {
  expect(compareVersions('0.10.0', '0.9.9')).toBeGreaterThan(0);
  expect(compareVersions('1.0.0', '1.0.0')).toBe(0);
  expect(compareVersions('1.2.3', '2.0.0')).toBeLessThan(0);
});
