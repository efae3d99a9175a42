/**
 * One training run from request to last event: open an engine, gather patches, train, calibrate; on the next engine where
 * one fails. Used by the process and by scripts.
 */
import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/errors.ts';
import { PREPROCESSING_VERSION } from '../imaging/patches.ts';
import type { ModelBundle } from '../model/model-bundle.ts';
import { decodeModel } from '../model/model-file.ts';
import { openEngine } from '../model/open-engine.ts';
import { failureOf, trainModel, throwIfCancelled } from '../model/train.ts';
import type { EngineChoice, StartRequest, TrainerReply } from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { calibrateModel } from './calibrate-model.ts';
import { gatherWithProgress } from './gather-with-progress.ts';
import { RunCheckpoints } from './run-checkpoints.ts';
import { RunPlace, startingOver } from './starting-over.ts';
import { USER_LIMITS, type PatchLimits } from './training-memory.ts';
import type { TrainingPatches } from './training-patches.ts';
import { asEngineFault, watchEngine, type WatchedEngine } from './watched-engine.ts';

export interface RunDeps {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** New synthetic training patches for every epoch: better, and slower by their making. */
  readonly fresh?: boolean;
  /** Of patches in memory; {@link USER_LIMITS} unless given. */
  readonly limits?: PatchLimits;
  /** Drawings of each group and label to calibrate on; by the size of the run unless given. */
  readonly drawingsPerLabel?: number;
  /** Takes every checkpoint file; called between two steps. */
  readonly saveCheckpoint?: (file: Uint8Array) => void;
  /** Ours unless given. */
  readonly openEngine?: typeof openEngine;
}

/** Some 30 ms each, for up to three groups, two labels and two parts: seconds, not minutes, after a short run. */
const DRAWINGS_PER_LABEL = { least: 8, most: 20 } as const;

/** Ends with exactly one `done` or `failed`; never throws. */
export async function* runTrainingRequest(
  deps: RunDeps,
  request: StartRequest,
): AsyncGenerator<TrainerReply, void> {
  try {
    const active = request.active === null ? null : decodeModel(request.active, 'The active model');
    const checkpoints = new RunCheckpoints(request, deps.saveCheckpoint);
    const unusable = checkpoints.open();
    if (unusable !== null) yield { kind: 'warning', message: unusable };
    const startedOver = [...request.startedOver];
    let patches: TrainingPatches | null = null;
    for (const [index, choice] of request.engines.entries()) {
      yield { kind: 'trying', engine: index, startedOver: [...startedOver] };
      const next = request.engines[index + 1] ?? null;
      const engine = await open(deps, request, choice, next);
      if (engine instanceof UserError) {
        startedOver.push(
          startingOver(choice, next ?? choice, 'did not start', engine.message, checkpoints.state),
        );
      } else {
        try {
          if (patches === null) {
            const { recipe, own } = request;
            const { signal, fresh = false, limits = USER_LIMITS } = deps;
            patches = yield* gatherWithProgress({ recipe, own, fresh, limits, signal });
            throwIfCancelled(deps.signal);
            for (const message of patches.warnings) yield { kind: 'warning', message };
            const other = checkpoints.useData(patches, deps.fresh ?? false);
            if (other !== null) yield { kind: 'warning', message: other };
          }
          if (engine.warning !== undefined) yield { kind: 'warning', message: engine.warning };
          const change = checkpoints.changeOfEngine(engine, startedOver);
          if (change !== null) {
            startedOver.push(change);
            yield { kind: 'warning', message: change };
          }
          const job = { request, engine, patches, active, startedOver, checkpoints };
          const broken = yield* trainOn(deps, job, next !== null);
          if (broken === null) return;
          const { where, fault } = broken;
          startedOver.push(
            startingOver(choice, next ?? choice, `failed ${where}`, fault.message, checkpoints.state),
          );
        } finally {
          close(engine);
        }
      }
      yield { kind: 'warning', message: startedOver.at(-1) ?? '' };
    }
    throw new Error('the request names no engine');
  } catch (error) {
    yield failureOf(error);
  }
}

/**
 * The engine, or why it cannot be had where another one may be tried.
 * @throws The same where there is no other, and where the user wanted this one and it is not there.
 */
async function open(
  deps: RunDeps,
  { recipe }: StartRequest,
  { backend, threads }: EngineChoice,
  next: EngineChoice | null,
): Promise<WatchedEngine | UserError> {
  try {
    return watchEngine(await (deps.openEngine ?? openEngine)(backend, { threads }));
  } catch (thrown) {
    const fault = asEngineFault(backend, thrown);
    const isPinned = recipe.backend === backend && fault.code === 'no-backend';
    if (next === null || isPinned) throw fault;
    throwIfCancelled(deps.signal);
    return fault;
  }
}

interface Attempt {
  readonly request: StartRequest;
  readonly engine: WatchedEngine;
  readonly patches: TrainingPatches;
  readonly active: ModelBundle | null;
  readonly startedOver: readonly string[];
  readonly checkpoints: RunCheckpoints;
}

interface Broken {
  /** E.g. `in epoch 3`. */
  readonly where: string;
  readonly fault: UserError;
}

/** Ends with `done` or `failed` and null; where the engine failed and may be replaced, with that. */
async function* trainOn(
  deps: RunDeps,
  { request, engine, patches, active, startedOver, checkpoints }: Attempt,
  replaceable: boolean,
): AsyncGenerator<TrainEvent, Broken | null> {
  const { recipe, name, command, createdAt } = request;
  const place = new RunPlace();
  const broken = (): Broken | null =>
    replaceable && engine.fault !== null && !deps.signal.aborted
      ? { where: place.words, fault: engine.fault }
      : null;
  const trainedOn = `Trained on the backend ${engine.backend} (${engine.detail}).`;
  const training = trainModel(
    {
      clock: deps.clock,
      signal: deps.signal,
      pause: nextTurn,
      engine,
      checkpoints: checkpoints.sink(engine, startedOver),
    },
    {
      recipe,
      networks: patches.networks,
      active,
      card: {
        name,
        command,
        createdAt,
        data: patches.data,
        dataHash: patches.dataHash,
        notes: [...patches.warnings, ...checkpoints.told(startedOver), trainedOn],
      },
      preprocessing: PREPROCESSING_VERSION,
      resumeFrom: checkpoints.state,
    },
  );
  try {
    for await (const event of training) {
      place.note(event);
      const fault = event.kind === 'failed' ? broken() : null;
      if (fault !== null) return fault;
      if (event.kind !== 'done') yield event;
      else {
        const model = yield* calibrateModel(event.model, {
          kinds: recipe.synthetic.count > 0 ? recipe.synthetic.kinds : [],
          seed: recipe.seed,
          perLabel: deps.drawingsPerLabel ?? drawingsFor(recipe.synthetic.count),
          own: patches.networks.flatMap(({ ownValidation }) => ownValidation ?? []),
          engine,
          clock: deps.clock,
          pause: async () => {
            await nextTurn();
            throwIfCancelled(deps.signal);
          },
        });
        yield { ...event, model };
      }
    }
    return null;
  } catch (thrown) {
    const fault = broken();
    if (fault !== null) return fault;
    throw thrown;
  }
}

/** A broken engine may also fail to end. */
function close(engine: WatchedEngine): void {
  try {
    engine.close();
  } catch {
    // Its process ends soon.
  }
}

function drawingsFor(patches: number): number {
  const { least, most } = DRAWINGS_PER_LABEL;
  return Math.min(most, Math.max(least, Math.round(patches / 100)));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
