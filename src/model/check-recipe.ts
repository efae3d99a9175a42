/** Ranges of a recipe's fields, wherever it comes from: the screen, the command line, a file, another program. */
import { UserError } from '../base/errors.ts';
import { OPTIMISERS, PENALTY_KINDS, SPARSE_METHODS } from '../base/words.ts';
import type { ParameterLayout } from './parameters.ts';
import { methodOf } from './run-plan.ts';
import { sparseLayersOf } from './sparse-layers.ts';
import type { TrainRecipe } from './training-types.ts';

/** Largest growth of the practical form's coupling, which starts at 0.05 or 0.1: after it, w is set to u at every step. */
export const MOST_GROWTH = 10;

/** @throws UserError `bad-argument` whose subject is the first field that is out of its range; the message says the range. */
export function refuseBadRecipe(recipe: TrainRecipe, layout: ParameterLayout): void {
  require(Number.isSafeInteger(recipe.seed), 'seed', recipe.seed, 'a whole number');
  requireWhole('epochs', recipe.epochs, 1);
  requireWhole('fineTuneEpochs', recipe.fineTuneEpochs, 0);
  requireWhole('batchSize', recipe.batchSize, 1);
  requireOneOf('method', recipe.method, SPARSE_METHODS);
  requireOneOf('penalty.kind', recipe.penalty?.kind, PENALTY_KINDS);
  requirePositive('penalty.a', recipe.penalty?.a);
  requireShare('targetSparsity', recipe.targetSparsity);
  for (const { layer, target } of recipe.layers ?? []) requireShare(`layers.${layer}`, target);
  sparseLayersOf(layout, recipe);
  refuseBadWarmStart(recipe);
  refuseBadOptimiser(recipe);
  refuseBadCoupling(recipe);
}

function refuseBadWarmStart(recipe: TrainRecipe): void {
  const { warmStartEpochs: epochs } = recipe;
  if (epochs === undefined) return;
  requireWhole('warmStartEpochs', epochs, 0);
  const method = methodOf(recipe);
  const isDenseAnyway = method === 'dense' || method === 'one-shot-pruning';
  require(!isDenseAnyway ||
    epochs === 0, 'warmStartEpochs', epochs, '0 here: the epochs of this method are dense ones anyway');
}

function refuseBadOptimiser({ optimiser, momentum, learningRate }: TrainRecipe): void {
  requireOneOf('optimiser', optimiser, OPTIMISERS);
  requireMomentum('momentum', momentum);
  const ofAdam = momentum !== undefined && optimiser !== 'sgd';
  require(!ofAdam, 'momentum', momentum, 'left out unless the optimiser is sgd: Adam has its own');
  requirePositive('learningRate', learningRate);
}

function refuseBadCoupling(recipe: TrainRecipe): void {
  const { paperForm, betaGrowth } = recipe;
  const isRvsm = methodOf(recipe) === 'rvsm';
  if (betaGrowth !== undefined) {
    require(isRvsm &&
      paperForm ===
        null, 'betaGrowth', betaGrowth, "left out: only RVSM's practical form has it; the paper's form has its own");
    const isGrowth = betaGrowth >= 1 && betaGrowth <= MOST_GROWTH;
    require(isGrowth, 'betaGrowth', betaGrowth, `from 1 to ${MOST_GROWTH}`);
  }
  if (paperForm === null) return;
  const { lambda, beta, learningRate, momentum, betaGrowth: growth } = paperForm;
  require(lambda >= 0 && Number.isFinite(lambda), 'paperForm.lambda', lambda, 'a number from 0');
  requirePositive('paperForm.beta', beta);
  requirePositive('paperForm.learningRate', learningRate);
  requireMomentum('paperForm.momentum', momentum);
  const strongest = 1 / learningRate;
  // Beyond it a step throws w past u.
  require(beta <= strongest, 'paperForm.beta', beta, `at most ${strongest}, where learning rate × β is 1`);
  if (growth === undefined) return;
  require(growth >= 1 && Number.isFinite(growth), 'paperForm.betaGrowth', growth, 'a number from 1');
  const isStable = growth === 1 || learningRate * beta * growth <= 1;
  const most = 1 / (learningRate * beta);
  require(isStable, 'paperForm.betaGrowth', growth, `at most ${Math.max(1, most)}, where learning rate × β × growth is 1`);
}

function requireWhole(field: string, value: number, least: number): void {
  require(Number.isSafeInteger(value) && value >= least, field, value, `a whole number from ${least}`);
}

function requireShare(field: string, value: number): void {
  require(value >= 0 && value <= 0.999, field, value, 'from 0 to 0.999');
}

function requirePositive(field: string, value: number | undefined): void {
  require(value === undefined || (value > 0 && Number.isFinite(value)), field, value, 'a number above 0');
}

function requireMomentum(field: string, value: number | undefined): void {
  require(value === undefined || (value >= 0 && value < 1), field, value, 'from 0 to below 1');
}

function requireOneOf(field: string, value: string | undefined, words: readonly string[]): void {
  require(value === undefined || words.includes(value), field, value, words.join(', '));
}

function require(holds: boolean, field: string, value: number | string | undefined, wanted: string): void {
  if (holds) return;
  throw new UserError('bad-argument', `The recipe's ${field} is ${value}; it must be ${wanted}.`, field);
}
