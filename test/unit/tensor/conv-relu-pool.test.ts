import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { composeConvReluPool, convReluPool } from '../../../src/tensor/conv-relu-pool.ts';
import { CONV_RELU_POOL } from '../../../src/tensor/kernels/conv-relu-pool-kernels.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { runBlock } from './run-block.ts';
import { type BlockSizes, randomProblem, relativeDifference, slowBlock } from './slow-block.ts';

const PARTS = ['y', 'dx', 'dKernel', 'dBias'] as const;

beforeAll(async () => {
  const loaded = await loadBackend('cpu');
  // Without the built kernels these tests would prove stock operations: npm run build:kernels.
  expect(loaded.warning).toBeUndefined();
  expect(tf.getKernel(CONV_RELU_POOL, 'wasm')).toBeDefined();
});

function sizes(
  count: number,
  height: number,
  width: number,
  channelsIn: number,
  channelsOut: number,
): BlockSizes {
  return { count, height, width, channelsIn, channelsOut };
}

function randomSizes(rng: Rng, channelsOut: readonly number[]): BlockSizes {
  return sizes(
    1 + rng.int(3),
    2 + rng.int(12),
    2 + rng.int(12),
    rng.pick([1, 1, 2, 3, 4, 5, 7, 8, 8, 12, 16, 20, 24]),
    rng.pick(channelsOut),
  );
}

const rng = new Rng('block shapes');
const SHAPES = Array.from({ length: 40 }, () => randomSizes(rng, [8, 16, 24, 32]));
/** Shapes that the fused kernels do not take. */
const OTHER_WAYS = [
  ...[sizes(2, 8, 6, 3, 5), sizes(1, 7, 7, 8, 12), sizes(1, 2, 2, 1, 1)],
  ...Array.from({ length: 20 }, () => randomSizes(rng, [1, 2, 3, 4, 5, 6, 7, 12, 20, 33])),
];

describe('the block and its gradients are those of the definition', () => {
  test.each([...SHAPES, ...OTHER_WAYS])(
    '$count × $height × $width, $channelsIn → $channelsOut',
    async (problemSizes) => {
      await tf.setBackend('wasm');
      const problem = randomProblem(problemSizes, 'by definition');
      const wanted = slowBlock(problem);
      const actual = runBlock(convReluPool, problem);
      for (const part of PARTS)
        expect(relativeDifference(actual[part], wanted[part]), part).toBeLessThan(1e-5);
    },
  );

  test('a real layer: 32 × 32 × 16 → 32', () => {
    const problem = randomProblem(sizes(1, 32, 32, 16, 32), 'real layer');
    const wanted = slowBlock(problem);
    const actual = runBlock(convReluPool, problem);
    for (const part of PARTS) expect(relativeDifference(actual[part], wanted[part]), part).toBeLessThan(1e-5);
  });
});

describe('the block and its gradients are those of stock operations on tfjs-backend-cpu', () => {
  test.each([sizes(2, 8, 8, 1, 8), sizes(2, 9, 8, 8, 16), sizes(1, 6, 10, 16, 32), sizes(2, 5, 2, 2, 3)])(
    '$count × $height × $width, $channelsIn → $channelsOut',
    async (problemSizes) => {
      const problem = randomProblem(problemSizes, 'stock');
      await tf.setBackend('cpu');
      const wanted = runBlock(composeConvReluPool, problem);
      await tf.setBackend('wasm');
      const actual = runBlock(convReluPool, problem);
      for (const part of PARTS)
        expect(relativeDifference(actual[part], wanted[part]), part).toBeLessThan(1e-5);
    },
  );
});

describe('the fused kernels give what stock operations give beside them', () => {
  test.each([sizes(1, 7, 9, 3, 8), sizes(2, 11, 5, 8, 16), sizes(3, 3, 3, 16, 24), sizes(1, 2, 3, 1, 8)])(
    '$count × $height × $width, $channelsIn → $channelsOut: odd sides',
    async (problemSizes) => {
      await tf.setBackend('wasm');
      const problem = randomProblem(problemSizes, 'odd');
      const wanted = runBlock(composeConvReluPool, problem);
      const actual = runBlock(convReluPool, problem);
      for (const part of PARTS)
        expect(relativeDifference(actual[part], wanted[part]), part).toBeLessThan(1e-5);
    },
  );
});

test('gradients are finite differences of the definition', () => {
  const problem = randomProblem(sizes(1, 6, 6, 4, 8), 'differences');
  const actual = runBlock(convReluPool, problem);
  const lossAt = (part: 'x' | 'kernel' | 'bias', index: number, step: number) => {
    const values = Float64Array.from(problem[part]);
    values[index]! += step;
    // The definition works in double precision on whatever it is given.
    const { y } = slowBlock({ ...problem, [part]: values });
    return y.reduce((sum, value, i) => sum + value * problem.dy[i]!, 0);
  };
  const pick = new Rng('which');
  for (const [part, gradient] of [
    ['x', actual.dx],
    ['kernel', actual.dKernel],
    ['bias', actual.dBias],
  ] as const) {
    for (let trial = 0; trial < 12; trial++) {
      const index = pick.int(gradient.length);
      const difference = (lossAt(part, index, 1e-6) - lossAt(part, index, -1e-6)) / 2e-6;
      expect(Math.abs(gradient[index]! - difference), `${part}[${index}]`).toBeLessThan(1e-4);
    }
  }
});

test('of equal positions the first takes the gradient; nothing passes where ReLU gives zero', () => {
  // One window of ones, kernels that see the middle pixel only: all four sums are equal, +2 or −2 by channel.
  const kernel = new Float32Array(9 * 8);
  for (let out = 0; out < 8; out++) kernel[4 * 8 + out] = out < 4 ? 2 : -2;
  const run = runBlock(convReluPool, {
    ...sizes(1, 2, 2, 1, 8),
    x: Float32Array.of(1, 1, 1, 1),
    kernel,
    bias: new Float32Array(8),
    dy: Float32Array.of(1, 10, 100, 1000, 5, 5, 5, 5),
  });
  expect([...run.y]).toEqual([2, 2, 2, 2, 0, 0, 0, 0]);
  expect([...run.dx]).toEqual([2222, 0, 0, 0]);
  expect([...run.dBias]).toEqual([1, 10, 100, 1000, 0, 0, 0, 0]);
});

test('weights that are not numbers show in the output instead of vanishing in ReLU', () => {
  const problem = randomProblem(sizes(1, 4, 4, 2, 8), 'nan');
  const run = runBlock(convReluPool, { ...problem, kernel: problem.kernel.map(() => NaN) });
  expect(run.y.every((value) => Number.isNaN(value))).toBe(true);
});

test.each([
  { what: 'an empty batch', x: [0, 8, 8, 1], kernel: [3, 3, 1, 8], bias: [8], says: 'empty' },
  { what: 'a one-pixel image', x: [1, 1, 1, 1], kernel: [3, 3, 1, 8], bias: [8], says: '2 × 2' },
  { what: 'other channels', x: [1, 8, 8, 2], kernel: [3, 3, 1, 8], bias: [8], says: '[3, 3, 2' },
  { what: 'a 5 × 5 kernel', x: [1, 8, 8, 1], kernel: [5, 5, 1, 8], bias: [8], says: '[3, 3, 1' },
  { what: 'a short bias', x: [1, 8, 8, 1], kernel: [3, 3, 1, 8], bias: [4], says: '[8]' },
])('$what is refused with the shape that was wanted', ({ x, kernel, bias, says }) => {
  const zeros = (shape: number[]): tf.Tensor => tf.zeros(shape);
  tf.tidy(() => {
    const images = zeros(x) as tf.Tensor4D;
    const weights = zeros(kernel) as tf.Tensor4D;
    expect(() => convReluPool(images, weights, zeros(bias) as tf.Tensor1D)).toThrow(says);
  });
});
