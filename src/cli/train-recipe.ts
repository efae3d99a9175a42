/** The options that decide how a model is trained, as a recipe: for `train`, and for `evaluate --folds`, which trains the same way. */
import { UserError } from '../base/errors.ts';
import {
  BACKENDS,
  OPTIMISERS,
  PENALTY_KINDS,
  SPARSE_METHODS,
  SYNTHETIC_KINDS,
  WEIGHT_GROUPS,
  type SparseMethod,
} from '../base/words.ts';
import { completeRecipe } from '../host/recipes.ts';
import { refuseBadRecipe } from '../model/check-recipe.ts';
import { DEFAULT_ARCHITECTURE, layoutOf } from '../model/parameters.ts';
import type { LayerGoal, TrainRecipe } from '../model/training-types.ts';
import { UsageError, type Option } from './command.ts';
import type { Given } from './given.ts';

/** In the order of the help text. */
export const RECIPE_OPTIONS = {
  synthetic: { type: 'string', value: 'N', help: 'make N synthetic patches to train on' },
  kinds: {
    type: 'string',
    value: 'KINDS',
    help: `of these kinds: ${SYNTHETIC_KINDS.join(',')} (all unless given)`,
  },
  method: {
    type: 'string',
    value: 'M',
    help: `${SPARSE_METHODS.join(', ')}; rvsm unless given. Pruning cuts the smallest weights and needs no penalty`,
  },
  penalty: { type: 'string', value: 'P', help: `${PENALTY_KINDS.join(', ')} or none; l0 unless given` },
  a: { type: 'string', value: 'A', help: 'shape of tl1, and for it alone; 1 unless given' },
  'target-sparsity': {
    type: 'string',
    value: 'S',
    help: 'share of FC weights, or of what --layers names, to be zero; 0.9 unless given',
  },
  layers: {
    type: 'string',
    value: 'LIST',
    help: 'what is made sparse, e.g. fc=0.9,conv3=0.5,conv2:filters=0.25; whole groups: convN:filters, fc:inputs',
  },
  lambda: { type: 'string', value: 'L', help: "the paper's own form: fixed λ (needs --beta)" },
  beta: { type: 'string', value: 'B', help: "the paper's own form: fixed β (needs --lambda)" },
  'beta-growth': {
    type: 'string',
    value: 'G',
    help: 'the coupling grows to G times its start, λ with it; 1 unless given',
  },
  optimiser: { type: 'string', value: 'O', help: `${OPTIMISERS.join(' or ')}; adam unless given` },
  momentum: { type: 'string', value: 'M', help: "of sgd and of the paper's own form; 0 unless given" },
  'learning-rate': {
    type: 'string',
    value: 'R',
    help: "largest one, by the optimiser unless given; in the paper's own form SGD's, 0.1 unless given",
  },
  'warm-start': {
    type: 'string',
    value: 'N',
    help: 'dense epochs before the others; 0 unless given',
  },
  epochs: {
    type: 'string',
    value: 'N',
    help: 'epochs of RVSM or pruning; 8 unless given, 30 on own samples alone',
  },
  'fine-tune': {
    type: 'string',
    value: 'N',
    help: 'epochs of fine-tuning on the support; a quarter of --epochs unless given',
  },
  seed: { type: 'string', value: 'N', help: '1 unless given' },
  backend: {
    type: 'string',
    value: 'B',
    help: `auto (the fastest measured here) or ${BACKENDS.join(', ')}; auto unless given`,
  },
} as const satisfies Readonly<Record<string, Option>>;

/** Option of each field that only other fields, or the network, make wrong. */
const OPTION_OF_FIELD: Readonly<Record<string, keyof typeof RECIPE_OPTIONS>> = {
  warmStartEpochs: 'warm-start',
  momentum: 'momentum',
  betaGrowth: 'beta-growth',
  'paperForm.betaGrowth': 'beta-growth',
  'paperForm.beta': 'beta',
  layers: 'layers',
};

/** @throws UsageError that names the option. */
export function readRecipe(given: Given): TrainRecipe {
  const method = given.choice('method', SPARSE_METHODS);
  const paperForm = readPaperForm(given);
  const isPaper = paperForm !== null;
  const defaultTarget = given.number('target-sparsity', 0, 0.999) ?? 0.9;
  const momentum = given.number('momentum', 0, 0.999);
  const optimiser = given.choice('optimiser', OPTIMISERS);
  const betaGrowth = given.number('beta-growth', 1, 1e6);
  const learningRate = given.number('learning-rate', 1e-9, 100);
  const synthetic = given.whole('synthetic', 0, 200_000) ?? 0;
  const recipe = completeRecipe({
    seed: given.whole('seed', 0, Number.MAX_SAFE_INTEGER) ?? 1,
    method: method === 'rvsm' ? undefined : method,
    warmStartEpochs: given.whole('warm-start', 0, 500),
    epochs: given.whole('epochs', 1, 500) ?? (synthetic > 0 ? 8 : 30), // few samples are few steps an epoch
    fineTuneEpochs: given.whole('fine-tune', 0, 500),
    optimiser,
    ...(isPaper ? {} : { learningRate, betaGrowth }),
    // The paper form's own epochs are SGD whatever `optimiser` is; those before and after them are SGD only where it says so.
    ...(isPaper && optimiser !== 'sgd' ? {} : { momentum }),
    penalty: readPenalty(given, method ?? 'rvsm'),
    targetSparsity: defaultTarget,
    layers: readLayers(given, isPaper ? null : defaultTarget),
    paperForm: paperForm && { ...paperForm, learningRate: learningRate ?? 0.1, momentum, betaGrowth },
    synthetic: {
      count: synthetic,
      kinds: given.choices('kinds', SYNTHETIC_KINDS) ?? SYNTHETIC_KINDS,
    },
    backend: given.choice('backend', ['auto', ...BACKENDS] as const) ?? 'auto',
  });
  try {
    refuseBadRecipe(recipe, layoutOf(DEFAULT_ARCHITECTURE));
  } catch (error) {
    const option = error instanceof UserError ? OPTION_OF_FIELD[error.subject ?? ''] : undefined;
    if (option === undefined || !(error instanceof UserError)) throw error;
    throw new UsageError(`--${option}: ${error.message}`);
  }
  return recipe;
}

function readPaperForm(given: Given): { lambda: number; beta: number } | null {
  const lambda = given.number('lambda', 0, 1e6);
  const beta = given.number('beta', 1e-12, 1e6);
  if (lambda === undefined && beta === undefined) return null;
  if (lambda === undefined || beta === undefined) {
    throw new UsageError(`--${lambda === undefined ? 'lambda' : 'beta'} is missing: the two go together.`);
  }
  for (const other of ['target-sparsity', 'method'] as const) {
    if (given.has(other)) throw new UsageError(`--${other} and --lambda exclude each other: choose one.`);
  }
  return { lambda, beta };
}

function readPenalty(given: Given, method: SparseMethod): TrainRecipe['penalty'] {
  const kind = given.choice('penalty', [...PENALTY_KINDS, 'none'] as const);
  const a = given.number('a', 1e-6, 1e6) ?? 1;
  if (given.has('a') && kind !== 'tl1') {
    throw new UsageError('--a is only for --penalty tl1: no other penalty has a shape.');
  }
  if (method === 'rvsm' && kind === 'none') {
    for (const other of ['lambda', 'layers', 'target-sparsity', 'fine-tune', 'beta-growth'] as const) {
      if (given.has(other)) {
        throw new UsageError(
          `--${other} and --penalty none exclude each other: a dense network has no zeros.`,
        );
      }
    }
    return null;
  }
  if (method === 'rvsm') return { kind: kind === undefined || kind === 'none' ? 'l0' : kind, a };
  if (kind === undefined || kind === 'none') return null;
  throw new UsageError(`--penalty and --method ${method} exclude each other: pruning has no penalty.`);
}

const LAYER = /^([a-z]+\d*)(?::([a-z]+))?(?:=(.*))?$/;

/** @param defaultTarget Of layers without one; null where none has one: λ and β decide. */
function readLayers(given: Given, defaultTarget: number | null): readonly LayerGoal[] | undefined {
  return given
    .text('layers')
    ?.split(',')
    .map((part) => {
      const [, layer, group, share] = LAYER.exec(part.trim()) ?? [];
      const known = group === undefined ? undefined : WEIGHT_GROUPS.find((name) => name === group);
      if (layer === undefined || known !== group) {
        throw new UsageError(
          `--layers takes parts like fc=0.9, conv2:filters=0.25 or fc:inputs=0.5, not "${part.trim()}".`,
        );
      }
      if (share !== undefined && defaultTarget === null) {
        throw new UsageError('--layers takes no shares with --lambda: λ and β decide how much becomes zero.');
      }
      const target = share === undefined ? defaultTarget : share.trim() === '' ? NaN : Number(share);
      if (target !== null && !(target >= 0 && target <= 0.999)) {
        throw new UsageError(
          `--layers: the share of ${layer} must be from 0 to 0.999, not "${share ?? ''}".`,
        );
      }
      return { layer, target: target ?? 0, ...(known === undefined ? {} : { group: known }) };
    });
}
