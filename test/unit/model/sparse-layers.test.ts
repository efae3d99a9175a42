import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { decodeModel } from '../../../src/model/model-file.ts';
import {
  initialParameters,
  layoutOf,
  REFERENCE_ARCHITECTURE,
  weightsOf,
} from '../../../src/model/parameters.ts';
import { sparseLayersOf } from '../../../src/model/sparse-layers.ts';
import type { LayerGoal, TrainRecipe } from '../../../src/model/training-types.ts';
import { TINY, TINY_RECIPE } from './tiny.ts';
import { lastOf, trainTinyModel } from './train-tiny-model.ts';
import { onlyWeights } from './only-network.ts';

const layout = layoutOf(TINY);
const layersOf = (layers: readonly LayerGoal[], change: Partial<TrainRecipe> = {}) =>
  sparseLayersOf(layout, { ...TINY_RECIPE, ...change, layers });

test('without layers in the recipe it is the FC kernel with the target of the recipe; a dense run has none', () => {
  const { offset, length } = layout.fcKernel;
  const [only, ...none] = sparseLayersOf(layout, TINY_RECIPE);
  expect(only).toMatchObject({ name: 'fc', offset, length, groups: null, target: 0.9 });
  expect(none).toEqual([]);
  expect(sparseLayersOf(layout, { ...TINY_RECIPE, penalty: null })).toEqual([]);
});

test('a filter is the weights and the bias of one output channel; an input is all FC weights of one channel', () => {
  const [filters, inputs] = layersOf([
    { layer: 'conv2', target: 0.5, group: 'filters' },
    { layer: 'fc', target: 0.5, group: 'inputs' },
  ]);
  // Every parameter marked with its group + 1, read back by the names of the model file.
  const flat = new Float32Array(layout.length);
  for (const layer of [filters!, inputs!]) {
    for (const [i, g] of layer.groups!.of.entries()) flat[layer.offset + i] = g + 1;
    const counts = new Map<number, number>();
    for (const g of layer.groups!.of) counts.set(g, (counts.get(g) ?? 0) + 1);
    expect([...counts.values()]).toEqual(Array<number>(layer.groups!.count).fill(layer.groups!.size));
  }
  const named = weightsOf(TINY, flat);
  for (let out = 0; out < 6; out++) {
    for (let i = 0; i < 3 * 3 * 4; i++) expect(named['conv2/kernel']?.values[i * 6 + out]).toBe(out + 1);
    expect(named['conv2/bias']?.values[out]).toBe(out + 1);
  }
  for (let position = 0; position < 16; position++) {
    for (let channel = 0; channel < 6; channel++) {
      for (const output of [0, 1]) {
        expect(named['fc/kernel']?.values[2 * (6 * position + channel) + output]).toBe(channel + 1);
      }
    }
  }
  expect(named['conv1/kernel']?.values.every((value) => value === 0)).toBe(true);
  expect([filters?.groups?.size, inputs?.groups?.size]).toEqual([3 * 3 * 4 + 1, 16 * 2]);
});

test.each<[string, readonly LayerGoal[], RegExp]>([
  ['no layer', [], /names none/],
  [
    'an unknown layer',
    [{ layer: 'conv3', target: 0.5 }],
    /names conv3, but the network has conv1, conv2, fc/,
  ],
  [
    'a layer named twice',
    [
      { layer: 'fc', target: 0.5 },
      { layer: 'fc', target: 0.5, group: 'inputs' },
    ],
    /names fc twice/,
  ],
  ['filters of fc', [{ layer: 'fc', target: 0.5, group: 'filters' }], /asks for filters in fc/],
  ['inputs of a convolution', [{ layer: 'conv1', target: 0.5, group: 'inputs' }], /asks for inputs in conv1/],
  [
    'all filters',
    [{ layer: 'conv1', target: 0.8, group: 'filters' }],
    /0\.8 of the 4 filters of conv1, which is all: at most 0\.75/,
  ],
])('%s is refused', (_, layers, message) => {
  expect(() => layersOf(layers)).toThrow(
    expect.objectContaining({ code: 'bad-argument', subject: 'layers' }),
  );
  expect(() => layersOf(layers)).toThrow(message);
});

test('the paper form asks for no target', () => {
  const paperForm = { lambda: 1e-4, beta: 1, learningRate: 0.05 };
  expect(layersOf([{ layer: 'conv1', target: 0.9, group: 'filters' }], { paperForm })[0]?.target).toBe(0);
});

const GOALS: readonly LayerGoal[] = [
  { layer: 'conv1', target: 0.25 },
  { layer: 'conv2', target: 0.5, group: 'filters' },
  { layer: 'fc', target: 0.5, group: 'inputs' },
];

describe.each<[string, Partial<TrainRecipe>]>([
  ['l0', {}],
  ['l1', { penalty: { kind: 'l1', a: 1 } }],
  ['transformed l1', { penalty: { kind: 'tl1', a: 0.5 } }],
  ['gradual pruning', { method: 'gradual-pruning', penalty: null }],
  ['one-shot pruning', { method: 'one-shot-pruning', penalty: null }],
])('%s in three layers', (_, change) => {
  test('reaches every target with whole groups of exact zeros, their biases among them, and still learns', async () => {
    const events = await trainTinyModel({ ...change, layers: GOALS });
    const { model, candidate } = lastOf(events, 'done');
    const { card, ...bundle } = decodeModel(model, 'layers.spm');
    const weights = onlyWeights(bundle);
    expect(card.recipe.layers).toEqual(GOALS);
    const zeros = (name: string) => weights[name]?.values.filter((value) => value === 0).length ?? 0;
    expect(zeros('conv1/kernel')).toBe(9);
    expect(zeros('conv2/kernel')).toBe(3 * 36);
    expect(zeros('fc/kernel')).toBe(3 * 32);
    for (let out = 0; out < 6; out++) {
      const filter = weights['conv2/kernel']!.values.filter((_value, i) => i % 6 === out);
      const isCut = filter.every((value) => value === 0);
      expect(filter.some((value) => value === 0)).toBe(isCut);
      expect(weights['conv2/bias']?.values[out] === 0).toBe(isCut);
    }
    expect(candidate.accuracy).toBeGreaterThan(0.8);
    const { report } = lastOf(events, 'epoch');
    expect(report.zerosByLayer).toEqual({ conv1: 0.25, conv2: 0.5, fc: 0.5 });
    expect(report).toMatchObject({ fcZeros: 0.5, gap: 0, threshold: 0 });
  });
});

test('every epoch tells the zeros of every layer, and the penalty of all sparse ones', async () => {
  const events = await trainTinyModel({
    epochs: 6,
    fineTuneEpochs: 1,
    layers: [{ layer: 'conv2', target: 0.5 }],
  });
  const reports = events.flatMap((event) => (event.kind === 'epoch' ? [event.report] : []));
  expect(reports[0]?.zerosByLayer).toEqual({ conv1: 0, conv2: 0, fc: 0 });
  expect(reports.at(-1)).toMatchObject({ fcZeros: 0, penalty: 108, zerosByLayer: { conv1: 0, conv2: 0.5 } });
});

test('the layers of the reference net can all be asked for', () => {
  const reference = layoutOf(REFERENCE_ARCHITECTURE);
  const layers = ['conv1', 'conv2', 'conv3', 'fc'].map((layer) => ({ layer, target: 0.5 }));
  const found = sparseLayersOf(reference, { ...TINY_RECIPE, layers });
  expect(found.map(({ length }) => length)).toEqual([72, 1152, 4608, 16_384]);
  expect(initialParameters(REFERENCE_ARCHITECTURE, new Rng(1)).length).toBe(reference.length);
});
