/**
 * The network on tfjs: [conv 3×3 same, ReLU, max pool 2] × n, flatten (rows, columns, channels), FC to 2 classes.
 * Runs on whichever backend is current. Every function frees what it makes; the number of live tensors stays flat.
 */
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../base/errors.ts';
import { convReluPool } from '../tensor/conv-relu-pool.ts';
import type { Engine, InkImages, LossAndGradient, Network, NetworkShape } from '../tensor/engine.ts';
import type { LoadedBackend } from '../tensor/loaded-backend.ts';
import { differenceOf, layoutOf, viewOf, type ParameterLayout } from './parameters.ts';

/** The network on whichever tfjs backend is current. */
export function tfjsEngine(loaded: LoadedBackend): Engine {
  const { name, detail, warning, guard = (work) => work() } = loaded;
  return {
    backend: name,
    detail,
    threads: 1,
    ...(warning === undefined ? {} : { warning }),
    open: (shape) => Promise.resolve(tfjsNetwork(shape, guard)),
    close: () => {
      // The backend belongs to the whole process.
    },
  };
}

/** Nothing lives between calls: the weights, 135 KB of the app's network, are uploaded per batch. */
function tfjsNetwork(shape: NetworkShape, guard: NonNullable<LoadedBackend['guard']>): Network {
  const layout = layoutOf(shape);
  return {
    lossAndGradient: (flat, images, labels) =>
      guard(() => lossAndGradient(shape, layout, flat, images, labels)),
    cellContributions: (flat, images, count) =>
      guard(() => cellContributions(shape, layout, flat, images, count)),
    close: () => undefined,
  };
}

async function lossAndGradient(
  shape: NetworkShape,
  layout: ParameterLayout,
  flat: Float32Array,
  images: InkImages,
  labels: Uint8Array,
): Promise<LossAndGradient> {
  if (labels.length === 0) {
    throw new UserError('bad-argument', 'The batch is empty: give at least one image.', 'labels');
  }
  const packed = tf.tidy(() => {
    const x = imageTensor(shape, images, labels.length);
    const oneHot = tf.tensor2d(oneHotOf(labels), [labels.length, 2]);
    const lossOf = (...parameters: tf.Tensor[]): tf.Scalar => {
      const logProbabilities = tf.logSoftmax(logitsOf(x, parameters));
      return tf.neg(tf.div(tf.sum(tf.mul(oneHot, logProbabilities)), labels.length));
    };
    const { value, grads } = tf.valueAndGrads(lossOf)(parameterTensors(layout, flat));
    return tf.concat([tf.reshape(value, [1]), ...grads.map((gradient) => tf.reshape(gradient, [-1]))]);
  });
  const values = await download(packed);
  return { loss: values[0] ?? Number.NaN, gradient: values.subarray(1) };
}

async function cellContributions(
  shape: NetworkShape,
  layout: ParameterLayout,
  flat: Float32Array,
  images: InkImages,
  count: number,
): Promise<Float32Array> {
  const cells = tf.tidy(() => {
    const parameters = parameterTensors(layout, flat);
    const map = featureMap(imageTensor(shape, images, count), parameters);
    const difference = tf.tensor3d(differenceOf(viewOf(flat, layout.fcKernel)), [
      layout.mapSide,
      layout.mapSide,
      layout.mapChannels,
    ]);
    return tf.sum(tf.mul(map, difference), 3);
  });
  return download(cells);
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

function imageTensor({ inputSide: side }: NetworkShape, images: InkImages, count: number): tf.Tensor4D {
  const ink = images instanceof Uint8Array ? Float32Array.from(images, (byte) => byte / 255) : images;
  return tf.tensor4d(ink, [count, side, side, 1], 'float32');
}

function oneHotOf(labels: Uint8Array): Float32Array {
  const rows = new Float32Array(labels.length * 2);
  for (let i = 0; i < labels.length; i++) rows[2 * i + (labels[i] === 1 ? 1 : 0)] = 1;
  return rows;
}
