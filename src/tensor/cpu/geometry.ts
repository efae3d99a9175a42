/** Sizes of a network, layer by layer, as our kernels need them. */
import type { NetworkShape } from '../engine.ts';

export interface LayerGeometry {
  /** Of the input; the output has half of it. */
  readonly side: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  /** Pool windows: (side / 2)². */
  readonly windows: number;
  /** First index of kernel and bias in the flat parameter array. */
  readonly kernelOffset: number;
  readonly biasOffset: number;
}

export interface Geometry {
  readonly side: number;
  readonly layers: readonly LayerGeometry[];
  readonly mapSide: number;
  readonly mapChannels: number;
  readonly fcInputs: number;
  readonly fcKernelOffset: number;
  readonly fcBiasOffset: number;
  /** Length of the flat parameter array. */
  readonly parameters: number;
}

/** Cells of the last map in which a page has all there is: a first, an inner and a last one each way. */
const LEAST_MAP_SIDE = 3;

/** Whether our kernels can take a network whole: output channels in eights, a side that can be halved. Others go through tfjs. */
export function suitsKernels({ inputSide, channels }: NetworkShape): boolean {
  return (
    channels.length > 0 &&
    channels.every((count) => Number.isInteger(count) && count > 0 && count % 8 === 0) &&
    Number.isInteger(inputSide / 2 ** channels.length) &&
    inputSide > 0 &&
    inputSide < 2 ** 16
  );
}

/** The layout is that of `layoutOf` in src/model/parameters.ts: kernel and bias per convolution, FC kernel, FC bias. */
export function geometryOf({ inputSide, channels }: NetworkShape): Geometry {
  const layers: LayerGeometry[] = [];
  let [side, channelsIn, offset] = [inputSide, 1, 0];
  for (const channelsOut of channels) {
    const biasOffset = offset + 9 * channelsIn * channelsOut;
    layers.push({
      side,
      channelsIn,
      channelsOut,
      windows: (side / 2) ** 2,
      kernelOffset: offset,
      biasOffset,
    });
    offset = biasOffset + channelsOut;
    channelsIn = channelsOut;
    side /= 2;
  }
  const fcInputs = side * side * channelsIn;
  return {
    side: inputSide,
    layers,
    mapSide: side,
    mapChannels: channelsIn,
    fcInputs,
    fcKernelOffset: offset,
    fcBiasOffset: offset + 2 * fcInputs,
    parameters: offset + 2 * fcInputs + 2,
  };
}

/** The smallest empty page that has every answer of a larger one; null where the page itself is no larger. */
export function blankPageOf(shape: NetworkShape): Geometry | null {
  const inputSide = LEAST_MAP_SIDE * 2 ** shape.channels.length;
  return inputSide >= shape.inputSide ? null : geometryOf({ inputSide, channels: shape.channels });
}
