/** The phases of a run as small steppers: given the parameters and a gradient, take one step. */
import { clearMarked, markWithin, sizesOf } from '../rvsm/groups.ts';
import { magnitudeQuantile } from '../rvsm/magnitudes.ts';
import { Sgd, type Optimiser } from '../rvsm/optimisers.ts';
import { PaperSplitting, TargetSplitting, type Splitting } from '../rvsm/splitting.ts';
import { viewOf, type ParameterLayout } from './parameters.ts';
import { optimiserOf, rateOf } from './phase-optimisers.ts';
import { sparseLayersOf, type SparseLayer } from './sparse-layers.ts';
import type { PhaseState } from './training-state.ts';
import type { EpochReport, TrainRecipe } from './training-types.ts';

export interface Phase {
  readonly name: EpochReport['phase'];
  /** Changes the parameters in place, and may change the gradient. @param step From 0 within the phase. */
  step(flat: Float32Array, gradient: Float32Array, step: number): void;
  /** The network u that stands for these parameters: a copy whose sparse layers have gone through the prox. */
  sparse(flat: Float32Array): Float32Array;
  /** After the last step: fixes the last thresholds. */
  finish(flat: Float32Array): void;
  /** One for each sparse layer, in the recipe's order. */
  readonly thresholds: readonly number[];
  /** A copy. */
  state(): PhaseState;
  /** Goes on where a phase of the same recipe stood. */
  restore(state: PhaseState): void;
}

/**
 * Plain training of all weights.
 * @param options.cutsAtEnd Whether the smallest weights of the sparse layers, as many as these ask for, are cut when the phase is
 *   finished.
 */
export function densePhase(
  layout: ParameterLayout,
  recipe: TrainRecipe,
  stepsPerEpoch: number,
  { epochs = recipe.epochs, cutsAtEnd = false }: { epochs?: number; cutsAtEnd?: boolean } = {},
): Phase {
  const layers = sparseLayersOf(layout, recipe);
  const optimiser = optimiserOf(recipe, layout.length);
  const rateAt = rateOf(recipe, 'first', epochs * stepsPerEpoch);
  let thresholds = layers.map(() => 0);
  return {
    name: 'dense',
    step: (flat, gradient, step) => optimiser.step(flat, gradient, rateAt(step)),
    sparse: (flat) => {
      const copy = flat.slice();
      const marks = new Uint8Array(copy.length);
      for (const [i, { offset, length, groups }] of layers.entries()) {
        const threshold = thresholds[i]!;
        const own = marks.subarray(offset, offset + length);
        if (threshold > 0) markWithin(viewOf(copy, { offset, length }), groups, threshold, own);
      }
      clearMarked(copy, marks);
      return copy;
    },
    finish: (flat) => {
      if (!cutsAtEnd) return;
      thresholds = layers.map((layer) =>
        magnitudeQuantile(sizesOf(viewOf(flat, layer), layer.groups), layer.target),
      );
    },
    get thresholds() {
      return thresholds;
    },
    state: () => ({ optimiser: optimiser.state(), thresholds: [...thresholds], pruned: null }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      thresholds = [...state.thresholds];
    },
  };
}

/** RVSM: the recipe's paper form (SGD, fixed λ and β) or the practical form (Adam or SGD, target sparsity). */
export function rvsmPhase(
  layout: ParameterLayout,
  recipe: TrainRecipe,
  penalty: NonNullable<TrainRecipe['penalty']>,
  stepsPerEpoch: number,
): Phase {
  const steps = recipe.epochs * stepsPerEpoch;
  const paper = recipe.paperForm;
  const parts = sparseLayersOf(layout, { ...recipe, method: 'rvsm', penalty }).map((layer) => ({
    layer,
    splitting: splittingOf(layer, recipe, steps),
  }));
  const optimiser: Optimiser =
    paper === null ? optimiserOf(recipe, layout.length) : new Sgd(layout.length, paper.momentum ?? 0);
  const rateAt = paper === null ? rateOf(recipe, 'first', steps) : () => paper.learningRate;
  const thresholds = (): number[] => parts.map(({ splitting }) => splitting.threshold);
  return {
    name: 'rvsm',
    step: (flat, gradient, step) => {
      for (const { layer, splitting } of parts) {
        splitting.beforeStep(viewOf(flat, layer), viewOf(gradient, layer), step);
      }
      optimiser.step(flat, gradient, rateAt(step));
      for (const { layer, splitting } of parts) splitting.afterStep(viewOf(flat, layer), step);
    },
    sparse: (flat) => {
      const copy = flat.slice();
      for (const { layer, splitting } of parts) {
        viewOf(copy, layer).set(splitting.sparse(viewOf(flat, layer)));
      }
      return copy;
    },
    finish: (flat) => {
      for (const { layer, splitting } of parts) splitting.finish(viewOf(flat, layer));
    },
    get thresholds() {
      return thresholds();
    },
    state: () => ({ optimiser: optimiser.state(), thresholds: thresholds(), pruned: null }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      for (const [i, { splitting }] of parts.entries()) splitting.restore(state.thresholds[i] ?? 0);
    },
  };
}

function splittingOf(
  { penalty, target }: SparseLayer,
  { paperForm, betaGrowth }: TrainRecipe,
  steps: number,
): Splitting {
  if (penalty === null) throw new Error('RVSM has no penalty');
  return paperForm === null
    ? new TargetSplitting(penalty, { target, steps, betaGrowth })
    : new PaperSplitting(penalty, { ...paperForm, steps });
}

/**
 * Training of what is left: what is zero of the sparse layers at the start of the phase stays exactly zero, so that w = u.
 * @param start.pruned As `prunedOf` the start; not modified.
 * @param start.thresholds Of the phase before, which are reported on.
 */
export function fineTunePhase(
  layout: ParameterLayout,
  recipe: TrainRecipe,
  stepsPerEpoch: number,
  start: { readonly pruned: Uint8Array; readonly thresholds: readonly number[] },
): Phase {
  const optimiser = optimiserOf(recipe, layout.length);
  const rateAt = rateOf(recipe, 'fineTune', recipe.fineTuneEpochs * stepsPerEpoch);
  const { pruned } = start;
  let { thresholds } = start;
  return {
    name: 'fine-tune',
    step: (flat, gradient, step) => {
      clearMarked(gradient, pruned);
      optimiser.step(flat, gradient, rateAt(step));
    },
    sparse: (flat) => flat.slice(),
    finish: () => undefined,
    get thresholds() {
      return thresholds;
    },
    state: () => ({ optimiser: optimiser.state(), thresholds: [...thresholds], pruned: pruned.slice() }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      thresholds = [...state.thresholds];
    },
  };
}

/** 1 for every weight of the sparse layers that is exactly zero, as are all of its group: what fine-tuning leaves zero. As long as `flat`. */
export function prunedOf(layers: readonly SparseLayer[], flat: Float32Array): Uint8Array {
  const pruned = new Uint8Array(flat.length);
  for (const { offset, length, groups } of layers) {
    markWithin(viewOf(flat, { offset, length }), groups, 0, pruned.subarray(offset, offset + length));
  }
  return pruned;
}

/** Whether a finished network may be kept: enough exact zeros in each of its sparse layers. */
export function hasWantedZeros(layers: readonly SparseLayer[], flat: Float32Array): boolean {
  return layers.every(
    (layer) => magnitudeQuantile(sizesOf(viewOf(flat, layer), layer.groups), layer.target) === 0,
  );
}
