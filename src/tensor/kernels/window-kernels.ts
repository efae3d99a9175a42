/**
 * The way back through any 2-D convolution and max pool on the wasm backend, under tfjs's own names, so that networks of other
 * shapes than our block's train fast too. Sums are made in a fixed order: the same call gives the same bits.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { KernelModule } from './kernel-module.ts';
import { type ConvSizes, convSizes, floatInputs, poolSizes } from './window-sizes.ts';

/** Bytes that the filter gradient may read behind its frame. */
const SPARE_BYTES = 16;

/** Puts the three kernels in the place of those that tfjs, or `completeWasmBackend`, registered. */
export function registerWindowKernels(module: KernelModule): void {
  module.register(tf.Conv2DBackpropFilter, (inputs, attrs) => convFilterGradient(module, inputs, attrs));
  module.register(tf.Conv2DBackpropInput, (inputs, attrs) => convInputGradient(module, inputs, attrs));
  module.register(tf.MaxPoolGrad, (inputs, attrs) => maxPoolGradient(module, inputs, attrs));
}

/** The rectangle that the windows of one image cover. */
function frameOf(s: ConvSizes): { readonly height: number; readonly width: number } {
  return {
    height: (s.outHeight - 1) * s.strideHeight + s.filterHeight,
    width: (s.outWidth - 1) * s.strideWidth + s.filterWidth,
  };
}

/** Inputs x and dy, float32, of attrs.filterShape's convolution. @throws UserError `bad-argument`, `out-of-memory`. */
function convFilterGradient(
  module: KernelModule,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap,
): tf.TensorInfo {
  const { x, dy } = floatInputs(tf.Conv2DBackpropFilter, inputs, ['x', 'dy']);
  const { filterShape } = attrs as unknown as tf.Conv2DBackpropFilterAttrs;
  const shapes = { x: x.shape, filter: filterShape, dy: dy.shape };
  const s = convSizes(tf.Conv2DBackpropFilter, shapes, attrs);
  const { exports } = module;
  const { height, width } = frameOf(s);
  const channels = roundUp(s.outChannels);
  const positions = s.outHeight * s.outWidth;
  const span = s.filterWidth * s.inChannels;
  const isWidened = channels !== s.outChannels;
  const frameBytes = 4 * height * width * s.inChannels + SPARE_BYTES;
  const sumBytes = 4 * s.filterHeight * roundUp(span) * channels;
  const widenedBytes = isWidened ? 4 * positions * channels : 0;
  // The sums of all images, then those of one: long sums of many images keep their last digits.
  const [frame = 0, sums = 0, widened = 0] = module.scratch([frameBytes, 2 * sumBytes, widenedBytes]);
  // Later than the scratch: where that is refused, nothing is left behind.
  const out = module.makeOutput(filterShape, 'float32');
  const [from, slope, to] = module.addressesOf(x, dy, out);
  module.clear(frame, frameBytes);
  module.clear(sums, sumBytes);
  module.clear(widened, widenedBytes);
  for (let image = 0; image < s.batch; image++) {
    module.clear(sums + sumBytes, sumBytes);
    const pixels = from + 4 * image * s.inHeight * s.inWidth * s.inChannels;
    const slopes = slope + 4 * image * positions * s.outChannels;
    exports.copyIntoFrame(
      ...[pixels, frame, s.inHeight, s.inWidth, s.inChannels],
      ...[height, width, s.inChannels, s.padTop, s.padLeft],
    );
    if (isWidened) {
      exports.copyPixels(slopes, s.outChannels, widened, channels, s.outChannels, positions);
    }
    exports.addConvFilterGradient(
      ...[frame, isWidened ? widened : slopes, sums + sumBytes, width, s.inChannels],
      ...[s.outHeight, s.outWidth, channels],
      ...[s.filterHeight, s.filterWidth, s.strideHeight, s.strideWidth],
    );
    exports.addUp(sums, sumBytes, 2, sumBytes / 4);
  }
  exports.collectFilterGradient(sums, to, s.filterHeight, span, channels, s.outChannels);
  return out;
}

/** Inputs dy and filter, float32, of a convolution of attrs.inputShape. @throws UserError `bad-argument`, `out-of-memory`. */
function convInputGradient(
  module: KernelModule,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap,
): tf.TensorInfo {
  const { dy, filter } = floatInputs(tf.Conv2DBackpropInput, inputs, ['dy', 'filter']);
  const { inputShape } = attrs as unknown as tf.Conv2DBackpropInputAttrs;
  const shapes = { x: inputShape, filter: filter.shape, dy: dy.shape };
  const s = convSizes(tf.Conv2DBackpropInput, shapes, attrs);
  const { exports } = module;
  const { height, width } = frameOf(s);
  const channels = roundUp(s.inChannels);
  const frameBytes = 4 * height * width * channels;
  const packedBytes = 4 * s.filterHeight * s.filterWidth * channels * s.outChannels;
  const [frame = 0, packed = 0] = module.scratch([frameBytes, packedBytes]);
  const out = module.makeOutput(inputShape, 'float32');
  const [slope, weights, to] = module.addressesOf(dy, filter, out);
  exports.packTurnedFilter(
    ...[weights, packed, s.filterHeight, s.filterWidth, s.inChannels, channels, s.outChannels],
  );
  for (let image = 0; image < s.batch; image++) {
    module.clear(frame, frameBytes);
    exports.addConvInputGradient(
      ...[frame, slope + 4 * image * s.outHeight * s.outWidth * s.outChannels, packed, width, channels],
      ...[s.outHeight, s.outWidth, s.outChannels],
      ...[s.filterHeight, s.filterWidth, s.strideHeight, s.strideWidth],
    );
    exports.copyFromFrame(
      ...[frame, to + 4 * image * s.inHeight * s.inWidth * s.inChannels],
      ...[s.inHeight, s.inWidth, s.inChannels, height, width, channels, s.padTop, s.padLeft],
    );
  }
  return out;
}

/** Inputs input (the pool's) and dy, float32. @throws UserError `bad-argument`, `out-of-memory`. */
function maxPoolGradient(
  module: KernelModule,
  inputs: tf.NamedTensorInfoMap,
  attrs: tf.NamedAttrMap,
): tf.TensorInfo {
  const { dy, input } = floatInputs(tf.MaxPoolGrad, inputs, ['dy', 'input']);
  const s = poolSizes(tf.MaxPoolGrad, { x: input.shape, dy: dy.shape }, attrs);
  const out = module.makeOutput(input.shape, 'float32');
  module.exports.maxPoolGradient(
    ...module.addressesOf(input, dy, out),
    ...[s.batch, s.inHeight, s.inWidth, s.channels, s.outHeight, s.outWidth],
    ...[s.filterHeight, s.filterWidth, s.strideHeight, s.strideWidth, s.padTop, s.padLeft],
  );
  return out;
}

/** The next multiple of four. */
function roundUp(count: number): number {
  return (count + 3) & ~3;
}
