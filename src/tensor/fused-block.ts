/** What the fused blocks of convolution, ReLU and pooling share, whichever backend runs their kernels. */
import * as tf from '@tensorflow/tfjs-core';

/** Images have up to this many channels: red, green, blue, alpha. */
const MOST_PIXEL_CHANNELS = 4;

/** Of x, [count, height, width, channelsIn], and the kernel, [3, 3, channelsIn, channelsOut]. */
export interface BlockSizes {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
}

export function sizesOf(x: tf.TensorInfo, kernel: tf.TensorInfo): BlockSizes {
  const [count = 0, height = 0, width = 0, channelsIn = 0] = x.shape;
  return { count, height, width, channelsIn, channelsOut: kernel.shape[3] ?? 0 };
}

/** @param unchecked Of the names, those that need not be float32. */
export function namedInputs<Name extends string>(
  inputs: tf.NamedTensorInfoMap,
  names: readonly Name[],
  unchecked: readonly Name[] = [],
): Record<Name, tf.TensorInfo> {
  const found: Partial<Record<Name, tf.TensorInfo>> = {};
  for (const name of names) {
    const input = inputs[name];
    if (!input) throw new Error(`the convolution block was called without ${name}`);
    if (!unchecked.includes(name) && input.dtype !== 'float32') throw new Error(`${name} must be float32`);
    found[name] = input;
  }
  return found as Record<Name, tf.TensorInfo>;
}

/**
 * Registers the gradient of a fused block, once.
 *
 * tfjs asks for each gradient in a scope of its own, whose other tensors it frees, so what one run of the kernel computes
 * together is computed here, before it asks. Whether it will ask for that of x is not known: it will for an inner layer, and
 * hardly ever for the pixels, where it is made on demand.
 *
 * @param kernelName Of the forward kernel, with the inputs x, kernel and bias; its second output is kept for the way back.
 * @param gradientName Of the kernel with the inputs x, kernel, dy and `keptAs`, and the outputs dKernel, dBias and, with the attribute
 *   `wantsInputGradient`, dx.
 */
export function registerFusedBlockGradient(kernelName: string, gradientName: string, keptAs: string): void {
  if (tf.getGradient(kernelName)) return;
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [false, true],
    gradFunc: (dys, saved) => {
      const [x, kernel, kept] = saved;
      const dy = Array.isArray(dys) ? dys[0] : dys;
      if (!x || !kernel || !kept || !dy) throw new Error('the tape lost a tensor of the convolution block');
      const inputs = { x, kernel, [keptAs]: kept, dy };
      const run = (wantsInputGradient: boolean) =>
        tf.engine().runKernel<tf.Tensor[]>(gradientName, inputs, { wantsInputGradient });
      const isInnerLayer = (x.shape[3] ?? 0) > MOST_PIXEL_CHANNELS;
      const computed = run(isInnerLayer);
      return {
        x: () => at(isInnerLayer ? computed : run(true), 2),
        kernel: () => at(computed, 0),
        bias: () => at(computed, 1),
      };
    },
  });
}

function at(tensors: readonly tf.Tensor[], index: number): tf.Tensor {
  const tensor = tensors[index];
  if (!tensor) throw new Error(`the kernel gave no output ${index}`);
  return tensor;
}
