import { UserError, type ErrorCode } from '../base/errors.ts';
import type { Engine, Network } from '../tensor/engine.ts';

/** An engine whose faults can be told apart from those of its user. */
export interface WatchedEngine extends Engine {
  /** The first fault of the engine itself; null while there is none. It has been thrown too. */
  readonly fault: UserError | null;
}

/** What an engine says of itself. Other user errors are about what it was given. */
const OWN_CODES: ReadonlySet<ErrorCode> = new Set(['engine-failed', 'out-of-memory', 'no-backend']);

/** Notes what goes wrong in the engine's calls. What it throws that is no user error becomes one, `engine-failed`. */
export function watchEngine(engine: Engine): WatchedEngine {
  const { backend, detail, threads, warning } = engine;
  let fault: UserError | null = null;
  const watch = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (thrown) {
      if (thrown instanceof UserError && !OWN_CODES.has(thrown.code)) throw thrown;
      const own = asEngineFault(backend, thrown);
      fault ??= own;
      throw own;
    }
  };
  const watchNetwork = (network: Network): Network => ({
    lossAndGradient: (...given) => watch(() => network.lossAndGradient(...given)),
    cellContributions: (...given) => watch(() => network.cellContributions(...given)),
    close: () => network.close(),
  });
  return {
    backend,
    detail,
    threads,
    ...(warning === undefined ? {} : { warning }),
    get fault() {
      return fault;
    },
    open: (shape) => watch(async () => watchNetwork(await engine.open(shape))),
    close: () => engine.close(),
  };
}

/** A user error as it is; anything else as `engine-failed`. */
export function asEngineFault(backend: string, thrown: unknown): UserError {
  if (thrown instanceof UserError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new UserError('engine-failed', `The backend ${backend} failed: ${reason}`, backend, {
    cause: thrown,
  });
}
