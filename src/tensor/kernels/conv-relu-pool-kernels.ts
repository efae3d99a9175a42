/** The fused block as two tfjs kernels of the wasm backend, and its gradient. */
import * as tf from '@tensorflow/tfjs-core';
import { namedInputs, registerFusedBlockGradient, sizesOf } from '../fused-block.ts';
import { aliveBytes, paddedBytes, suitsWinograd } from './kernel-exports.ts';
import type { KernelModule } from './kernel-module.ts';

export const CONV_RELU_POOL = 'SteadypenConvReluPool';
const CONV_RELU_POOL_GRADIENT = 'SteadypenConvReluPoolGradient';

/** Output channels are worked on in eights; anything else goes the general way. */
export function suitsConvReluPoolKernels(channelsOut: number): boolean {
  return channelsOut % 8 === 0;
}

/** Registers the two kernels and the gradient. */
export function registerConvReluPoolKernels(module: KernelModule): void {
  module.register(CONV_RELU_POOL, (inputs) => forward(module, inputs));
  module.register(CONV_RELU_POOL_GRADIENT, (inputs, attrs) =>
    backward(module, inputs, attrs['wantsInputGradient'] === true),
  );
  registerFusedBlockGradient(CONV_RELU_POOL, CONV_RELU_POOL_GRADIENT, 'choice');
}

/** Outputs: the block's values, and one byte per value that says which of the four positions won (4: none). */
function forward(module: KernelModule, inputs: tf.NamedTensorInfoMap): tf.TensorInfo[] {
  const { x, kernel, bias } = namedInputs(inputs, ['x', 'kernel', 'bias']);
  const { count, height, width, channelsIn, channelsOut } = sizesOf(x, kernel);
  const [rows, columns] = [height >> 1, width >> 1];
  const y = module.makeOutput([count, rows, columns, channelsOut], 'float32');
  const choice = module.makeOutput([count, rows, columns, channelsOut], 'bool');
  const winograd = suitsWinograd(channelsIn);
  const [weights = 0, padded = 0, windows = 0, tiles = 0, products = 0] = module.scratch([
    (winograd ? 64 : 36) * channelsIn * channelsOut,
    paddedBytes(height, width, channelsIn),
    ...(winograd ? [4 * rows * columns + 4, 256 * channelsIn, 2048] : []),
  ]);
  const { exports } = module;
  const biasAt = module.addressOf(bias);
  const yRowBytes = 4 * columns * channelsOut;
  if (winograd) exports.winogradWeights(module.addressOf(kernel), weights, channelsIn, channelsOut);
  else exports.packWeights(module.addressOf(kernel), weights, 9 * channelsIn, channelsOut);
  module.clear(padded, paddedBytes(height, width, channelsIn));
  const listed = winograd ? exports.listWindows(0, windows, rows, columns) : 0;
  for (let image = 0; image < count; image++) {
    exports.copyIn(
      ...[module.addressOf(x) + 4 * image * height * width * channelsIn, padded, height, width, channelsIn],
    );
    const to = [module.addressOf(y) + image * rows * yRowBytes, yRowBytes] as const;
    const toChoice = module.addressOf(choice) + image * rows * columns * channelsOut;
    if (winograd) {
      exports.winogradForward(
        ...[padded, weights, biasAt, ...to, toChoice, windows, listed, tiles, products],
        ...[width, channelsIn, channelsOut],
      );
    } else {
      exports.forward(padded, weights, biasAt, ...to, toChoice, 0, height, width, channelsIn, channelsOut);
    }
  }
  return [y, choice];
}

/** Outputs: gradients of the kernel, of the bias and, where wanted, of x. */
function backward(
  module: KernelModule,
  inputs: tf.NamedTensorInfoMap,
  wantsInputGradient: boolean,
): tf.TensorInfo[] {
  const { x, kernel, choice, dy } = namedInputs(inputs, ['x', 'kernel', 'choice', 'dy'], ['choice']);
  const { count, height, width, channelsIn, channelsOut } = sizesOf(x, kernel);
  const values = (height >> 1) * (width >> 1) * channelsOut;
  const dKernel = module.makeOutput(kernel.shape, 'float32');
  const dBias = module.makeOutput([channelsOut], 'float32');
  const dx = wantsInputGradient ? module.makeOutput(x.shape, 'float32') : null;
  const imageBytes = paddedBytes(height, width, channelsIn);
  const sumBytes = (channelsIn === 1 ? 48 : 36 * channelsIn) * channelsOut;
  const [turned = 0, padded = 0, dPadded = 0, lists = 0, ends = 0, sums = 0, alive = 0] = module.scratch([
    36 * channelsIn * channelsOut,
    imageBytes,
    dx ? imageBytes : 0,
    8 * (values + channelsOut),
    4 * channelsOut,
    sumBytes,
    aliveBytes((height >> 1) * (width >> 1)),
  ]);
  const { exports } = module;
  if (dx) exports.transpose(module.addressOf(kernel), turned, 9 * channelsIn, channelsOut);
  module.clear(padded, imageBytes);
  module.clear(sums, sumBytes);
  module.clear(module.addressOf(dBias), 4 * channelsOut);
  for (let image = 0; image < count; image++) {
    const pixels = 4 * image * height * width * channelsIn;
    exports.copyIn(module.addressOf(x) + pixels, padded, height, width, channelsIn);
    exports.backward(
      ...[padded, module.addressOf(dy) + 4 * image * values, 4 * (width >> 1) * channelsOut],
      ...[module.addressOf(choice) + image * values, 0, dx ? dPadded : 0],
      ...[sums, module.addressOf(dBias), turned, lists, ends, alive],
      ...[height, width, channelsIn, channelsOut],
    );
    if (dx) exports.copyOut(dPadded, module.addressOf(dx) + pixels, height, width, channelsIn);
  }
  if (channelsIn === 1) exports.unpackFirstLayer(sums, module.addressOf(dKernel), channelsOut);
  else exports.transpose(sums, module.addressOf(dKernel), channelsOut, 9 * channelsIn);
  return dx ? [dKernel, dBias, dx] : [dKernel, dBias];
}
