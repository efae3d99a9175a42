/** Trains the runs of a reproduction on as many threads as there are cores. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../base/errors.ts';
import type { DatasetName, RunSpec } from '../../reproduction/results.ts';
import type { StudySize } from '../../reproduction/studies.ts';
import type { StudyReply, StudyRequest, StudyThreadStart } from './study-protocol.ts';

const PROGRAM = path.join(import.meta.dirname, 'study-thread-program.ts');

export interface StudyWork {
  readonly specs: readonly RunSpec[];
  readonly sizeOf: (name: DatasetName) => StudySize;
  readonly start: StudyThreadStart;
  /** Trainings at a time, ≥ 1. */
  readonly threads: number;
  readonly signal: AbortSignal;
  /** Called for each as it ends; the next one begins meanwhile. */
  readonly onReply: (reply: StudyReply) => Promise<void>;
}

/**
 * One training per thread and at a time, in the order of `specs`.
 *
 * @throws UserError `cancelled`; whatever `onReply` throws; Error where a thread ends unexpectedly.
 */
export async function trainAll(work: StudyWork): Promise<void> {
  const { specs, sizeOf, signal } = work;
  const workers = Array.from(
    { length: Math.min(work.threads, specs.length) },
    () => new Worker(PROGRAM, { workerData: work.start }),
  );
  let next = 0;
  let stop: (reason: Error) => void = () => undefined;
  const stopped = new Promise<never>((_, reject) => (stop = reject));
  const cancel = (): void => stop(new UserError('cancelled', 'The reproduction was stopped.'));
  signal.addEventListener('abort', cancel);
  if (signal.aborted) cancel();
  const serve = async (worker: Worker): Promise<void> => {
    for (let spec = specs[next++]; spec !== undefined; spec = specs[next++]) {
      const reply = await ask(worker, { spec, size: sizeOf(spec.dataset) });
      await work.onReply(reply);
    }
  };
  try {
    await Promise.race([stopped, Promise.all(workers.map(serve))]);
  } finally {
    signal.removeEventListener('abort', cancel);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function ask(worker: Worker, request: StudyRequest): Promise<StudyReply> {
  return new Promise((resolve, reject) => {
    const lost = (why: string) => (): void => {
      reject(new Error(`a training thread ended unexpectedly (${why})`));
    };
    const onExit = lost('it exited');
    const onError = (error: unknown): void => lost(error instanceof Error ? error.message : String(error))();
    worker.once('exit', onExit);
    worker.once('error', onError);
    worker.once('message', (reply: StudyReply) => {
      worker.off('exit', onExit);
      worker.off('error', onError);
      resolve(reply);
    });
    worker.postMessage(request);
  });
}
