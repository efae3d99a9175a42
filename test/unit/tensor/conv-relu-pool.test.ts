import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { composeConvReluPool, convReluPool } from '../../../src/tensor/conv-relu-pool.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';

type Shape4 = [number, number, number, number];
interface Case {
  readonly shape: Shape4;
  readonly channelsOut: number;
}

beforeAll(async () => {
  await loadBackend('cpu');
});

function randomValues(rng: Rng, count: number, scale = 1): Float32Array {
  return Float32Array.from({ length: count }, () => scale * rng.normal());
}

/** Output and the three gradients of Σ weights · block(x) on one backend, as plain arrays. */
async function outputAndGradients(
  backend: string,
  block: typeof convReluPool,
  { shape, channelsOut }: Case,
  seed: string,
): Promise<Float32Array[]> {
  await tf.setBackend(backend);
  const rng = new Rng(seed);
  const [n, height, width, channels] = shape;
  const x = tf.tensor4d(randomValues(rng, n * height * width * channels), shape);
  const kernel = tf.tensor4d(randomValues(rng, 9 * channels * channelsOut, 0.3), [
    3,
    3,
    channels,
    channelsOut,
  ]);
  const bias = tf.tensor1d(randomValues(rng, channelsOut, 0.2));
  const outShape: Shape4 = [n, Math.floor(height / 2), Math.floor(width / 2), channelsOut];
  const weights = tf.tensor4d(
    randomValues(
      rng,
      outShape.reduce((a, b) => a * b),
    ),
    outShape,
  );
  const y = block(x, kernel, bias);
  const gradients = tf.grads((a, k, b) =>
    tf.sum(tf.mul(block(a as tf.Tensor4D, k as tf.Tensor4D, b as tf.Tensor1D), weights)),
  )([x, kernel, bias]);
  const all = [y, ...gradients];
  const values = all.map((t) => Float32Array.from(t.dataSync()));
  tf.dispose([x, kernel, bias, weights, ...all]);
  return values;
}

/** Largest difference over the largest value. */
function relativeDifference(actual: Float32Array, wanted: Float32Array): number {
  expect(actual.length).toBe(wanted.length);
  let difference = 0;
  let size = 1e-30;
  wanted.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - (actual[i] ?? NaN)));
    size = Math.max(size, Math.abs(value));
  });
  return difference / size;
}

const CASES: Case[] = [
  { shape: [2, 8, 8, 1], channelsOut: 8 },
  { shape: [2, 8, 8, 8], channelsOut: 16 },
  { shape: [1, 6, 10, 16], channelsOut: 32 },
  { shape: [3, 7, 9, 4], channelsOut: 8 },
  { shape: [1, 2, 2, 3], channelsOut: 5 },
  { shape: [2, 5, 2, 2], channelsOut: 1 },
];

describe('the block and its gradients equal stock operations on tfjs-backend-cpu', () => {
  test.each(CASES)('$shape → $channelsOut', async (c) => {
    const wanted = await outputAndGradients('cpu', composeConvReluPool, c, 'equal');
    const actual = await outputAndGradients('wasm', convReluPool, c, 'equal');
    for (const [i, values] of wanted.entries()) {
      expect(relativeDifference(actual[i] ?? new Float32Array(), values)).toBeLessThan(1e-5);
    }
  });
});

test.each([
  {
    what: 'an empty batch',
    shape: [0, 8, 8, 1] as Shape4,
    kernel: [3, 3, 1, 8] as Shape4,
    bias: 8,
    says: 'empty',
  },
  {
    what: 'a one-pixel image',
    shape: [1, 1, 1, 1] as Shape4,
    kernel: [3, 3, 1, 8] as Shape4,
    bias: 8,
    says: '2 × 2',
  },
  {
    what: 'other channels',
    shape: [1, 8, 8, 2] as Shape4,
    kernel: [3, 3, 1, 8] as Shape4,
    bias: 8,
    says: '[3, 3, 2',
  },
  {
    what: 'a 5 × 5 kernel',
    shape: [1, 8, 8, 1] as Shape4,
    kernel: [5, 5, 1, 8] as Shape4,
    bias: 8,
    says: '[3, 3, 1',
  },
  {
    what: 'a short bias',
    shape: [1, 8, 8, 1] as Shape4,
    kernel: [3, 3, 1, 8] as Shape4,
    bias: 4,
    says: '[8]',
  },
])('$what is refused with the shape that was wanted', ({ shape, kernel, bias, says }) => {
  tf.tidy(() => {
    expect(() => convReluPool(tf.zeros(shape), tf.zeros(kernel), tf.zeros([bias]))).toThrow(says);
  });
});
