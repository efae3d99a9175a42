/** Threads that make training data beside the trainer's own. */
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { UserError } from '../base/errors.ts';
import type { DrawingMaker } from '../screening/calibrate-drawings.ts';
import type { PatchMaker } from '../synthetic/synthetic-patches.ts';
import {
  buffersOf,
  costOf,
  partsOf,
  type DataJob,
  type DataPart,
  type DataReply,
  type DataRequest,
} from './data-jobs.ts';

/** Each takes 50 to 100 MB while it works; three make 2,000 patches in a few seconds. */
const MOST_THREADS = 3;
/** Room for young objects of a thread, MB: little, so that it is swept often, and with it the pictures outside of the heap. */
const YOUNG_MB = 4;
/** In a bundle the program lies beside us under another name. */
const PROGRAM = path.join(
  import.meta.dirname,
  import.meta.filename.endsWith('.ts') ? 'data-thread-program.ts' : 'data-thread.js',
);

type Take = (part: DataPart) => void | Promise<void>;

interface Task {
  readonly job: DataJob;
  readonly take: Take;
  readonly done: () => void;
  readonly failed: (reason: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** It has loaded its program. */
  ready: boolean;
  task: Task | null;
  /** What it still hands over, in its order. */
  taking: Promise<void>;
}

export interface DataThreadsOptions {
  /** Without the caller's; 0 works on the caller's thread. {@link threadsHere} unless given. */
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
  /** Of a thread; for tests. */
  readonly program?: string;
}

/**
 * Threads that are worth starting on this machine: none where they would only take turns with the caller's.
 *
 * @param busy Cores that the caller keeps busy meanwhile.
 */
export function threadsHere(busy = 0): number {
  const cores = availableParallelism();
  return cores === 1 ? 0 : Math.min(MOST_THREADS, cores - busy);
}

/**
 * Makes training data on threads of their own, the longest job first. The bytes do not depend on their number. Threads start
 * with the first jobs; where none can start, the caller's thread does the work. Close it after use.
 */
export class DataThreads {
  readonly #most: number;
  readonly #program: string;
  readonly #signal: AbortSignal | undefined;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Task[] = [];
  /** The caller's thread does the work. */
  #here: boolean;
  #busyHere = false;
  #closed: Error | null = null;

  constructor({ threads = threadsHere(), signal, program = PROGRAM }: DataThreadsOptions = {}) {
    this.#most = threads;
    this.#here = threads === 0;
    this.#program = program;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#cancel);
    if (signal?.aborted === true) this.#cancel();
  }

  /** For `makeSyntheticPatches`. Its signal is the constructor's. */
  readonly patches: PatchMaker = async (streams, take) => {
    const jobs = streams.map((stream, index) =>
      this.run({ kind: 'patches', stream }, (part) => {
        if (part.kind === 'patches') take(index, part.made);
      }),
    );
    await Promise.all(jobs);
  };

  /** For `judgeDrawings`. */
  readonly drawings: DrawingMaker = async (streams, take) => {
    const jobs = streams.map((stream, index) =>
      this.run({ kind: 'drawings', stream }, async (part) => {
        if (part.kind === 'drawing') await take(index, part.drawing);
      }),
    );
    await Promise.all(jobs);
  };

  /**
   * Does a job when a thread is free.
   *
   * @param take Gets the parts one after the other and keeps none of their arrays, which go back to the thread. Where it
   *   throws, all jobs end with the same error.
   * @throws UserError `cancelled`; `internal` where a thread ends unexpectedly.
   */
  run(job: DataJob, take: Take): Promise<void> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    return new Promise((done, failed) => {
      this.#waiting.push({ job, take, done, failed });
      this.#waiting.sort((a, b) => costOf(b.job) - costOf(a.job));
      if (!this.#here && this.#threads.size < this.#most) this.#start();
      this.#deal();
    });
  }

  /** Ends the threads and whatever they are doing; safe to call twice. */
  close(): void {
    this.#end(new Error('the data threads are closed'));
  }

  readonly #cancel = (): void =>
    this.#end(new UserError('cancelled', 'Making synthetic samples was cancelled.'));

  #start(): void {
    const worker = new Worker(this.#program, { resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB } });
    const thread: Thread = { worker, ready: false, task: null, taking: Promise.resolve() };
    this.#threads.add(thread);
    worker.on('message', (reply: DataReply) => this.#hear(thread, reply));
    worker.on('error', (error: unknown) =>
      this.#lose(thread, error instanceof Error ? error.message : String(error)),
    );
    worker.on('exit', (code) => this.#lose(thread, `exit code ${code}`));
  }

  #hear(thread: Thread, reply: DataReply): void {
    if (this.#closed !== null) return;
    const { task } = thread;
    if (reply.kind === 'ready') {
      thread.ready = true;
      this.#deal();
    } else if (reply.kind === 'part') {
      thread.taking = thread.taking.then(() => task?.take(reply.part));
      thread.taking.then(
        () => this.#tell(thread, { kind: 'taken', part: reply.part }, buffersOf(reply.part)),
        (error: unknown) => this.#end(error instanceof Error ? error : new Error(String(error))),
      );
    } else {
      const end = (): void => {
        thread.task = null;
        task?.done();
        this.#deal();
      };
      thread.taking.then(end, () => undefined); // a fault has ended everything above
    }
  }

  #tell(thread: Thread, request: DataRequest, moved: ArrayBuffer[] = []): void {
    if (this.#closed === null) thread.worker.postMessage(request, moved);
  }

  /** Gives waiting jobs to whoever is free. */
  #deal(): void {
    if (this.#here) return void this.#workHere();
    for (const thread of this.#threads) {
      if (!thread.ready || thread.task !== null) continue;
      const task = this.#waiting.shift();
      if (task === undefined) return;
      thread.task = task;
      this.#tell(thread, { kind: 'start', job: task.job });
    }
  }

  async #workHere(): Promise<void> {
    if (this.#busyHere) return;
    this.#busyHere = true;
    await nextTurn(); // all jobs that come together are known then
    for (let task = this.#waiting.shift(); task !== undefined; task = this.#waiting.shift()) {
      try {
        for (const part of partsOf(task.job)) {
          await task.take(part);
          await nextTurn();
          if (this.#closed !== null) throw this.#closed;
        }
        task.done();
      } catch (error) {
        const reason = error instanceof Error ? error : new Error(String(error));
        task.failed(reason);
        this.#end(reason);
      }
    }
    this.#busyHere = false;
  }

  /** A thread that had begun is missed; one that never began is done without. */
  #lose(thread: Thread, reason: string): void {
    if (this.#closed !== null || !this.#threads.delete(thread)) return;
    void thread.worker.terminate();
    if (thread.ready) {
      return this.#end(
        new UserError(
          'internal',
          `A thread that makes training data ended unexpectedly (${reason}). The active model is unchanged; start the training again.`,
          'training',
        ),
      );
    }
    if (this.#threads.size > 0) return;
    console.warn(`No data thread could be started (${reason}); training data are made on one thread.`);
    this.#here = true;
    this.#deal();
  }

  #end(reason: Error): void {
    if (this.#closed !== null) return;
    this.#closed = reason;
    this.#signal?.removeEventListener('abort', this.#cancel);
    const tasks = [...this.#waiting.splice(0)];
    for (const thread of this.#threads) {
      if (thread.task !== null) tasks.push(thread.task);
      void thread.worker.terminate();
    }
    this.#threads.clear();
    for (const task of tasks) task.failed(reason);
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
