import { readFileSync } from 'node:fs';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { convReluPool } from '../../../src/tensor/conv-relu-pool.ts';
import { KernelModule } from '../../../src/tensor/kernels/kernel-module.ts';
import { registerWindowKernels } from '../../../src/tensor/kernels/window-kernels.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { runBlock } from './run-block.ts';
import { randomProblem } from './slow-block.ts';

const SMALL = { count: 2, height: 10, width: 8, channelsIn: 8, channelsOut: 16 };
const LARGE = { count: 1, height: 40, width: 40, channelsIn: 16, channelsOut: 32 };

beforeAll(async () => {
  await loadBackend('cpu');
});

function heapBytes(): number {
  const backend = tf.backend();
  if (!(backend instanceof BackendWasm)) throw new Error('another backend is active');
  const heap: unknown = Reflect.get(backend.wasm, 'HEAPU8');
  if (!(heap instanceof Uint8Array)) throw new Error('the memory is not where it was');
  return heap.byteLength;
}

test('the same call gives the same bits, whatever ran between', () => {
  const problem = randomProblem(SMALL, 'bits');
  const first = runBlock(convReluPool, problem);
  runBlock(convReluPool, randomProblem(LARGE, 'other'));
  const second = runBlock(convReluPool, problem);
  expect(second).toEqual(first);
});

test('the memory may grow between the two passes', () => {
  const problem = randomProblem(SMALL, 'growth');
  const wanted = runBlock(convReluPool, problem);
  const before = heapBytes();
  const actual = runBlock(convReluPool, problem, () => {
    tf.zeros([before / 4]).dispose();
  });
  expect(heapBytes()).toBeGreaterThan(before);
  expect(actual).toEqual(wanted);
});

test('tensors and memory stay flat over 200 training steps', () => {
  const parameters = [
    tf.randomNormal([3, 3, 1, 8]),
    tf.zeros([8]),
    tf.randomNormal([3, 3, 8, 8]),
    tf.zeros([8]),
  ];
  const x = tf.randomNormal<tf.Rank.R4>([4, 16, 16, 1]);
  const step = () => {
    const gradients = tf.grads((...[k1, b1, k2, b2]) => {
      const inner = convReluPool(x, k1 as tf.Tensor4D, b1 as tf.Tensor1D);
      return tf.sum(convReluPool(inner, k2 as tf.Tensor4D, b2 as tf.Tensor1D));
    })(parameters);
    tf.dispose(gradients);
  };
  for (let i = 0; i < 5; i++) step();
  const { numTensors, numBytes } = tf.memory();
  const heap = heapBytes();
  for (let i = 0; i < 200; i++) step();
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  expect(heapBytes()).toBe(heap);
  tf.dispose([...parameters, x]);
});

test('tensors and memory stay flat over 200 steps of a net that the fused kernels do not take', () => {
  const parameters = [tf.randomNormal([5, 5, 3, 6]), tf.randomNormal([3, 3, 6, 5])];
  const x = tf.randomNormal<tf.Rank.R4>([4, 17, 16, 3]);
  const step = () => {
    const gradients = tf.grads((...[first, last]) => {
      const inner = tf.maxPool(tf.relu(tf.conv2d(x, first as tf.Tensor4D, 2, 'same')), 3, 2, 'valid');
      return tf.sum(tf.conv2d(inner, last as tf.Tensor4D, 1, 'same'));
    })(parameters);
    tf.dispose(gradients);
  };
  for (let i = 0; i < 5; i++) step();
  const { numTensors, numBytes } = tf.memory();
  const heap = heapBytes();
  for (let i = 0; i < 200; i++) step();
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  expect(heapBytes()).toBe(heap);
  tf.dispose([...parameters, x]);
});

test('another tfjs than the one that was tried is refused, with the reason', () => {
  const stranger: BackendWasm = Object.create(BackendWasm.prototype);
  Object.assign(stranger, { wasm: {} });
  expect(() => new KernelModule(stranger, new Uint8Array())).toThrow('does not show its memory');
  const memory = new WebAssembly.Memory({ initial: 1 });
  Object.assign(stranger, { wasm: { asm: { memory }, HEAPU8: new Uint8Array(8) } });
  expect(() => new KernelModule(stranger, new Uint8Array())).toThrow('keeps its tensors elsewhere');
});

/** Our kernels on a memory whose allocator gives this address for everything: 0 when it is full. */
function moduleWhoseAllocatorGives(address: number): KernelModule {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const backend: BackendWasm = Object.create(BackendWasm.prototype);
  Object.assign(backend, {
    wasm: {
      asm: { memory },
      HEAPU8: new Uint8Array(memory.buffer),
      _malloc: () => address,
      _free: () => undefined,
    },
    makeOutput: (shape: number[], dtype: string) => ({ dataId: {}, shape, dtype }),
    getMemoryOffset: () => address,
    disposeData: () => true,
  });
  return new KernelModule(backend, readFileSync('dist/kernels/steadypen-kernels.wasm'));
}

test('a full memory is refused in words, where tfjs would write to address 0', () => {
  const module = moduleWhoseAllocatorGives(0);
  expect(() => module.scratch([100])).toThrow('smaller batch');
  expect(() => module.makeOutput([1], 'float32')).toThrow('smaller batch');
});

test('what no memory of 32 bits can hold is refused, where the allocator would see the remainder', () => {
  const module = moduleWhoseAllocatorGives(64);
  expect(() => module.scratch([2 ** 32])).toThrow('smaller batch');
  expect(() => module.makeOutput([2 ** 15, 2 ** 15], 'float32')).toThrow('smaller batch');
  expect(module.scratch([100])).toEqual([64]);
});

test('the gradients of convolution and pool refuse a full memory in words', () => {
  const tensor = (shape: number[]): tf.TensorInfo => ({ dataId: {}, shape, dtype: 'float32' });
  const [x, filter, dy] = [tensor([1, 8, 8, 3]), tensor([3, 3, 3, 5]), tensor([1, 8, 8, 5])];
  const shared = { strides: 1, pad: 'same', dataFormat: 'NHWC' };
  const calls = [
    [tf.Conv2DBackpropFilter, { x, dy }, { ...shared, filterShape: filter.shape }],
    [tf.Conv2DBackpropInput, { dy, filter }, { ...shared, inputShape: x.shape }],
    [tf.MaxPoolGrad, { dy: tensor([1, 4, 4, 3]), input: x }, { filterSize: 2, strides: 2, pad: 'valid' }],
  ] as const;
  const kept = calls.map(([name]) => tf.getKernel(name, 'wasm'));
  registerWindowKernels(moduleWhoseAllocatorGives(0));
  const full = calls.map(([name]) => tf.getKernel(name, 'wasm'));
  for (const kernel of kept) {
    tf.unregisterKernel(kernel.kernelName, 'wasm');
    tf.registerKernel(kernel);
  }
  for (const [i, [name, inputs, attrs]] of calls.entries()) {
    const run = () => full[i]!.kernelFunc({ inputs, attrs, backend: tf.backend() });
    expect(run, name).toThrow('smaller batch');
  }
});
