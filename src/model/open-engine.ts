import type { BackendName } from '../base/words.ts';
import { suitsKernels } from '../tensor/cpu/geometry.ts';
import { engineFile } from '../tensor/describe-backends.ts';
import type { Engine } from '../tensor/engine.ts';
import type { BackendPlaces } from '../tensor/load-backend.ts';

export interface EngineOptions {
  /** Where the binaries lie; the usual places unless given. */
  readonly places?: BackendPlaces;
  /** CPU threads, ≥ 1; engines that have no use for more take what they need. 1 unless given. */
  readonly threads?: number;
}

/**
 * Loads a backend and makes an engine of it. `cpu` is our own engine; networks that its kernels cannot take, and all where they
 * were not built, go through tfjs.
 *
 * @throws UserError `no-backend` that says what is missing.
 */
export async function openEngine(name: 'auto' | BackendName, options: EngineOptions = {}): Promise<Engine> {
  const { places = {}, threads = 1 } = options;
  const file = engineFile(places);
  if (name !== 'cpu' || file === null) return openTfjs(name, places);
  const { loadCpuEngine } = await import('../tensor/load-cpu-engine.ts');
  const own = await loadCpuEngine(file, threads);
  let general: Promise<Engine> | null = null;
  return {
    backend: 'cpu',
    detail: own.detail,
    threads: own.threads,
    open: async (shape) => {
      if (suitsKernels(shape)) return own.open(shape);
      general ??= openTfjs('cpu', places);
      return (await general).open(shape);
    },
    close: () => own.close(),
  };
}

async function openTfjs(name: 'auto' | BackendName, places: BackendPlaces): Promise<Engine> {
  const [{ loadBackend }, { tfjsEngine }] = await Promise.all([
    import('../tensor/load-backend.ts'),
    import('./tfjs-network.ts'),
  ]);
  return tfjsEngine(await loadBackend(name, places));
}
