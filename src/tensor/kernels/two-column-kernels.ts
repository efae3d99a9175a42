/**
 * The way back through a fully connected layer with two outputs. tfjs-backend-wasm multiplies by transposed matrices one
 * number at a time, which would take a tenth of a training step.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { KernelModule } from './kernel-module.ts';

const INPUT_GRADIENT = 'SteadypenTwoColumnsInputGradient';
const WEIGHT_GRADIENT = 'SteadypenTwoColumnsWeightGradient';

/** Registers both kernels with the backend that the module belongs to. To be called once per backend. */
export function registerTwoColumnKernels(module: KernelModule): void {
  module.register(INPUT_GRADIENT, ({ b, g }) => {
    if (!b || !g) throw new Error(`${INPUT_GRADIENT} was called without its inputs`);
    const [rows = 0, inner = 0] = [g.shape[0], b.shape[0]];
    const da = module.makeOutput([rows, inner], 'float32');
    module.exports.twoColumnsInputGradient(...module.addressesOf(g, b, da), rows, inner);
    return da;
  });
  module.register(WEIGHT_GRADIENT, ({ a, g }) => {
    if (!a || !g) throw new Error(`${WEIGHT_GRADIENT} was called without its inputs`);
    const [rows = 0, inner = 0] = a.shape;
    const db = module.makeOutput([inner, 2], 'float32');
    module.exports.twoColumnsWeightGradient(...module.addressesOf(a, g, db), rows, inner);
    return db;
  });
}

/** Whether the gradient of a·b can come from here on the current backend. */
export function suitsTwoColumnKernels(a: tf.Tensor, b: tf.Tensor): boolean {
  const [inner = 0, columns] = b.shape;
  return (
    a.rank === 2 &&
    b.rank === 2 &&
    columns === 2 &&
    inner % 4 === 0 &&
    a.dtype === 'float32' &&
    b.dtype === 'float32' &&
    tf.getKernel(INPUT_GRADIENT, tf.getBackend()) !== undefined
  );
}

/** @param g Gradient of the product, [rows, 2]. @param b [inner, 2]. @returns [rows, inner]. */
export function twoColumnsInputGradient(g: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel(INPUT_GRADIENT, { b, g });
}

/** @param a [rows, inner]. @param g Gradient of the product, [rows, 2]. @returns [inner, 2]. */
export function twoColumnsWeightGradient(a: tf.Tensor, g: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel(WEIGHT_GRADIENT, { a, g });
}
