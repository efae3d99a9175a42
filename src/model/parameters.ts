/**
 * The weights of a network as one flat array, with the layout that says which stretch is what. Optimisers, RVSM and
 * copies work on the flat array; the network and the model file see named tensors.
 */
import type { Rng } from '../base/rng.ts';
import { UserError } from '../base/errors.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import type { NetworkShape } from '../tensor/engine.ts';
import type { Architecture, Weights } from './model-bundle.ts';

/** The net of the paper at 128 × 128: 8, 16, 32 channels, 8,192 FC inputs, 22,274 weights of which 16,384 in the FC kernel. */
export const REFERENCE_ARCHITECTURE: Architecture = {
  kind: 'conv-relu-pool',
  inputSide: PATCH_SIDE,
  channels: [8, 16, 32],
  classes: 2,
};

/**
 * What new trainings and the factory model use: 33,810 weights, 8,192 of them in the FC kernel. Beside the paper's net a cell of its
 * last map (8 × 8) sees 46 pixels instead of 22, about as long as two bumps of a tremor, and it starts with 16 instead of 8 filters.
 * How it was chosen, and what each step brought: docs/model-experiments.md.
 */
export const DEFAULT_ARCHITECTURE: Architecture = {
  kind: 'conv-relu-pool',
  inputSide: PATCH_SIDE,
  channels: [16, 16, 32, 64],
  classes: 2,
};

/** Regular and tremor-like. */
const CLASSES = 2;

export interface ParameterSlot {
  readonly name: string;
  readonly shape: readonly number[];
  /** First index in the flat array. */
  readonly offset: number;
  readonly length: number;
}

export interface ParameterLayout {
  readonly slots: readonly ParameterSlot[];
  /** Length of the flat array. */
  readonly length: number;
  /** The FC kernel [inputs, 2]: the part that is made sparse where nothing else is asked. */
  readonly fcKernel: ParameterSlot;
  /** Side and channels of the map that the FC layer sees. */
  readonly mapSide: number;
  readonly mapChannels: number;
}

/** @throws RangeError when the side cannot be halved once per convolution. */
export function layoutOf(architecture: NetworkShape): ParameterLayout {
  const slots: ParameterSlot[] = [];
  let length = 0;
  const add = (name: string, shape: readonly number[]): ParameterSlot => {
    const size = shape.reduce((product, side) => product * side, 1);
    const slot = { name, shape, offset: length, length: size };
    slots.push(slot);
    length += size;
    return slot;
  };
  let channels = 1;
  let side = architecture.inputSide;
  for (const [index, next] of architecture.channels.entries()) {
    add(`conv${index + 1}/kernel`, [3, 3, channels, next]);
    add(`conv${index + 1}/bias`, [next]);
    if (!Number.isInteger(side / 2)) {
      throw new RangeError(`input side ${architecture.inputSide} cannot be halved ${index + 1} times`);
    }
    channels = next;
    side /= 2;
  }
  const fcKernel = add('fc/kernel', [side * side * channels, CLASSES]);
  add('fc/bias', [CLASSES]);
  return { slots, length, fcKernel, mapSide: side, mapChannels: channels };
}

/** The stretch of a slot or layer; shares memory with `flat`. */
export function viewOf(flat: Float32Array, slot: Pick<ParameterSlot, 'offset' | 'length'>): Float32Array {
  return flat.subarray(slot.offset, slot.offset + slot.length);
}

/**
 * A start from which training sets off at once: He-normal convolutions, biases 0, and an FC layer of one random value
 * per channel (N(0, 1) / FC positions), constant over positions, second class = −first.
 */
export function initialParameters(architecture: Architecture, rng: Rng): Float32Array {
  const layout = layoutOf(architecture);
  const flat = new Float32Array(layout.length);
  for (const slot of layout.slots) {
    const values = viewOf(flat, slot);
    const [height = 1, width = 1, channelsIn = 1] = slot.shape;
    if (slot === layout.fcKernel) {
      const positions = layout.mapSide ** 2;
      const perChannel = Float32Array.from({ length: layout.mapChannels }, () => rng.normal() / positions);
      for (let input = 0; input < values.length / 2; input++) {
        const value = perChannel[input % layout.mapChannels] ?? 0;
        values[2 * input] = value;
        values[2 * input + 1] = -value;
      }
    } else if (slot.shape.length === 4) {
      const deviation = Math.sqrt(2 / (height * width * channelsIn));
      for (let i = 0; i < values.length; i++) values[i] = rng.normal() * deviation;
    }
  }
  return flat;
}

/** Second column minus first of an [inputs, 2] kernel or a [2] bias: tremor-like minus regular. */
export function differenceOf(pairs: Float32Array): Float32Array {
  return Float32Array.from({ length: pairs.length / 2 }, (_, i) => pairs[2 * i + 1]! - pairs[2 * i]!);
}

/** Named copies of a flat array, as a model file holds them. */
export function weightsOf(architecture: Architecture, flat: Float32Array): Weights {
  return Object.fromEntries(
    layoutOf(architecture).slots.map((slot) => [
      slot.name,
      { shape: slot.shape, values: viewOf(flat, slot).slice() },
    ]),
  );
}

/**
 * The flat array of named weights.
 * @throws UserError `bad-model` naming the tensor that is missing or has another shape.
 */
export function flatOf(architecture: Architecture, weights: Weights): Float32Array {
  const layout = layoutOf(architecture);
  const tensors = layout.slots.map((slot) => {
    const tensor = weights[slot.name];
    if (tensor === undefined || tensor.shape.join() !== slot.shape.join()) {
      const found = tensor === undefined ? 'is missing' : `has the shape [${tensor.shape.join(', ')}]`;
      throw new UserError(
        'bad-model',
        `The model's tensor ${slot.name} ${found}, but the network needs [${slot.shape.join(', ')}]. Import the model again.`,
        slot.name,
      );
    }
    return { slot, values: tensor.values };
  });
  // Only now: a foreign file may ask for a network that no memory holds.
  const flat = new Float32Array(layout.length);
  for (const { slot, values } of tensors) viewOf(flat, slot).set(values);
  return flat;
}

/** Numbers in all tensors of all networks, biases included; zeros count. */
export function countParameters(networks: readonly { readonly weights: Weights }[]): number {
  const tensors = networks.flatMap(({ weights }) => Object.values(weights));
  return tensors.reduce((sum, { values }) => sum + values.length, 0);
}
