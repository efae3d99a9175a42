/** A folder that electron-builder takes for an unpacked Electron, for machines where the real one cannot be had. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './node24.mjs';

/** Marks the fuses in Electron's binary (@electron/fuses, constants.js), followed by version 1, length and one byte each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron 45 ships: `1` on, `0` off. Order as in @electron/fuses, FuseV1Options. */
const SHIPPED_FUSES = '101100011';

const ELECTRON_FILES = [
  ...['icudtl.dat', 'resources.pak', 'chrome_100_percent.pak', 'chrome_200_percent.pak'],
  ...['v8_context_snapshot.bin', 'snapshot_blob.bin', 'vk_swiftshader_icd.json', 'libvulkan.so.1'],
  ...['libEGL.so', 'libGLESv2.so', 'libffmpeg.so', 'libvk_swiftshader.so', 'chrome-sandbox'],
  ...['chrome_crashpad_handler', 'locales/en-US.pak', 'locales/de.pak'],
];

/**
 * Makes the folder anew. Its `electron` is a text that says what it is, with the fuses where a tool finds them.
 * @param {string} folder
 */
export function makeStubElectron(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'resources'), { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8'));
  const binary = path.join(folder, 'electron');
  writeFileSync(
    binary,
    Buffer.concat([
      Buffer.from(
        '#!/bin/sh\necho "This is a stand-in for Electron; the app does not run with it." >&2\nexit 1\n',
      ),
      Buffer.from(SENTINEL),
      Buffer.from([1, SHIPPED_FUSES.length]),
      Buffer.from(SHIPPED_FUSES),
    ]),
  );
  chmodSync(binary, 0o755);
  writeFileSync(path.join(folder, 'version'), manifest.version);
  copyFileSync(path.join(root, 'node_modules/electron/LICENSE'), path.join(folder, 'LICENSE'));
  writeFileSync(path.join(folder, 'LICENSES.chromium.html'), '<p>Comes with the real Electron.</p>');
  // The names of the rest, so that the check of a packed app finds what it looks for (scripts/package/allow-list.mjs).
  mkdirSync(path.join(folder, 'locales'));
  for (const name of ELECTRON_FILES) writeFileSync(path.join(folder, name), '');
}
