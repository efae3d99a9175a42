/**
 * The gradient of a bias. tfjs-backend-wasm sums over leading axes by transposing the whole tensor first, which would take a
 * tenth of a training step of a network of stock operations.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { KernelModule } from './kernel-module.ts';

const SUM_ROWS = 'SteadypenSumRows';

/** Registers the kernel with the backend that the module belongs to. */
export function registerRowSumKernel(module: KernelModule): void {
  module.register(SUM_ROWS, ({ x }) => {
    if (!x) throw new Error(`${SUM_ROWS} was called without its input`);
    const columns = x.shape.at(-1) ?? 0;
    const sums = module.makeOutput([columns], 'float32');
    const rows = tf.util.sizeFromShape(x.shape.slice(0, -1));
    module.exports.sumRows(module.addressOf(x), module.addressOf(sums), rows, columns);
    return sums;
  });
}

/** Whether `sumRows` can take x on the current backend. */
export function suitsRowSumKernel(x: tf.Tensor): boolean {
  return (
    x.rank > 1 && x.size > 0 && x.dtype === 'float32' && tf.getKernel(SUM_ROWS, tf.getBackend()) !== undefined
  );
}

/** @param x [..., columns]. @returns Sums over all axes but the last, [columns]; the same bits for the same numbers. */
export function sumRows(x: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel(SUM_ROWS, { x });
}
