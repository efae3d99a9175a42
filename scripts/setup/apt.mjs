/** Installs a package of Debian's, where that can be done without asking anybody. */
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { runToEnd } from './run.mjs';

/** @returns {string | null} What speaks against installing packages here, or null. */
export function aptObstacle() {
  const apt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' });
  if (apt.error || apt.status !== 0) return 'this system has no apt-get';
  return process.getuid?.() === 0 ? null : 'apt-get needs root';
}

/**
 * @param {string} name Of the package.
 * @param {(line: string) => void} say
 * @returns {Promise<boolean>} False where it did not work; apt's own message is on stderr.
 */
export async function aptInstall(name, say) {
  say(`Installing ${name} (apt-get install ${name}).`);
  const aptGet = async (...args) =>
    (await runToEnd('apt-get', args, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 'ignore', 2],
    })) === 0;
  const install = () => aptGet('install', '-y', '--no-install-recommends', name);
  if (await install()) return true;
  // Package lists are often missing in a fresh container.
  await aptGet('update', '-q');
  return install();
}
