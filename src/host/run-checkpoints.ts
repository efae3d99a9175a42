/** The checkpoints of one run: the one it goes on from, and those that it hands over. */
import { UserError } from '../base/errors.ts';
import type { BackendName } from '../base/words.ts';
import { PREPROCESSING_VERSION } from '../imaging/patches.ts';
import { decodeCheckpoint, encodeCheckpoint, type Checkpoint } from '../model/checkpoint-file.ts';
import { DEFAULT_ARCHITECTURE } from '../model/parameters.ts';
import { requireSameRun, type RunIdentity, type WantedRun } from '../model/run-identity.ts';
import type { ResumePoint, StartRequest } from '../model/trainer-protocol.ts';
import type { CheckpointSink, RunState } from '../model/training-state.ts';
import type { TrainRecipe } from '../model/training-types.ts';
import { dataHash } from '../synthetic/synthetic-patches.ts';
import type { WatchedEngine } from './watched-engine.ts';
import type { TrainingPatches } from './training-patches.ts';

/** A crash costs no more than this; one takes some milliseconds. */
const EVERY_MS = 10_000;

/** What is known of a run before its data are. */
export function runOf(recipe: TrainRecipe): WantedRun {
  return {
    architecture: DEFAULT_ARCHITECTURE,
    recipe,
    networks: null,
    preprocessing: PREPROCESSING_VERSION,
    dataHash: null,
  };
}

/** The backend that a checkpoint was computed on; null where it cannot be read. */
export function backendOf({ file, name }: ResumePoint): BackendName | null {
  try {
    return decodeCheckpoint(file, name).engine.backend;
  } catch (fault) {
    if (fault instanceof UserError) return null; // the trainer says what is wrong with it
    throw fault;
  }
}

export class RunCheckpoints {
  readonly #request: StartRequest;
  readonly #save: (file: Uint8Array) => void;
  #latest: Checkpoint | null = null;
  #run: RunIdentity | null = null;

  /** @param save Takes every checkpoint file; called between two steps. */
  constructor(request: StartRequest, save: (file: Uint8Array) => void = () => undefined) {
    this.#request = request;
    this.#save = save;
  }

  /** The last one; null where the run is to start at the beginning. */
  get state(): RunState | null {
    return this.#latest?.state ?? null;
  }

  /** All that happened to the run, a sentence each: before its last checkpoint, then `since`. */
  told(since: readonly string[]): readonly string[] {
    return [...new Set([...(this.#latest?.startedOver ?? []), ...since])];
  }

  /**
   * Reads the checkpoint of the request, if there is one.
   * @returns A warning where it cannot be used and the run is to start at the beginning then.
   * @throws UserError that says why it cannot be used, where that is to end the run.
   */
  open(): string | null {
    const { resume, recipe } = this.#request;
    if (resume === undefined) return null;
    return this.#orStart(() => {
      const checkpoint = decodeCheckpoint(resume.file, resume.name);
      requireSameRun(checkpoint.run, runOf(recipe), resume.name);
      this.#latest = checkpoint;
    });
  }

  /** As `open`, once the data are there. */
  useData(patches: TrainingPatches, fresh: boolean): string | null {
    const { networks } = patches;
    const hashes = networks.flatMap((own) => [own.dataHash, dataHash(own.validation), dataHash(own.test)]);
    const run = {
      ...runOf(this.#request.recipe),
      networks: networks.map(({ name }) => name),
      dataHash: [...hashes, ...(fresh ? ['fresh'] : [])].join('-'),
    };
    this.#run = run;
    return this.#orStart(() => {
      if (this.#latest !== null) requireSameRun(this.#latest.run, run, this.#request.resume?.name ?? '');
    });
  }

  /**
   * Where the run goes on on another engine than it was on, and nothing has been said of that yet: what to say.
   * @param since What has been said.
   */
  changeOfEngine(engine: WatchedEngine, since: readonly string[]): string | null {
    const before = this.#latest?.engine;
    if (before === undefined || this.told(since).length > this.told([]).length) return null;
    if (before.backend === engine.backend && before.detail === engine.detail) return null;
    return (
      `Training goes on on ${engine.backend} (${engine.detail}); up to its checkpoint it was on ${before.backend} (${before.detail}). ` +
      'The weights may differ a little from those of a run without a break.'
    );
  }

  /** Takes the states of the run on one engine. @param since As for `told`. */
  sink(engine: WatchedEngine, since: readonly string[]): CheckpointSink {
    const run = this.#run;
    if (run === null) throw new Error('a run hands over checkpoints once its data are known');
    const startedOver = this.told(since);
    const { backend, detail } = engine;
    return {
      everyMs: this.#request.checkpointEveryMs ?? EVERY_MS,
      save: (state) => {
        this.#latest = { run, engine: { backend, detail }, startedOver, state };
        this.#save(encodeCheckpoint(this.#latest));
      },
    };
  }

  #orStart(work: () => void): string | null {
    try {
      work();
      return null;
    } catch (fault) {
      if (!(fault instanceof UserError) || this.#request.resume?.otherwise !== 'start') throw fault;
      this.#latest = null;
      return `${fault.message} Training starts at the beginning.`;
    }
  }
}
