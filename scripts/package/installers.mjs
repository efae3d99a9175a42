/** Makes installers of an app that is packed and checked already, each by itself: one failure does not stop the others. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { Arch, Platform, build } from 'electron-builder';
import { writeChecksums } from './checksums.mjs';
import { TARGETS } from './targets.mjs';
import { writeUpdateStatement } from './update-statement.mjs';

const ENDINGS = /\.(deb|AppImage|dmg|exe|msi)$/;

/**
 * @param {object} input
 * @param {string} input.out Folder with the packed app; the installers join it.
 * @param {readonly string[] | null} input.only Names of targets; null for all of this platform.
 * @param {object} input.settings The builder's.
 * @param {import('node:crypto').KeyObject | null} input.key Signs what an app without network asks for before it updates itself.
 * @param {string} input.version
 * @param {(line: string) => void} input.say
 * @returns {Promise<boolean>} False where one could not be made; which and why has been said. Those that were made now, and no
 *   others, stand in SHA256SUMS and are signed.
 */
export async function makeInstallers({ out, only, settings, key, version, say }) {
  const failed = [];
  const files = [];
  for (const target of chooseTargets(only)) {
    try {
      useToolsOfTheSystem(target);
      files.push(
        ...(await build({
          targets: Platform.current().createTarget(target, ...archs()),
          prepackaged: packedApp(out),
          publish: 'never',
          config: copyOf(settings),
        })),
      );
    } catch (error) {
      failed.push(target);
      say(`${target} was not made: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    }
  }
  // Not what the folder holds: it may hold the installers of an earlier run.
  const made = files.filter((file) => ENDINGS.test(file));
  const statements = key === null ? [] : await writeStatements(made, key, version);
  if (key === null) say('no update statements: STEADYPEN_UPDATE_KEY is not set.');
  if (made.length > 0) await writeChecksums(out, [...made, ...statements]);
  say(`made: ${made.map((file) => path.basename(file)).join(', ') || 'nothing'}.`);
  return failed.length === 0;
}

function chooseTargets(only) {
  const known = TARGETS[process.platform];
  if (known === undefined) throw new Error(`No installers are made on ${process.platform}.`);
  const unknown = only?.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `--only: there is no ${unknown} on ${process.platform}; choose from ${known.join(', ')}.`,
    );
  }
  return only ?? known;
}

/** fpm is a Ruby from github.com; where dpkg-deb is there, it is not needed. */
function useToolsOfTheSystem(target) {
  if (target !== 'deb' || process.env.CUSTOM_FPM_PATH || process.env.USE_SYSTEM_FPM) return;
  if (spawnSync('dpkg-deb', ['--version'], { stdio: 'ignore' }).status !== 0) return;
  process.env.CUSTOM_FPM_PATH = path.join(import.meta.dirname, 'fpm-by-dpkg.mjs');
}

function archs() {
  return process.platform === 'darwin' ? [Arch.universal] : [];
}

function packedApp(out) {
  const folders = {
    linux: /^linux(-\w+)?-unpacked$/,
    win32: /^win(-\w+)?-unpacked$/,
    darwin: /^mac-universal$/,
  };
  const name = readdirSync(out).find((entry) => folders[process.platform].test(entry));
  if (name === undefined) throw new Error(`${out} holds no packed app.`);
  return path.join(out, name, process.platform === 'darwin' ? 'Steadypen.app' : '');
}

async function writeStatements(files, key, version) {
  const statements = [];
  for (const file of files) statements.push(await writeUpdateStatement(file, { key, version }));
  return statements;
}

/** The builder writes into what it is given: each call gets its own. Functions stay what they are. */
export function copyOf(value) {
  if (Array.isArray(value)) return value.map(copyOf);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyOf(part)]));
}
