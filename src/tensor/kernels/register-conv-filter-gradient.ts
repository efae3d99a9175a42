import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { convFilterGradient } from './conv-filter-gradient.ts';

/** Adds the missing `Conv2DBackpropFilter` kernel to the wasm backend, so that models made of stock operations train. Idempotent. */
export function registerConvFilterGradient(): void {
  if (tf.getKernel(tf.Conv2DBackpropFilter, 'wasm')) return;
  tf.registerKernel({ kernelName: tf.Conv2DBackpropFilter, backendName: 'wasm', kernelFunc: runKernel });
}

const runKernel: tf.KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, dy } = inputs;
  if (!(backend instanceof BackendWasm) || x === undefined || dy === undefined || !attrs) {
    throw new Error('Conv2DBackpropFilter was called without its inputs');
  }
  const { strides, pad, dataFormat, dimRoundingMode, filterShape } =
    attrs as unknown as tf.Conv2DBackpropFilterAttrs;
  if (dataFormat !== 'NHWC') {
    throw new Error(`Conv2DBackpropFilter on the wasm backend takes NHWC, not ${dataFormat}`);
  }
  const info = tf.backend_util.computeConv2DInfo(
    x.shape as [number, number, number, number],
    filterShape,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  const out = backend.makeOutput(filterShape, 'float32');
  // Views are taken after the allocation, which may move the memory.
  convFilterGradient(heapOf(backend, x), heapOf(backend, dy), heapOf(backend, out), {
    batch: info.batchSize,
    inHeight: info.inHeight,
    inWidth: info.inWidth,
    inChannels: info.inChannels,
    outHeight: info.outHeight,
    outWidth: info.outWidth,
    outChannels: info.outChannels,
    filterHeight: info.filterHeight,
    filterWidth: info.filterWidth,
    strideHeight: info.strideHeight,
    strideWidth: info.strideWidth,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  });
  return out;
};

function heapOf(backend: BackendWasm, tensor: tf.TensorInfo): Float32Array {
  const view = backend.typedArrayFromHeap(tensor);
  if (!(view instanceof Float32Array)) throw new Error(`expected float32, not ${tensor.dtype}`);
  return view;
}
