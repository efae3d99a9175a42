/** A display that nobody sees, for tests on Linux. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const START_LIMIT_MS = 10_000;

/** @returns {string | null} Path of Xvfb, if it is installed. */
export function findXvfb(env = process.env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => path.join(folder, 'Xvfb')).find(canRun) ?? null;
}

/**
 * Starts an X server on a free display; it listens on this machine only, and ends with `stop`.
 * @param {string} xvfb Path of the executable.
 * @returns {Promise<{ display: string, stop: () => void }>} `display` as in the variable DISPLAY.
 */
export function startXvfb(xvfb) {
  // Without access control: the programs under test run as another user. The server holds nothing but their windows.
  const server = spawn(xvfb, ['-displayfd', '3', '-ac', '-nolisten', 'tcp', '-screen', '0', '1920x1200x24'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => void server.kill();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('did not start in time'), START_LIMIT_MS);
    const fail = (why) => {
      clearTimeout(timer);
      stop();
      reject(new Error(`Xvfb ${why}.`));
    };
    let text = '';
    server.stdio[3].setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      resolve({ display: `:${text.trim()}`, stop });
    });
    server.once('error', (error) => fail(`cannot be run: ${error.message}`));
    server.once('exit', (code) => fail(`ended with ${code}`));
  });
}

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
