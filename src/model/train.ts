/**
 * The training run as its users see it: an async stream of `TrainEvent` that ends with `done` or `failed`.
 * Touches neither files nor the machine: clock, cancelling and yielding come as arguments, patches are ready made.
 */
import type { Clock } from '../base/clock.ts';
import { toErrorInfo, UserError } from '../base/errors.ts';
import type { ModelNetworkName } from '../base/words.ts';
import type { Engine } from '../tensor/engine.ts';
import { buildBundle, type CardText } from './build-bundle.ts';
import { refuseBadRecipe } from './check-recipe.ts';
import { judgeByModel } from './compare-active.ts';
import type { PatchSet } from './dataset.ts';
import type { Breathe } from './evaluate.ts';
import type { Architecture, ModelBundle } from './model-bundle.ts';
import { encodeModel } from './model-file.ts';
import { DEFAULT_ARCHITECTURE, layoutOf } from './parameters.ts';
import { epochsOf } from './run-plan.ts';
import { namesOf, trainNetworks } from './train-networks.ts';
import { requireEnough, type TrainingSource } from './training-data.ts';
import type { CheckpointSink, RunState } from './training-state.ts';
import type { TrainEvent, TrainRecipe } from './training-types.ts';

export interface TrainDeps {
  readonly clock: Clock;
  /** Aborted to cancel: the stream then ends with `failed`, reason `cancelled`, within one step. */
  readonly signal: AbortSignal;
  /** Lets waiting messages in; called between steps. */
  readonly pause: () => Promise<void>;
  readonly engine: Engine;
  readonly checkpoints?: CheckpointSink | undefined;
}

/** A network to train, and patches of the groups that it is to judge. */
export interface NetworkJob {
  readonly name: ModelNetworkName;
  readonly train: TrainingSource;
  /** Chooses the epoch and fits the calibration. */
  readonly validation: PatchSet;
  /** Looked at once, at the end. */
  readonly test: PatchSet;
  /** Hash of the training patches, for the card. */
  readonly dataHash: string;
}

export interface TrainJob {
  /** Of every network. */
  readonly recipe: TrainRecipe;
  /** The architecture of every network. Default: {@link DEFAULT_ARCHITECTURE}. */
  readonly architecture?: Architecture;
  /** Trained one after the other in this order; at least one, no two of one name. */
  readonly networks: readonly NetworkJob[];
  /** Compared on the same test patches; null for none. */
  readonly active: ModelBundle | null;
  readonly card: CardText;
  /** Version of the ink map and scales that the patches went through. */
  readonly preprocessing: string;
  /** A checkpoint of a run of the same recipe, architecture, networks and data. Default: the run begins anew. Not modified. */
  readonly resumeFrom?: RunState | null | undefined;
}

/**
 * Trains, tests and compares. Ends with exactly one `done` or `failed`; never throws. The same job and backend give the same
 * weights bit for bit; a network's do not depend on the others of the run.
 */
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
  const { recipe, networks, resumeFrom } = job;
  const { engine } = deps;
  const architecture = job.architecture ?? DEFAULT_ARCHITECTURE;
  const layout = layoutOf(architecture);
  refuseBadRecipe(recipe, layout);
  for (const { validation, test } of networks) {
    requireEnough('validation', validation);
    requireEnough('test', test);
  }
  const breathe: Breathe = async () => {
    await deps.pause();
    throwIfCancelled(deps.signal);
  };
  await breathe();
  const epochs = epochsOf(recipe);
  const sum = (count: (network: NetworkJob) => number): number =>
    networks.reduce((total, network) => total + count(network), 0);
  yield {
    kind: 'started',
    backend: engine.backend,
    backendDetail: engine.threads > 1 ? `${engine.detail}, ${engine.threads} threads` : engine.detail,
    ...namesOf(networks),
    parameters: networks.length * layout.length,
    fcWeights: networks.length * layout.fcKernel.length,
    mapSide: layout.mapSide,
    trainCount: sum(({ train }) => train.perEpoch),
    validationCount: sum(({ validation }) => validation.count),
    testCount: sum(({ test }) => test.count),
    epochs: networks.length * epochs,
    ...(resumeFrom ? { epochsDone: resumeFrom.finished.length * epochs + resumeFrom.state.epochsDone } : {}),
  };
  const bundle = yield* trainAndBuild(deps, job, architecture, breathe);
  const active = yield* judgeByModel(engine, job, architecture, breathe);
  yield { kind: 'done', model: encodeModel(bundle), candidate: bundle.card.metrics, active };
}

async function* trainAndBuild(
  { clock, checkpoints, engine }: TrainDeps,
  job: TrainJob,
  architecture: Architecture,
  breathe: Breathe,
): AsyncGenerator<TrainEvent, ModelBundle> {
  const network = await engine.open(architecture);
  const open = { architecture, network };
  try {
    const trained = yield* trainNetworks({ clock, breathe, checkpoints }, job, open);
    return await buildBundle({ ...job, ...open, trained }, breathe);
  } finally {
    network.close();
  }
}
