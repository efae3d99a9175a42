import { createRouterClient, implement } from '@orpc/server';
import type {
  Api,
  DoctorReport,
  ModelSummary,
  Notice,
  RunEvent,
  SampleSummary,
  TrainRequest,
} from '../../renderer/api/types.ts';
import { contract } from '../../src/api/contract.ts';

export type Label = NonNullable<SampleSummary['label']>;
type TrainingData = Awaited<ReturnType<Api['training']['data']>>;
type RunSummary = Awaited<ReturnType<Api['training']['start']>>;

export interface MemoryHostOptions {
  readonly samples?: readonly SampleSummary[];
  readonly data?: Partial<TrainingData>;
  readonly models?: readonly ModelSummary[];
  /** Of the run that is there from the start, or that `start` begins. Ends when the iterator ends. */
  readonly events?: () => AsyncIterable<RunEvent>;
  readonly running?: RunSummary;
  /** What the host found on this computer. */
  readonly report?: DoctorReport;
  /** What the host says unasked. */
  readonly notices?: readonly Notice[];
}

/**
 * A host without files and processes, behind the real contract: inputs, outputs and refusals are checked as they are on
 * the wire. Holds what was changed, so that a test can look at it.
 */
export class MemoryHost {
  samples: SampleSummary[];
  readonly binned: SampleSummary[] = [];
  models: ModelSummary[];
  readonly started: TrainRequest[] = [];
  cancelled = 0;
  readonly api: Api;
  #run: RunSummary | null;

  constructor(options: MemoryHostOptions = {}) {
    this.samples = [...(options.samples ?? [])];
    this.models = [...(options.models ?? [])];
    this.#run = options.running ?? null;
    this.api = this.#serve(options);
  }

  label(id: string): Label | null | undefined {
    return this.samples.find((sample) => sample.id === id)?.label;
  }

  #serve({ data = {}, events, report, notices = [] }: MemoryHostOptions): Api {
    const os = implement(contract);
    const picture = new Blob([], { type: 'image/png' });
    const missing = () => Promise.reject(new Error('no test of ours makes this call'));
    return createRouterClient(
      os.router({
        app: {
          doctor: os.app.doctor.handler(() => report ?? missing()),
          settings: os.app.settings.handler(() => SETTINGS),
          changeSettings: os.app.changeSettings.handler(() => SETTINGS),
          notices: os.app.notices.handler(async function* () {
            yield* notices;
          }),
          handedFile: os.app.handedFile.handler(() => new Blob(['ink'])),
        },
        participants: {
          list: os.participants.list.handler(() => {
            const codes = new Set(this.samples.flatMap(({ participant }) => participant ?? []));
            return [...codes].map((code) => ({
              code,
              samples: this.samples.filter(({ participant }) => participant === code).length,
            }));
          }),
          create: os.participants.create.handler(({ input }) => input),
        },
        capture: {
          begin: os.capture.begin.handler(missing),
          append: os.capture.append.handler(missing),
          retract: os.capture.retract.handler(missing),
          abandon: os.capture.abandon.handler(missing),
        },
        screening: {
          recording: os.screening.recording.handler(missing),
          file: os.screening.file.handler(missing),
          examples: os.screening.examples.handler(() => []),
          example: os.screening.example.handler(missing),
        },
        samples: {
          list: os.samples.list.handler(({ input }) => this.#list(input)),
          get: os.samples.get.handler(missing),
          picture: os.samples.picture.handler(() => picture),
          label: os.samples.label.handler(({ input }) => {
            const former = this.samples
              .filter(({ id }) => input.ids.includes(id))
              .map(({ id, label }) => ({ id, label }));
            this.samples = this.samples.map((sample) =>
              input.ids.includes(sample.id) ? { ...sample, label: input.label } : sample,
            );
            return { former };
          }),
          delete: os.samples.delete.handler(({ input }) => {
            this.binned.push(...this.samples.filter(({ id }) => input.ids.includes(id)));
            this.samples = this.samples.filter(({ id }) => !input.ids.includes(id));
          }),
          restore: os.samples.restore.handler(({ input }) => {
            this.samples.push(...this.binned.filter(({ id }) => input.ids.includes(id)));
          }),
        },
        training: {
          data: os.training.data.handler(() => ({
            regular: 0,
            tremorLike: 0,
            people: 0,
            dominant: null,
            ...data,
          })),
          start: os.training.start.handler(({ input }) => {
            this.started.push(input);
            this.#run = { id: crypto.randomUUID(), request: input, startedAt: TODAY, state: 'running' };
            return this.#run;
          }),
          current: os.training.current.handler(() => this.#run),
          watch: os.training.watch.handler(async function* () {
            if (events) yield* events();
          }),
          cancel: os.training.cancel.handler(() => {
            this.cancelled++;
          }),
        },
        models: {
          list: os.models.list.handler(() => this.models),
          show: os.models.show.handler(missing),
          activate: os.models.activate.handler(({ input }) => this.#activate(input.id)),
          rollback: os.models.rollback.handler(({ errors }) => {
            const former = this.models.find(({ state }) => state === 'factory');
            if (!former)
              throw errors.REFUSED({
                data: { code: 'bad-argument', message: 'No other model was active before.' },
              });
            this.#activate(former.id);
            return { id: former.id };
          }),
          discard: os.models.discard.handler(({ input }) => this.#change(input.id, 'archived')),
        },
      }),
    );
  }

  #list(filter: Parameters<Api['samples']['list']>[0]) {
    const { offset = 0, limit = 200 } = filter;
    const matching = this.samples
      .filter(
        (sample) =>
          (filter.participant === undefined || sample.participant === filter.participant) &&
          (filter.task === undefined || (sample.task ?? 'unknown') === filter.task) &&
          (filter.verdict === undefined || sample.verdict === filter.verdict) &&
          (filter.label === undefined || (sample.label ?? 'none') === filter.label),
      )
      .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
    const people = (list: readonly SampleSummary[]) =>
      new Set(list.map(({ participant }) => participant)).size;
    return {
      samples: matching.slice(offset, offset + limit),
      matching: matching.length,
      total: this.samples.length,
      people: people(this.samples),
      matchingPeople: people(matching),
      disagreeing: 0,
    };
  }

  #activate(id: string): void {
    for (const model of this.models) {
      if (model.state === 'active') this.#change(model.id, model.factory ? 'factory' : 'archived');
    }
    this.#change(id, 'active');
  }

  #change(id: string, state: ModelSummary['state']): void {
    this.models = this.models.map((model) => (model.id === id ? { ...model, state } : model));
  }
}

const TODAY = '2026-11-22T10:00:00.000Z';
const SETTINGS = {
  theme: 'light',
  participant: null,
  hand: 'right',
  task: 'spiral-traced',
  sensitivity: 'balanced',
} as const;

/** `count` samples, newest first: `#1` is the newest. Every third is regular, the others tremor-like by verdict. */
export function someSamples(count: number): SampleSummary[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `00000000-0000-4000-8000-${String(i + 1).padStart(12, '0')}`,
    kind: 'recording' as const,
    task: i % 2 === 0 ? ('spiral-traced' as const) : ('wave' as const),
    hand: 'right' as const,
    participant: i % 4 === 0 ? 'P-009' : 'P-017',
    createdAt: new Date(Date.UTC(2026, 10, 22, 12, 0, 0) - i * 60_000).toISOString(),
    label: null,
    verdict: i % 3 === 0 ? ('regular' as const) : ('tremor-like' as const),
    reason: null,
    probability: 0.5,
    disagree: false,
    durationS: 12,
    page: null,
  }));
}

export function aModel(change: Partial<ModelSummary> = {}): ModelSummary {
  return {
    id: '00000000000000aa',
    name: 'Factory',
    state: 'active',
    factory: true,
    createdAt: TODAY,
    penalty: 'l0',
    fcZeros: 0.9,
    metrics: METRICS,
    denseBytes: 89_000,
    sparseBytes: 9100,
    ...change,
  };
}

export const METRICS = {
  samples: 78,
  subjects: 14,
  accuracy: 0.77,
  sensitivity: 0.7,
  specificity: 0.84,
  auc: 0.84,
  aucInterval: { low: 0.73, high: 0.93 },
};
