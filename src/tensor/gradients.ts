/**
 * Derivatives of the stock operations that our networks are made of.
 *
 * tfjs-core 4.22 keeps its own in `dist/register_all_gradients`, whose extensionless imports plain Node cannot load, and
 * which a bundle would carry as 140 files; a network of ours needs about a dozen. One that is missing makes tfjs throw
 * "gradient function not found for …": add it here, with its row in test/unit/tensor/gradients.test.ts.
 */
import * as tf from '@tensorflow/tfjs-core';
import { suitsRowSumKernel, sumRows } from './kernels/row-sum-kernel.ts';
import {
  suitsTwoColumnKernels,
  twoColumnsInputGradient,
  twoColumnsWeightGradient,
} from './kernels/two-column-kernels.ts';

type Tensor = tf.Tensor;

/** Makes `tf.grads` and its relatives work. Idempotent; takes the place of gradients of tfjs's own, if somebody brought them. */
export function registerGradients(): void {
  for (const config of GRADIENTS) {
    const present = tf.getGradient(config.kernelName);
    if (present === config) continue;
    if (present) tf.unregisterGradient(config.kernelName);
    tf.registerGradient(config);
  }
}

function elementwise(
  kernelName: string,
  save: readonly ('a' | 'b')[],
  ofA: (dy: Tensor, saved: Tensor[]) => Tensor,
  ofB: (dy: Tensor, saved: Tensor[]) => Tensor,
): tf.GradConfig {
  return {
    kernelName,
    inputsToSave: [...save],
    gradFunc: (dy, saved) => {
      const [a, b] = [at(saved, 0), at(saved, 1)];
      const slope = single(dy);
      return {
        a: () => sumToShape(ofA(slope, saved), a.shape),
        b: () => sumToShape(ofB(slope, saved), b.shape),
      };
    },
  };
}

function unary(
  kernelName: string,
  saves: 'input' | 'output',
  slope: (dy: Tensor, value: Tensor) => Tensor,
  input = 'x',
): tf.GradConfig {
  return {
    kernelName,
    ...(saves === 'input' ? { inputsToSave: [input] } : { outputsToSave: [true] }),
    gradFunc: (dy, saved) => ({ [input]: () => slope(single(dy), at(saved, 0)) }),
  };
}

const GRADIENTS: readonly tf.GradConfig[] = [
  elementwise(
    tf.Add,
    ['a', 'b'],
    (dy) => dy,
    (dy) => dy,
  ),
  elementwise(
    tf.Sub,
    ['a', 'b'],
    (dy) => dy,
    (dy) => tf.neg(dy),
  ),
  elementwise(
    tf.Multiply,
    ['a', 'b'],
    (dy, saved) => tf.mul(dy, at(saved, 1)),
    (dy, saved) => tf.mul(dy, at(saved, 0)),
  ),
  elementwise(
    tf.RealDiv,
    ['a', 'b'],
    (dy, saved) => tf.div(dy, at(saved, 1)),
    (dy, saved) => tf.neg(tf.div(tf.mul(dy, at(saved, 0)), tf.square(at(saved, 1)))),
  ),
  unary(tf.Neg, 'input', (dy) => tf.neg(dy)),
  unary(tf.Identity, 'input', (dy) => tf.clone(dy)),
  unary(tf.Cast, 'input', (dy) => tf.clone(dy)),
  unary(tf.Exp, 'output', (dy, y) => tf.mul(dy, y)),
  unary(tf.Log, 'input', (dy, x) => tf.div(dy, x)),
  unary(tf.Square, 'input', (dy, x) => tf.mul(dy, tf.mul(x, 2))),
  unary(tf.Abs, 'input', (dy, x) => tf.mul(dy, tf.sign(x))),
  unary(tf.Sigmoid, 'output', (dy, y) => tf.mul(dy, tf.mul(y, tf.sub(1, y)))),
  unary(tf.Relu, 'input', (dy, x) => tf.mul(dy, tf.step(x))),
  unary(tf.Reshape, 'input', (dy, x) => tf.reshape(dy, x.shape)),
  {
    kernelName: tf.Sum,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => ({ x: () => spread(single(dy), at(saved, 0).shape, attrs['axis']) }),
  },
  {
    kernelName: tf.Mean,
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attrs) => {
      const { size, shape } = at(saved, 0);
      return { x: () => tf.mul(spread(single(dy), shape, attrs['axis']), single(dy).size / size) };
    },
  },
  {
    kernelName: tf.Softmax,
    outputsToSave: [true],
    gradFunc: (dy, saved) => {
      const slope = tf.mul(single(dy), at(saved, 0));
      return { logits: () => tf.sub(slope, tf.mul(tf.sum(slope, -1, true), at(saved, 0))) };
    },
  },
  {
    kernelName: tf.Transpose,
    gradFunc: (dy, _saved, attrs) => {
      const order = numbersOf(attrs['perm']);
      return {
        x: () =>
          tf.transpose(
            single(dy),
            order.map((_, axis) => order.indexOf(axis)),
          ),
      };
    },
  },
  {
    kernelName: tf.BatchMatMul,
    inputsToSave: ['a', 'b'],
    gradFunc: (dy, saved, attrs) => {
      const [a, b, g] = [at(saved, 0), at(saved, 1), single(dy)];
      const [flipA, flipB] = [attrs['transposeA'] === true, attrs['transposeB'] === true];
      if (!flipA && !flipB && suitsTwoColumnKernels(a, b)) {
        return { a: () => twoColumnsInputGradient(g, b), b: () => twoColumnsWeightGradient(a, g) };
      }
      return {
        a: () => (flipA ? tf.matMul(b, g, flipB, true) : tf.matMul(g, b, false, !flipB)),
        b: () => (flipB ? tf.matMul(g, a, true, flipA) : tf.matMul(a, g, !flipA, false)),
      };
    },
  },
  {
    kernelName: tf.Conv2D,
    inputsToSave: ['x', 'filter'],
    gradFunc: (dy, saved, attrs) => {
      const [x, filter] = [at(saved, 0), at(saved, 1)];
      const { dilations } = attrs as unknown as tf.Conv2DAttrs;
      if ([dilations].flat().some((rate) => rate !== 1)) {
        throw new Error(
          `the gradient of conv2d knows no dilation, and got ${[dilations].flat().join(' × ')}`,
        );
      }
      const shared = pick(attrs, ['strides', 'pad', 'dataFormat', 'dimRoundingMode']);
      return {
        x: () =>
          runKernel(tf.Conv2DBackpropInput, { dy: single(dy), filter }, { ...shared, inputShape: x.shape }),
        filter: () =>
          runKernel(tf.Conv2DBackpropFilter, { x, dy: single(dy) }, { ...shared, filterShape: filter.shape }),
      };
    },
  },
  {
    kernelName: tf.MaxPool,
    inputsToSave: ['x'],
    outputsToSave: [true],
    gradFunc: (dy, saved, attrs) => {
      const inputs = { dy: single(dy), input: at(saved, 0), output: at(saved, 1) };
      return {
        x: () =>
          runKernel(tf.MaxPoolGrad, inputs, pick(attrs, ['filterSize', 'strides', 'pad', 'dimRoundingMode'])),
      };
    },
  },
];

function runKernel(name: string, inputs: tf.NamedTensorMap, attrs: tf.NamedAttrMap): Tensor {
  return tf.engine().runKernel(name, inputs, attrs);
}

function pick(attrs: tf.NamedAttrMap, names: readonly string[]): tf.NamedAttrMap {
  return Object.fromEntries(Object.entries(attrs).filter(([name]) => names.includes(name)));
}

/** Stretches a reduced gradient back over the axes that were summed; no axis means all. */
function spread(dy: Tensor, shape: number[], axis: unknown): Tensor {
  const kept = shape.slice();
  const axes =
    axis === null || axis === undefined ? shape.keys() : tf.util.parseAxisParam(numbersOf(axis), shape);
  for (const reduced of axes) kept[reduced] = 1;
  return tf.mul(tf.reshape(dy, kept), tf.ones(shape));
}

function numbersOf(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value) && value.every((item) => typeof item === 'number')) return value;
  throw new Error(`expected axes, not ${String(value)}`);
}

function single(dy: Tensor | Tensor[]): Tensor {
  return Array.isArray(dy) ? at(dy, 0) : dy;
}

function at(tensors: readonly Tensor[], index: number): Tensor {
  const tensor = tensors[index];
  if (tensor === undefined) throw new Error(`the tape kept no tensor ${index}`);
  return tensor;
}

/** Undoes broadcasting: sums over the axes along which `shape` was stretched. */
function sumToShape(x: Tensor, shape: number[]): Tensor {
  const axes = tf.broadcast_util.getReductionAxes(shape, x.shape);
  const isAllButLast = axes.length === x.rank - 1 && axes.every((axis, i) => axis === i);
  if (isAllButLast && suitsRowSumKernel(x)) return tf.reshape(sumRows(x), shape);
  return tf.reshape(axes.length === 0 ? x : tf.sum(x, axes), shape);
}
