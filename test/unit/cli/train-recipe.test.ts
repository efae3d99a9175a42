import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/cli/command.ts';
import { parseCommandLine } from '../../../src/cli/given.ts';
import { command } from '../../../src/cli/train.ts';
import { describeEvent } from '../../../src/cli/train-lines.ts';
import { readRecipe } from '../../../src/cli/train-recipe.ts';
import { commandOfRecipe } from '../../../src/host/recipes.ts';
import { optimiserOf } from '../../../src/model/phase-optimisers.ts';
import type { EpochReport } from '../../../src/model/training-types.ts';

const recipeOf = (line: string) => readRecipe(parseCommandLine(command, line.split(' ').filter(Boolean)));

test('without options it is l0 to 90 % of the FC weights by Adam, and says no more than that', () => {
  expect(recipeOf('').epochs).toBe(30); // few own samples are few steps an epoch
  expect(recipeOf('--synthetic 100')).toEqual({
    seed: 1,
    epochs: 8,
    fineTuneEpochs: 2,
    batchSize: 32,
    penalty: { kind: 'l0', a: 1 },
    targetSparsity: 0.9,
    paperForm: null,
    synthetic: { count: 100, kinds: ['fonts', 'handwriting', 'spiral', 'wave'] },
    backend: 'auto',
  });
});

test('layers have their own shares or that of --target-sparsity, and groups where a colon says so', () => {
  const { layers, targetSparsity } = recipeOf(
    '--layers fc,conv3=0.5,conv2:filters=0.25 --target-sparsity 0.8',
  );
  expect(layers).toEqual([
    { layer: 'fc', target: 0.8 },
    { layer: 'conv3', target: 0.5 },
    { layer: 'conv2', target: 0.25, group: 'filters' },
  ]);
  expect(targetSparsity).toBe(0);
  expect(recipeOf('--layers fc:inputs --lambda 0.1 --beta 1').layers).toEqual([
    { layer: 'fc', target: 0, group: 'inputs' },
  ]);
});

test('learning rate, momentum and growth go where the form has them', () => {
  expect(recipeOf('--optimiser sgd --momentum 0.9 --learning-rate 0.02 --beta-growth 4')).toMatchObject({
    optimiser: 'sgd',
    momentum: 0.9,
    learningRate: 0.02,
    betaGrowth: 4,
    paperForm: null,
  });
  const paper = recipeOf('--lambda 0.1 --beta 0.5 --momentum 0.9 --learning-rate 0.02 --beta-growth 4');
  expect(paper.paperForm).toEqual({
    lambda: 0.1,
    beta: 0.5,
    learningRate: 0.02,
    momentum: 0.9,
    betaGrowth: 4,
  });
  expect(paper).not.toHaveProperty('momentum');
  expect(recipeOf('--lambda 0.1 --beta 0.5').paperForm).toEqual({
    lambda: 0.1,
    beta: 0.5,
    learningRate: 0.1,
  });
});

test("momentum is that of the phases around the paper's form too where these are SGD", () => {
  const line = '--lambda 1e-4 --beta 1 --momentum 0.9 --warm-start 1';
  const sgd = recipeOf(`${line} --optimiser sgd`);
  expect(sgd).toMatchObject({ optimiser: 'sgd', momentum: 0.9, paperForm: { momentum: 0.9 } });
  const around = optimiserOf(sgd, 1);
  const w = Float32Array.of(0);
  for (let step = 0; step < 2; step++) around.step(w, Float32Array.of(1), 1);
  expect(w[0]).toBeCloseTo(-2.9, 6); // −1 − (0.9 + 1)
  expect(recipeOf(`${line} --optimiser adam`)).not.toHaveProperty('momentum');
  expect(recipeOf('--lambda 1e-4 --beta 1 --optimiser sgd')).not.toHaveProperty('momentum');
});

describe('the command on a model card gives the same recipe again', () => {
  test.each([
    '',
    '--penalty none --epochs 3',
    '--penalty tl1 --a 0.1 --target-sparsity 0.97 --beta-growth 5 --warm-start 2',
    '--method gradual-pruning --target-sparsity 0.95 --optimiser sgd --momentum 0.5 --learning-rate 0.05',
    '--method one-shot-pruning --layers conv3:filters=0.5,fc',
    '--layers fc=0.9,conv3=0.5,conv1:filters=0.25,conv2 --penalty l1',
    '--lambda 0.001 --beta 0.1 --momentum 0.9 --beta-growth 10 --warm-start 4 --optimiser sgd',
    '--lambda 0.001 --beta 0.1 --layers conv2:filters,fc --fine-tune 0',
  ])('%s', (line) => {
    const recipe = recipeOf(`--synthetic 100 ${line}`);
    const again = commandOfRecipe(recipe);
    expect(again).toMatch(/^steadypen train /);
    expect(recipeOf(again.replace('steadypen train', ''))).toEqual(recipe);
  });
});

const FIGURES_OF_REPORT = {
  accuracyU: 0.9,
  accuracyW: 0.9,
  fcZeros: 0.9,
  penalty: 0,
  gap: 0,
  remainingMs: 0,
};

test('an epoch line tells the penalty, the zeros of the FC layer, and of others that have some', () => {
  const report = {
    epoch: 1,
    epochs: 2,
    phase: 'rvsm',
    loss: 0.5,
    accuracyU: 0.9,
    accuracyW: 0.9,
    fcZeros: 0.9,
    penalty: 812.34567,
    gap: 0.001,
    remainingMs: 0,
  } as EpochReport;
  const line = (zerosByLayer?: Record<string, number>) =>
    describeEvent({ kind: 'epoch', report: { ...report, zerosByLayer } });
  expect(line()).toContain('of w 90.0 %, FC zeros 90.0 %, penalty of u 812.3, ‖w − u‖');
  expect(line({ conv1: 0, conv2: 0, fc: 0.9 })).toBe(line());
  const dense = describeEvent({ kind: 'epoch', report: { ...report, penalty: 0 } });
  expect(dense).not.toContain('penalty');
  expect(line({ conv1: 0.25, conv2: 0, fc: 0.9 })).toContain('FC zeros 90.0 %, conv1 25.0 %, penalty');
});

test('lines of a run of two networks say which one learns', () => {
  const report = { epoch: 4, epochs: 6, phase: 'rvsm', network: 'writing', loss: 0.5 } as EpochReport;
  const line = describeEvent({ kind: 'epoch', report: { ...FIGURES_OF_REPORT, ...report } });
  expect(line).toMatch(/^epoch 4 of 6 \(writing, rvsm\): loss 0\.500/);
  const step = { kind: 'step', network: 'figures', epoch: 1, step: 2, steps: 9 } as const;
  expect(describeEvent({ ...step, loss: 0.5, imagesPerSecond: 900, remainingMs: 65_000 })).toBe(
    'epoch 1 (figures), step 2 of 9, loss 0.500, 900 images/s, 1:05 left',
  );
});

describe('wrong options are refused by name, with what they take', () => {
  test.each([
    ['--method magic', '--method takes rvsm, gradual-pruning, one-shot-pruning'],
    ['--method gradual-pruning --penalty l0', '--penalty and --method gradual-pruning exclude each other'],
    [
      '--method one-shot-pruning --warm-start 2',
      "--warm-start: The recipe's warmStartEpochs is 2; it must be 0",
    ],
    ['--penalty none --warm-start 2', "--warm-start: The recipe's warmStartEpochs is 2; it must be 0"],
    ['--warm-start=-1', '--warm-start takes a whole number from 0 to 500, not "-1"'],
    ['--warm-start 1.5', '--warm-start takes a whole number'],
    ['--optimiser lion', '--optimiser takes adam, sgd'],
    [
      '--momentum 0.9',
      "--momentum: The recipe's momentum is 0.9; it must be left out unless the optimiser is sgd",
    ],
    ['--optimiser sgd --momentum 1', '--momentum takes a number from 0 to 0.999, not "1"'],
    ['--optimiser sgd --momentum=-0.1', '--momentum takes a number from 0 to 0.999, not "-0.1"'],
    ['--learning-rate 0', '--learning-rate takes a number from 1e-9 to 100, not "0"'],
    ['--learning-rate NaN', '--learning-rate takes a number from 1e-9 to 100, not "NaN"'],
    ['--a 0', '--a takes a number from 0.000001 to 1000000, not "0"'],
    ['--a=-1', '--a takes a number from 0.000001 to 1000000, not "-1"'],
    ['--a Infinity', '--a takes a number from 0.000001 to 1000000, not "Infinity"'],
    ['--a 0.5', '--a is only for --penalty tl1'],
    ['--a 0.5 --penalty l0', '--a is only for --penalty tl1'],
    ['--penalty l1 --a 1', '--a is only for --penalty tl1'],
    ['--penalty none --a 1', '--a is only for --penalty tl1'],
    ['--method gradual-pruning --a 1', '--a is only for --penalty tl1'],
    ['--target-sparsity 1', '--target-sparsity takes a number from 0 to 0.999, not "1"'],
    ['--target-sparsity NaN', '--target-sparsity takes a number from 0 to 0.999, not "NaN"'],
    ['--target-sparsity 90', '--target-sparsity takes a number from 0 to 0.999, not "90"'],
    ['--lambda=-1 --beta 1', '--lambda takes a number from 0 to 1000000, not "-1"'],
    ['--lambda NaN --beta 1', '--lambda takes a number from 0 to 1000000, not "NaN"'],
    ['--lambda 1 --beta 0', '--beta takes a number from 1e-12 to 1000000, not "0"'],
    ['--lambda 1 --beta NaN', '--beta takes a number from 1e-12 to 1000000, not "NaN"'],
    ['--beta 1', '--lambda is missing'],
    ['--lambda 1 --beta 1 --target-sparsity 0.9', '--target-sparsity and --lambda exclude each other'],
    ['--penalty none --lambda 1 --beta 1', '--lambda and --penalty none exclude each other'],
    ['--penalty none --layers fc=0.5', '--layers and --penalty none exclude each other'],
    ['--lambda 1 --beta 100', '--beta: The recipe'],
    ['--lambda 1 --beta 1 --method rvsm', '--method and --lambda exclude each other'],
    ['--beta-growth 0.5', '--beta-growth takes a number from 1 to 1000000, not "0.5"'],
    ['--beta-growth 11', "--beta-growth: The recipe's betaGrowth is 11; it must be from 1 to 10"],
    [
      '--lambda 1 --beta 1 --beta-growth 11',
      "--beta-growth: The recipe's paperForm.betaGrowth is 11; it must be at most 10",
    ],
    [
      '--method gradual-pruning --beta-growth 2',
      "--beta-growth: The recipe's betaGrowth is 2; it must be left out",
    ],
    ['--layers fc=1', '--layers: the share of fc must be from 0 to 0.999, not "1"'],
    ['--layers fc=', '--layers: the share of fc must be from 0 to 0.999, not ""'],
    ['--layers fc=NaN', '--layers: the share of fc must be from 0 to 0.999, not "NaN"'],
    [
      '--layers fc:columns=0.5',
      '--layers takes parts like fc=0.9, conv2:filters=0.25 or fc:inputs=0.5, not "fc:columns=0.5"',
    ],
    ['--layers conv5=0.5', 'it names conv5, but the network has conv1, conv2, conv3, conv4, fc'],
    ['--layers conv1:inputs=0.5', 'it asks for inputs in conv1'],
    [
      '--layers conv1:filters=0.99',
      'it asks for 0.99 of the 16 filters of conv1, which is all: at most 0.937',
    ],
    ['--layers fc=0.5,fc:inputs=0.5', 'it names fc twice'],
    ['--layers fc=0.5 --lambda 1 --beta 1', '--layers takes no shares with --lambda'],
  ])('%s', (line, message) => {
    expect(() => recipeOf(line)).toThrow(UsageError);
    expect(() => recipeOf(line)).toThrow(message);
  });
});
