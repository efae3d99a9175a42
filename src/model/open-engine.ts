import type { BackendName } from '../base/words.ts';
import { suitsKernels } from '../tensor/cpu/geometry.ts';
import { engineFile, type BackendPlaces } from '../tensor/describe-backends.ts';
import type { Engine } from '../tensor/engine.ts';
import type { EnginePort } from './engine-port.ts';

export interface EngineOptions {
  /** Where the binaries lie; the usual places unless given. */
  readonly places?: BackendPlaces;
  /** CPU threads, ≥ 1; engines that have no use for more take what they need. 1 unless given. */
  readonly threads?: number;
  /** Where `webgpu` is computed for us elsewhere (in Electron, by a hidden window): opens the way there. */
  readonly remoteWebgpu?: () => Promise<EnginePort>;
}

/**
 * Loads a backend and makes an engine of it. `cpu` is our own engine; networks that its kernels cannot take, and all where they
 * were not built, go through tfjs. Only what is used is imported: tfjs alone takes a fifth of a second.
 *
 * @throws UserError `no-backend` that says what is missing; `engine-failed` where it computes elsewhere and that end went away.
 */
export async function openEngine(name: BackendName, options: EngineOptions = {}): Promise<Engine> {
  const { places = {}, threads = 1, remoteWebgpu } = options;
  if (name === 'webgpu' && remoteWebgpu !== undefined) {
    const { connectEngine } = await import('./remote-engine.ts');
    return connectEngine(await remoteWebgpu());
  }
  const file = engineFile(places);
  return name === 'cpu' && file !== null ? openOwn(file, threads, places) : openTfjs(name, places);
}

async function openOwn(file: string, threads: number, places: BackendPlaces): Promise<Engine> {
  const { loadCpuEngine } = await import('../tensor/load-cpu-engine.ts');
  let own: Engine;
  try {
    own = await loadCpuEngine(file, threads);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const general = await openTfjs('cpu', places);
    return { ...general, warning: `Our own engine did not start, so training is slow: ${reason}.` };
  }
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

async function openTfjs(name: BackendName, places: BackendPlaces): Promise<Engine> {
  const [{ loadBackend }, { tfjsEngine }] = await Promise.all([
    import('../tensor/load-backend.ts'),
    import('./tfjs-network.ts'),
  ]);
  return tfjsEngine(await loadBackend(name, places));
}
