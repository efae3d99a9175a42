/** Finds the Electron that the end-to-end tests run in: the pinned one, or a real but older one that is made for tests. */
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { findElectron } from './electron.mjs';
import { root } from './node24.mjs';

/** Makes the older one, where it lies beside the clone. Tests alone use it: nothing that ships needs it. */
export const PREPARE_SCRIPT = path.resolve(root, '../shared/electron/prepare.mjs');
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

/** @returns {string} Where PREPARE_SCRIPT puts its Electron unless told otherwise. */
export function preparedFolder() {
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
