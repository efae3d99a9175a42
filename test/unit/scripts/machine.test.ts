import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from '../../../scripts/setup/chromium.mjs';
import { electronObstacle, findElectron } from '../../../scripts/setup/electron.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'steadypen-machine-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(...parts: string[]): string {
  const file = path.join(folder, ...parts);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, 0o755);
  return file;
}

describe('Electron', () => {
  test.each([
    ['a display', { DISPLAY: ':0' }, 1000, null],
    ['Wayland', { WAYLAND_DISPLAY: 'wayland-0' }, 1000, null],
    ['no display', {}, 1000, 'display'],
    ['root', { DISPLAY: ':0' }, 0, 'root'],
  ])('on Linux with %s', (_, env, uid, words) => {
    const obstacle = electronObstacle({ platform: 'linux', env, uid });
    if (words === null) expect(obstacle).toBeNull();
    else expect(obstacle).toContain(words);
  });

  test('elsewhere there is always a display', () => {
    expect(electronObstacle({ platform: 'darwin', env: {}, uid: 501 })).toBeNull();
    expect(electronObstacle({ platform: 'win32', env: {}, uid: undefined })).toBeNull();
  });

  test('its binary is found in the package, or where ELECTRON_OVERRIDE_DIST_PATH says', () => {
    expect(findElectron(folder, {})).toBeNull();
    const own = program('own/electron');
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: path.dirname(own) })).toBe(own);
    const packaged = program('node_modules/electron/dist/electron');
    writeFileSync(path.join(folder, 'node_modules/electron/path.txt'), 'electron');
    expect(findElectron(folder, {})).toBe(packaged);
    expect(findElectron(folder, { ELECTRON_OVERRIDE_DIST_PATH: folder })).toBeNull();
  });
});

describe('Chromium', () => {
  test('the first on PATH is taken; STEADYPEN_CHROMIUM wins', () => {
    const chrome = program('b/google-chrome');
    const chromium = program('c/chromium');
    const env = {
      PATH: [path.join(folder, 'a'), path.join(folder, 'b'), path.join(folder, 'c')].join(path.delimiter),
    };
    expect(findChromium(env)).toBe(chrome);
    expect(findChromium({ ...env, STEADYPEN_CHROMIUM: chromium })).toBe(chromium);
  });

  test('a named one that cannot be run is not replaced in silence', () => {
    const chromium = program('c/chromium');
    chmodSync(chromium, 0o644);
    const env = {
      PATH: path.dirname(program('b/chromium')),
      STEADYPEN_CHROMIUM: path.join(folder, 'nowhere'),
    };
    expect(findChromium(env)).toBeNull();
  });
});
