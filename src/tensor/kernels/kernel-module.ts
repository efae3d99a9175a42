import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../base/errors.ts';
import { instantiateKernels, type KernelExports } from './kernel-exports.ts';

/** Emscripten's part of tfjs-backend-wasm: undocumented, read off version 4.22.0, and checked before it is used. */
interface TfjsMemory {
  readonly memory: WebAssembly.Memory;
  readonly allocate: (bytes: number) => number;
  readonly free: (address: number) => void;
}

/** Our kernels, working in place on the tensors of one wasm backend. */
export class KernelModule {
  readonly exports: KernelExports;
  readonly backend: BackendWasm;
  readonly #tfjs: TfjsMemory;
  #scratch = 0;
  #scratchBytes = 0;

  /**
   * @param bytes Content of steadypen-kernels.wasm.
   * @throws Error when this tfjs keeps its memory otherwise than 4.22.0 does, or the module is not ours.
   */
  constructor(backend: BackendWasm, bytes: Uint8Array) {
    this.backend = backend;
    this.#tfjs = findMemory(backend);
    this.exports = instantiateKernels(new WebAssembly.Module(bytes), this.#tfjs.memory);
  }

  /** Makes a function the kernel of that name on the wasm backend, in place of one from before. */
  register(
    kernelName: string,
    run: (inputs: tf.NamedTensorInfoMap, attrs: tf.NamedAttrMap) => tf.TensorInfo | tf.TensorInfo[],
  ): void {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({
      kernelName,
      backendName: 'wasm',
      kernelFunc: ({ inputs, attrs }) => run(inputs, attrs ?? {}),
    });
  }

  /** Address of a tensor's first byte. It stays valid while the tensor lives, even when the memory grows. */
  addressOf(tensor: tf.TensorInfo): number {
    return this.backend.getMemoryOffset(tensor.dataId);
  }

  addressesOf(a: tf.TensorInfo, b: tf.TensorInfo, c: tf.TensorInfo): [number, number, number] {
    return [this.addressOf(a), this.addressOf(b), this.addressOf(c)];
  }

  /** @throws UserError `out-of-memory` where tfjs would go on with address 0. */
  makeOutput(shape: number[], dtype: 'float32' | 'bool'): tf.TensorInfo {
    refuseBeyondMemory(tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype));
    const output = this.backend.makeOutput(shape, dtype);
    if (this.addressOf(output) !== 0) return output;
    this.backend.disposeData(output.dataId, true);
    throw outOfMemory();
  }

  /** Sets bytes to 0. */
  clear(address: number, bytes: number): void {
    new Uint8Array(this.#tfjs.memory.buffer, address, bytes).fill(0);
  }

  /**
   * One block of working memory, shared by all kernels and kept between calls; its content is not.
   * @param sizes Bytes of each part.
   * @returns Address of each part, aligned to 64 bytes.
   */
  scratch(sizes: readonly number[]): number[] {
    const rounded = sizes.map((size) => Math.ceil(size / 64) * 64);
    const total = rounded.reduce((sum, size) => sum + size, 64);
    if (total > this.#scratchBytes) {
      refuseBeyondMemory(total);
      if (this.#scratch !== 0) this.#tfjs.free(this.#scratch);
      this.#scratchBytes = 0;
      this.#scratch = this.#tfjs.allocate(total) >>> 0;
      if (this.#scratch === 0) throw outOfMemory();
      this.#scratchBytes = total;
    }
    let next = Math.ceil(this.#scratch / 64) * 64;
    return rounded.map((size) => {
      const start = next;
      next += size;
      return start;
    });
  }
}

/** The allocator takes sizes of 32 bits: of a larger one it would see, and give, the remainder. */
function refuseBeyondMemory(bytes: number): void {
  if (bytes >= 2 ** 32) throw outOfMemory();
}

function outOfMemory(): UserError {
  return new UserError(
    'out-of-memory',
    'The training memory is full (WebAssembly allows 4 GB): choose a smaller batch.',
  );
}

function findMemory(backend: BackendWasm): TfjsMemory {
  const wasm: object = backend.wasm;
  if (!('asm' in wasm) || typeof wasm.asm !== 'object' || wasm.asm === null || !('memory' in wasm.asm)) {
    throw new Error('this tfjs-backend-wasm does not show its memory');
  }
  const { memory } = wasm.asm;
  if (
    !(memory instanceof WebAssembly.Memory) ||
    !('HEAPU8' in wasm && wasm.HEAPU8 instanceof Uint8Array && wasm.HEAPU8.buffer === memory.buffer)
  ) {
    throw new Error('this tfjs-backend-wasm keeps its tensors elsewhere');
  }
  if (!('_malloc' in wasm && isFunction(wasm._malloc) && '_free' in wasm && isFunction(wasm._free))) {
    throw new Error('this tfjs-backend-wasm does not show its allocator');
  }
  const { _malloc: malloc, _free: free } = wasm;
  return { memory, allocate: (bytes) => Number(malloc(bytes)), free: (address) => void free(address) };
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === 'function';
}
