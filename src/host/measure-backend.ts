/** How fast one backend trains here: a short look, in a process of its own. */
import type { BackendRates } from '../api/contract.ts';
import type { Clock } from '../base/clock.ts';
import { toErrorInfo } from '../base/errors.ts';
import type { BackendName } from '../base/words.ts';
import { openNetworkBench, type NetworkBench } from './bench/network-bench.ts';
import type { SpawnChild } from './port.ts';

/** A driver that hangs must not hold up anybody for longer. */
const LIMIT_MS = 60_000;
const BENCH = 'train-rvsm';
/** Least time of a measure, and of the one before it that is not counted. */
const SECONDS = { warmUp: 0.3, counted: 0.5 } as const;
/** A training step has work for no more. */
const MOST_THREADS = 8;

export interface Measurement {
  readonly measured: BackendRates;
  /** False when it broke off after some numbers of threads: good for now, not to be kept. */
  readonly complete: boolean;
}

export interface MeasureOptions {
  readonly spawn: SpawnChild;
  readonly clock: Clock;
  /** Numbers of CPU threads to try, rising. */
  readonly threads: readonly number[];
  readonly signal: AbortSignal;
  /** For all of it together; a minute unless given. */
  readonly limitMs?: number;
}

/** 1, 2, 4, 8 as far as the processor goes, and all that it has where those are fewer than 8. */
export function threadCounts(cores: number): readonly number[] {
  const counts: number[] = [];
  const most = Math.min(cores, MOST_THREADS);
  for (let threads = 1; threads <= most; threads *= 2) counts.push(threads);
  return counts.includes(most) ? counts : [...counts, most];
}

/**
 * Yields before the first and after each number of threads. A backend that crashes, hangs or refuses is reported, not thrown; numbers that were
 * measured before it did count.
 *
 * @param progress What to yield when so many are done.
 * @throws The signal's reason when it is aborted.
 */
export async function* measureBackend<Progress>(
  backend: BackendName,
  { spawn, clock, threads, signal, limitMs = LIMIT_MS }: MeasureOptions,
  progress: (done: number) => Progress,
): AsyncGenerator<Progress, Measurement> {
  signal.throwIfAborted();
  const until = clock.elapsedMs() + limitMs;
  const left = () => Math.max(1, until - clock.elapsedMs());
  const rates: BackendRates['rates'] = [];
  let unusable: string | null = null;
  let complete = true;
  let bench: NetworkBench | null = null;
  const stop = () => bench?.close();
  signal.addEventListener('abort', stop);
  try {
    yield progress(0);
    signal.throwIfAborted();
    bench = openNetworkBench(backend, spawn);
    for (const wanted of threads) {
      const ready = await bench.start(wanted, null, left());
      if (rates.some((rate) => rate.threads === ready.threads)) break; // it takes no more
      await bench.measure(BENCH, SECONDS.warmUp, left());
      const imagesPerSecond = await bench.measure(BENCH, SECONDS.counted, left());
      if (!(imagesPerSecond > 0 && Number.isFinite(imagesPerSecond))) {
        throw new Error(`it measured ${imagesPerSecond} images a second`);
      }
      rates.push({ threads: ready.threads, imagesPerSecond: Number(imagesPerSecond.toFixed(1)) });
      yield progress(rates.length);
    }
  } catch (fault) {
    signal.throwIfAborted();
    if (rates.length === 0) unusable = toErrorInfo(fault).message;
    else complete = false;
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
  const measured = { backend, measuredAt: new Date(clock.nowMs()).toISOString(), rates, unusable };
  return { measured, complete };
}
