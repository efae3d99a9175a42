/** Whether the app can open in Electron here, and if not, why. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { requireNode24, root } from './node24.mjs';
import { isStopping, runToEnd } from './run.mjs';

const DOWNLOAD_LIMIT_MS = 20_000;
/** After a failed download the next starts go straight to the browser. */
const RETRY_AFTER_MS = 24 * 3600 * 1000;

/**
 * @param {string} folder The project.
 * @param {Record<string, string | undefined>} env ELECTRON_OVERRIDE_DIST_PATH points to an unpacked Electron.
 * @returns {string | null} Path of the Electron executable, if its binary is there.
 */
export function findElectron(folder = root, env = process.env) {
  const packageFolder = path.join(folder, 'node_modules/electron');
  const pathFile = path.join(packageFolder, 'path.txt');
  const inside = existsSync(pathFile)
    ? readFileSync(pathFile, 'utf8').trim()
    : process.platform === 'win32'
      ? 'electron.exe'
      : 'electron';
  const dist = env.ELECTRON_OVERRIDE_DIST_PATH || path.join(packageFolder, 'dist');
  const binary = path.join(dist, inside);
  return existsSync(binary) ? binary : null;
}

/**
 * What speaks against a window of Electron on this machine, whether or not the binary is there.
 * @param {{ platform: string, env: Record<string, string | undefined>, uid: number | undefined }} machine
 * @returns {string | null} A reason in words, or null.
 */
export function electronObstacle({ platform, env, uid }) {
  if (platform !== 'linux') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no display';
  // Chromium's sandbox does not work as root, and without it the app would run unprotected.
  if (uid === 0) return 'Electron does not run as root with its sandbox on';
  return null;
}

/**
 * Finds Electron's binary or downloads it, waiting at most 20 s; a failure is remembered for a day.
 * @param {(line: string) => void} say
 * @param {{ retry: boolean }} options `retry` tries again although the last download failed.
 * @returns {Promise<{ binary: string } | { reason: string }>}
 */
export async function obtainElectron(say, { retry }) {
  const found = findElectron();
  if (found !== null) return { binary: found };
  if (process.env.ELECTRON_OVERRIDE_DIST_PATH) {
    return {
      reason: `ELECTRON_OVERRIDE_DIST_PATH holds no Electron (${process.env.ELECTRON_OVERRIDE_DIST_PATH})`,
    };
  }
  const memory = path.join(root, 'node_modules/.cache/steadypen/electron-download.json');
  if (!retry && failedLately(memory)) {
    return { reason: 'its binary is missing and could not be downloaded at the last try' };
  }
  say(`Fetching Electron's binary (at most ${DOWNLOAD_LIMIT_MS / 1000} s).`);
  await runToEnd(requireNode24(), [path.join(root, 'node_modules/electron/install.js')], {
    stdio: 'ignore',
    limitMs: DOWNLOAD_LIMIT_MS,
  });
  if (isStopping()) return { reason: 'it was interrupted' };
  const binary = findElectron();
  mkdirSync(path.dirname(memory), { recursive: true });
  if (binary === null) {
    writeFileSync(memory, JSON.stringify({ failedAtMs: Date.now() }));
    return { reason: 'its binary is missing and could not be downloaded' };
  }
  rmSync(memory, { force: true });
  return { binary };
}

function failedLately(memory) {
  if (!existsSync(memory)) return false;
  try {
    const ageMs = Date.now() - JSON.parse(readFileSync(memory, 'utf8')).failedAtMs;
    return ageMs >= 0 && ageMs < RETRY_AFTER_MS;
  } catch {
    return false;
  }
}
