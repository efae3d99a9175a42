/** One training run from request to last event: gather patches, load the backend, train, calibrate. Used by the process and by scripts. */
import type { Clock } from '../base/clock.ts';
import { PREPROCESSING_VERSION } from '../imaging/patches.ts';
import { decodeModel } from '../model/model-file.ts';
import { openEngine } from '../model/open-engine.ts';
import { failureOf, trainModel, throwIfCancelled } from '../model/train.ts';
import type { TrainerRequest } from '../model/trainer-protocol.ts';
import type { TrainEvent } from '../model/training-types.ts';
import { calibrateModel } from './calibrate-model.ts';
import { USER_LIMITS, type PatchLimits } from './training-memory.ts';
import { gatherPatches, type TrainingPatches } from './training-patches.ts';

export interface RunDeps {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** New synthetic training patches for every epoch: better, and slower by their making. */
  readonly fresh?: boolean;
  /** Of patches in memory; {@link USER_LIMITS} unless given. */
  readonly limits?: PatchLimits;
  /** Drawings of each group and label to calibrate on; by the size of the run unless given. */
  readonly drawingsPerLabel?: number;
}

/** Some 30 ms each, for up to three groups, two labels and two parts: seconds, not minutes, after a short run. */
const DRAWINGS_PER_LABEL = { least: 8, most: 20 } as const;

/** Ends with exactly one `done` or `failed`; never throws. */
export async function* runTrainingRequest(
  deps: RunDeps,
  request: Extract<TrainerRequest, { kind: 'start' }>,
): AsyncGenerator<TrainEvent, void> {
  try {
    const { recipe } = request;
    const active = request.active === null ? null : decodeModel(request.active, 'The active model');
    const engine = await openEngine(recipe.backend);
    const patches = yield* gather(deps, request);
    throwIfCancelled(deps.signal);
    for (const message of patches.warnings) yield { kind: 'warning', message };
    const { name, command, createdAt } = request;
    const { ownValidation, ...job } = patches;
    const training = trainModel(
      { clock: deps.clock, signal: deps.signal, pause: nextTurn, engine },
      {
        recipe,
        ...job,
        active,
        card: {
          name,
          command,
          createdAt,
          data: patches.data,
          dataHash: patches.dataHash,
          notes: patches.warnings,
        },
        preprocessing: PREPROCESSING_VERSION,
      },
    );
    for await (const event of training) {
      if (event.kind !== 'done') yield event;
      else {
        const model = yield* calibrateModel(event.model, {
          kinds: recipe.synthetic.count > 0 ? recipe.synthetic.kinds : [],
          seed: recipe.seed,
          perLabel: deps.drawingsPerLabel ?? drawingsFor(recipe.synthetic.count),
          own: ownValidation,
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
  } catch (error) {
    yield failureOf(error);
  }
}

/** Turns the progress callback into events, at most five per second. */
async function* gather(
  { signal, fresh = false, limits = USER_LIMITS }: RunDeps,
  { recipe, own }: Extract<TrainerRequest, { kind: 'start' }>,
): AsyncGenerator<TrainEvent, TrainingPatches> {
  let latest: { done: number; total: number } | null = null;
  const onProgress = (done: number, total: number): void => {
    latest = { done, total };
  };
  const work = gatherPatches({ recipe, own, fresh, limits, signal, onProgress });
  const ended = work.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([ended, wait(200)]))) {
    if (latest !== null) yield { kind: 'preparing', ...(latest as { done: number; total: number }) };
  }
  return work;
}

function drawingsFor(patches: number): number {
  const { least, most } = DRAWINGS_PER_LABEL;
  return Math.min(most, Math.max(least, Math.round(patches / 100)));
}

function wait(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(() => resolve(false), ms));
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
