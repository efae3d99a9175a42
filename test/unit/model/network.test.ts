import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import {
  DEFAULT_ARCHITECTURE,
  flatOf,
  initialParameters,
  layoutOf,
  REFERENCE_ARCHITECTURE,
  viewOf,
  weightsOf,
} from '../../../src/model/parameters.ts';
import { rvsmPhase } from '../../../src/model/phases.ts';
import { sparseLayersOf } from '../../../src/model/sparse-layers.ts';
import type { TrainRecipe } from '../../../src/model/training-types.ts';
import { addCouplingGradient, PaperSplitting } from '../../../src/rvsm/splitting.ts';
import { TINY, TINY_RECIPE, tinyPatches } from './tiny.ts';

const engine = await openEngine('cpu');
const network = await engine.open(TINY);

const layout = layoutOf(TINY);
const set = tinyPatches(6, 'network');
const images = Float32Array.from(set.pixels, (value) => value / 255);

/** A net away from its start, so that all gradients differ. */
function someParameters(seed: string): Float32Array {
  const rng = new Rng(seed);
  return initialParameters(TINY, rng).map((value) => value + 0.1 * rng.normal());
}

test('the reference net has the size the paper gives', () => {
  const reference = layoutOf(REFERENCE_ARCHITECTURE);
  expect(reference.fcKernel.length).toBe(16_384);
  // (9·1 + 1)·8 + (9·8 + 1)·16 + (9·16 + 1)·32 + 16,384 + 2
  expect(reference.length).toBe(80 + 1168 + 4640 + 16_386);
});

test('the net of new trainings has fewer than 100,000 weights on patches of the same size', () => {
  const { length, mapSide, fcKernel } = layoutOf(DEFAULT_ARCHITECTURE);
  // (9·1 + 1)·16 + (9·16 + 1)·16 + (9·16 + 1)·32 + (9·32 + 1)·64 + 8,192 + 2
  expect(length).toBe(160 + 2320 + 4640 + 18_496 + 8194);
  expect(length).toBeLessThan(100_000);
  expect(fcKernel.length).toBe(8192);
  expect(mapSide).toBe(8);
  expect(DEFAULT_ARCHITECTURE.inputSide).toBe(REFERENCE_ARCHITECTURE.inputSide);
});

test('the FC layer starts constant over positions, its second class the opposite of the first', () => {
  const fc = viewOf(initialParameters(TINY, new Rng(1)), layout.fcKernel);
  for (let input = 0; input < fc.length / 2; input++) {
    expect(fc[2 * input + 1]).toBe(-fc[2 * input]!);
    expect(fc[2 * input]).toBe(fc[2 * (input % layout.mapChannels)]);
  }
  expect(new Set(fc).size).toBe(2 * layout.mapChannels);
});

test('loss and logits are those of the same net in plain loops', async () => {
  const flat = someParameters('plain');
  let loss = 0;
  for (let n = 0; n < set.count; n++) {
    const [first, second] = plainLogits(flat, images.subarray(n * 256, (n + 1) * 256));
    const logSum = Math.log(Math.exp(first) + Math.exp(second));
    loss += (logSum - (set.labels[n] === 1 ? second : first)) / set.count;
  }
  const got = await network.lossAndGradient(flat, images, set.labels);
  expect(got.loss).toBeCloseTo(loss, 5);
  const cells = await network.cellContributions(flat, images, set.count);
  const bias = flat.slice(-2);
  for (let n = 0; n < set.count; n++) {
    const [first, second] = plainLogits(flat, images.subarray(n * 256, (n + 1) * 256));
    const sum = cells.subarray(n * 16, (n + 1) * 16).reduce((a, b) => a + b, bias[1]! - bias[0]!);
    expect(sum).toBeCloseTo(second - first, 4);
  }
});

test('the gradient of loss plus coupling agrees with finite differences in every tensor', async () => {
  const beta = 0.3;
  const flat = someParameters('gradient');
  const fc = layout.fcKernel;
  const u = viewOf(flat, fc).map((value) => (Math.abs(value) > 0.1 ? value : 0));
  const total = async (at: Float32Array): Promise<number> => {
    const { loss } = await network.lossAndGradient(at, images, set.labels);
    return loss + viewOf(at, fc).reduce((sum, value, i) => sum + (beta / 2) * (value - u[i]!) ** 2, 0);
  };
  const { gradient } = await network.lossAndGradient(flat, images, set.labels);
  addCouplingGradient(viewOf(gradient, fc), viewOf(flat, fc), u, beta);
  const rng = new Rng('directions');
  for (const slot of layout.slots) {
    const direction = new Float32Array(layout.length);
    for (let i = slot.offset; i < slot.offset + slot.length; i++) direction[i] = rng.normal();
    const norm = Math.hypot(...direction);
    const step = 2e-3;
    const up = flat.map((value, i) => value + (step * direction[i]!) / norm);
    const down = flat.map((value, i) => value - (step * direction[i]!) / norm);
    const slope = gradient.reduce((sum, value, i) => sum + (value * direction[i]!) / norm, 0);
    const measured = ((await total(up)) - (await total(down))) / (2 * step);
    expect(Math.abs(slope - measured), slot.name).toBeLessThan(2e-3 + 0.02 * Math.abs(measured));
  }
});

test.each(['l0', 'l1', 'tl1'] as const)(
  'with %s on single weights, filters and inputs: the gradient the optimiser gets is that of loss plus all couplings',
  async (kind) => {
    const lambda = kind === 'l0' ? 0.015 : 0.004;
    const recipe: TrainRecipe = {
      ...TINY_RECIPE,
      penalty: { kind, a: 0.5 },
      layers: [
        { layer: 'conv1', target: 0 },
        { layer: 'conv2', target: 0, group: 'filters' },
        { layer: 'fc', target: 0, group: 'inputs' },
      ],
      paperForm: { lambda, beta: 0.5, learningRate: 1 },
    };
    const parts = sparseLayersOf(layout, recipe).map((layer) => {
      const form = new PaperSplitting(layer.penalty!, { lambda, beta: 0.5 });
      return { layer, form, u: form.sparse(viewOf(someParameters('several'), layer)) };
    });
    const flat = someParameters('several');
    const total = async (at: Float32Array): Promise<number> => {
      const { loss } = await network.lossAndGradient(at, images, set.labels);
      const coupling = parts.map(({ layer, u }) =>
        viewOf(at, layer).reduce((sum, value, i) => sum + 0.25 * (value - u[i]!) ** 2, 0),
      );
      return loss + coupling.reduce((a, b) => a + b);
    };
    for (const { layer, u } of parts) {
      expect(
        u.some((value, i) => value !== viewOf(flat, layer)[i]),
        layer.name,
      ).toBe(true);
    }
    const { gradient } = await network.lossAndGradient(flat, images, set.labels);
    // Plain SGD at rate 1: the step is the gradient.
    const moved = flat.slice();
    const phase = rvsmPhase(layout, recipe, recipe.penalty!, 1);
    phase.step(moved, gradient, 0);
    const taken = flat.map((value, i) => value - moved[i]!);
    const rng = new Rng('directions');
    for (const slot of layout.slots) {
      const direction = new Float32Array(layout.length);
      for (let i = slot.offset; i < slot.offset + slot.length; i++) direction[i] = rng.normal();
      const norm = Math.hypot(...direction);
      const step = 2e-3;
      const up = flat.map((value, i) => value + (step * direction[i]!) / norm);
      const down = flat.map((value, i) => value - (step * direction[i]!) / norm);
      const slope = taken.reduce((sum, value, i) => sum + (value * direction[i]!) / norm, 0);
      const measured = ((await total(up)) - (await total(down))) / (2 * step);
      expect(Math.abs(slope - measured), slot.name).toBeLessThan(2e-3 + 0.02 * Math.abs(measured));
    }
  },
);

test('named weights and the flat array carry the same values', () => {
  const flat = someParameters('names');
  const weights = weightsOf(TINY, flat);
  expect(flatOf(TINY, weights)).toEqual(flat);
  const { 'conv2/bias': _gone, ...rest } = weights;
  expect(() => flatOf(TINY, rest)).toThrow(/conv2\/bias is missing/);
});

/** [conv 3×3 same, ReLU, max pool 2] twice and the FC layer, by definition. */
function plainLogits(flat: Float32Array, image: Float32Array): [number, number] {
  const named = weightsOf(TINY, flat);
  const read = (name: string): Float32Array => named[name]?.values ?? new Float32Array();
  let map: ArrayLike<number> = image;
  let side = 16;
  let channelsIn = 1;
  for (const [index, channels] of TINY.channels.entries()) {
    const kernel = read(`conv${index + 1}/kernel`);
    const bias = read(`conv${index + 1}/bias`);
    const at = (row: number, column: number, channel: number): number => {
      let sum = bias[channel]!;
      for (let dr = -1; dr <= 1; dr++) {
        for (let dc = -1; dc <= 1; dc++) {
          const [r, c] = [row + dr, column + dc];
          if (r < 0 || c < 0 || r >= side || c >= side) continue;
          for (let ci = 0; ci < channelsIn; ci++) {
            const weight = kernel[(((dr + 1) * 3 + dc + 1) * channelsIn + ci) * channels + channel]!;
            sum += weight * map[(r * side + c) * channelsIn + ci]!;
          }
        }
      }
      return Math.max(0, sum);
    };
    const half = side / 2;
    const pooled = new Float64Array(half * half * channels);
    for (let i = 0; i < pooled.length; i++) {
      const channel = i % channels;
      const column = 2 * (Math.floor(i / channels) % half);
      const row = 2 * Math.floor(i / channels / half);
      pooled[i] = Math.max(
        at(row, column, channel),
        at(row, column + 1, channel),
        at(row + 1, column, channel),
        at(row + 1, column + 1, channel),
      );
    }
    map = pooled;
    side = half;
    channelsIn = channels;
  }
  const fc = read('fc/kernel');
  const logits: [number, number] = [read('fc/bias')[0]!, read('fc/bias')[1]!];
  for (let i = 0; i < map.length; i++) {
    logits[0] += map[i]! * fc[2 * i]!;
    logits[1] += map[i]! * fc[2 * i + 1]!;
  }
  return logits;
}
