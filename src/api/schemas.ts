/** Shapes that cross a process boundary, checked on arrival. Domain types live with their domain; here is the check. */
import * as z from 'zod';
import { ERROR_CODES, type ErrorInfo } from '../base/errors.ts';
import {
  HANDS,
  INCONCLUSIVE_REASONS,
  LABELS,
  NETWORKS,
  NOT_SCREENABLE_REASONS,
  SENSITIVITIES,
  TASK_GROUPS,
  TASK_SOURCES,
  TASKS,
  VERDICTS,
} from '../base/words.ts';
import { POINTER_KINDS, type RawStroke, type Recording } from '../ink/recording.ts';
import {
  BACKENDS,
  PENALTY_KINDS,
  SYNTHETIC_KINDS,
  type EpochReport,
  type HeldOutMetrics,
} from '../model/training-types.ts';
import { PLACES } from '../screening/heat-place.ts';
import {
  ADVICE,
  type ClockWitness,
  type Refusal,
  type ScreenResult,
  type ScreenWarning,
} from '../screening/screen-result.ts';

export const task = z.enum(TASKS);
export const label = z.enum(LABELS);
export const verdict = z.enum(VERDICTS);
export const hand = z.enum(HANDS);
export const sensitivity = z.enum(SENSITIVITIES);
export const errorInfo: z.ZodType<ErrorInfo, ErrorInfo> = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  subject: z.string().exactOptional(),
});

/**
 * Largest file that can be dropped, 64 MB: it passes through the host's memory several times, and each process is to stay
 * under 700 MB. The type is the number itself, so that a screen that checks it beforehand cannot drift away from it.
 */
export const MAX_UPLOAD_BYTES = 67_108_864;
export type MaxUploadBytes = typeof MAX_UPLOAD_BYTES;
/** Endings of the names of files that the screener reads, whatever it then finds in them. */
export const READABLE_ENDINGS = [
  ...(['png', 'jpg', 'jpeg', 'tif', 'tiff', 'webp', 'bmp', 'gif'] as const),
  ...(['csv', 'tsv', 'json'] as const),
] as const;
export type ReadableEnding = (typeof READABLE_ENDINGS)[number];

/** 1 to 24 of A–Z, a–z, 0–9, dash, underscore: a code, never a name. */
export const participantCode = z.string().regex(/^[A-Za-z0-9_-]{1,24}$/);
export const sampleId = z.string().uuid();
export const modelId = z.string().regex(/^[0-9a-f]{16}$/);
export const runId = z.string().uuid();

const finite = z.number();
/** In the recording's unit; readers of files refuse what lies further out, and 10 m, with the place named. */
const coordinate = z.number().min(-1e6).max(1e6);
const rawSample = z.object({
  timeMs: finite,
  x: coordinate,
  y: coordinate,
  pressure: z.number().min(0).max(1).nullable(),
  tiltXDeg: z.number().min(-90).max(90).nullable(),
  tiltYDeg: z.number().min(-90).max(90).nullable(),
});
export const rawStroke: z.ZodType<RawStroke, RawStroke> = z.object({
  samples: z.array(rawSample).min(1).max(200_000),
});
export const recording: z.ZodType<Recording, Recording> = z.object({
  schemaVersion: z.literal(1),
  task: task.nullable(),
  unit: z.enum(['mm', 'px']),
  mmPerUnit: z.number().positive().nullable(),
  pointer: z.enum(POINTER_KINDS),
  strokes: z.array(rawStroke).max(20_000),
});

const measure = z.number().nullable();
const share = z.number().min(0).max(1);

// The domain types are named, so that a check cannot drift away from them.
const refusal: z.ZodType<Refusal, Refusal> = z.discriminatedUnion('reason', [
  z.object({
    reason: z.enum(['blank', 'blurred', 'printed', 'no-pen-line', 'ruled-paper', 'dark-surround']),
  }),
  z.object({
    reason: z.literal('too-little-ink'),
    found: z.number(),
    needed: z.number(),
    unit: z.enum(['mm', 'px']),
  }),
  z.object({
    reason: z.literal('too-small'),
    what: z.enum(['picture', 'drawing']),
    widthPx: z.number(),
    heightPx: z.number(),
  }),
  z.object({ reason: z.literal('sampled-too-slowly'), rateHz: z.number(), neededHz: z.number() }),
]);

const clockWitness: z.ZodType<ClockWitness, ClockWitness> = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('measured'),
    says: z.enum(['tremor', 'none', 'unclear']),
    strength: z.number(),
    peakHz: measure,
    swingMm: measure,
    swingPx: measure,
    share: share.nullable(),
    durationS: z.number(),
  }),
  z.object({
    state: z.literal('not-measured'),
    reason: z.enum(['too-short', 'sampled-too-slowly', 'written-too-fast', 'clock-unusable', 'not-recorded']),
    durationS: z.number(),
    neededS: z.number(),
    rateHz: measure,
  }),
]);

const screenWarning: z.ZodType<ScreenWarning, ScreenWarning> = z.discriminatedUnion('code', [
  z.object({
    code: z.enum([
      'low-resolution',
      'size-unknown',
      'very-large',
      'inverted',
      'desk-cut',
      'maybe-sideways',
      'task-unknown',
      'measures-disagree',
    ]),
  }),
  z.object({ code: z.literal('task-guessed'), task, sure: z.boolean() }),
  z.object({
    code: z.literal('slow-sampling'),
    rateHz: z.number(),
    neededHz: z.number(),
    visibleHz: z.number(),
  }),
  z.object({ code: z.literal('short-recording'), durationS: z.number(), neededS: z.number() }),
  z.object({ code: z.literal('rules-removed'), lines: z.number() }),
  z.object({
    code: z.literal('turned'),
    degrees: z.union([z.literal(90), z.literal(180), z.literal(270)]),
  }),
]);

export const screenResult: z.ZodType<ScreenResult, ScreenResult> = z.object({
  schemaVersion: z.literal(2),
  kind: z.enum(['scan', 'recording']),
  page: z.number().int().positive().exactOptional(),
  task: task.nullable(),
  taskFrom: z.enum(TASK_SOURCES),
  verdict,
  refusal: refusal.exactOptional(),
  inconclusive: z.enum(INCONCLUSIVE_REASONS).exactOptional(),
  probability: share.nullable(),
  limits: z.object({ regularBelow: z.number(), tremorFrom: z.number() }),
  sensitivity,
  picture: z
    .object({
      probability: share,
      says: z.enum(['tremor-like', 'regular', 'inconclusive']),
      places: z.number().int(),
    })
    .nullable(),
  clock: clockWitness.nullable(),
  agreement: z.enum(['agree', 'disagree', 'one-unclear', 'picture-alone']).nullable(),
  advice: z.enum(ADVICE).nullable(),
  warnings: z.array(screenWarning),
  evidence: z.object({
    heat: z.object({ columns: z.number(), rows: z.number(), values: z.array(z.number()) }).nullable(),
    where: z.enum(PLACES).nullable(),
    logit: measure,
    logOdds: measure.exactOptional(),
    patches: z.number().int(),
    scales: z.array(z.number()),
    tremor: z
      .object({
        peakHz: measure,
        peakRatio: measure,
        amplitudeMmRms: measure,
        amplitudePxRms: measure,
        rateHz: measure,
        durationS: measure,
        meanSpeedMmS: measure,
      })
      .nullable(),
  }),
  modelId: z.string(),
  elapsedMs: z.number(),
});

/** One row of the library. Pictures are asked for separately. */
export const sampleSummary = z.object({
  id: sampleId,
  kind: z.enum(['scan', 'recording']),
  /** null: unknown. */
  task: task.nullable(),
  hand: hand.nullable(),
  participant: participantCode.nullable(),
  /** ISO 8601, UTC. */
  createdAt: z.string(),
  label: label.nullable(),
  verdict,
  reason: z.enum(NOT_SCREENABLE_REASONS).nullable(),
  probability: z.number().nullable(),
  /** Label and verdict contradict each other. */
  disagree: z.boolean(),
  durationS: z.number().nullable(),
  page: z.number().nullable(),
});

export const labelEntry = z.object({ label: label.nullable(), at: z.string(), by: z.string() });
export const sampleDetail = sampleSummary.extend({
  result: screenResult,
  labels: z.array(labelEntry),
  /** Picture size in pixels, the space of the heat map. */
  width: z.number(),
  height: z.number(),
  recording: recording.nullable(),
  originalName: z.string().nullable(),
});

export const sampleFilter = z.object({
  participant: participantCode.optional(),
  task: z.enum([...TASKS, 'unknown']).optional(),
  label: z.enum([...LABELS, 'none']).optional(),
  verdict: verdict.optional(),
  disagree: z.boolean().optional(),
  /** ISO dates, inclusive and exclusive. */
  from: z.string().optional(),
  to: z.string().optional(),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(500).default(200),
});

export const trainRequest = z.object({
  /** Synthetic patches to make; 0 for none. */
  synthetic: z.number().int().min(0).max(200_000),
  syntheticKinds: z.array(z.enum(SYNTHETIC_KINDS)).min(1),
  /** Train on the labelled samples of the library too. */
  ownSamples: z.boolean(),
  penalty: z.enum([...PENALTY_KINDS, 'none']),
  a: z.number().positive().default(1),
  targetSparsity: z.number().min(0).max(0.999),
  epochs: z.number().int().min(1).max(500),
  seed: z.number().int().nonnegative(),
  backend: z.enum(['auto', ...BACKENDS]).default('auto'),
});

const interval = z.object({ low: z.number(), high: z.number() });
export const heldOutMetrics: z.ZodType<HeldOutMetrics, HeldOutMetrics> = z.object({
  samples: z.number(),
  subjects: z.number(),
  accuracy: z.number(),
  sensitivity: z.number(),
  specificity: z.number(),
  auc: z.number(),
  aucInterval: interval,
});
export const epochReport: z.ZodType<EpochReport, EpochReport> = z.object({
  network: z.enum(NETWORKS).optional(),
  epoch: z.number(),
  epochs: z.number(),
  phase: z.enum(['rvsm', 'pruning', 'fine-tune', 'dense']),
  loss: z.number(),
  penalty: z.number(),
  accuracyU: z.number(),
  accuracyW: z.number(),
  fcZeros: z.number(),
  zerosByLayer: z.record(z.string(), z.number()).optional(),
  gap: z.number(),
  threshold: z.number(),
  elapsedMs: z.number(),
  remainingMs: z.number(),
  histogram: z.object({ limit: z.number(), counts: z.array(z.number()) }),
  fcSigns: z.array(z.number()),
});

/** What the screen of a run shows: `TrainEvent` with the model stored and named instead of carried along. */
export const runEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('measuring'), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('preparing'), done: z.number(), total: z.number() }),
  z.object({
    kind: z.literal('started'),
    backend: z.enum(BACKENDS),
    backendDetail: z.string(),
    networks: z.array(z.enum(NETWORKS)).readonly().optional(),
    parameters: z.number(),
    fcWeights: z.number(),
    mapSide: z.number().int().positive().optional(),
    trainCount: z.number(),
    validationCount: z.number(),
    testCount: z.number(),
    epochs: z.number(),
    epochsDone: z.number().optional(),
  }),
  z.object({
    kind: z.literal('step'),
    network: z.enum(NETWORKS).optional(),
    epoch: z.number(),
    step: z.number(),
    steps: z.number(),
    loss: z.number(),
    imagesPerSecond: z.number(),
    remainingMs: z.number(),
  }),
  z.object({ kind: z.literal('epoch'), report: epochReport }),
  z.object({ kind: z.literal('calibrating'), done: z.number(), total: z.number() }),
  z.object({ kind: z.literal('warning'), message: z.string() }),
  z.object({
    kind: z.literal('done'),
    modelId,
    candidate: heldOutMetrics,
    active: heldOutMetrics.nullable(),
  }),
  z.object({
    kind: z.literal('failed'),
    /** `app-ended`: the app closed or crashed while the run went on. */
    reason: z.enum(['cancelled', 'non-finite-loss', 'too-few-samples', 'app-ended', 'fault']),
    error: errorInfo,
  }),
]);

/** The run in progress, or the last one, from its first event on: a screen opened late sees the whole curve. */
export const runSummary = z.object({
  id: runId,
  request: trainRequest,
  startedAt: z.string(),
  state: z.enum(['running', 'done', 'failed']),
  /** It came to no end, and `start` with the same request goes on from its last checkpoint. */
  resumable: z.boolean().optional(),
});

export const SCREENS = ['screen', 'library', 'train', 'models', 'settings'] as const;

/** What the host tells a window without having been asked. */
export const notice = z.discriminatedUnion('kind', [
  /** A drawing that was not finished when the app or its page ended is a sample now. */
  z.object({ kind: z.literal('recovered'), sample: sampleSummary, result: screenResult }),
  /** This window's page ended in the middle of its work and was loaded again. */
  z.object({ kind: z.literal('page-crashed') }),
  /** The process that draws the screens ended and was started again. */
  z.object({ kind: z.literal('graphics-crashed') }),
  /** The app ended while this run went on. */
  z.object({ kind: z.literal('training-cut-off'), run: runSummary }),
  /** Files to screen; each is fetched by its id. */
  z.object({ kind: z.literal('files'), files: z.array(z.object({ id: z.string(), name: z.string() })) }),
  /** Chosen in the menu. */
  z.object({ kind: z.literal('go'), screen: z.enum(SCREENS) }),
]);

export const MODEL_STATES = ['factory', 'candidate', 'active', 'archived'] as const;
export const modelSummary = z.object({
  id: modelId,
  name: z.string(),
  /** `active` wins over the others; the factory model keeps `factory: true` whatever its state. */
  state: z.enum(MODEL_STATES),
  factory: z.boolean(),
  createdAt: z.string(),
  penalty: z.enum(PENALTY_KINDS).nullable(),
  fcZeros: z.number(),
  metrics: heldOutMetrics,
  denseBytes: z.number(),
  sparseBytes: z.number(),
});
const workingPoint = z.object({
  regularBelow: z.number(),
  tremorFrom: z.number(),
  /** Shares of regular and of trembling hands that are not flagged and that are, 0..1; null where not measured. */
  specificity: z.number().min(0).max(1).nullable(),
  sensitivity: z.number().min(0).max(1).nullable(),
});
export const modelDetail = modelSummary.extend({
  command: z.string(),
  data: z.string(),
  dataHash: z.string(),
  seed: z.number(),
  parameters: z.number(),
  /** Share of exact zeros in the FC weights of each network; empty for a model with one network for all groups. */
  zerosByNetwork: z.array(z.object({ network: z.enum(NETWORKS), fcZeros: z.number() })),
  notes: z.array(z.string()),
  metricsByGroup: z.partialRecord(z.enum(TASK_GROUPS), heldOutMetrics),
  /** Missing in models of before, whose limits do not move. */
  workingPoints: z
    .partialRecord(
      z.enum(TASK_GROUPS),
      z.record(z.enum(['scan', 'recording']), z.record(sensitivity, workingPoint)),
    )
    .exactOptional(),
});

export const backendReport = z.object({
  name: z.enum(BACKENDS),
  found: z.boolean(),
  /** What was found, or why not, in a sentence. */
  detail: z.string(),
  /** What to install or do; null when found. */
  remedy: z.string().nullable(),
});
export const partReport = z.object({
  name: z.string(),
  found: z.boolean(),
  version: z.string().nullable(),
  detail: z.string(),
  remedy: z.string().nullable(),
});
/** How fast a backend trains here, as it was measured. */
export const backendRates = z.object({
  backend: z.enum(BACKENDS),
  /** ISO 8601, UTC. */
  measuredAt: z.string(),
  /** Training steps with RVSM on the reference net, batch 32, by CPU threads; empty where it could not be used. */
  rates: z.array(z.object({ threads: z.number().int().positive(), imagesPerSecond: z.number().positive() })),
  /** Why it cannot be used although it was found, in a sentence; null where it can. */
  unusable: z.string().nullable(),
});
export const doctorReport = z.object({
  version: z.string(),
  host: z.enum(['electron', 'browser', 'cli']),
  parts: z.array(partReport),
  backends: z.array(backendReport),
  /** Of the backends that were found and have been measured on this machine as it is now. */
  rates: z.array(backendRates),
  /** A folder or database that does not exist is made when the app starts: `writable` says whether it can be. */
  dataFolder: z.object({
    path: z.string(),
    exists: z.boolean(),
    writable: z.boolean(),
    bytes: z.number(),
    detail: z.string(),
  }),
  database: z.object({ exists: z.boolean(), ok: z.boolean(), detail: z.string(), samples: z.number() }),
});

export const settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  participant: participantCode.nullable(),
  hand,
  task,
  /** Where the limits of a verdict lie. */
  sensitivity,
});
