import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../base/errors.ts';
import { CONV_RELU_POOL, suitsConvReluPoolKernels } from './kernels/conv-relu-pool-kernels.ts';
import { GPU_CONV_RELU_POOL } from './webgpu/conv-relu-pool-kernels.ts';

/**
 * One block of the network: 3×3 convolution (stride 1, zero padding to the same size), plus bias, ReLU, then 2×2 max pool
 * (stride 2, no padding: an odd last row or column is dropped). Differentiable in all three arguments.
 *
 * On the webgpu backend, and on wasm with channelsOut a multiple of 8, this is our own kernel; elsewhere stock operations. Where two
 * positions of a window are equal, the first one gets the gradient.
 *
 * @param x Images, [n, height, width, channelsIn], float32, n ≥ 1, height and width ≥ 2.
 * @param kernel [3, 3, channelsIn, channelsOut].
 * @param bias [channelsOut].
 * @returns [n, ⌊height/2⌋, ⌊width/2⌋, channelsOut]; the caller owns it.
 * @throws UserError `bad-argument` naming the shape that does not fit.
 */
export function convReluPool(x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
  refuseBadShapes(x.shape, kernel.shape, bias.shape);
  if (tf.getKernel(GPU_CONV_RELU_POOL, tf.getBackend())) {
    return runFused(GPU_CONV_RELU_POOL, { x, kernel, bias });
  }
  if (!tf.getKernel(CONV_RELU_POOL, tf.getBackend()) || !suitsConvReluPoolKernels(kernel.shape[3])) {
    return composeConvReluPool(x, kernel, bias);
  }
  return runFused(CONV_RELU_POOL, { x, kernel, bias });
}

function runFused(kernelName: string, inputs: tf.NamedTensorMap): tf.Tensor4D {
  return tf.tidy(() => {
    const [y] = tf.engine().runKernel<tf.Tensor4D[]>(kernelName, inputs);
    if (!y) throw new Error('the kernel gave no output');
    return y;
  });
}

/** The same block from stock operations, on any backend. Shapes are not checked. */
export function composeConvReluPool(x: tf.Tensor4D, kernel: tf.Tensor4D, bias: tf.Tensor1D): tf.Tensor4D {
  return tf.tidy(() =>
    tf.maxPool(tf.relu(tf.add<tf.Tensor4D>(tf.conv2d(x, kernel, 1, 'same'), bias)), 2, 2, 'valid'),
  );
}

function refuseBadShapes(x: readonly number[], kernel: readonly number[], bias: readonly number[]): void {
  const [count, height, width, channels] = x;
  if (x.length !== 4 || count === undefined || height === undefined || width === undefined) {
    throw refusal(`images must have the shape [n, height, width, channels], not [${x.join(', ')}]`);
  }
  if (count === 0) throw refusal('the batch is empty; give at least one image');
  if (height < 2 || width < 2) {
    throw refusal(`images must be at least 2 × 2 pixels, not ${height} × ${width}`);
  }
  if (kernel.length !== 4 || kernel[0] !== 3 || kernel[1] !== 3 || kernel[2] !== channels) {
    throw refusal(
      `the kernel must have the shape [3, 3, ${channels}, channelsOut], not [${kernel.join(', ')}]`,
    );
  }
  if (bias.length !== 1 || bias[0] !== kernel[3]) {
    throw refusal(`the bias must have the shape [${kernel[3]}], not [${bias.join(', ')}]`);
  }
}

function refusal(reason: string): UserError {
  return new UserError('bad-argument', `Convolution block: ${reason}.`, 'convReluPool');
}
