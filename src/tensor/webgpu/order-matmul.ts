/**
 * tfjs-backend-webgpu 4.22 multiplies long, small matrices (more than 64 pictures by the FC layer of the reference net) by
 * adding up parts in whatever order they come. Here they take the next best program, whose sums have a fixed order: the
 * same arguments give the same bits.
 */
import * as tf from '@tensorflow/tfjs-core';

const FLAG = 'WEBGPU_MATMUL_PROGRAM_TYPE';
/** `MatMulProgramType` of tfjs-backend-webgpu: let it choose, or small tiles. */
const AUTOMATIC = -1;
const SMALL_TILES = 2;
/** From this inner dimension on, the stock kernel may split. */
const SPLIT_FROM = 2000;
/** Up to this many results it never splits: each gets threads of its own. */
const REDUCED_UP_TO = 128;

/** Puts the choice before the stock kernel. May be called again. */
export function orderMatMul(): void {
  const stock = tf.getKernel(tf.BatchMatMul, 'webgpu');
  if (stock === undefined) throw new Error('tfjs-backend-webgpu has no BatchMatMul');
  if (stock.kernelFunc === ordered) return;
  chooseStock = stock.kernelFunc;
  tf.unregisterKernel(tf.BatchMatMul, 'webgpu');
  tf.registerKernel({ ...stock, kernelFunc: ordered });
}

let chooseStock: tf.KernelFunc | null = null;

const ordered: tf.KernelFunc = (params) => {
  if (chooseStock === null) throw new Error('orderMatMul was not called');
  if (!maySplit(params)) return chooseStock(params);
  tf.env().set(FLAG, SMALL_TILES);
  try {
    return chooseStock(params);
  } finally {
    tf.env().set(FLAG, AUTOMATIC);
  }
};

function maySplit({ inputs: { a, b }, attrs }: Parameters<tf.KernelFunc>[0]): boolean {
  if (!a || !b) return false;
  const [aColumns = 1, aRows = 1] = a.shape.slice().reverse();
  const [bColumns = 1, bRows = 1] = b.shape.slice().reverse();
  const [rows, inner] = attrs?.['transposeA'] === true ? [aColumns, aRows] : [aRows, aColumns];
  const columns = attrs?.['transposeB'] === true ? bRows : bColumns;
  return inner >= SPLIT_FROM && rows * columns > REDUCED_UP_TO;
}
