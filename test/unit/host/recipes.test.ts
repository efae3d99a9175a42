import { describe, expect, test } from 'vitest';
import { commandOf, commandOfRecipe, completeRecipe, recipeOf } from '../../../src/host/recipes.ts';

const request = {
  synthetic: 2000,
  syntheticKinds: ['spiral', 'wave'],
  ownSamples: false,
  penalty: 'tl1',
  a: 2,
  targetSparsity: 0.9,
  epochs: 10,
  seed: 7,
  backend: 'cpu',
} satisfies Parameters<typeof recipeOf>[0];

describe('a recipe', () => {
  test('fine-tunes for a quarter of the epochs, at least one, unless somebody says otherwise', () => {
    expect(recipeOf(request)).toMatchObject({ fineTuneEpochs: 3, penalty: { kind: 'tl1', a: 2 } });
    expect(recipeOf({ ...request, epochs: 1 }).fineTuneEpochs).toBe(1);
    expect(completeRecipe({ ...recipeOf(request), fineTuneEpochs: 0 }).fineTuneEpochs).toBe(0);
  });

  test('of a dense run has nothing to prune', () => {
    const dense = recipeOf({ ...request, penalty: 'none' });
    expect(dense).toMatchObject({ penalty: null, fineTuneEpochs: 0, targetSparsity: 0 });
  });
});

describe('the command of a run', () => {
  test('says the same from the screen and from the command line, with all that decides the outcome', () => {
    const command =
      'steadypen train --synthetic 2000 --kinds spiral,wave --penalty tl1 --a 2 --target-sparsity 0.9 ' +
      '--epochs 10 --fine-tune 3 --seed 7 --backend cpu';
    expect(commandOf(request)).toBe(command);
    expect(commandOfRecipe(recipeOf(request))).toBe(command);
    expect(commandOf({ ...request, ownSamples: true })).toContain('labelled samples of the library');
  });

  test('names the folder of own files, the paper form, and no sparsity for a dense run', () => {
    const paperForm = { lambda: 0.01, beta: 0.5, learningRate: 0.1 };
    const own = { ...recipeOf(request), synthetic: { count: 0, kinds: [] } };
    expect(commandOfRecipe({ ...own, paperForm }, 'scans')).toBe(
      'steadypen train --data scans --penalty tl1 --a 2 --lambda 0.01 --beta 0.5 --learning-rate 0.1 --epochs 10 --fine-tune 3 --seed 7 --backend cpu',
    );
    expect(commandOf({ ...request, penalty: 'none' })).toBe(
      'steadypen train --synthetic 2000 --kinds spiral,wave --penalty none --epochs 10 --seed 7 --backend cpu',
    );
  });
});
