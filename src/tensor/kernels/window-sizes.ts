/** Sizes of a 2-D convolution or pool as its gradients need them, from what tfjs hands a kernel; refuses what they cannot take. */
import * as tf from '@tensorflow/tfjs-core';
import { UserError } from '../../base/errors.ts';

/** What slides over the image, where it lands, and what it yields. Padding is zero rows and columns before the image. */
export interface WindowSizes {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}

export interface ConvSizes extends WindowSizes {
  readonly inChannels: number;
  readonly outChannels: number;
}

export interface PoolSizes extends WindowSizes {
  readonly channels: number;
}

/**
 * @param shapes x: [batch, height, width, channelsIn]; filter: [height, width, channelsIn, channelsOut]; dy: gradient of the output.
 * @param attrs Those of Conv2DBackpropFilter or Conv2DBackpropInput.
 * @throws UserError `bad-argument` for an empty batch, another layout, an image smaller than the filter, or a gradient that is
 * not shaped like the output.
 */
export function convSizes(
  kernelName: string,
  shapes: { readonly x: number[]; readonly filter: number[]; readonly dy: number[] },
  attrs: tf.NamedAttrMap,
): ConvSizes {
  const given = attrs as unknown as Pick<
    tf.Conv2DBackpropFilterAttrs,
    'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'
  >;
  if (given.dataFormat !== 'NHWC') {
    throw refusal(kernelName, `images must be laid out as NHWC, not ${given.dataFormat}`);
  }
  const [x, filter] = [shape4(kernelName, shapes.x), shape4(kernelName, shapes.filter)];
  refuseEmptyBatch(kernelName, x);
  const info = tf.backend_util.computeConv2DInfo(
    x,
    filter,
    given.strides,
    1,
    given.pad,
    given.dimRoundingMode,
  );
  refuseMisfit(kernelName, info, shapes.dy);
  return { ...info, batch: info.batchSize, padTop: info.padInfo.top, padLeft: info.padInfo.left };
}

/**
 * @param shapes x: [batch, height, width, channels]; dy: gradient of the output.
 * @param attrs Those of MaxPoolGrad.
 * @throws UserError `bad-argument` for an empty batch, an image smaller than the window, or a gradient that is not shaped like
 * the output.
 */
export function poolSizes(
  kernelName: string,
  shapes: { readonly x: number[]; readonly dy: number[] },
  attrs: tf.NamedAttrMap,
): PoolSizes {
  const given = attrs as unknown as tf.MaxPoolGradAttrs;
  const x = shape4(kernelName, shapes.x);
  refuseEmptyBatch(kernelName, x);
  const info = tf.backend_util.computePool2DInfo(
    x,
    given.filterSize,
    given.strides,
    1,
    given.pad,
    given.dimRoundingMode,
  );
  refuseMisfit(kernelName, info, shapes.dy);
  return {
    ...info,
    batch: info.batchSize,
    channels: info.inChannels,
    padTop: info.padInfo.top,
    padLeft: info.padInfo.left,
  };
}

/** The named inputs of a kernel, all float32. */
export function floatInputs<Name extends string>(
  kernelName: string,
  inputs: tf.NamedTensorInfoMap,
  names: readonly Name[],
): Record<Name, tf.TensorInfo> {
  const found: Partial<Record<Name, tf.TensorInfo>> = {};
  for (const name of names) {
    const input = inputs[name];
    if (!input) throw new Error(`${kernelName} was called without ${name}`);
    if (input.dtype !== 'float32') {
      throw refusal(kernelName, `${name} must be float32, not ${input.dtype}`);
    }
    found[name] = input;
  }
  return found as Record<Name, tf.TensorInfo>;
}

function shape4(kernelName: string, shape: readonly number[]): [number, number, number, number] {
  const [a, b, c, d] = shape;
  if (shape.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) {
    throw refusal(kernelName, `tensors must have four axes, not [${shape.join(', ')}]`);
  }
  return [a, b, c, d];
}

function refuseEmptyBatch(kernelName: string, x: readonly number[]): void {
  if (x[0] === 0) throw refusal(kernelName, 'the batch is empty; give at least one image');
}

function refuseMisfit(
  kernelName: string,
  info: { readonly outHeight: number; readonly outWidth: number; readonly outShape: readonly number[] },
  dy: readonly number[],
): void {
  if (info.outHeight < 1 || info.outWidth < 1) {
    throw refusal(kernelName, 'the image with its padding is smaller than the filter');
  }
  if (dy.join() !== info.outShape.join()) {
    throw refusal(
      kernelName,
      `the gradient must have the output's shape [${info.outShape.join(', ')}], not [${dy.join(', ')}]`,
    );
  }
}

function refusal(kernelName: string, reason: string): UserError {
  return new UserError('bad-argument', `${kernelName}: ${reason}.`, kernelName);
}
