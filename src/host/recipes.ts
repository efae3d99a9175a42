import type { TrainRequest } from '../api/contract.ts';
import { methodOf } from '../model/run-plan.ts';
import type { TrainRecipe } from '../model/training-types.ts';

const BATCH_SIZE = 32;

/** What somebody who trains decides, on the screen or on the command line; what is left out follows from the rest. */
export type RecipeChoices = Omit<TrainRecipe, 'batchSize' | 'fineTuneEpochs'> & {
  /** A quarter of `epochs`, at least one, where it is left out. */
  readonly fineTuneEpochs?: number | undefined;
};

/** A dense run has nothing to prune, hence no target and nothing to fine-tune on. */
export function completeRecipe(choices: RecipeChoices): TrainRecipe {
  const sparse = methodOf(choices) !== 'dense';
  return {
    ...choices,
    batchSize: BATCH_SIZE,
    fineTuneEpochs: sparse ? (choices.fineTuneEpochs ?? Math.max(1, Math.round(choices.epochs / 4))) : 0,
    targetSparsity: sparse ? choices.targetSparsity : 0,
  };
}

/** What the Train screen asks for, as a recipe. */
export function recipeOf(request: TrainRequest): TrainRecipe {
  return completeRecipe({
    seed: request.seed,
    epochs: request.epochs,
    penalty: request.penalty === 'none' ? null : { kind: request.penalty, a: request.a },
    targetSparsity: request.targetSparsity,
    paperForm: null,
    synthetic: { count: request.synthetic, kinds: request.syntheticKinds },
    backend: request.backend,
  });
}

/**
 * The command that repeats a run, for the model card: everything that decides the outcome, and no path of this machine.
 *
 * @param data Name of the folder of labelled files, if there is one.
 */
export function commandOfRecipe(recipe: TrainRecipe, data?: string): string {
  const { penalty, paperForm, synthetic } = recipe;
  const sparsity =
    paperForm === null
      ? `--target-sparsity ${recipe.targetSparsity}`
      : `--lambda ${paperForm.lambda} --beta ${paperForm.beta} --learning-rate ${paperForm.learningRate}`;
  return [
    'steadypen train',
    ...(synthetic.count > 0 ? [`--synthetic ${synthetic.count} --kinds ${synthetic.kinds.join(',')}`] : []),
    ...(data === undefined ? [] : [`--data ${data}`]),
    `--penalty ${penalty?.kind ?? 'none'}`,
    ...(penalty?.kind === 'tl1' ? [`--a ${penalty.a}`] : []),
    ...(penalty === null ? [] : [sparsity]),
    `--epochs ${recipe.epochs}`,
    ...(penalty === null ? [] : [`--fine-tune ${recipe.fineTuneEpochs}`]),
    `--seed ${recipe.seed} --backend ${recipe.backend}`,
  ].join(' ');
}

/** The same run on the command line, for the model card; own samples have no such form. */
export function commandOf(request: TrainRequest): string {
  const command = commandOfRecipe(recipeOf(request));
  return request.ownSamples ? `${command} (and the labelled samples of the library)` : command;
}
