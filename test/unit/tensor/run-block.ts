import * as tf from '@tensorflow/tfjs-core';
import type { convReluPool } from '../../../src/tensor/conv-relu-pool.ts';
import type { BlockProblem } from './slow-block.ts';

export interface BlockRun {
  readonly y: Float32Array;
  readonly dx: Float32Array;
  readonly dKernel: Float32Array;
  readonly dBias: Float32Array;
}

/** Runs a block and its gradients on tfjs's current backend. `between` runs after the forward pass, before the way back. */
export function runBlock(block: typeof convReluPool, p: BlockProblem, between?: () => void): BlockRun {
  return tf.tidy(() => {
    const x = tf.tensor4d(p.x, [p.count, p.height, p.width, p.channelsIn]);
    const kernel = tf.tensor4d(p.kernel, [3, 3, p.channelsIn, p.channelsOut]);
    const bias = tf.tensor1d(p.bias);
    const dy = tf.tensor4d(p.dy, [p.count, p.height >> 1, p.width >> 1, p.channelsOut]);
    const withSlope = tf.customGrad((...args) => {
      const [value] = args as tf.Tensor4D[];
      return { value: tf.clone(value as tf.Tensor4D), gradFunc: () => (between?.(), tf.clone(dy)) };
    });
    let y: Float32Array | null = null;
    const [dx, dKernel, dBias] = tf.grads((a, b, c) => {
      const value = block(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor1D);
      y = Float32Array.from(value.dataSync());
      return withSlope(value);
    })([x, kernel, bias]);
    if (!y || !dx || !dKernel || !dBias) throw new Error('no gradients');
    return {
      y,
      dx: Float32Array.from(dx.dataSync()),
      dKernel: Float32Array.from(dKernel.dataSync()),
      dBias: Float32Array.from(dBias.dataSync()),
    };
  });
}
