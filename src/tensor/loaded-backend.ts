import type { BackendName } from '../base/words.ts';
import type { Guard } from './webgpu/device-guard.ts';

/** A tfjs backend that is loaded and current. */
export interface LoadedBackend {
  readonly name: BackendName;
  /** Library, version and how it computes, for reports. */
  readonly detail: string;
  /** Set when it works, but not as it should: a sentence for the user. */
  readonly warning?: string;
  /** Every computation goes through it, where the device may be lost. */
  readonly guard?: Guard;
}
