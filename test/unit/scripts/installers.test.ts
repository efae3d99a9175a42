import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
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
import { afterEach, beforeEach, expect, test } from 'vitest';
import config from '../../../electron-builder.config.mjs';
import { makeInstallers } from '../../../scripts/package/installers.mjs';

const VERSION = '0.1.0';
let out = '';
let said: string[] = [];
beforeEach(() => {
  out = mkdtempSync(path.join(tmpdir(), 'steadypen-installers-'));
  said = [];
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

function make(only: readonly string[] | null) {
  const settings = { ...config, directories: { ...config.directories, output: out } };
  const key = generateKeyPairSync('ed25519').privateKey;
  return makeInstallers({ out, only, settings, key, version: VERSION, say: (line) => said.push(line) });
}

test('installers of an earlier run are not taken for those that failed now', async () => {
  for (const ending of ['linux-amd64.deb', 'mac-universal.dmg', 'win-x64.exe']) {
    writeFileSync(path.join(out, `Steadypen-${VERSION}-${ending}`), 'of an earlier run');
  }
  const before = readdirSync(out);
  // There is no packed app in the folder, so that none can be made.
  expect(await make(null)).toBe(false);
  expect(said.at(-1)).toBe('made: nothing.');
  expect(readdirSync(out)).toEqual(before);
});

test.skipIf(spawnSync('dpkg-deb', ['--version']).status !== 0)(
  'what the builder made now is signed and summed, and nothing beside it',
  async () => {
    mkdirSync(path.join(out, 'linux-unpacked/resources'), { recursive: true });
    writeFileSync(path.join(out, 'linux-unpacked/steadypen'), '#!/bin/sh\n', { mode: 0o755 });
    writeFileSync(path.join(out, `Steadypen-${VERSION}-linux-x86_64.AppImage`), 'of an earlier run');
    expect(await make(['deb']), said.join('\n')).toBe(true);
    const deb = readdirSync(out).find((name) => name.endsWith('.deb')) ?? '';
    expect(said.at(-1)).toBe(`made: ${deb}.`);
    const sums = readFileSync(path.join(out, 'SHA256SUMS'), 'utf8').trim().split('\n');
    expect(sums.map((line) => line.slice(66))).toEqual([deb, `${deb}.update.json`]);
    expect(existsSync(path.join(out, `Steadypen-${VERSION}-linux-x86_64.AppImage.update.json`))).toBe(false);
  },
  60_000,
);
