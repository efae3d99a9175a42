import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import {
  suitsTwoColumnKernels,
  twoColumnsInputGradient,
  twoColumnsWeightGradient,
} from '../../../src/tensor/kernels/two-column-kernels.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { relativeDifference } from './slow-block.ts';

beforeAll(async () => {
  await loadBackend('cpu');
});

test.each([
  { rows: 1, inner: 4 },
  { rows: 4, inner: 8 },
  { rows: 7, inner: 20 },
  { rows: 32, inner: 256 },
])('$rows × $inner: both gradients are the written-out sums', ({ rows, inner }) => {
  const rng = new Rng(`${rows} ${inner}`);
  const random = (count: number) => Float32Array.from({ length: count }, () => rng.normal());
  const [a, b, g] = [random(rows * inner), random(inner * 2), random(rows * 2)];
  const da = new Float64Array(rows * inner);
  const db = new Float64Array(inner * 2);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < inner; i++) {
      for (const column of [0, 1]) {
        da[row * inner + i]! += g[row * 2 + column]! * b[i * 2 + column]!;
        db[i * 2 + column]! += g[row * 2 + column]! * a[row * inner + i]!;
      }
    }
  }
  tf.tidy(() => {
    const [ta, tb, tg] = [
      tf.tensor2d(a, [rows, inner]),
      tf.tensor2d(b, [inner, 2]),
      tf.tensor2d(g, [rows, 2]),
    ];
    expect(suitsTwoColumnKernels(ta, tb)).toBe(true);
    expect(relativeDifference(twoColumnsInputGradient(tg, tb).dataSync(), da)).toBeLessThan(1e-6);
    expect(relativeDifference(twoColumnsWeightGradient(ta, tg).dataSync(), db)).toBeLessThan(1e-6);
  });
});

test('other shapes go the general way', () => {
  tf.tidy(() => {
    expect(suitsTwoColumnKernels(tf.zeros([3, 6]), tf.zeros([6, 2]))).toBe(false);
    expect(suitsTwoColumnKernels(tf.zeros([3, 8]), tf.zeros([8, 3]))).toBe(false);
    expect(suitsTwoColumnKernels(tf.zeros([1, 3, 8]), tf.zeros([1, 8, 2]))).toBe(false);
  });
});
