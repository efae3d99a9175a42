/** Adds what tfjs-backend-wasm 4.22 lacks, or has wrong, for models made of stock operations to train on it. */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { convFilterGradient } from './conv-filter-gradient.ts';
import { maxPoolGradient } from './max-pool-gradient.ts';
import { convSizes, floatInputs, poolSizes } from './window-sizes.ts';

/**
 * Registers `Conv2DBackpropFilter` and puts `MaxPoolGrad` right, both in plain JavaScript; `registerWindowKernels` puts faster
 * ones in their place. May be called again.
 */
export function completeWasmBackend(): void {
  for (const [kernelName, kernelFunc] of [
    [tf.Conv2DBackpropFilter, runConvFilterGradient],
    [tf.MaxPoolGrad, runMaxPoolGradient],
  ] as const) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
}

const runConvFilterGradient: tf.KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const { x, dy } = floatInputs(tf.Conv2DBackpropFilter, inputs, ['x', 'dy']);
  const filter = (attrs as unknown as tf.Conv2DBackpropFilterAttrs).filterShape;
  const sizes = convSizes(tf.Conv2DBackpropFilter, { x: x.shape, filter, dy: dy.shape }, attrs);
  const heap = heapOf(backend);
  const out = heap.makeOutput(filter, 'float32');
  // Views are taken after the allocation, which may move the memory.
  convFilterGradient(heap.view(x), heap.view(dy), heap.view(out), sizes);
  return out;
};

const runMaxPoolGradient: tf.KernelFunc = ({ inputs, backend, attrs = {} }) => {
  const { dy, input } = floatInputs(tf.MaxPoolGrad, inputs, ['dy', 'input']);
  const sizes = poolSizes(tf.MaxPoolGrad, { x: input.shape, dy: dy.shape }, attrs);
  const heap = heapOf(backend);
  const out = heap.makeOutput(input.shape, 'float32');
  maxPoolGradient(heap.view(input), heap.view(dy), heap.view(out), sizes);
  return out;
};

interface Heap {
  readonly makeOutput: (shape: number[], dtype: tf.DataType) => tf.TensorInfo;
  readonly view: (tensor: tf.TensorInfo) => Float32Array;
}

function heapOf(backend: unknown): Heap {
  if (!(backend instanceof BackendWasm)) throw new Error('a kernel of the wasm backend ran on another one');
  return {
    makeOutput: (shape, dtype) => backend.makeOutput(shape, dtype),
    view: (tensor) => {
      const view = backend.typedArrayFromHeap(tensor);
      if (!(view instanceof Float32Array)) throw new Error(`expected float32, not ${tensor.dtype}`);
      return view;
    },
  };
}
