/** Finds a Chromium for the component and end-to-end tests, and installs Debian's where it may. */
import process from 'node:process';
import { aptInstall, aptObstacle } from './apt.mjs';
import { canRun, findOnPath } from './find-on-path.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * @param {Record<string, string | undefined>} env STEADYPEN_CHROMIUM names one; otherwise PATH and the usual places are searched.
 * @returns {string | null} Path of an executable.
 */
export function findChromium(env = process.env) {
  if (env.STEADYPEN_CHROMIUM) return canRun(env.STEADYPEN_CHROMIUM) ? env.STEADYPEN_CHROMIUM : null;
  return findOnPath(NAMES, env) ?? PLACES.find(canRun) ?? null;
}

/**
 * @param {(line: string) => void} say
 * @returns {Promise<string>} Path of an executable.
 * @throws {Error} that says what to do, when there is none and none can be installed.
 */
export async function requireChromium(say) {
  const found = findChromium();
  if (found !== null) return found;
  if (process.env.STEADYPEN_CHROMIUM) {
    throw new Error(`STEADYPEN_CHROMIUM names ${process.env.STEADYPEN_CHROMIUM}, which cannot be run.`);
  }
  const advice =
    'Install Chromium or Google Chrome (Debian: `apt-get install chromium`), or set STEADYPEN_CHROMIUM to its path.';
  const obstacle = aptObstacle();
  if (obstacle !== null)
    throw new Error(`The tests need a Chromium and found none, and ${obstacle}. ${advice}`);
  await aptInstall('chromium', say);
  const installed = findChromium();
  if (installed === null) throw new Error(`\`apt-get install chromium\` did not work. ${advice}`);
  return installed;
}
