import { fromErrorInfo, toErrorInfo, UserError, type ErrorInfo } from '../base/errors.ts';
import type { Sensitivity, Task } from '../base/words.ts';
import type { PatchSet } from '../model/dataset.ts';
import { joinPatches } from '../model/split.ts';
import type { LabelledInput, ScreenerReply, ScreenInput } from '../screening/screener-protocol.ts';
import type { SpawnChild } from './port.ts';
import { ScreenerProcess, type ProcessLimits } from './screener-process.ts';

export interface ScreenerClientOptions {
  readonly spawn: SpawnChild;
  /** Per page, from the last sign of life. Default 60 s. */
  readonly timeoutMs?: number;
  /** Of the process. Default 700 MB. */
  readonly memoryBytes?: number;
}

export interface ScreenOptions {
  /** null: guess. */
  readonly task: Task | null;
  /** Where the limits lie; default `balanced`. */
  readonly sensitivity?: Sensitivity | undefined;
  readonly pictures?: boolean;
  readonly overlay?: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** A labelled sample that was left out: its place among those given, and why. */
export interface SkippedInput {
  readonly index: number;
  readonly error: ErrorInfo;
}

export type ScreenedPage = Extract<ScreenerReply, { kind: 'page' }>;
export type ScreenProgress = Extract<ScreenerReply, { kind: 'reading' | 'page' }>;

interface Model {
  readonly id: string;
  readonly file: Uint8Array;
}

const LIMITS: ProcessLimits = {
  timeoutMs: 60_000,
  startMs: 60_000,
  memoryBytes: 700 * 1024 * 1024,
  cancelMs: 2000,
};

/**
 * Screens through a process of its own: one request at a time, in the order asked. A file that crashes the process, takes
 * too long or too much memory becomes an error; the process is started again for the next one.
 */
export class ScreenerClient {
  readonly #spawn: SpawnChild;
  readonly #limits: ProcessLimits;
  #process: ScreenerProcess | null = null;
  #model: Model | null = null;
  /** Id of the model that the running process holds. */
  #loaded: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(options: ScreenerClientOptions) {
    this.#spawn = options.spawn;
    this.#limits = {
      ...LIMITS,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.memoryBytes === undefined ? {} : { memoryBytes: options.memoryBytes }),
    };
  }

  /** The model for all later requests. It is loaded before the next one, or now by `warmUp`. */
  useModel(id: string, file: Uint8Array): void {
    this.#model = { id, file };
  }

  /** Starts the process and loads the model, so that the first sample need not wait. */
  warmUp(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#ready();
    });
  }

  /**
   * Screens one input, page by page.
   *
   * @returns Yields `reading` and `page` replies as they come; leaving the loop early cancels the rest.
   * @throws UserError naming the file: what was wrong with it, or `cancelled`, `timed-out`, `out-of-memory`.
   */
  async *screen(input: ScreenInput, options: ScreenOptions): AsyncGenerator<ScreenProgress, void, void> {
    const stop = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
    const waiting: ScreenProgress[] = [];
    let wake: () => void = () => undefined;
    let ended = false;
    const { task, sensitivity = 'balanced', pictures = false, overlay = false } = options;
    const work = this.#inTurn(async () => {
      if (signal.aborted) throw new UserError('cancelled', 'Cancelled.', subjectOf(input));
      const screener = await this.#ready();
      const last = await screener.ask({
        question: { kind: 'screen', input, task, sensitivity, pictures, overlay },
        subject: subjectOf(input),
        signal,
        onReply: (reply) => {
          if (reply.kind === 'reading' || reply.kind === 'page') waiting.push(reply);
          wake();
        },
      });
      if (last.kind === 'error') throw this.#refuse(last.error);
    }).finally(() => {
      ended = true;
      wake();
    });
    work.catch(() => undefined); // thrown below, where the caller is
    try {
      for (;;) {
        const next = waiting.shift();
        if (next) yield next;
        else if (ended) break;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
      await work;
    } finally {
      stop.abort();
    }
  }

  /**
   * Patches of labelled samples, for training, one sample at a time: one that cannot be used is left out.
   *
   * @param inputs Each is fetched when its turn comes, so that the scans need not be in memory together.
   * @returns `skipped` says which were left out, by their place in `inputs`, and why.
   */
  async patches(
    inputs: readonly (() => Promise<LabelledInput>)[],
    { signal, onProgress }: { signal?: AbortSignal; onProgress?: (done: number) => void } = {},
  ): Promise<{ patches: PatchSet; skipped: readonly SkippedInput[] }> {
    const sets: PatchSet[] = [];
    const skipped: SkippedInput[] = [];
    for (const [index, input] of inputs.entries()) {
      const outcome = await this.#patchesOf(input, signal).catch((fault: unknown) => {
        if (signal?.aborted || this.#closed || !(fault instanceof UserError)) throw fault;
        return fault;
      });
      if (outcome instanceof UserError) skipped.push({ index, error: toErrorInfo(outcome) });
      else {
        sets.push(outcome.patches);
        skipped.push(...outcome.skipped.map((error) => ({ index, error })));
      }
      onProgress?.(index + 1);
    }
    return { patches: joinPatches(sets), skipped };
  }

  #patchesOf(fetchInput: () => Promise<LabelledInput>, signal: AbortSignal | undefined) {
    return this.#inTurn(async () => {
      const input = await fetchInput();
      const screener = await this.#ready();
      const subject = subjectOf(input.input);
      const question = { kind: 'patches', inputs: [input] } as const;
      const last = await screener.ask({ question, subject, signal, onReply: () => undefined });
      if (last.kind === 'error') throw this.#refuse(last.error);
      if (last.kind !== 'patches') throw new UserError('internal', 'The screener gave no patches.', subject);
      return { patches: last.patches, skipped: last.skipped };
    });
  }

  /** Kills the process; what waits is refused. */
  close(): void {
    this.#closed = true;
    this.#process?.kill();
    this.#process = null;
  }

  /** An engine that has failed stays so: the next input gets a new process. */
  #refuse(error: ErrorInfo): UserError {
    if (error.code === 'engine-failed') {
      this.#process?.kill();
      this.#process = null;
    }
    return fromErrorInfo(error);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** A running process that holds the model. */
  async #ready(): Promise<ScreenerProcess> {
    if (this.#closed) throw new UserError('cancelled', 'Steadypen is closing.');
    if (this.#process === null || this.#process.ended) {
      this.#process = new ScreenerProcess(this.#spawn, this.#limits);
      this.#loaded = null;
    }
    const model = this.#model;
    if (model && model.id !== this.#loaded) {
      const question = { kind: 'load-model', model: model.file, modelId: model.id } as const;
      const subject = `The model ${model.id}`;
      const last = await this.#process.ask({ question, subject, onReply: () => undefined });
      if (last.kind === 'error') throw this.#refuse(last.error);
      this.#loaded = model.id;
    }
    return this.#process;
  }
}

function subjectOf(input: ScreenInput): string {
  switch (input.kind) {
    case 'path':
      return input.name ?? input.path;
    case 'bytes':
      return input.name;
    case 'recording':
      return 'The drawing';
  }
}
