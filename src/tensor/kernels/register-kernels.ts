import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerConvReluPoolKernels } from './conv-relu-pool-kernels.ts';
import { KernelModule } from './kernel-module.ts';
import { registerRowSumKernel } from './row-sum-kernel.ts';
import { registerTwoColumnKernels } from './two-column-kernels.ts';
import { registerWindowKernels } from './window-kernels.ts';

/**
 * Puts our kernels on a wasm backend. A second call, with another backend, moves them there.
 *
 * @param bytes Content of steadypen-kernels.wasm.
 * @throws Error that says why this tfjs cannot take them; nothing is registered then.
 */
export function registerKernels(backend: BackendWasm, bytes: Uint8Array): void {
  const module = new KernelModule(backend, bytes);
  registerConvReluPoolKernels(module);
  registerTwoColumnKernels(module);
  registerRowSumKernel(module);
  registerWindowKernels(module);
}
