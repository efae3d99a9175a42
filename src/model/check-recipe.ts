/** Ranges of a recipe's fields, wherever it comes from: the screen, the command line, a file, another program. */
import { UserError } from '../base/errors.ts';
import { methodOf } from './run-plan.ts';
import type { ParameterLayout } from './parameters.ts';
import { sparseLayersOf } from './sparse-layers.ts';
import type { TrainRecipe } from './training-types.ts';

/** @throws UserError `bad-argument` naming the first field that is out of its range, and the range. */
export function refuseBadRecipe(recipe: TrainRecipe, layout: ParameterLayout): void {
  const { penalty, paperForm } = recipe;
  const method = methodOf(recipe);
  requireWhole('epochs', recipe.epochs, 1);
  requireWhole('fineTuneEpochs', recipe.fineTuneEpochs, 0);
  requireWhole('batchSize', recipe.batchSize, 1);
  requireWhole('warmStartEpochs', recipe.warmStartEpochs ?? 0, 0);
  if (recipe.warmStartEpochs !== undefined && recipe.warmStartEpochs > 0) {
    if (method === 'dense')
      throw refusal('warmStartEpochs', recipe.warmStartEpochs, '0: all epochs of a dense run are dense');
    if (method === 'one-shot-pruning') {
      throw refusal(
        'warmStartEpochs',
        recipe.warmStartEpochs,
        '0: one-shot pruning trains densely for its epochs',
      );
    }
  }
  require(recipe.targetSparsity >= 0 &&
    recipe.targetSparsity <= 0.999, 'targetSparsity', recipe.targetSparsity, 'from 0 to 0.999');
  requireMomentum('momentum', recipe.momentum);
  requirePositive('learningRate', recipe.learningRate);
  if (recipe.momentum !== undefined && recipe.optimiser !== 'sgd') {
    throw refusal('momentum', recipe.momentum, 'left out, or the optimiser sgd: Adam has its own');
  }
  if (penalty !== null) requirePositive('penalty.a', penalty.a);
  if (paperForm !== null) {
    require(paperForm.lambda >= 0 &&
      Number.isFinite(paperForm.lambda), 'paperForm.lambda', paperForm.lambda, 'a number from 0');
    requirePositive('paperForm.beta', paperForm.beta);
    requirePositive('paperForm.learningRate', paperForm.learningRate);
    requireMomentum('paperForm.momentum', paperForm.momentum);
  }
  for (const { layer, target } of recipe.layers ?? []) {
    require(target >= 0 && target <= 0.999, `target of ${layer}`, target, 'from 0 to 0.999');
  }
  sparseLayersOf(layout, recipe);
}

function requireWhole(field: string, value: number, least: number): void {
  require(Number.isSafeInteger(value) && value >= least, field, value, `a whole number from ${least}`);
}

function requirePositive(field: string, value: number | undefined): void {
  require(value === undefined || (value > 0 && Number.isFinite(value)), field, value, 'a number above 0');
}

function requireMomentum(field: string, value: number | undefined): void {
  require(value === undefined || (value >= 0 && value < 1), field, value, 'from 0 to below 1');
}

function require(holds: boolean, field: string, value: number | undefined, wanted: string): void {
  if (!holds) throw refusal(field, value, wanted);
}

function refusal(field: string, value: number | undefined, wanted: string): UserError {
  return new UserError('bad-argument', `The recipe's ${field} is ${value}; it must be ${wanted}.`, field);
}
