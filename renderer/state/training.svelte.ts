import type { Api, ModelSummary, RunSummary, TrainRequest } from '../../src/api/contract.ts';
import { EMPTY_RUN, foldRunEvent, type RunView } from './run-view.ts';
import { DEFAULT_PLAN, problemsOf, requestOf, type PlanProblem, type TrainPlan } from './train-plan.ts';

type TrainingData = Awaited<ReturnType<Api['training']['data']>>;

export interface TrainingDeps {
  readonly api: Pick<Api, 'training' | 'models'>;
  /** Monotonic milliseconds: steps are shown at most ten times a second. */
  readonly elapsedMs: () => number;
}

const STEP_EVERY_MS = 100;

/** The training screen: what there is to learn from, the plan of the next run, and the run in progress or the last one. */
export class TrainingState {
  readonly #deps: TrainingDeps;
  #data = $state.raw<TrainingData | null>(null);
  #models = $state.raw<readonly ModelSummary[]>([]);
  #plan = $state.raw<TrainPlan>(DEFAULT_PLAN);
  #run = $state.raw<RunSummary | null>(null);
  #view = $state.raw<RunView>(EMPTY_RUN);
  #error = $state.raw<unknown>(null);
  #starting = $state(false);
  #stopping = $state(false);
  #planning = $state(true);
  #settled = $state(false);
  #lost = $state(false);
  #loaded = $state(false);
  #watching: AbortController | null = null;

  constructor(deps: TrainingDeps) {
    this.#deps = deps;
  }

  get data(): TrainingData | null {
    return this.#data;
  }
  get plan(): TrainPlan {
    return this.#plan;
  }
  get problems(): readonly PlanProblem[] {
    return problemsOf(this.#plan, this.#data);
  }
  get run(): RunSummary | null {
    return this.#run;
  }
  get view(): RunView {
    return this.#view;
  }
  get error(): unknown {
    return this.#error;
  }
  get starting(): boolean {
    return this.#starting;
  }
  /** Stop was pressed and the trainer has not yet ended. */
  get stopping(): boolean {
    return this.#stopping;
  }
  get running(): boolean {
    return this.#run !== null && !this.ended;
  }
  get ended(): boolean {
    return this.#view.phase === 'done' || this.#view.phase === 'failed' || this.#lost;
  }
  /** The connection ended before the run said its last word. */
  get lost(): boolean {
    return this.#lost;
  }
  /** The settings of the next run are shown instead of a run. */
  get planning(): boolean {
    return this.#planning;
  }
  get loaded(): boolean {
    return this.#loaded;
  }
  get active(): ModelSummary | null {
    return this.#models.find((model) => model.state === 'active') ?? null;
  }
  /** The stored model that this run made. */
  get candidate(): ModelSummary | null {
    const id = this.#view.outcome?.modelId;
    return this.#models.find((model) => model.id === id) ?? null;
  }
  /** The candidate was activated or discarded; nothing is left to choose. */
  get settled(): boolean {
    return this.#settled;
  }

  change(change: Partial<TrainPlan>): void {
    this.#plan = { ...this.#plan, ...change };
  }

  /** Loads data, models and the current run, and follows that run from its first event. Failures end in `error`. */
  async open(): Promise<void> {
    try {
      const [data, run] = await Promise.all([
        this.#deps.api.training.data(),
        this.#deps.api.training.current(),
        this.#loadModels(),
      ]);
      this.#data = data;
      if (!this.#loaded) this.change({ ownSamples: data.regular > 0 && data.tremorLike > 0 });
      this.#loaded = true;
      this.#error = null;
      if (run && (run.id !== this.#run?.id || this.#lost)) void this.#follow(run);
    } catch (error) {
      this.#error = error;
    }
  }

  /** Starts a run with the plan and follows it. */
  async start(): Promise<void> {
    if (this.running || this.problems.length > 0) return;
    await this.#start(requestOf(this.#plan));
  }

  /** Starts a run again that came to no end: it goes on from its last checkpoint, where it has one. Not beside another run. */
  async goOn(request: TrainRequest): Promise<void> {
    if (this.running) return;
    await this.#start(request);
  }

  async #start(request: TrainRequest): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    this.#error = null;
    try {
      const run = await this.#deps.api.training.start(request);
      void this.#follow(run);
    } catch (error) {
      this.#error = error;
    } finally {
      this.#starting = false;
    }
  }

  async cancel(): Promise<void> {
    if (!this.#run || !this.running || this.#stopping) return;
    this.#stopping = true;
    try {
      await this.#deps.api.training.cancel({ id: this.#run.id });
    } catch (error) {
      this.#error = error;
      this.#stopping = false;
    }
  }

  /** Back to the settings, with those of the last run filled in. */
  planNext(): void {
    this.#planning = true;
  }

  /** Follows the run again after the connection was lost. */
  async lookAgain(): Promise<void> {
    if (this.#run && this.#lost) await this.#follow(this.#run);
  }

  async activate(): Promise<void> {
    await this.#settle((id) => this.#deps.api.models.activate({ id }));
  }

  async discard(): Promise<void> {
    await this.#settle((id) => this.#deps.api.models.discard({ id }));
  }

  /** Stops listening; the run itself goes on in the host. */
  close(): void {
    this.#watching?.abort();
    this.#watching = null;
  }

  async #settle(act: (id: string) => Promise<unknown>): Promise<void> {
    const id = this.#view.outcome?.modelId;
    if (!id || this.#settled) return;
    try {
      await act(id);
      this.#settled = true;
      await this.#loadModels();
    } catch (error) {
      this.#error = error;
    }
  }

  async #loadModels(): Promise<void> {
    this.#models = await this.#deps.api.models.list();
  }

  async #follow(run: RunSummary): Promise<void> {
    this.close();
    const watching = new AbortController();
    this.#watching = watching;
    this.#run = run;
    this.#view = EMPTY_RUN;
    this.#planning = false;
    this.#stopping = false;
    this.#settled = false;
    this.#lost = false;
    try {
      const events = await this.#deps.api.training.watch({ id: run.id }, { signal: watching.signal });
      let view = EMPTY_RUN;
      let shownMs = -Infinity;
      for await (const event of events) {
        if (watching.signal.aborted) return;
        view = foldRunEvent(view, event);
        const nowMs = this.#deps.elapsedMs();
        if (event.kind === 'step' && nowMs - shownMs < STEP_EVERY_MS) continue;
        shownMs = nowMs;
        this.#view = view;
      }
      if (watching.signal.aborted) return;
      this.#view = view;
      this.#lost = view.phase !== 'done' && view.phase !== 'failed';
      await this.#afterRun();
    } catch (error) {
      if (watching.signal.aborted) return;
      if (this.#view.phase === 'waiting') this.#error = error;
      this.#lost = true;
    } finally {
      if (this.#watching === watching) {
        this.#stopping = false;
        this.#watching = null;
      }
    }
  }

  /** A run watched again after its model was dealt with has nothing left to choose; one that failed may go on. */
  async #afterRun(): Promise<void> {
    if (this.#view.phase === 'failed') {
      const run = await this.#deps.api.training.current();
      if (run !== null && run.id === this.#run?.id) this.#run = run;
    }
    if (this.#view.phase !== 'done') return;
    await this.#loadModels();
    const { candidate } = this;
    this.#settled = candidate !== null && candidate.state !== 'candidate';
  }
}
