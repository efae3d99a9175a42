import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { convReluPool } from '../../../../src/tensor/conv-relu-pool.ts';
import { GPU_CONV_RELU_POOL } from '../../../../src/tensor/webgpu/conv-relu-pool-kernels.ts';
import {
  randomProblem,
  relativeDifference,
  slowBlock,
  type BlockProblem,
  type BlockSizes,
} from '../slow-block.ts';
import { openWebgpuIfAny } from './software-vulkan.ts';

const isThere = (await openWebgpuIfAny()) !== null;
const PARTS = ['y', 'dx', 'dKernel', 'dBias'] as const;

/** Like runBlock, with downloads that WebGPU has. */
async function runOnGpu(p: BlockProblem): Promise<Record<(typeof PARTS)[number], Float32Array>> {
  const tensors = tf.tidy(() => {
    const x = tf.tensor4d(p.x, [p.count, p.height, p.width, p.channelsIn]);
    const kernel = tf.tensor4d(p.kernel, [3, 3, p.channelsIn, p.channelsOut]);
    const bias = tf.tensor1d(p.bias);
    const dy = tf.tensor4d(p.dy, [p.count, p.height >> 1, p.width >> 1, p.channelsOut]);
    const [dx, dKernel, dBias] = tf.grads((a, b, c) =>
      tf.sum(tf.mul(convReluPool(a as tf.Tensor4D, b as tf.Tensor4D, c as tf.Tensor1D), dy)),
    )([x, kernel, bias]);
    return { y: convReluPool(x, kernel, bias), dx: dx!, dKernel: dKernel!, dBias: dBias! };
  });
  const values = await Promise.all(PARTS.map((part) => tensors[part].data<'float32'>()));
  tf.dispose(tensors);
  return Object.fromEntries(PARTS.map((part, i) => [part, values[i]])) as Awaited<
    ReturnType<typeof runOnGpu>
  >;
}

const sizes = (
  count: number,
  height: number,
  width: number,
  channelsIn: number,
  channelsOut: number,
): BlockSizes => ({ count, height, width, channelsIn, channelsOut });

describe.skipIf(!isThere)('the block on WebGPU', () => {
  test('is our own kernel', () => {
    expect(tf.getBackend()).toBe('webgpu');
    expect(tf.getKernel(GPU_CONV_RELU_POOL, 'webgpu')).toBeDefined();
  });

  test.each([
    sizes(2, 8, 6, 1, 8),
    sizes(1, 16, 16, 8, 16),
    sizes(2, 7, 9, 16, 4),
    sizes(3, 5, 4, 3, 5),
    sizes(1, 2, 2, 1, 1),
    // More than one band of windows, the last one not full.
    sizes(3, 26, 22, 5, 12),
  ])('$count × $height × $width, $channelsIn → $channelsOut: as defined', async (problemSizes) => {
    const problem = randomProblem(problemSizes, 'by definition');
    const wanted = slowBlock(problem);
    const actual = await runOnGpu(problem);
    for (const part of PARTS) expect(relativeDifference(actual[part], wanted[part]), part).toBeLessThan(1e-5);
  });

  test('of equal values the first one takes the gradient, as on blank paper', async () => {
    const random = randomProblem(sizes(1, 8, 8, 1, 4), 'blank');
    const problem = { ...random, x: random.x.fill(0), bias: random.bias.map(Math.abs) };
    const { dx } = await runOnGpu(problem);
    const wanted = slowBlock(problem);
    expect(relativeDifference(dx, wanted.dx)).toBeLessThan(1e-5);
    expect(Math.max(...wanted.dx)).toBeGreaterThan(0.1);
  });

  test('what is no number stays none', async () => {
    const problem = randomProblem(sizes(1, 4, 4, 1, 4), 'not a number');
    problem.x[5] = NaN;
    const { y } = await runOnGpu(problem);
    expect(y.some(Number.isNaN)).toBe(true);
  });
});
