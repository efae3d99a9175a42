/**
 * The network on tfjs: [conv 3×3 same, ReLU, max pool 2] × n, flatten (rows, columns, channels), FC to 2 classes.
 * Runs on whichever backend is current. Every function frees what it makes; the number of live tensors stays flat.
 */
import * as tf from '@tensorflow/tfjs-core';
import { convReluPool } from '../tensor/conv-relu-pool.ts';
import type { Architecture } from './model-bundle.ts';
import { layoutOf, viewOf, type ParameterLayout } from './parameters.ts';

export interface LossAndGradient {
  /** Mean softmax cross-entropy of the batch, nats. */
  readonly loss: number;
  /** With respect to the flat parameter array; a new array. */
  readonly gradient: Float32Array;
}

/**
 * Loss and gradient on one batch.
 * @param flat Parameters, layout of `layoutOf(architecture)`. Not modified.
 * @param images Ink 0..1, shape [n, side, side].
 * @param labels 0 or 1, shape [n].
 */
export async function lossAndGradient(
  architecture: Architecture,
  flat: Float32Array,
  images: Float32Array,
  labels: Uint8Array,
): Promise<LossAndGradient> {
  const packed = tf.tidy(() => {
    const x = imageTensor(architecture, images, labels.length);
    const oneHot = tf.tensor2d(oneHotOf(labels), [labels.length, 2]);
    const lossOf = (...parameters: tf.Tensor[]): tf.Scalar => {
      const logProbabilities = tf.logSoftmax(logitsOf(x, parameters));
      return tf.neg(tf.div(tf.sum(tf.mul(oneHot, logProbabilities)), labels.length));
    };
    const { value, grads } = tf.valueAndGrads(lossOf)(parameterTensors(layoutOf(architecture), flat));
    return tf.concat([tf.reshape(value, [1]), ...grads.map((gradient) => tf.reshape(gradient, [-1]))]);
  });
  const values = await download(packed);
  return { loss: values[0] ?? Number.NaN, gradient: values.subarray(1) };
}

/**
 * The map that the FC layer sees, weighted by the difference of its two rows and summed over channels: how much each
 * cell of the picture adds to the logit "tremor-like minus regular", bias excluded.
 * @returns Shape [n, mapSide, mapSide].
 */
export async function cellContributions(
  architecture: Architecture,
  flat: Float32Array,
  images: Float32Array,
  count: number,
): Promise<Float32Array> {
  const layout = layoutOf(architecture);
  const cells = tf.tidy(() => {
    const parameters = parameterTensors(layout, flat);
    const map = featureMap(imageTensor(architecture, images, count), parameters);
    const difference = tf.tensor3d(differenceOf(viewOf(flat, layout.fcKernel)), [
      layout.mapSide,
      layout.mapSide,
      layout.mapChannels,
    ]);
    return tf.sum(tf.mul(map, difference), 3);
  });
  return download(cells);
}

/** Second column minus first of an [inputs, 2] kernel or a [2] bias: tremor-like minus regular. */
export function differenceOf(pairs: Float32Array): Float32Array {
  return Float32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + 1]! - pairs[2 * i]!);
}

async function download(tensor: tf.Tensor): Promise<Float32Array> {
  try {
    return (await tensor.data<'float32'>()).slice();
  } finally {
    tensor.dispose();
  }
}

function featureMap(x: tf.Tensor4D, parameters: readonly tf.Tensor[]): tf.Tensor4D {
  let map = x;
  for (let i = 0; i + 3 < parameters.length; i += 2) {
    map = convReluPool(map, parameters[i] as tf.Tensor4D, parameters[i + 1] as tf.Tensor1D);
  }
  return map;
}

function logitsOf(x: tf.Tensor4D, parameters: readonly tf.Tensor[]): tf.Tensor2D {
  const map = featureMap(x, parameters);
  const kernel = parameters.at(-2) as tf.Tensor2D;
  const bias = parameters.at(-1) as tf.Tensor1D;
  const flatMap = tf.reshape(map, [map.shape[0], -1]) as tf.Tensor2D;
  return tf.add(tf.matMul(flatMap, kernel), bias);
}

/** Copies, since a backend may keep what it is given until it is used. */
function parameterTensors(layout: ParameterLayout, flat: Float32Array): tf.Tensor[] {
  return layout.slots.map((slot) => tf.tensor(viewOf(flat, slot).slice(), [...slot.shape], 'float32'));
}

function imageTensor(architecture: Architecture, images: Float32Array, count: number): tf.Tensor4D {
  const side = architecture.inputSide;
  return tf.tensor4d(images, [count, side, side, 1], 'float32');
}

function oneHotOf(labels: Uint8Array): Float32Array {
  const rows = new Float32Array(labels.length * 2);
  for (let i = 0; i < labels.length; i++) rows[2 * i + (labels[i] === 1 ? 1 : 0)] = 1;
  return rows;
}
