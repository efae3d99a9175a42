/** The fused block as two tfjs kernels of the webgpu backend, and its gradient. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import {
  bandsProgram,
  forwardProgram,
  inputGradientProgram,
  totalProgram,
  valuesProgram,
  type BlockSizes,
} from './conv-relu-pool-programs.ts';

export const GPU_CONV_RELU_POOL = 'SteadypenGpuConvReluPool';
const GPU_CONV_RELU_POOL_GRADIENT = 'SteadypenGpuConvReluPoolGradient';
/** Images have up to this many channels: red, green, blue, alpha. */
const MOST_PIXEL_CHANNELS = 4;

/** Registers both kernels for the backend `webgpu`, and the gradient. May be called again. */
export function registerGpuConvReluPool(): void {
  for (const [kernelName, kernelFunc] of [
    [GPU_CONV_RELU_POOL, forward],
    [GPU_CONV_RELU_POOL_GRADIENT, backward],
  ] as const) {
    if (!tf.getKernel(kernelName, 'webgpu')) {
      tf.registerKernel({ kernelName, backendName: 'webgpu', kernelFunc });
    }
  }
  if (!tf.getGradient(GPU_CONV_RELU_POOL)) tf.registerGradient(GRADIENT);
}

/** Outputs: the block's values, [n, height/2, width/2, channelsOut], and all that the forward pass wrote, for the way back. */
const forward: tf.KernelFunc = ({ inputs, backend: given }) => {
  const backend = webgpu(given);
  const { x, kernel, bias } = named(inputs, ['x', 'kernel', 'bias']);
  const sizes = sizesOf(x, kernel);
  const both = backend.runWebGPUProgram(forwardProgram(sizes), [x, kernel, bias], 'float32');
  return [backend.runWebGPUProgram(valuesProgram(sizes), [both], 'float32'), both];
};

/** Outputs: gradients of the kernel, of the bias and, where wanted, of x. */
const backward: tf.KernelFunc = ({ inputs, backend: given, attrs }) => {
  const backend = webgpu(given);
  const { x, kernel, both, dy } = named(inputs, ['x', 'kernel', 'both', 'dy']);
  const sizes = sizesOf(x, kernel);
  const [program, uniforms] = bandsProgram(sizes);
  const bands = backend.runWebGPUProgram(program, [x, both, dy], 'float32', uniforms);
  const total = (shape: number[], offset: number): tf.TensorInfo => {
    const [sum, place] = totalProgram(shape, offset);
    return backend.runWebGPUProgram(sum, [bands], 'float32', place);
  };
  const gradients = [total(kernel.shape, 0), total([sizes.channelsOut], tf.util.sizeFromShape(kernel.shape))];
  backend.disposeData(bands.dataId);
  if (attrs?.['wantsInputGradient'] === true) {
    gradients.push(backend.runWebGPUProgram(inputGradientProgram(sizes), [kernel, both, dy], 'float32'));
  }
  return gradients;
};

/**
 * tfjs asks for each gradient in a scope of its own, whose other tensors it frees, so what belongs together is computed
 * here, before it asks. Whether it will ask for that of x is not known: it will for an inner layer, and hardly ever for
 * the pixels, where it is made on demand.
 */
const GRADIENT: tf.GradConfig = {
  kernelName: GPU_CONV_RELU_POOL,
  inputsToSave: ['x', 'kernel'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const [x, kernel, both] = saved;
    const dy = Array.isArray(dys) ? dys[0] : dys;
    if (!x || !kernel || !both || !dy) throw new Error('the tape lost a tensor of the convolution block');
    const run = (wantsInputGradient: boolean) =>
      tf
        .engine()
        .runKernel<tf.Tensor[]>(GPU_CONV_RELU_POOL_GRADIENT, { x, kernel, both, dy }, { wantsInputGradient });
    const isInnerLayer = (x.shape[3] ?? 0) > MOST_PIXEL_CHANNELS;
    const computed = run(isInnerLayer);
    return {
      x: () => at(isInnerLayer ? computed : run(true), 2),
      kernel: () => at(computed, 0),
      bias: () => at(computed, 1),
    };
  },
};

function at(tensors: readonly tf.Tensor[], index: number): tf.Tensor {
  const tensor = tensors[index];
  if (!tensor) throw new Error(`the kernel gave no output ${index}`);
  return tensor;
}

function webgpu(backend: unknown): WebGPUBackend {
  if (typeof backend !== 'object' || backend === null || !('runWebGPUProgram' in backend)) {
    throw new Error('the convolution block for WebGPU was called on another backend');
  }
  return backend as WebGPUBackend;
}

function sizesOf(x: tf.TensorInfo, kernel: tf.TensorInfo): BlockSizes {
  const [count = 0, height = 0, width = 0, channelsIn = 0] = x.shape;
  return { count, height, width, channelsIn, channelsOut: kernel.shape[3] ?? 0 };
}

function named<Name extends string>(
  inputs: tf.NamedTensorInfoMap,
  names: readonly Name[],
): Record<Name, tf.TensorInfo> {
  const found: Partial<Record<Name, tf.TensorInfo>> = {};
  for (const name of names) {
    const input = inputs[name];
    if (!input) throw new Error(`the convolution block was called without ${name}`);
    if (input.dtype !== 'float32') throw new Error(`${name} must be float32`);
    found[name] = input;
  }
  return found as Record<Name, tf.TensorInfo>;
}
