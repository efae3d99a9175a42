import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
    await expect(startXvfb('/bin/false')).rejects.toThrow('/bin/false ended before it gave a display');
    const nowhere = path.join(folder, 'nowhere');
    await expect(startXvfb(nowhere)).rejects.toThrow(`${nowhere} ended before`);
  });

  test('goes with whoever started it, and be that killed', async () => {
    const script = path.resolve(import.meta.dirname, '../../../scripts/setup/xvfb.mjs');
    const program = `import { startXvfb } from ${JSON.stringify(script)};
      console.log((await startXvfb(${JSON.stringify(findXvfb())})).display);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', program]);
    const display = await new Promise<string>((resolve) =>
      starter.stdout.setEncoding('utf8').once('data', (text: string) => resolve(text.trim())),
    );
    const socket = `/tmp/.X11-unix/X${display.slice(1)}`;
    await setTimeout(500);
    expect(existsSync(socket)).toBe(true);
    starter.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(socket)).toBe(false), { timeout: 10_000 });
  });
});
