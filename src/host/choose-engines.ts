/** Which engines a run is to try, in which order: the fastest measured on this machine first, the processor last. */
import type { BackendRates } from '../api/contract.ts';
import type { BackendName } from '../base/words.ts';
import type { EngineChoice } from '../model/trainer-protocol.ts';
import type { EngineRates, MeasuringProgress } from './engine-rates.ts';

/** Of the highest rate. */
const NEARLY = 0.85;

/** Threads of a processor that was not measured: more of them seldom help a network this small. */
const MOST_UNMEASURED = 8;

/**
 * Measures what has to be known for the choice and is not; where there is nothing to choose, nothing is measured.
 *
 * @param backend `auto` for the fastest; a backend to try it first, with its best number of threads.
 * @returns At least one; the last is the processor.
 * @throws The signal's reason when it is aborted.
 */
export async function* chooseEngines(
  rates: EngineRates,
  backend: 'auto' | BackendName,
  signal: AbortSignal,
): AsyncGenerator<MeasuringProgress, readonly EngineChoice[]> {
  const found = await rates.found();
  const candidates = backend === 'auto' ? found : found.filter((name) => name === backend);
  const engines = candidates.reduce((sum, name) => sum + rates.enginesOf(name), 0);
  const known = engines > 1 ? yield* rates.measure(candidates, { signal }) : await rates.known();
  return orderEngines(backend, found, known, rates.cores);
}

/**
 * @param found Backends that are there; those among them that were measured and cannot be used are left out of `auto`.
 * @param cores Of the processor, for a number of threads where none was measured.
 */
export function orderEngines(
  backend: 'auto' | BackendName,
  found: readonly BackendName[],
  rates: readonly BackendRates[],
  cores: number,
): readonly EngineChoice[] {
  const fastest = (name: BackendName) => {
    const measured = rates.find(({ backend: of }) => of === name)?.rates ?? [];
    const most = Math.max(...measured.map(({ imagesPerSecond }) => imagesPerSecond));
    // Where other programs kept the processor busy, more threads measured no faster than one: nearly as fast is as good.
    return measured
      .filter(({ imagesPerSecond }) => imagesPerSecond >= NEARLY * most)
      .toSorted((a, b) => b.threads - a.threads)[0];
  };
  const cpu = {
    backend: 'cpu',
    threads: fastest('cpu')?.threads ?? Math.min(cores, MOST_UNMEASURED),
  } as const;
  if (backend !== 'auto') return backend === 'cpu' ? [cpu] : [{ backend, threads: 1 }, cpu];
  const least = fastest('cpu')?.imagesPerSecond ?? 0;
  const isUnusable = (name: BackendName) =>
    rates.some((measured) => measured.backend === name && measured.unusable !== null);
  const faster = found
    .filter((name) => name !== 'cpu' && !isUnusable(name))
    // One that was not measured is the only one there is.
    .map((name) => ({ backend: name, threads: 1, rate: fastest(name)?.imagesPerSecond ?? Infinity }))
    .filter(({ rate }) => rate > least)
    .toSorted((a, b) => b.rate - a.rate);
  return [...faster.map(({ backend: name, threads }) => ({ backend: name, threads })), cpu];
}
