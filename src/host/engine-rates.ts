/** What is known of how fast each backend trains on this machine, and how it gets known. */
import { availableParallelism } from 'node:os';
import type { BackendRates } from '../api/contract.ts';
import type { Clock } from '../base/clock.ts';
import type { BackendName } from '../base/words.ts';
import { describeBackends, type BackendDescription } from '../tensor/describe-backends.ts';
import { engineIdentity } from './engine-identity.ts';
import { measureBackend, threadCounts } from './measure-backend.ts';
import type { SpawnChild } from './port.ts';
import { readRates, writeRates } from './rates-file.ts';

export interface EngineRatesOptions {
  /** Data folder that keeps the rates; where it does not exist they are not kept. */
  readonly home: string;
  readonly spawn: SpawnChild;
  readonly clock: Clock;
  /** Of the app. */
  readonly version: string;
  /** This machine unless given. */
  readonly machine?: EngineMachine;
}

/** The part of the machine that decides what there is to measure. */
export interface EngineMachine {
  describe(): Promise<readonly BackendDescription[]>;
  cores(): number;
}

export interface MeasuringProgress {
  readonly kind: 'measuring';
  /** Engines measured, and to be measured: a backend with a number of threads each. */
  readonly done: number;
  readonly total: number;
}

const THIS_MACHINE: EngineMachine = { describe: () => describeBackends(), cores: availableParallelism };

/** The rates of this machine as it is now, kept in the data folder until version, hardware or backends change. */
export class EngineRates {
  readonly #options: EngineRatesOptions;
  readonly #machine: EngineMachine;

  constructor(options: EngineRatesOptions) {
    this.#options = options;
    this.#machine = options.machine ?? THIS_MACHINE;
  }

  get cores(): number {
    return this.#machine.cores();
  }

  /** Backends that were seen here, whether they work or not, in the order of `BACKENDS`. */
  async found(): Promise<readonly BackendName[]> {
    return namesFound(await this.#machine.describe());
  }

  /** What has been measured already; quick. */
  async known(): Promise<readonly BackendRates[]> {
    const backends = await this.#machine.describe();
    const kept = await readRates(this.#options.home, engineIdentity(this.#options.version, backends));
    return namesFound(backends).flatMap((name) => kept.find(({ backend }) => backend === name) ?? []);
  }

  /** Engines that `backend` gives to measure: one for each number of threads. */
  enginesOf(backend: BackendName): number {
    return this.#threadsOf(backend).length;
  }

  /**
   * Measures those of `backends` that are found and not yet known, one after the other.
   * @param again Measures those that are known too.
   * @returns All that is known then, of other backends too.
   * @throws The signal's reason when it is aborted; what was measured before is kept.
   */
  async *measure(
    backends: readonly BackendName[],
    { signal, again = false }: { readonly signal: AbortSignal; readonly again?: boolean },
  ): AsyncGenerator<MeasuringProgress, readonly BackendRates[]> {
    const { home, version, spawn, clock } = this.#options;
    const described = await this.#machine.describe();
    const identity = engineIdentity(version, described);
    let known = await this.known();
    let kept = known;
    const wanted = namesFound(described).filter(
      (name) => backends.includes(name) && (again || !known.some(({ backend }) => backend === name)),
    );
    const total = wanted.reduce((sum, name) => sum + this.enginesOf(name), 0);
    let before = 0;
    for (const name of wanted) {
      const progress = (done: number) => ({ kind: 'measuring', done: before + done, total }) as const;
      const options = { spawn, clock, signal, threads: this.#threadsOf(name) };
      const { measured, complete } = yield* measureBackend(name, options, progress);
      known = [...known.filter(({ backend }) => backend !== name), measured];
      if (complete) {
        kept = [...kept.filter(({ backend }) => backend !== name), measured];
        await writeRates(home, identity, kept);
      }
      before += this.enginesOf(name);
    }
    return known;
  }

  #threadsOf(backend: BackendName): readonly number[] {
    return backend === 'cpu' ? threadCounts(this.cores) : [1];
  }
}

function namesFound(backends: readonly BackendDescription[]): readonly BackendName[] {
  return backends.filter(({ found }) => found).map(({ name }) => name);
}
