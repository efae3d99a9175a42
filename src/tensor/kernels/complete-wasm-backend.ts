/** Adds what tfjs-backend-wasm 4.22 lacks, or has wrong, for models made of stock operations to train on it. */
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { convFilterGradient } from './conv-filter-gradient.ts';
import { maxPoolGradient } from './max-pool-gradient.ts';

/** Registers `Conv2DBackpropFilter` and puts `MaxPoolGrad` right. May be called again. */
export function completeWasmBackend(): void {
  for (const [kernelName, kernelFunc] of [
    [tf.Conv2DBackpropFilter, runConvFilterGradient],
    [tf.MaxPoolGrad, runMaxPoolGradient],
  ] as const) {
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc });
  }
}

const runConvFilterGradient: tf.KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, dy } = inputs;
  if (!(backend instanceof BackendWasm) || !x || !dy || !attrs) throw incomplete(tf.Conv2DBackpropFilter);
  const given = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
  if (given.dataFormat !== 'NHWC') {
    throw new Error(`Conv2DBackpropFilter on the wasm backend takes NHWC, not ${given.dataFormat}`);
  }
  const info = tf.backend_util.computeConv2DInfo(
    shape4(x),
    given.filterShape,
    given.strides,
    1,
    given.pad,
    given.dimRoundingMode,
  );
  const out = backend.makeOutput(given.filterShape, 'float32');
  // Views are taken after the allocation, which may move the memory.
  convFilterGradient(heapOf(backend, x), heapOf(backend, dy), heapOf(backend, out), {
    ...info,
    batch: info.batchSize,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  });
  return out;
};

const runMaxPoolGradient: tf.KernelFunc = ({ inputs, backend, attrs }) => {
  const { dy, input } = inputs;
  if (!(backend instanceof BackendWasm) || !dy || !input || !attrs) throw incomplete(tf.MaxPoolGrad);
  const given = attrs as unknown as tf.MaxPoolGradAttrs;
  const info = tf.backend_util.computePool2DInfo(
    shape4(input),
    given.filterSize,
    given.strides,
    1,
    given.pad,
    given.dimRoundingMode,
  );
  const out = backend.makeOutput(input.shape, 'float32');
  maxPoolGradient(heapOf(backend, input), heapOf(backend, dy), heapOf(backend, out), {
    ...info,
    batch: info.batchSize,
    channels: info.inChannels,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  });
  return out;
};

function incomplete(kernelName: string): Error {
  return new Error(`${kernelName} was called without its inputs, or on another backend`);
}

function shape4({ shape }: tf.TensorInfo): [number, number, number, number] {
  const [a, b, c, d] = shape;
  if (a === undefined || b === undefined || c === undefined || d === undefined) {
    throw new Error(`expected four axes, not [${shape.join(', ')}]`);
  }
  return [a, b, c, d];
}

function heapOf(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  const view = backend.typedArrayFromHeap(tensor);
  if (!(view instanceof Float32Array)) throw new Error(`expected float32, not ${tensor.dtype}`);
  return view;
}
