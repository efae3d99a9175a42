import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { suitsRowSumKernel, sumRows } from '../../../src/tensor/kernels/row-sum-kernel.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { relativeDifference } from './slow-block.ts';
import { randomNumbers } from './slow-windows.ts';

beforeAll(async () => {
  await loadBackend('cpu');
});

test.each([
  ...[1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 32, 33].map((columns) => [[2, 7, 11, columns]] as const),
  ...[[[1, 5]], [[128, 3]], [[129, 6]], [[131, 4]], [[5000, 7]]].map(([shape]) => [shape!] as const),
])('the sums over all axes but the last of %j', (shape) => {
  const values = randomNumbers(tf.util.sizeFromShape([...shape]), `sums ${shape.join()}`);
  const columns = shape.at(-1)!;
  const wanted = new Float64Array(columns);
  for (const [i, value] of values.entries()) wanted[i % columns]! += value;
  tf.tidy(() => {
    const x = tf.tensor(values, [...shape]);
    expect(suitsRowSumKernel(x)).toBe(true);
    const sums = sumRows(x);
    expect(sums.shape).toEqual([columns]);
    expect(relativeDifference(sums.dataSync(), wanted)).toBeLessThan(1e-5);
  });
});

test('half a million rows keep their digits', () => {
  tf.tidy(() => {
    const sums = sumRows(tf.fill([500_000, 5], 0.1)).dataSync();
    for (const sum of sums) expect(Math.abs(sum / 50_000 - 1)).toBeLessThan(1e-5);
  });
});

test('other tensors go the general way', () => {
  tf.tidy(() => {
    expect(suitsRowSumKernel(tf.zeros([4]))).toBe(false);
    expect(suitsRowSumKernel(tf.zeros([0, 4]))).toBe(false);
    expect(suitsRowSumKernel(tf.zeros([2, 4], 'int32'))).toBe(false);
  });
});
