import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { convFilterGradient } from '../../../src/tensor/kernels/conv-filter-gradient.ts';
import { maxPoolGradient } from '../../../src/tensor/kernels/max-pool-gradient.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { relativeDifference } from './slow-block.ts';
import {
  type WindowProblem,
  attrsOf,
  randomNumbers,
  randomWindowProblems,
  sizesOf,
  slowConvGradients,
  slowPoolGradient,
  titleOf,
} from './slow-windows.ts';

beforeAll(async () => {
  const loaded = await loadBackend('cpu');
  // Without the built kernels these tests would prove the plain ones: npm run build:kernels.
  expect(loaded.warning).toBeUndefined();
});

function problem(change: Partial<WindowProblem>): WindowProblem {
  return {
    batch: 1,
    height: 9,
    width: 7,
    filter: [3, 3],
    strides: [1, 1],
    pad: 'same',
    channelsIn: 4,
    channelsOut: 8,
    ...change,
  };
}

/** Corners that chance may miss. */
const CHOSEN = [
  problem({ height: 1, width: 1, filter: [1, 1], channelsIn: 1, channelsOut: 1 }),
  problem({ height: 1, width: 1, filter: [5, 5], channelsIn: 3 }),
  problem({ filter: [1, 1], strides: [3, 2], channelsIn: 33, channelsOut: 5 }),
  problem({ filter: [1, 1], pad: 2, channelsIn: 5, channelsOut: 3 }),
  problem({ filter: [7, 3], strides: [2, 1], batch: 2, channelsIn: 3, channelsOut: 16 }),
  problem({ filter: [5, 5], strides: [2, 2], pad: 'valid', channelsIn: 16, channelsOut: 33 }),
  // Columns and rows that no window sees.
  problem({ height: 11, width: 10, filter: [2, 2], strides: [3, 3], pad: 'valid', channelsIn: 6 }),
  problem({ pad: { rows: [0, 2], columns: [3, 0] }, channelsIn: 8, channelsOut: 4 }),
  // More rows than one band of the filter gradient.
  problem({ height: 40, width: 37, filter: [5, 5], channelsIn: 16, channelsOut: 12 }),
];
const named = (problems: readonly WindowProblem[]) => problems.map((p) => [titleOf(p), p] as const);
const CONVOLUTIONS = named([...CHOSEN, ...randomWindowProblems(90, 'convolutions')]);
const POOLS = named([...CHOSEN, ...randomWindowProblems(60, 'pools')]);

function runKernel(name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): Float32Array {
  return Float32Array.from(tf.engine().runKernel<tf.Tensor>(name, inputs, attrs).dataSync());
}

interface Convolution {
  readonly x: Float32Array;
  readonly filter: Float32Array;
  readonly dy: Float32Array;
}

function randomConvolution(p: WindowProblem): Convolution {
  const { outHeight, outWidth } = sizesOf(p);
  const name = titleOf(p);
  return {
    x: randomNumbers(p.batch * p.height * p.width * p.channelsIn, `${name} x`),
    filter: randomNumbers(p.filter[0] * p.filter[1] * p.channelsIn * p.channelsOut, `${name} filter`),
    dy: randomNumbers(p.batch * outHeight * outWidth * p.channelsOut, `${name} dy`),
  };
}

function runConvGradients(
  p: WindowProblem,
  given: Convolution,
): { readonly dx: Float32Array; readonly dFilter: Float32Array } {
  const { outHeight, outWidth } = sizesOf(p);
  const inputShape: [number, number, number, number] = [p.batch, p.height, p.width, p.channelsIn];
  const filterShape: [number, number, number, number] = [...p.filter, p.channelsIn, p.channelsOut];
  return tf.tidy(() => {
    const x = tf.tensor4d(given.x, inputShape);
    const filter = tf.tensor4d(given.filter, filterShape);
    const dy = tf.tensor4d(given.dy, [p.batch, outHeight, outWidth, p.channelsOut]);
    return {
      dx: runKernel(tf.Conv2DBackpropInput, { dy, filter }, attrsOf(p, { inputShape })),
      dFilter: runKernel(tf.Conv2DBackpropFilter, { x, dy }, attrsOf(p, { filterShape })),
    };
  });
}

function runPoolGradient(p: WindowProblem, x: Float32Array, dy: Float32Array): Float32Array {
  const { outHeight, outWidth } = sizesOf(p);
  return tf.tidy(() => {
    const input = tf.tensor4d(x, [p.batch, p.height, p.width, p.channelsIn]);
    const slope = tf.tensor4d(dy, [p.batch, outHeight, outWidth, p.channelsIn]);
    return runKernel(
      tf.MaxPoolGrad,
      { dy: slope, input, output: slope },
      attrsOf(p, { filterSize: [...p.filter] }),
    );
  });
}

describe('the gradients of a convolution are those of its definition', () => {
  test.each(CONVOLUTIONS)('%s', (_title, p) => {
    const given = randomConvolution(p);
    const wanted = slowConvGradients(sizesOf(p), p, given.x, given.filter, given.dy);
    const actual = runConvGradients(p, given);
    expect(relativeDifference(actual.dx, wanted.dx)).toBeLessThan(1e-5);
    expect(relativeDifference(actual.dFilter, wanted.dFilter)).toBeLessThan(1e-5);
    const plain = new Float32Array(wanted.dFilter.length);
    convFilterGradient(given.x, given.dy, plain, {
      ...sizesOf(p),
      inChannels: p.channelsIn,
      outChannels: p.channelsOut,
    });
    expect(relativeDifference(plain, wanted.dFilter)).toBeLessThan(1e-6);
  });
});

describe('the gradient of a max pool is that of its definition', () => {
  // Whole numbers, so that many are equal; below zero, so that windows are all negative.
  test.each(POOLS)('%s', (_title, p) => {
    const { x, dy: other } = randomConvolution({ ...p, channelsOut: p.channelsIn });
    const rounded = x.map((value) => Math.round(2 * value) - 3);
    const wanted = slowPoolGradient(sizesOf(p), p.channelsIn, rounded, other);
    expect(relativeDifference(runPoolGradient(p, rounded, other), wanted)).toBeLessThan(1e-5);
    const plain = new Float32Array(x.length);
    maxPoolGradient(rounded, other, plain, { ...sizesOf(p), channels: p.channelsIn });
    expect(relativeDifference(plain, wanted)).toBeLessThan(1e-5);
  });
});

test('overlapping windows that share a largest number add up, by hand', () => {
  const p = problem({ height: 1, width: 5, filter: [1, 3], strides: [1, 2], pad: 'valid', channelsIn: 1 });
  expect([...runPoolGradient(p, Float32Array.of(-5, -4, -1, -1, -2), Float32Array.of(10, 7))]).toEqual([
    0, 0, 17, 0, 0,
  ]);
});

test('a hand-worked convolution: 1 × 3 over five numbers, every second', () => {
  const p = problem({ height: 1, width: 5, filter: [1, 3], strides: [1, 2], pad: 'valid' });
  const actual = runConvGradients(
    { ...p, channelsIn: 1, channelsOut: 1 },
    { x: Float32Array.of(1, 2, 3, 4, 5), filter: Float32Array.of(1, 10, 100), dy: Float32Array.of(1, 2) },
  );
  expect([...actual.dFilter]).toEqual([1 + 2 * 3, 2 + 2 * 4, 3 + 2 * 5]);
  expect([...actual.dx]).toEqual([1, 10, 102, 20, 200]);
});

test('the same call gives the same bits, whatever ran between', () => {
  const p = problem({ batch: 3, filter: [5, 5], strides: [2, 2], channelsIn: 5, channelsOut: 6 });
  const given = randomConvolution(p);
  const first = runConvGradients(p, given);
  const other = problem({ height: 30, width: 31, channelsIn: 33, channelsOut: 17 });
  // Left in the working memory, where a later call must not find it.
  runConvGradients(other, { ...randomConvolution(other), x: new Float32Array(30 * 31 * 33).fill(NaN) });
  expect(runConvGradients(p, given)).toEqual(first);
});

// Added one after the other in single precision, these sums would be off by half a hundredth.
test('the sum over half a million positions keeps its digits', () => {
  const p = problem({ batch: 32, height: 128, width: 128, filter: [1, 1], channelsIn: 1, channelsOut: 4 });
  const count = 32 * 128 ** 2;
  const given = { x: new Float32Array(count).fill(0.1), dy: new Float32Array(4 * count).fill(0.1) };
  const { dFilter } = runConvGradients(p, { ...given, filter: new Float32Array(4) });
  for (const value of dFilter) expect(Math.abs(value / (0.01 * count) - 1)).toBeLessThan(2e-5);
});

test('numbers that are not numbers stay where they belong', () => {
  const p = problem({ batch: 2, pad: 'valid', channelsIn: 3, channelsOut: 5 });
  const given = randomConvolution(p);
  given.x[0] = NaN;
  given.dy[0] = NaN;
  const wanted = slowConvGradients(sizesOf(p), p, given.x, given.filter, given.dy);
  const actual = runConvGradients(p, given);
  for (const part of ['dx', 'dFilter'] as const) {
    expect(Array.from(actual[part], Number.isNaN)).toEqual(Array.from(wanted[part], Number.isNaN));
  }
});

interface Refusal {
  readonly what: string;
  readonly kernel: string;
  readonly shapes: Readonly<Record<string, number[]>>;
  readonly attrs: tf.NamedAttrMap;
  readonly says: string;
}

const STOCK = { strides: 1, pad: 'same', dataFormat: 'NHWC' };
const REFUSALS: Refusal[] = [
  {
    what: 'an empty batch',
    kernel: tf.Conv2DBackpropFilter,
    shapes: { x: [0, 4, 4, 3], dy: [0, 4, 4, 5] },
    attrs: { ...STOCK, filterShape: [3, 3, 3, 5] },
    says: 'batch is empty',
  },
  {
    what: 'an empty batch',
    kernel: tf.Conv2DBackpropInput,
    shapes: { dy: [0, 4, 4, 5], filter: [3, 3, 3, 5] },
    attrs: { ...STOCK, inputShape: [0, 4, 4, 3] },
    says: 'batch is empty',
  },
  {
    what: 'an empty batch',
    kernel: tf.MaxPoolGrad,
    shapes: { dy: [0, 2, 2, 3], input: [0, 4, 4, 3], output: [0, 2, 2, 3] },
    attrs: { filterSize: 2, strides: 2, pad: 'valid' },
    says: 'batch is empty',
  },
  {
    what: 'another layout',
    kernel: tf.Conv2DBackpropFilter,
    shapes: { x: [1, 3, 4, 4], dy: [1, 5, 4, 4] },
    attrs: { ...STOCK, dataFormat: 'NCHW', filterShape: [3, 3, 3, 5] },
    says: 'NHWC, not NCHW',
  },
  {
    what: 'a gradient of another shape',
    kernel: tf.Conv2DBackpropInput,
    shapes: { dy: [1, 4, 4, 5], filter: [3, 3, 3, 5] },
    attrs: { ...STOCK, strides: 2, inputShape: [1, 4, 4, 3] },
    says: '[1, 2, 2, 5], not [1, 4, 4, 5]',
  },
  {
    what: 'an image smaller than the filter',
    kernel: tf.Conv2DBackpropFilter,
    shapes: { x: [1, 2, 2, 3], dy: [1, 0, 0, 5] },
    attrs: { ...STOCK, pad: 'valid', filterShape: [3, 3, 3, 5] },
    says: 'smaller than the filter',
  },
];

test.each(REFUSALS)('$kernel refuses $what', ({ kernel, shapes, attrs, says }) => {
  tf.tidy(() => {
    const inputs = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, tf.zeros(shape)]));
    expect(() => runKernel(kernel, inputs, attrs)).toThrow(says);
    expect(() => runKernel(kernel, inputs, attrs)).toThrow(UserError);
  });
});

test('whole numbers are refused, where their bits would be taken for fractions', () => {
  tf.tidy(() => {
    const inputs = { x: tf.zeros([1, 4, 4, 1], 'int32'), dy: tf.zeros([1, 4, 4, 1]) };
    const attrs = { ...STOCK, filterShape: [3, 3, 1, 1] };
    expect(() => runKernel(tf.Conv2DBackpropFilter, inputs, attrs)).toThrow('x must be float32, not int32');
  });
});

test('the gradient of a dilated convolution is refused by name', () => {
  const dilated = (x: tf.Tensor) =>
    tf.sum(tf.conv2d(x as tf.Tensor4D, tf.ones([3, 3, 1, 1]), 1, 'same', 'NHWC', [2, 1]));
  expect(() => tf.tidy(() => tf.grad(dilated)(tf.ones([1, 5, 5, 1])))).toThrow('dilation');
});
