/** Finds the Node that everything but the starters runs on: Node 24 from the `node` package, or this one if it is new enough. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

export const root = path.resolve(import.meta.dirname, '../..');
export const NODE_MAJOR = 24;

/**
 * @returns {string | null} Path of a Node ≥ 24, or null before the packages are installed.
 */
export function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return process.execPath;
  const installed = path.join(
    root,
    'node_modules/node/bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  return existsSync(installed) ? installed : null;
}

/** @returns {string} Path of a Node ≥ 24. @throws {Error} when the packages are not installed. */
export function requireNode24() {
  const node = findNode24();
  if (node === null) {
    throw new Error(
      `This needs Node ${NODE_MAJOR}, which comes with the packages: run \`npm start\`, \`npm test\` or \`npm ci\` first.`,
    );
  }
  return node;
}

/** Environment in which `node` and the tools in node_modules/.bin are the project's own. */
export function projectEnvironment(extra = {}) {
  const bin = path.join(root, 'node_modules/.bin');
  return { ...process.env, ...extra, PATH: [bin, process.env.PATH ?? ''].join(path.delimiter) };
}

/**
 * Runs a script again under Node 24 when this Node is older, and ends with its exit code.
 * @param {string} scriptUrl `import.meta.url` of the script.
 * @returns {Promise<void>} Resolves at once when this Node is new enough; otherwise never.
 */
export async function continueUnderNode24(scriptUrl) {
  const node = requireNode24();
  if (node === process.execPath) return;
  const child = spawn(node, [new URL(scriptUrl).pathname, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  await new Promise(() => {
    child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
  });
}
