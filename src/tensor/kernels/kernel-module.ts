import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../base/errors.ts';

/** The exports of src/tensor/kernels/assembly/index.ts: every argument is an address or a size. */
export interface KernelExports {
  readonly packWeights: (kernel: number, packed: number, taps: number, channelsOut: number) => void;
  readonly transpose: (from: number, to: number, rows: number, columns: number) => void;
  readonly forward: (...addressesAndSizes: Eleven) => void;
  readonly winogradWeights: (
    kernel: number,
    transformed: number,
    channelsIn: number,
    channelsOut: number,
  ) => void;
  readonly winogradForward: (...addressesAndSizes: [...Eleven, number, number]) => void;
  readonly twoColumnsInputGradient: (g: number, b: number, da: number, rows: number, inner: number) => void;
  readonly twoColumnsWeightGradient: (a: number, g: number, db: number, rows: number, inner: number) => void;
  readonly backward: (...addressesAndSizes: [...Eleven, number, number, number, number, number]) => void;
}
type Eleven = [number, number, number, number, number, number, number, number, number, number, number];

const EXPORT_NAMES = [
  'packWeights',
  'transpose',
  'forward',
  'winogradWeights',
  'winogradForward',
  'twoColumnsInputGradient',
  'twoColumnsWeightGradient',
  'backward',
] as const;

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
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
      env: { memory: this.#tfjs.memory },
    });
    if (!isKernelExports(exports)) throw new Error('the kernel file lacks functions: npm run build:kernels');
    this.exports = exports;
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
    const output = this.backend.makeOutput(shape, dtype);
    if (this.addressOf(output) !== 0) return output;
    this.backend.disposeData(output.dataId, true);
    throw outOfMemory();
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

function isKernelExports(exports: object): exports is KernelExports {
  return EXPORT_NAMES.every((name) => name in exports && isFunction(Reflect.get(exports, name)));
}

function isFunction(value: unknown): value is (...args: readonly unknown[]) => unknown {
  return typeof value === 'function';
}
