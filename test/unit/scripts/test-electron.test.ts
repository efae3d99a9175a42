import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { describeElectron } from '../../../scripts/setup/test-electron.mjs';
import { findXvfb, startXvfb } from '../../../scripts/setup/xvfb.mjs';
import { replaceSqlite } from '../../e2e/electron/app-copy.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steadypen-electron-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the Electron of the end-to-end tests', () => {
  test('one with node:sqlite runs the app as it is', () => {
    writeFileSync(path.join(folder, 'version'), 'v45.4.1\n');
    const electron = describeElectron(path.join(folder, 'electron'));
    expect(electron).toMatchObject({ version: '45.4.1', label: 'Electron 45', sqliteStandIn: null });
  });

  test('an older one is never reported without its stand-in', () => {
    writeFileSync(path.join(folder, 'version'), '33.2.1');
    const binary = path.join(folder, 'electron');
    expect(() => describeElectron(binary)).toThrow(/33\.2\.1.*no node:sqlite.*Electron 35 or newer/);
    mkdirSync(path.join(folder, 'sqlite-stand-in'));
    const standIn = path.join(folder, 'sqlite-stand-in/index.mjs');
    writeFileSync(standIn, '');
    expect(describeElectron(binary)).toMatchObject({
      label: 'Electron 33, SQLite stand-in',
      sqliteStandIn: pathToFileURL(standIn).href,
    });
  });

  test("on macOS the version lies above the bundle's folders", () => {
    writeFileSync(path.join(folder, 'version'), '45.4.1');
    const binary = path.join(folder, 'Electron.app/Contents/MacOS/Electron');
    expect(describeElectron(binary).version).toBe('45.4.1');
  });
});

describe('the copy of the app', () => {
  test('imports the stand-in in place of node:sqlite, and nothing else', () => {
    const main = path.join(folder, 'main.js');
    const other = 'import { open } from "node:fs";\nconst name = "node:sqlite";\n';
    writeFileSync(main, `import { DatabaseSync } from "node:sqlite";\nimport 'node:sqlite';\n${other}`);
    replaceSqlite(folder, 'file:///stand-in.mjs');
    expect(readFileSync(main, 'utf8')).toBe(
      `import { DatabaseSync } from "file:///stand-in.mjs";\nimport "file:///stand-in.mjs";\n${other}`,
    );
  });

  test('bundles without the import are no app of ours', () => {
    writeFileSync(path.join(folder, 'main.js'), 'const name = "node:sqlite";');
    expect(() => replaceSqlite(folder, 'file:///stand-in.mjs')).toThrow('nothing in');
  });
});

describe.skipIf(findXvfb() === null)('Xvfb', () => {
  test('two run side by side, each on a display of its own', async () => {
    const [one, other] = await Promise.all([startXvfb(findXvfb()!), startXvfb(findXvfb()!)]);
    try {
      expect(one.display).toMatch(/^:\d+$/);
      expect(other.display).toMatch(/^:\d+$/);
      expect(one.display).not.toBe(other.display);
    } finally {
      one.stop();
      other.stop();
    }
  });

  test('what is no X server is said to be none', async () => {
    await expect(startXvfb('/bin/false')).rejects.toThrow('Xvfb ended with 1');
    await expect(startXvfb(path.join(folder, 'nowhere'))).rejects.toThrow('Xvfb cannot be run');
  });
});
