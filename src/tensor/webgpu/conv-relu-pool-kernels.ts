/** The fused block as two tfjs kernels of the webgpu backend, and its gradient. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { namedInputs, registerFusedBlockGradient, sizesOf } from '../fused-block.ts';
import {
  bandsProgram,
  forwardProgram,
  inputGradientProgram,
  totalProgram,
  valuesProgram,
} from './conv-relu-pool-programs.ts';

export const GPU_CONV_RELU_POOL = 'SteadypenGpuConvReluPool';
const GPU_CONV_RELU_POOL_GRADIENT = 'SteadypenGpuConvReluPoolGradient';

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
  registerFusedBlockGradient(GPU_CONV_RELU_POOL, GPU_CONV_RELU_POOL_GRADIENT, 'both');
}

/** Outputs: the block's values, [n, height/2, width/2, channelsOut], and all that the forward pass wrote, for the way back. */
const forward: tf.KernelFunc = ({ inputs, backend: given }) => {
  const backend = webgpu(given);
  const { x, kernel, bias } = namedInputs(inputs, ['x', 'kernel', 'bias']);
  const sizes = sizesOf(x, kernel);
  const both = backend.runWebGPUProgram(forwardProgram(sizes), [x, kernel, bias], 'float32');
  return [backend.runWebGPUProgram(valuesProgram(sizes), [both], 'float32'), both];
};

/** Outputs: gradients of the kernel, of the bias and, where wanted, of x. */
const backward: tf.KernelFunc = ({ inputs, backend: given, attrs }) => {
  const backend = webgpu(given);
  const { x, kernel, both, dy } = namedInputs(inputs, ['x', 'kernel', 'both', 'dy']);
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

function webgpu(backend: unknown): WebGPUBackend {
  if (typeof backend !== 'object' || backend === null || !('runWebGPUProgram' in backend)) {
    throw new Error('the convolution block for WebGPU was called on another backend');
  }
  return backend as WebGPUBackend;
}
