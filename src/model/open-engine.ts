import type { BackendName } from '../base/words.ts';
import type { Engine } from '../tensor/engine.ts';
import { loadBackend, type BackendPlaces } from '../tensor/load-backend.ts';
import { tfjsEngine } from './tfjs-network.ts';

export interface EngineOptions {
  /** Where the binaries lie; the usual places unless given. */
  readonly places?: BackendPlaces;
  /** CPU threads, ≥ 1; engines that have no use for more take what they need. 1 unless given. */
  readonly threads?: number;
}

/**
 * Loads a backend and makes an engine of it.
 * @throws UserError `no-backend` that says what is missing.
 */
export async function openEngine(name: 'auto' | BackendName, options: EngineOptions = {}): Promise<Engine> {
  return tfjsEngine(await loadBackend(name, options.places));
}
