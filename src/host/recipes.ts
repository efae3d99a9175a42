import type { TrainRequest } from '../api/contract.ts';
import { methodOf } from '../model/run-plan.ts';
import type { LayerGoal, TrainRecipe } from '../model/training-types.ts';

const BATCH_SIZE = 32;

/** What somebody who trains decides, on the screen or on the command line; what is left out follows from the rest. */
export type RecipeChoices = Omit<TrainRecipe, 'batchSize' | 'fineTuneEpochs'> & {
  /** A quarter of `epochs`, at least one, where it is left out. */
  readonly fineTuneEpochs?: number | undefined;
};

/**
 * A dense run has nothing to prune, hence no target, no layers and nothing to fine-tune on; layers have targets of their own. Fields
 * that are undefined are left out, so that a recipe is the same however it came about.
 */
export function completeRecipe(choices: RecipeChoices): TrainRecipe {
  const sparse = methodOf(choices) !== 'dense';
  const { layers, ...rest } = choices;
  const isNamed = sparse && layers !== undefined;
  return {
    ...withoutGaps(rest),
    ...(isNamed ? { layers } : {}),
    paperForm: choices.paperForm && withoutGaps(choices.paperForm),
    batchSize: BATCH_SIZE,
    fineTuneEpochs: sparse ? (choices.fineTuneEpochs ?? Math.max(1, Math.round(choices.epochs / 4))) : 0,
    targetSparsity: sparse && !isNamed ? choices.targetSparsity : 0,
  };
}

/** The same without the fields that are undefined. */
function withoutGaps<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
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
  const { penalty, paperForm, synthetic, layers } = recipe;
  const method = methodOf(recipe);
  const sparse = method !== 'dense';
  const { momentum, betaGrowth, learningRate } = (method === 'rvsm' ? paperForm : null) ?? recipe;
  return [
    'steadypen train',
    ...(synthetic.count > 0 ? [`--synthetic ${synthetic.count} --kinds ${synthetic.kinds.join(',')}`] : []),
    ...(data === undefined ? [] : [`--data ${data}`]),
    method === 'rvsm' || method === 'dense' ? `--penalty ${penalty?.kind ?? 'none'}` : `--method ${method}`,
    ...(method === 'rvsm' && penalty?.kind === 'tl1' ? [`--a ${penalty.a}`] : []),
    ...(sparse && layers !== undefined
      ? [`--layers ${layers.map((goal) => wordOf(goal, recipe)).join(',')}`]
      : []),
    ...(sparse && layers === undefined && paperForm === null
      ? [`--target-sparsity ${recipe.targetSparsity}`]
      : []),
    ...(sparse && paperForm !== null ? [`--lambda ${paperForm.lambda} --beta ${paperForm.beta}`] : []),
    ...(recipe.optimiser === undefined ? [] : [`--optimiser ${recipe.optimiser}`]),
    ...(learningRate === undefined ? [] : [`--learning-rate ${learningRate}`]),
    ...(momentum === undefined ? [] : [`--momentum ${momentum}`]),
    ...(betaGrowth === undefined ? [] : [`--beta-growth ${betaGrowth}`]),
    ...(recipe.warmStartEpochs === undefined ? [] : [`--warm-start ${recipe.warmStartEpochs}`]),
    `--epochs ${recipe.epochs}`,
    ...(!sparse ? [] : [`--fine-tune ${recipe.fineTuneEpochs}`]),
    `--seed ${recipe.seed} --backend ${recipe.backend}`,
  ].join(' ');
}

/** E.g. `conv2:filters=0.25`; λ and β ask for no share. */
function wordOf({ layer, group, target }: LayerGoal, { paperForm }: TrainRecipe): string {
  return `${layer}${group === undefined ? '' : `:${group}`}${paperForm === null ? `=${target}` : ''}`;
}

/** The same run on the command line, for the model card; own samples have no such form. */
export function commandOf(request: TrainRequest): string {
  const command = commandOfRecipe(recipeOf(request));
  return request.ownSamples ? `${command} (and the labelled samples of the library)` : command;
}
