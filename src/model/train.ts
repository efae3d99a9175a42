/**
 * The training run as its users see it: an async stream of `TrainEvent` that ends with `done` or `failed`.
 * Touches neither files nor the machine: clock, cancelling and yielding come as arguments, patches are ready made.
 */
import type { Clock } from '../base/clock.ts';
import { toErrorInfo, UserError } from '../base/errors.ts';
import type { Engine } from '../tensor/engine.ts';
import { buildBundle, type CardText } from './build-bundle.ts';
import { refuseBadRecipe } from './check-recipe.ts';
import type { PatchSet } from './dataset.ts';
import { logitsOfSet, type Breathe } from './evaluate.ts';
import { heldOutMetrics } from './metrics.ts';
import type { Architecture, ModelBundle } from './model-bundle.ts';
import { encodeModel } from './model-file.ts';
import { DEFAULT_ARCHITECTURE, flatOf, layoutOf } from './parameters.ts';
import type { OpenNetwork } from './predictor.ts';
import { requireEnough, type TrainingSource } from './training-data.ts';
import { runTraining } from './training-loop.ts';
import { epochsOf } from './run-plan.ts';
import type { CheckpointSink, TrainingState } from './training-state.ts';
import type { HeldOutMetrics, TrainEvent, TrainRecipe } from './training-types.ts';

export interface TrainDeps {
  readonly clock: Clock;
  /** Aborted to cancel: the stream then ends with `failed`, reason `cancelled`, within one step. */
  readonly signal: AbortSignal;
  /** Lets waiting messages in; called between steps. */
  readonly pause: () => Promise<void>;
  readonly engine: Engine;
  readonly checkpoints?: CheckpointSink | undefined;
}

export interface TrainJob {
  readonly recipe: TrainRecipe;
  /** {@link DEFAULT_ARCHITECTURE} unless given. */
  readonly architecture?: Architecture;
  readonly train: TrainingSource;
  /** Chooses the epoch and fits the calibration. */
  readonly validation: PatchSet;
  /** Looked at once, at the end. */
  readonly test: PatchSet;
  /** Compared on the same test patches; null for none. */
  readonly active: ModelBundle | null;
  readonly card: CardText;
  /** Version of the ink map and scales that the patches went through. */
  readonly preprocessing: string;
  /** A checkpoint of a run of the same recipe, architecture and data; the start unless given. Not modified. */
  readonly resumeFrom?: TrainingState | null | undefined;
}

/** Trains, tests and compares. Ends with exactly one `done` or `failed`; never throws. The same job and backend give the same weights bit for bit. */
export async function* trainModel(deps: TrainDeps, job: TrainJob): AsyncGenerator<TrainEvent, void> {
  try {
    yield* run(deps, job);
  } catch (error) {
    yield failureOf(error);
  }
}

/** The last event of a run that threw. */
export function failureOf(error: unknown): TrainEvent {
  const info = toErrorInfo(error);
  switch (info.code) {
    case 'cancelled':
    case 'non-finite-loss':
    case 'too-few-samples':
      return { kind: 'failed', reason: info.code, error: info };
    default:
      return { kind: 'failed', reason: 'fault', error: info };
  }
}

/** @throws UserError `cancelled` when the signal is aborted. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return;
  throw new UserError('cancelled', 'Training was cancelled. The active model is unchanged.');
}

async function* run(deps: TrainDeps, job: TrainJob): AsyncGenerator<TrainEvent, void> {
  const { recipe, validation, test } = job;
  const { engine } = deps;
  const architecture = job.architecture ?? DEFAULT_ARCHITECTURE;
  const layout = layoutOf(architecture);
  refuseBadRecipe(recipe, layout);
  requireEnough('validation', validation);
  requireEnough('test', test);
  const breathe: Breathe = async () => {
    await deps.pause();
    throwIfCancelled(deps.signal);
  };
  await breathe();
  yield {
    kind: 'started',
    backend: engine.backend,
    backendDetail: engine.threads > 1 ? `${engine.detail}, ${engine.threads} threads` : engine.detail,
    parameters: layout.length,
    fcWeights: layout.fcKernel.length,
    mapSide: layout.mapSide,
    trainCount: job.train.perEpoch,
    validationCount: validation.count,
    testCount: test.count,
    epochs: epochsOf(recipe),
    ...(job.resumeFrom ? { epochsDone: job.resumeFrom.epochsDone } : {}),
  };
  const network = await engine.open(architecture);
  const bundle = yield* trainAndBuild(deps, job, { architecture, network }, breathe);
  const active = yield* compareActive(engine, job, architecture, breathe);
  yield { kind: 'done', model: encodeModel(bundle), candidate: bundle.card.metrics, active };
}

async function* trainAndBuild(
  { clock, checkpoints }: TrainDeps,
  job: TrainJob,
  open: OpenNetwork,
  breathe: Breathe,
): AsyncGenerator<TrainEvent, ModelBundle> {
  const { recipe, train, validation, resumeFrom } = job;
  try {
    const trained = yield* runTraining(
      { clock, breathe, checkpoints },
      { ...open, recipe, train, validation, resumeFrom },
    );
    return await buildBundle({ ...job, ...open, trained }, breathe);
  } finally {
    open.network.close();
  }
}

async function* compareActive(
  engine: Engine,
  job: TrainJob,
  architecture: Architecture,
  breathe: Breathe,
): AsyncGenerator<TrainEvent, HeldOutMetrics | null> {
  const { active, test } = job;
  if (active === null) return null;
  if (
    active.architecture.inputSide !== architecture.inputSide ||
    active.preprocessing !== job.preprocessing
  ) {
    yield {
      kind: 'warning',
      message:
        'The active model sees pictures prepared in another way, so the two were not compared on the same patches.',
    };
    return null;
  }
  const flat = flatOf(active.architecture, active.weights);
  const network = await engine.open(active.architecture);
  try {
    const logits = await logitsOfSet({ architecture: active.architecture, network }, flat, test, breathe);
    return heldOutMetrics(logits, test.labels, test.subjects);
  } catch (fault) {
    if (!(fault instanceof UserError && fault.code === 'non-finite-loss')) throw fault;
    yield {
      kind: 'warning',
      message:
        'The active model gives no numbers for the test patches, since its weights are too large, so the two were not compared. Activate another model.',
    };
    return null;
  } finally {
    network.close();
  }
}
