import type { TrainRequest } from '../api/contract.ts';
import type { TrainRecipe } from '../model/training-types.ts';

/** What the Train screen asks for, as a recipe: the rest is what worked (README, "How training works"). */
export function recipeOf(request: TrainRequest): TrainRecipe {
  const sparse = request.penalty !== 'none';
  return {
    seed: request.seed,
    epochs: request.epochs,
    fineTuneEpochs: sparse ? Math.max(1, Math.round(request.epochs / 4)) : 0,
    batchSize: 32,
    penalty: request.penalty === 'none' ? null : { kind: request.penalty, a: request.a },
    targetSparsity: sparse ? request.targetSparsity : 0,
    paperForm: null,
    synthetic: { count: request.synthetic, kinds: request.syntheticKinds },
    backend: request.backend,
  };
}

/** The same run on the command line, for the model card; own samples have no such form. */
export function commandOf(request: TrainRequest): string {
  const words = [
    'steadypen train',
    `--synthetic ${request.synthetic}`,
    `--kinds ${request.syntheticKinds.join(',')}`,
  ];
  if (request.penalty !== 'none') words.push(`--target-sparsity ${request.targetSparsity}`);
  words.push(`--penalty ${request.penalty}`);
  if (request.penalty === 'tl1') words.push(`--a ${request.a}`);
  words.push(`--epochs ${request.epochs}`, `--seed ${request.seed}`, `--backend ${request.backend}`);
  return request.ownSamples
    ? `${words.join(' ')} (and the labelled samples of the library)`
    : words.join(' ');
}
