/** The network's measures on one backend with one number of threads, as contestants of the bench. */
import type { BackendName } from '../../base/words.ts';
import type { SpawnChild } from '../port.ts';
import { BENCH_BATCH, NETWORK_BENCHES, type BenchSource } from './bench-types.ts';
import { openNetworkBench } from './network-bench.ts';
import type { BenchBatch } from './network-bench-protocol.ts';

/** Loading a library and a driver; a hanging one is given up. */
const START_LIMIT_MS = 60_000;

export interface NetworkSourceOptions {
  readonly spawn: SpawnChild;
  readonly backend: BackendName;
  /** Wanted; the contestants say how many the engine has. */
  readonly threads: number;
  readonly batch: BenchBatch;
  /** Least time of one measure. */
  readonly seconds: number;
  /** A single step that takes longer, once it is warm, is not worth waiting for. */
  readonly slowestStepSeconds: number;
  /** Of one measure, after which its process is ended. */
  readonly limitMs: number;
}

/** Works, but not in a time that anybody would wait: a graphics card that is only simulated, say. */
export class TooSlow extends Error {}

/**
 * Starts a process, loads the backend there and hands it the batch.
 * @throws UserError `no-backend` when the backend does not load, `timed-out`.
 */
export async function startNetworkSource(options: NetworkSourceOptions): Promise<BenchSource> {
  const { spawn, backend, batch, seconds, slowestStepSeconds, limitMs } = options;
  const { start, measure, close } = openNetworkBench(backend, spawn);
  try {
    const { detail, warning, threads } = await start(options.threads, batch, START_LIMIT_MS);
    return {
      detail: `${backend}: ${detail}; threads: ${threads}${warning === null ? '' : `. ${warning}`}`,
      contestants: NETWORK_BENCHES.map((bench) => {
        let isWarm = false;
        return {
          bench,
          backend,
          threads,
          unit: 'images/s',
          measure: async () => {
            const rate = await measure(bench, seconds, limitMs);
            const stepSeconds = (bench === 'infer-1' ? 1 : BENCH_BATCH) / rate;
            if (isWarm && stepSeconds > slowestStepSeconds) {
              throw new TooSlow(`one step takes ${stepSeconds.toFixed(1)} s`);
            }
            isWarm = true;
            return rate;
          },
        };
      }),
      close,
    };
  } catch (fault) {
    close();
    throw fault;
  }
}
