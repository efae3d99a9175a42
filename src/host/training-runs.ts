import { randomUUID } from 'node:crypto';
import type { RunEvent, RunSummary, TrainRequest } from '../api/contract.ts';
import { runEvent, trainRequest } from '../api/schemas.ts';
import type { Clock } from '../base/clock.ts';
import { UserError, type ErrorInfo } from '../base/errors.ts';
import type { RunId } from '../base/ids.ts';
import type { Store } from '../store/open-store.ts';
import type { StoredRun } from '../store/runs.ts';
import { AppCheckpoint, goesOn } from './app-checkpoint.ts';
import type { EngineRates } from './engine-rates.ts';
import type { ModelShelf } from './model-shelf.ts';
import { ownPatches } from './own-patches.ts';
import type { SpawnChild } from './port.ts';
import { commandOf, recipeOf } from './recipes.ts';
import { isLastWord, RunLog } from './run-log.ts';
import { NO_PROGRESS, progressAfter, type RunProgress } from './run-progress.ts';
import { runTraining } from './run-training.ts';
import type { ScreenerClient } from './screener-client.ts';

export interface TrainingDeps {
  readonly store: Store;
  readonly shelf: ModelShelf;
  readonly screener: ScreenerClient;
  readonly spawn: SpawnChild;
  readonly clock: Clock;
  readonly rates: EngineRates;
}

interface LiveRun {
  readonly summary: RunSummary;
  readonly log: RunLog;
  readonly cancelling: AbortController;
  readonly finished: Promise<void>;
}

/** Progress that is not worth keeping once the run has ended. */
const PASSING: ReadonlySet<RunEvent['kind']> = new Set([
  'measuring',
  'preparing',
  'step',
  'calibrating',
] as const);

/** Training runs, one at a time, each in a process of its own. The active model is never touched by them. */
export class TrainingRuns {
  readonly #deps: TrainingDeps;
  readonly #checkpoint: AppCheckpoint;
  readonly #progressListeners = new Set<(progress: RunProgress | null) => void>();
  #live: LiveRun | null = null;
  #progress: RunProgress | null = null;
  #closed = false;

  constructor(deps: TrainingDeps) {
    this.#deps = deps;
    this.#checkpoint = new AppCheckpoint(deps.store.home);
  }

  /**
   * Says of runs that the last end of the app cut off that they failed. To be called once, at the start.
   * @returns The last of them; null where none was cut off.
   */
  async settleInterrupted(): Promise<RunSummary | null> {
    const interrupted = await this.#deps.store.runs.interrupted();
    for (const id of interrupted) {
      const message = 'Steadypen ended while this model was training. The active model is unchanged.';
      await this.#deps.store.runs.finish(id, 'failed', failed('app-ended', { code: 'cancelled', message }));
    }
    const last = await this.current();
    return last !== null && interrupted.some((id) => id === last.id) ? last : null;
  }

  /** @throws UserError `in-use` while another run is going on. */
  async start(request: TrainRequest): Promise<RunSummary> {
    if (this.#closed) throw new UserError('cancelled', 'Steadypen is closing.');
    if (this.#live && !this.#live.log.ended) {
      throw new UserError(
        'in-use',
        'A model is training already. Stop it first, or wait until it ends.',
        'training',
      );
    }
    const id = randomUUID() as string as RunId;
    const log = new RunLog();
    const cancelling = new AbortController();
    const stored = this.#deps.store.runs.start(id, request);
    // A run that could not be stored is refused below; nobody waits for its end.
    const finished = stored.then(
      () => this.#work(id, request, log, cancelling.signal),
      () => undefined,
    );
    const summary = {
      id,
      request,
      startedAt: new Date(this.#deps.clock.nowMs()).toISOString(),
      state: 'running' as const,
    };
    this.#live = { summary, log, cancelling, finished };
    try {
      await stored;
    } catch (fault) {
      this.#live = null;
      throw fault;
    }
    return summary;
  }

  /** The run in progress or the last one; null before the first. */
  async current(): Promise<RunSummary | null> {
    const run = await this.#deps.store.runs.latest();
    if (run === null) return null;
    const summary = summaryOf(run);
    if (run.state !== 'failed') return summary;
    return { ...summary, resumable: (await this.#checkpoint.resume(recipeOf(summary.request))) !== null };
  }

  /** Everything a run has said, then what it says until its end. @throws UserError `not-found`. */
  async *watch(id: string, signal?: AbortSignal): AsyncGenerator<RunEvent, void, void> {
    if (this.#live?.summary.id === id) return yield* this.#live.log.watch(signal);
    const events = (await this.#deps.store.runs.events(id)).map((event) => runEvent.parse(event));
    if (events.length === 0) throw new UserError('not-found', `There is no training run ${id}.`, id);
    yield* new RunLog(events).watch(signal);
  }

  /** Ends the run; its last word is `failed`, reason `cancelled`. A run that has ended is left as it is. */
  cancel(id: string): void {
    if (this.#live?.summary.id === id)
      this.#live.cancelling.abort(new UserError('cancelled', 'Training was stopped.'));
  }

  /** A run is in progress. */
  get running(): boolean {
    return this.#live !== null && !this.#live.log.ended;
  }

  /** Tells of every change of the run in progress; null: there is none. Each run ends with null, whatever ends it. */
  onProgress(listener: (progress: RunProgress | null) => void): void {
    this.#progressListeners.add(listener);
  }

  /** Kills a run in progress. It has no last word then, so that the next start finds that it was cut off. */
  async close(): Promise<void> {
    this.#closed = true;
    const live = this.#live;
    if (!live || live.log.ended) return;
    live.cancelling.abort('closing');
    await live.finished;
  }

  /** Never rejects: whatever goes wrong becomes the run's last word. */
  async #work(id: RunId, request: TrainRequest, log: RunLog, signal: AbortSignal): Promise<void> {
    const { store } = this.#deps;
    this.#tellProgress(NO_PROGRESS);
    const say = async (event: RunEvent) => {
      this.#tellProgress(progressAfter(this.#progress ?? NO_PROGRESS, event));
      if (isLastWord(event)) await store.runs.finish(id, event.kind === 'done' ? 'done' : 'failed', event);
      else if (!PASSING.has(event.kind)) await store.runs.addEvent(id, event);
      log.add(event);
    };
    try {
      for await (const event of this.#events(request, signal)) {
        const isStopped = event.kind === 'failed' && event.reason === 'cancelled';
        // Before the last word: after it the next run may begin.
        if (event.kind === 'done' || isStopped) await this.#checkpoint.remove();
        await say(event);
      }
    } catch (fault) {
      // Only what nobody asked for, and what fails by itself, leaves something to go on from.
      if (signal.aborted && signal.reason !== 'closing') await this.#checkpoint.remove();
      const last = lastWordOf(fault, signal);
      if (signal.reason === 'closing') log.add(last);
      else await say(last).catch(() => log.add(last)); // a full disk must not hide the end from those who watch
    } finally {
      this.#tellProgress(null);
    }
  }

  #tellProgress(progress: RunProgress | null): void {
    this.#progress = progress;
    for (const listener of this.#progressListeners) listener(progress);
  }

  async *#events(request: TrainRequest, signal: AbortSignal): AsyncGenerator<RunEvent, void, void> {
    const { store, shelf, screener, spawn, clock, rates } = this.#deps;
    const own = request.ownSamples ? yield* ownPatches(store, screener, signal) : null;
    const active = await shelf.active().catch(() => null); // without one there is nothing to compare with
    const createdAt = new Date(clock.nowMs()).toISOString();
    const recipe = recipeOf(request);
    const resume = await this.#checkpoint.resume(recipe);
    const order = {
      recipe,
      own,
      active: active?.file ?? null,
      name: `Model of ${createdAt.slice(0, 16).replace('T', ' ')}`,
      command: commandOf(request),
      createdAt,
      resume: resume ?? undefined,
    };
    const keep = (file: Uint8Array): Promise<void> => this.#checkpoint.keep(file);
    let isFirst = resume !== null;
    for await (const event of runTraining({ spawn, rates }, order, signal, keep)) {
      if (isFirst && event.kind === 'started') {
        isFirst = false;
        const { epochsDone, epochs } = event;
        if (epochsDone !== undefined) yield { kind: 'warning', message: goesOn(epochsDone, epochs) };
      }
      if (event.kind === 'done') {
        const modelId = await shelf.addCandidate(event.model);
        yield { kind: 'done', modelId, candidate: event.candidate, active: event.active };
      } else yield event;
    }
  }
}

function lastWordOf(fault: unknown, signal: AbortSignal): RunEvent {
  if (signal.aborted)
    return failed('cancelled', {
      code: 'cancelled',
      message: 'Training was stopped. The active model is unchanged.',
    });
  const reason = fault instanceof UserError && fault.code === 'too-few-samples' ? 'too-few-samples' : 'fault';
  const { code, message } =
    fault instanceof UserError ? fault : { code: 'internal' as const, message: String(fault) };
  return failed(reason, { code, message });
}

function failed(reason: Extract<RunEvent, { kind: 'failed' }>['reason'], error: ErrorInfo): RunEvent {
  return { kind: 'failed', reason, error };
}

function summaryOf(run: StoredRun): RunSummary {
  return { id: run.id, request: trainRequest.parse(run.request), startedAt: run.startedAt, state: run.state };
}
