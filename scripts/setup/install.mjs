/** Installs the packages when what lies in node_modules is not what package-lock.json asks for. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { root } from './node24.mjs';
import { runToEnd } from './run.mjs';

/**
 * Compares the lock file with npm's own record of what it installed, so that an interrupted, older or hand-made
 * install is found whatever the files' times say. Optional packages may be missing: npm drops those that do not
 * fit the machine.
 * @param {string} folder The project.
 * @returns {string | null} What is missing, in words; null when all is there.
 */
export function missingPackages(folder) {
  const recordFile = path.join(folder, 'node_modules/.package-lock.json');
  if (!existsSync(recordFile)) return 'the packages are not installed yet';
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const installed = readPackages(recordFile);
  for (const [where, entry] of Object.entries(wanted)) {
    if (where === '' || entry.optional || entry.devOptional || entry.extraneous || entry.link) continue;
    const name = where.replace(/^node_modules\//, '');
    const found = installed[where];
    if (found === undefined) return `${name} ${entry.version} is not installed`;
    if (found.version !== entry.version) {
      return `${name} ${found.version} is installed, but the lock file asks for ${entry.version}`;
    }
  }
  // The `node` package fetches its binary by an install script, which `--ignore-scripts` leaves out.
  const node = path.join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(node) ? null : 'the Node that comes with the packages is missing';
}

/**
 * @param {(line: string) => void} say Where progress goes.
 * @throws {Error} with what to do when npm fails.
 */
export async function installPackages(say) {
  const missing = missingPackages(root);
  if (missing === null) return;
  say(`Installing packages (npm ci), since ${missing}. This takes a minute or two.`);
  const started = Date.now();
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm passes its own path to its scripts; outside of npm the one on PATH is used.
  const npm = process.env.npm_execpath;
  const [command, first] = npm && /npm-cli\.js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const code = await runToEnd(command, [...first, ...args], { stdio: ['ignore', 2, 2] });
  if (code !== 0) {
    throw new Error(
      '`npm ci` failed (its message is above). Check the connection to the npm registry and try again.',
    );
  }
  say(`Packages installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
