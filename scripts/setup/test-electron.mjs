/** Finds the Electron that the end-to-end tests run in: the pinned one, or a real but older one that is made for tests. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { aptInstall, aptObstacle } from './apt.mjs';
import { findElectron, obtainElectron } from './electron.mjs';
import { requireNode24, root } from './node24.mjs';
import { runToEnd } from './run.mjs';
import { findXvfb } from './xvfb.mjs';

/** Makes the older one, where it lies beside the clone. Tests alone use it: nothing that ships needs it. */
const PREPARE_SCRIPT = path.resolve(root, '../shared/electron/prepare.mjs');
/** It fetches 200 MB. */
const PREPARE_LIMIT_MS = 600_000;
/** The first Electron whose Node has `node:sqlite`. */
const FIRST_WITH_SQLITE = 35;

/**
 * @typedef {object} TestElectron
 * @property {string} binary Path of the executable.
 * @property {string} dist The folder that it lies in.
 * @property {string} version Such as `45.4.1`.
 * @property {string} label What results are reported under, such as `Electron 33, SQLite stand-in`.
 * @property {string | null} sqliteStandIn `file:` URL of what takes the place of `node:sqlite`, where this Electron has none.
 */

/**
 * @param {Record<string, string | undefined>} env ELECTRON_OVERRIDE_DIST_PATH names a folder with an Electron; otherwise
 *   the pinned one is taken, and where it could not be had, the prepared one.
 * @returns {TestElectron | null} null where there is none.
 */
export function findTestElectron(env = process.env) {
  const binary =
    findElectron(root, env) ?? findElectron(root, { ELECTRON_OVERRIDE_DIST_PATH: preparedFolder() });
  return binary === null ? null : describeElectron(binary);
}

/**
 * Makes ready what the specs on Electron need, as far as it can be had here: the pinned Electron or, where the script for it lies
 * beside the clone, the older one; and on Linux an X server. Where there is neither, the specs are skipped, and say so.
 * @param {(line: string) => void} say
 * @throws {Error} when what should be there cannot be made ready: the specs must not vanish for that.
 */
export async function prepareTestElectron(say) {
  const own = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (own && findElectron() === null) {
    throw new Error(
      `ELECTRON_OVERRIDE_DIST_PATH names ${own}, which holds no Electron. Correct it or unset it.`,
    );
  }
  if (findTestElectron() === null) {
    if (canPrepare()) await prepareOlder(say);
    else await obtainElectron(say, { retry: false });
  }
  if (findTestElectron() !== null && process.platform === 'linux' && findXvfb() === null)
    await installXvfb(say);
}

async function prepareOlder(say) {
  say('Preparing a real Electron for the end-to-end tests (../shared/electron, 200 MB, once).');
  if (aptObstacle() === null && spawnSync('unzip', ['-v'], { stdio: 'ignore' }).error)
    await aptInstall('unzip', say);
  const code = await runToEnd(requireNode24(), [PREPARE_SCRIPT, preparedFolder()], {
    stdio: ['ignore', 2, 2],
    limitMs: PREPARE_LIMIT_MS,
  });
  if (code !== 0 || findTestElectron() === null) {
    throw new Error('The Electron for the end-to-end tests could not be prepared; the message is above.');
  }
}

/** Where nobody may install it, the specs open on the user's own display, or are skipped. */
async function installXvfb(say) {
  if (aptObstacle() !== null) return;
  await aptInstall('xvfb', say);
  if (findXvfb() === null) throw new Error('`apt-get install xvfb` did not work; its message is above.');
}

/** The script is for Linux on x64 alone. */
function canPrepare() {
  return process.platform === 'linux' && process.arch === 'x64' && existsSync(PREPARE_SCRIPT);
}

/** @returns {string} Where PREPARE_SCRIPT puts its Electron unless told otherwise. */
function preparedFolder() {
  return path.join(os.homedir(), '.cache/steadypen-test/electron-33');
}

/**
 * @param {string} binary Path of the executable.
 * @returns {TestElectron}
 * @throws {Error} where an Electron without `node:sqlite` has no stand-in beside it.
 */
export function describeElectron(binary) {
  const dist = path.dirname(binary);
  const version = versionOf(dist);
  const major = Number(version.split('.')[0]);
  if (major >= FIRST_WITH_SQLITE)
    return { binary, dist, version, label: `Electron ${major}`, sqliteStandIn: null };
  const standIn = path.join(dist, 'sqlite-stand-in/index.mjs');
  if (!existsSync(standIn)) {
    throw new Error(
      `The Electron ${version} in ${dist} has no node:sqlite and no stand-in for it: the app needs Electron ${FIRST_WITH_SQLITE} or newer.`,
    );
  }
  return {
    binary,
    dist,
    version,
    label: `Electron ${major}, SQLite stand-in`,
    sqliteStandIn: pathToFileURL(standIn).href,
  };
}

/** Electron's archives hold a file with the version, with or without a leading v. On macOS it lies above the bundle. */
function versionOf(dist) {
  for (const folder of [dist, path.resolve(dist, '../../..')]) {
    const file = path.join(folder, 'version');
    if (existsSync(file)) return readFileSync(file, 'utf8').trim().replace(/^v/, '');
  }
  return JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')).version;
}
