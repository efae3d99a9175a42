import type { ErrorInfo } from '../../base/errors.ts';
import type { BackendName } from '../../base/words.ts';
import type { NetworkBenchName } from './bench-types.ts';

/** Pictures and labels that every engine computes on. */
export interface BenchBatch {
  /** Ink 0..1, shape [32, 128, 128]. */
  readonly images: Float32Array;
  /** 0 or 1, shape [32]. */
  readonly labels: Uint8Array;
}

/**
 * What the bench process is asked: `start` first, then `measure` one at a time. Each has one reply. A second `start` ends
 * the engine of the first.
 */
export type NetworkBenchRequest =
  | {
      readonly kind: 'start';
      readonly backend: BackendName;
      /** Wanted; `ready` says how many the engine has. */
      readonly threads: number;
      /** null lets the process make it, the same one, or keep what it has. */
      readonly batch: BenchBatch | null;
    }
  | { readonly kind: 'measure'; readonly bench: NetworkBenchName; readonly seconds: number };

export type NetworkBenchReply =
  | {
      readonly kind: 'ready';
      readonly detail: string;
      readonly warning: string | null;
      readonly threads: number;
    }
  | { readonly kind: 'measured'; readonly imagesPerSecond: number }
  | { readonly kind: 'error'; readonly error: ErrorInfo };
