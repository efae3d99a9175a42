/** Loads the engine `cpu` and gives it Node's worker threads. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { CpuEngine, type HelperThread } from './cpu/cpu-engine.ts';
import type { HelperStart } from './cpu/cpu-helper.ts';
import { CAPACITY, CHUNK } from './cpu/memory-plan.ts';

/** A round has no more chunks than this to share out. */
const MOST_THREADS = CAPACITY / CHUNK;
/** How long a thread may take to go by itself. */
const END_MS = 2000;

/** The helping thread's program, seen from the sources and from a bundle. */
const PROGRAMS = ['./cpu/cpu-helper-program.ts', './cpu-helper.js'];

/**
 * @param file steadypen-engine.wasm, as `npm run build:kernels` makes it.
 * @param threads In all, ≥ 1; more than 8 have nothing to do and are not started. They start on their own; until they have, this one computes alone.
 * @throws Error when the file cannot be read or is no such module, or the threads' program is not there.
 */
export async function loadCpuEngine(file: string, threads: number): Promise<CpuEngine> {
  const module = await WebAssembly.compile(await readFile(file));
  const program = findProgram();
  return new CpuEngine({
    module,
    threads: Math.min(threads, MOST_THREADS),
    startHelper: (start, onDeath) => startHelper(program, start, onDeath),
    nextTurn: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

function findProgram(): string {
  const files = PROGRAMS.map((program) => fileURLToPath(new URL(program, import.meta.url)));
  const program = files.find((file) => existsSync(file));
  if (program === undefined)
    throw new Error(`the program of the helping threads is not at ${files.join(' or ')}`);
  return program;
}

function startHelper(program: string, start: HelperStart, onDeath: (reason: string) => void): HelperThread {
  const worker = new Worker(program, { workerData: start });
  let ending = false;
  worker.on('error', (error) => {
    if (!ending) onDeath(error instanceof Error ? error.message : String(error));
  });
  worker.on('exit', (code) => {
    if (!ending) onDeath(`exit code ${code}`);
  });
  // A helper has no work of its own: the process may end without it.
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    end: () => {
      ending = true;
      // It has been told; one that hangs is ended by force.
      setTimeout(() => void worker.terminate(), END_MS).unref();
    },
  };
}
