import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { type WindowProblem, randomNumbers, sizesOf, slowConv, slowMaxPool } from './slow-windows.ts';

beforeAll(async () => {
  const loaded = await loadBackend('cpu');
  expect(loaded.warning).toBeUndefined();
});

/** A net that the fused kernels do not take: 5 × 5 every second pixel, a max pool that overlaps, 3 × 3, odd sizes. */
const FIRST: WindowProblem = {
  batch: 2,
  height: 21,
  width: 19,
  filter: [5, 5],
  strides: [2, 2],
  pad: 'same',
  channelsIn: 3,
  channelsOut: 6,
};
const POOL: WindowProblem = { ...FIRST, height: 11, width: 10, filter: [3, 3], pad: 'valid', channelsIn: 6 };
const LAST: WindowProblem = { ...POOL, height: 5, width: 4, strides: [1, 1], pad: 'same', channelsOut: 5 };

const given = {
  x: randomNumbers(2 * 21 * 19 * 3, 'net x'),
  first: randomNumbers(25 * 3 * 6, 'net first').map((value) => 0.2 * value),
  bias: randomNumbers(6, 'net bias'),
  last: randomNumbers(9 * 6 * 5, 'net last').map((value) => 0.2 * value),
};
type Part = keyof typeof given;
const PARTS: readonly Part[] = ['x', 'first', 'bias', 'last'];
const slopes = randomNumbers(2 * 5 * 4 * 5, 'net slopes');

/** The net by its definition, in double precision: small steps stay away from the kinks of ReLU and pool. */
function slowLoss(p: Readonly<Record<Part, ArrayLike<number>>>): number {
  const inner = slowConv(sizesOf(FIRST), FIRST, p.x, p.first).map((v, i) => Math.max(v + p.bias[i % 6]!, 0));
  const y = slowConv(sizesOf(LAST), LAST, slowMaxPool(sizesOf(POOL), 6, inner), p.last);
  return y.reduce((sum, value, i) => sum + value * slopes[i]!, 0);
}

function loss(x: tf.Tensor, first: tf.Tensor, bias: tf.Tensor, last: tf.Tensor): tf.Scalar {
  const sums = tf.add(tf.conv2d(x as tf.Tensor4D, first as tf.Tensor4D, 2, 'same'), bias) as tf.Tensor4D;
  const y = tf.conv2d(tf.maxPool(tf.relu(sums), 3, 2, 'valid'), last as tf.Tensor4D, 1, 'same');
  return tf.sum(tf.mul(y, tf.tensor4d(slopes, [2, 5, 4, 5])));
}

test('the loss is that of the definition, its gradients are finite differences of it', () => {
  const tensors = () => [
    tf.tensor4d(given.x, [2, 21, 19, 3]),
    tf.tensor4d(given.first, [5, 5, 3, 6]),
    tf.tensor1d(given.bias),
    tf.tensor4d(given.last, [3, 3, 6, 5]),
  ];
  const { value, gradients } = tf.tidy(() => {
    const [x, first, bias, last] = tensors();
    return {
      value: loss(x!, first!, bias!, last!).dataSync()[0]!,
      gradients: tf
        .grads((a, b, c, d) => loss(a as tf.Tensor, b as tf.Tensor, c as tf.Tensor, d as tf.Tensor))(
          tensors(),
        )
        .map((gradient) => Float32Array.from(gradient.dataSync())),
    };
  });
  expect(value).toBeCloseTo(slowLoss(given), 3);
  const pick = new Rng('which of the net');
  for (const [which, part] of PARTS.entries()) {
    const gradient = gradients[which]!;
    expect(gradient.length, part).toBe(given[part].length);
    const size = Math.max(...gradient.map(Math.abs));
    expect(size, part).toBeGreaterThan(0.1);
    for (let trial = 0; trial < 10; trial++) {
      const index = pick.int(gradient.length);
      const lossAt = (step: number) => {
        const values = Float64Array.from(given[part]);
        values[index]! += step;
        return slowLoss({ ...given, [part]: values });
      };
      const difference = (lossAt(1e-6) - lossAt(-1e-6)) / 2e-6;
      expect(Math.abs(gradient[index]! - difference) / size, `${part}[${index}]`).toBeLessThan(1e-5);
    }
  }
});
