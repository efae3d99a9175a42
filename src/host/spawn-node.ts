import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Port, SpawnChild } from './port.ts';

/** How much of a dying child's last words is kept for the error message. */
const LAST_WORDS = 2000;

/** Starts `src/host/<program>-program.ts` under the same Node. Its log goes to our stderr. */
const forkSource: SpawnChild = (program) =>
  forkProgram(fileURLToPath(new URL(`./${program}-program.ts`, import.meta.url)));
let spawn: SpawnChild = forkSource;

/** How the command line starts child programs: from the sources, unless `startProgramsBy` named another way. */
export const spawnNode: SpawnChild = (program) => spawn(program);

/** For the installed app, whose programs are bundled and cannot run under plain Node. Call it before any command. */
export function startProgramsBy(other: SpawnChild): void {
  spawn = other;
}

/**
 * Forks a program that speaks through `ownPort`. Binary travels by structured clone.
 * After the child has ended `postMessage` throws, so that no caller waits for an answer that cannot come.
 */
export function forkProgram(file: string): Port {
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // One heap for all threads: glibc would keep what ended threads have freed (429 → 356 MB at the peak of a training run).
    env: { ...process.env, MALLOC_ARENA_MAX: '1' },
  });
  let lastWords = '';
  let closed: string | null = null;
  const closeListeners: ((reason: string) => void)[] = [];
  const end = (reason: string) => {
    if (closed !== null) return;
    closed = reason;
    for (const listener of closeListeners) listener(reason);
  };
  child.stdout?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS);
    process.stderr.write(chunk);
  });
  child.on('error', (error) => end(`it could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
    end(lastWords.trim() === '' ? how : `${how}: ${lastWords.trim()}`);
  });
  return {
    pid: child.pid,
    postMessage: (message) => {
      if (closed !== null || !child.connected)
        throw new Error(`the process has ended (${closed ?? 'disconnected'})`);
      child.send(message as object, () => undefined); // a failed send shows as exit
    },
    onMessage: (listener) => child.on('message', listener),
    onClose: (listener) => {
      if (closed !== null) listener(closed);
      else closeListeners.push(listener);
    },
    close: () => {
      if (closed === null) child.kill('SIGKILL');
    },
  };
}
