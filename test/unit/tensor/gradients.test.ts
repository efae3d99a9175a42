import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';

beforeAll(async () => {
  await loadBackend('cpu');
});

type Op = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
interface Row {
  readonly op: string;
  readonly run: Op;
  readonly shapes: readonly [number[], number[]];
}

/** b is 0.5 … 1.5, so that it may divide and be under a logarithm. */
const ROWS: Row[] = [
  { op: 'add, stretched', run: (a, b) => tf.add(a, b), shapes: [[3, 4], [4]] },
  {
    op: 'sub, stretched',
    run: (a, b) => tf.sub(a, b),
    shapes: [
      [1, 4],
      [3, 1],
    ],
  },
  { op: 'mul', run: (a, b) => tf.mul(a, b), shapes: [[3, 4], [4]] },
  {
    op: 'div',
    run: (a, b) => tf.div(a, b),
    shapes: [
      [3, 4],
      [3, 1],
    ],
  },
  {
    op: 'neg, clone, cast',
    run: (a, b) => tf.add(tf.neg(a), tf.cast(tf.clone(b), 'float32')),
    shapes: [[2], [2]],
  },
  { op: 'exp, log', run: (a, b) => tf.add(tf.exp(a), tf.log(b)), shapes: [[3], [3]] },
  { op: 'square, abs', run: (a, b) => tf.mul(tf.square(a), tf.abs(b)), shapes: [[3], [3]] },
  { op: 'sigmoid, relu', run: (a, b) => tf.mul(tf.sigmoid(a), tf.relu(tf.add(a, b))), shapes: [[5], [5]] },
  {
    op: 'reshape, transpose',
    run: (a, b) => tf.mul(tf.transpose(a, [2, 0, 1]), tf.reshape(b, [4, 2, 3])),
    shapes: [[2, 3, 4], [24]],
  },
  { op: 'sum of all', run: (a, b) => tf.mul(tf.sum(a), b), shapes: [[2, 3], [1]] },
  { op: 'sum over one axis', run: (a, b) => tf.mul(tf.sum(a, 1), b), shapes: [[2, 3], [2]] },
  { op: 'mean over two axes', run: (a, b) => tf.mul(tf.mean(a, [0, -1]), b), shapes: [[2, 3, 2], [3]] },
  {
    op: 'softmax',
    run: (a, b) => tf.mul(tf.softmax(a), b),
    shapes: [
      [2, 3],
      [2, 3],
    ],
  },
  {
    op: 'a·b',
    run: (a, b) => tf.matMul(a, b),
    shapes: [
      [2, 3],
      [3, 4],
    ],
  },
  {
    op: 'aᵀ·b',
    run: (a, b) => tf.matMul(a, b, true),
    shapes: [
      [3, 2],
      [3, 4],
    ],
  },
  {
    op: 'a·bᵀ',
    run: (a, b) => tf.matMul(a, b, false, true),
    shapes: [
      [2, 3],
      [4, 3],
    ],
  },
  {
    op: 'aᵀ·bᵀ',
    run: (a, b) => tf.matMul(a, b, true, true),
    shapes: [
      [3, 2],
      [4, 3],
    ],
  },
  {
    op: 'conv2d, stride 2',
    run: (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, [2, 1], 'same'),
    shapes: [
      [2, 5, 4, 2],
      [3, 3, 2, 3],
    ],
  },
  {
    op: 'conv2d, valid',
    run: (a, b) => tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'valid'),
    shapes: [
      [1, 5, 6, 3],
      [3, 2, 3, 2],
    ],
  },
  {
    op: 'max pool, a window all negative',
    run: (a, b) => tf.mul(tf.maxPool(tf.sub(a as tf.Tensor4D, 1), 2, 2, 'same'), b),
    shapes: [[1, 5, 4, 2], [1]],
  },
  {
    op: 'softmax cross-entropy',
    run: (a, b) => tf.losses.softmaxCrossEntropy(tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3), tf.add(a, b)),
    shapes: [[2, 3], [3]],
  },
];

test.each(ROWS)('$op: the gradient is the finite difference', ({ op, run, shapes }) => {
  const rng = new Rng(op);
  const sizeOf = (shape: number[]) => shape.reduce((product, side) => product * side, 1);
  const values = [
    Float32Array.from({ length: sizeOf(shapes[0]) }, () => rng.normal()),
    Float32Array.from({ length: sizeOf(shapes[1]) }, () => rng.between(0.5, 1.5)),
  ] as const;
  const weights = Float32Array.from({ length: 200 }, () => rng.normal());
  const loss = (a: tf.Tensor, b: tf.Tensor): tf.Scalar => {
    const out = run(a, b);
    return tf.sum(tf.mul(out, tf.reshape(tf.tensor1d(weights.slice(0, out.size)), out.shape)));
  };
  const lossAt = () =>
    tf.tidy(() => loss(tf.tensor(values[0], shapes[0]), tf.tensor(values[1], shapes[1])).dataSync()[0]!);
  const gradients = tf.tidy(() =>
    tf
      .grads((a, b) => loss(a as tf.Tensor, b as tf.Tensor))([
        tf.tensor(values[0], shapes[0]),
        tf.tensor(values[1], shapes[1]),
      ])
      .map((gradient) => Float32Array.from(gradient.dataSync())),
  );
  for (const [which, array] of values.entries()) {
    for (let trial = 0; trial < 6; trial++) {
      const index = rng.int(array.length);
      const kept = array[index]!;
      array[index] = kept + 1e-2;
      const above = lossAt();
      array[index] = kept - 1e-2;
      const below = lossAt();
      array[index] = kept;
      const difference = (above - below) / 2e-2;
      const gradient = gradients[which]![index]!;
      expect(Math.abs(gradient - difference), `argument ${which}[${index}]`).toBeLessThan(
        5e-3 * (1 + Math.abs(difference)),
      );
    }
  }
});
