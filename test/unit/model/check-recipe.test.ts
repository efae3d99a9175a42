import { describe, expect, test } from 'vitest';
import { UserError } from '../../../src/base/errors.ts';
import { refuseBadRecipe } from '../../../src/model/check-recipe.ts';
import { layoutOf } from '../../../src/model/parameters.ts';
import type { TrainRecipe } from '../../../src/model/training-types.ts';
import { TINY, TINY_RECIPE } from './tiny.ts';
import { trainTinyModel } from './train-tiny-model.ts';

const layout = layoutOf(TINY);
const PAPER = { lambda: 1e-3, beta: 1, learningRate: 0.1 };
const NUMBERS = [NaN, Infinity, -Infinity];
const POSITIVE = [0, -1, ...NUMBERS];
const SHARES = [-0.01, 0.9995, 1, 90, ...NUMBERS];

/** What is wrong whatever else the recipe says: the field, the range that is named, what is out of it, and a recipe with that. */
const FIELDS: [string, RegExp, readonly unknown[], (value: never) => Partial<TrainRecipe>][] = [
  ['seed', /a whole number/, [1.5, ...NUMBERS], (seed) => ({ seed })],
  ['epochs', /a whole number from 1/, [0, -1, 2.5, ...NUMBERS], (epochs) => ({ epochs })],
  [
    'fineTuneEpochs',
    /a whole number from 0/,
    [-1, 0.5, ...NUMBERS],
    (fineTuneEpochs) => ({ fineTuneEpochs }),
  ],
  ['batchSize', /a whole number from 1/, [0, -4, 1.5, ...NUMBERS], (batchSize) => ({ batchSize })],
  [
    'warmStartEpochs',
    /a whole number from 0/,
    [-1, 0.5, ...NUMBERS],
    (warmStartEpochs) => ({ warmStartEpochs }),
  ],
  ['method', /rvsm, gradual-pruning, one-shot-pruning/, ['magic'], (method) => ({ method })],
  ['optimiser', /adam, sgd/, ['lion'], (optimiser) => ({ optimiser })],
  ['penalty.kind', /l0, l1, tl1/, ['l2'], (kind) => ({ penalty: { kind, a: 1 } })],
  ['penalty.a', /a number above 0/, POSITIVE, (a) => ({ penalty: { kind: 'tl1', a } })],
  ['targetSparsity', /from 0 to 0\.999/, SHARES, (targetSparsity) => ({ targetSparsity })],
  ['layers.conv2', /from 0 to 0\.999/, SHARES, (target) => ({ layers: [{ layer: 'conv2', target }] })],
  ['momentum', /from 0 to below 1/, [-0.1, 1, 2, ...NUMBERS], (momentum) => ({ optimiser: 'sgd', momentum })],
  ['learningRate', /a number above 0/, POSITIVE, (learningRate) => ({ learningRate })],
  ['betaGrowth', /from 1 to 10/, [0, 0.5, 11, -2, ...NUMBERS], (betaGrowth) => ({ betaGrowth })],
  [
    'paperForm.lambda',
    /a number from 0/,
    [-1, ...NUMBERS],
    (lambda) => ({ paperForm: { ...PAPER, lambda } }),
  ],
  ['paperForm.beta', /a number above 0/, POSITIVE, (beta) => ({ paperForm: { ...PAPER, beta } })],
  // A step would throw w past u.
  [
    'paperForm.beta',
    /at most .* learning rate × β is 1/,
    [1e6],
    (beta) => ({ paperForm: { ...PAPER, beta } }),
  ],
  [
    'paperForm.learningRate',
    /a number above 0/,
    POSITIVE,
    (learningRate) => ({ paperForm: { ...PAPER, learningRate } }),
  ],
  [
    'paperForm.momentum',
    /from 0 to below 1/,
    [-0.1, 1, ...NUMBERS],
    (momentum) => ({ paperForm: { ...PAPER, momentum } }),
  ],
  [
    'paperForm.betaGrowth',
    /a number from 1|at most 10/,
    [0, 0.9, 10.1, ...NUMBERS],
    (betaGrowth) => ({ paperForm: { ...PAPER, betaGrowth } }),
  ],
];

function refusalOf(change: Partial<TrainRecipe>): UserError {
  try {
    refuseBadRecipe({ ...TINY_RECIPE, ...change }, layout);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`accepted: ${JSON.stringify(change)}`);
}

describe.each(FIELDS)('%s', (field, range, values, changeOf) => {
  test.each(values)('%s is refused by name, with what it must be', (value) => {
    const { code, subject, message } = refusalOf(changeOf(value as never));
    expect({ code, subject }).toEqual({ code: 'bad-argument', subject: field });
    expect(message).toContain(`The recipe's ${field} is ${String(value)}; it must be `);
    expect(message).toMatch(range);
  });
});

test('fields that belong to something else are refused where they would count for nothing', () => {
  expect(refusalOf({ momentum: 0.9 }).message).toMatch(/momentum is 0\.9.*unless the optimiser is sgd/);
  expect(refusalOf({ method: 'one-shot-pruning', warmStartEpochs: 1 }).subject).toBe('warmStartEpochs');
  expect(refusalOf({ penalty: null, warmStartEpochs: 1 }).subject).toBe('warmStartEpochs');
  expect(refusalOf({ method: 'gradual-pruning', betaGrowth: 2 }).subject).toBe('betaGrowth');
  expect(refusalOf({ paperForm: PAPER, betaGrowth: 2 }).subject).toBe('betaGrowth');
  expect(refusalOf({ layers: [] }).subject).toBe('layers');
});

test.each<[string, Partial<TrainRecipe>]>([
  ['the plain one', {}],
  [
    'the ends of the ranges',
    { epochs: 1, fineTuneEpochs: 0, targetSparsity: 0.999, betaGrowth: 10, seed: -1 },
  ],
  ['nothing to prune', { targetSparsity: 0, warmStartEpochs: 0, penalty: null }],
  ['the paper form', { paperForm: { ...PAPER, lambda: 0, momentum: 0, betaGrowth: 10 } }],
  ['β at 1 / learning rate', { paperForm: { ...PAPER, beta: 10, betaGrowth: 1 } }],
  ['momentum of both', { optimiser: 'sgd', momentum: 0.9, paperForm: { ...PAPER, momentum: 0.9 } }],
  ['SGD', { optimiser: 'sgd', momentum: 0.999, learningRate: 1e-9, warmStartEpochs: 3 }],
  ['pruning without a penalty', { method: 'gradual-pruning', penalty: null, warmStartEpochs: 2 }],
  ['three of four filters', { layers: [{ layer: 'conv1', target: 0.75, group: 'filters' }] }],
])('%s is accepted', (_, change) => {
  expect(() => refuseBadRecipe({ ...TINY_RECIPE, ...change }, layout)).not.toThrow();
});

test('a run with a bad recipe ends at once with that sentence', async () => {
  expect(await trainTinyModel({ targetSparsity: NaN })).toEqual([
    {
      kind: 'failed',
      reason: 'fault',
      error: expect.objectContaining({ code: 'bad-argument', subject: 'targetSparsity' }) as object,
    },
  ]);
});
