/** A display that nobody sees, for tests on Linux. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { findOnPath } from './find-on-path.mjs';

const START_LIMIT_MS = 30_000;

/** @returns {string | null} Path of Xvfb, if it is installed. */
export function findXvfb(env = process.env) {
  return findOnPath(['Xvfb'], env);
}

/** Runs a server until our end of its standard input is closed, which the system does even where we are killed. */
const UNTIL_WE_GO = '"$0" "$@" </dev/null & server=$!; exec 3>&-; read -r _; kill $server';

/**
 * Starts an X server on a free display; it listens on this machine only, and ends with `stop` or with this process.
 * @param {string} xvfb Path of the executable.
 * @returns {Promise<{ display: string, stop: () => void }>} `display` as in the variable DISPLAY.
 */
export function startXvfb(xvfb) {
  // Without access control: the programs under test run as another user. The server holds nothing but their windows.
  const options = ['-displayfd', '3', '-ac', '-nolisten', 'tcp', '-screen', '0', '1920x1200x24'];
  const server = spawn('/bin/sh', ['-c', UNTIL_WE_GO, xvfb, ...options], {
    stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => void server.stdin.end();
  return new Promise((resolve, reject) => {
    const fail = (why) => {
      clearTimeout(timer);
      stop();
      reject(new Error(`${xvfb} ${why}.`));
    };
    const timer = setTimeout(() => fail('gave no display in time'), START_LIMIT_MS);
    let text = '';
    const answer = server.stdio[3].setEncoding('utf8');
    answer.on('data', (chunk) => {
      text += chunk;
      if (!text.includes('\n')) return;
      clearTimeout(timer);
      // It is closed as soon as it has said its number.
      answer.removeAllListeners('end');
      resolve({ display: `:${text.trim()}`, stop });
    });
    answer.on('end', () => fail('ended before it gave a display'));
    server.once('error', (error) => fail(`cannot be run: ${error.message}`));
  });
}
