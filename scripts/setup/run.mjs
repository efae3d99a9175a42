/** Runs one program at a time for a starter script, so that a stop ends it and everything it started. */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { projectEnvironment, root } from './node24.mjs';

/** How long a program may take to end by itself after a stop. */
const GRACE_MS = 1500;
const PARENT_CHECK_MS = 250;
export const STOPPED = 130;

let running = null;
let stopping = false;

export function isStopping() {
  return stopping;
}

/**
 * Makes Ctrl-C, SIGTERM, SIGHUP and the end of whoever started us end the running program and then this one, within
 * two seconds. npm passes a SIGTERM only to the shell between it and us, so that we see just the shell go.
 */
export function stopOnSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_CHECK_MS).unref();
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ stdio?: import('node:child_process').StdioOptions, env?: Record<string, string>, limitMs?: number,
 *   onStdout?: (text: string) => void }} options
 *   `limitMs` kills it after that time. `onStdout` needs a piped stdout.
 * @returns {Promise<number>} Exit code; 127 when it cannot be started, STOPPED after a stop.
 */
export function runToEnd(command, args, { stdio = 'inherit', env = {}, limitMs, onStdout } = {}) {
  if (stopping) return Promise.resolve(STOPPED);
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: projectEnvironment(env),
      stdio,
      // A process group of its own, so that grandchildren can be reached. Windows has no such groups.
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32' && command === 'npm',
    });
    running = child;
    const timer = limitMs === undefined ? null : setTimeout(() => killGroup(child, 'SIGKILL'), limitMs);
    const end = (code) => {
      if (timer) clearTimeout(timer);
      // Whatever the program left behind goes with it.
      killGroup(child, 'SIGKILL');
      running = null;
      resolve(stopping ? STOPPED : code);
    };
    if (onStdout) child.stdout.setEncoding('utf8').on('data', onStdout);
    child.on('error', () => end(127));
    child.on('exit', (code) => end(code ?? 1));
  });
}

function stop() {
  if (stopping) return;
  stopping = true;
  process.exitCode = STOPPED;
  if (running === null) process.exit();
  const child = running;
  killGroup(child, 'SIGTERM');
  setTimeout(() => killGroup(child, 'SIGKILL'), GRACE_MS).unref();
}

function killGroup(child, signal) {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}
