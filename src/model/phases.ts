/**
 * The phases of a run as small steppers: given the parameters and a gradient, take one step.
 * Only the FC kernel is made sparse, as in the paper: it holds three quarters of the weights.
 */
import { magnitudeQuantile } from '../rvsm/magnitudes.ts';
import { Sgd, type Optimiser } from '../rvsm/optimisers.ts';
import { penaltyOf, type Penalty } from '../rvsm/penalties/index.ts';
import { PaperSplitting, TargetSplitting, type Splitting } from '../rvsm/splitting.ts';
import { viewOf, type ParameterLayout } from './parameters.ts';
import { optimiserOf, rateOf } from './phase-optimisers.ts';
import { wantedZeros } from './run-plan.ts';
import type { PhaseState } from './training-state.ts';
import type { EpochReport, TrainRecipe } from './training-types.ts';

export interface Phase {
  readonly name: EpochReport['phase'];
  /** Changes the parameters in place. @param step From 0 within the phase. */
  step(flat: Float32Array, gradient: Float32Array, step: number): void;
  /** The network u that stands for these parameters: a copy whose FC kernel has gone through the prox. */
  sparse(flat: Float32Array): Float32Array;
  /** After the last step: fixes the last threshold. */
  finish(flat: Float32Array): void;
  readonly threshold: number;
  /** null where none is applied. */
  readonly penalty: Penalty | null;
  /** A copy. */
  state(): PhaseState;
  /** Goes on where a phase of the same recipe stood. */
  restore(state: PhaseState): void;
}

/**
 * Plain training of all weights.
 * @param options.cutAtEnd Share of FC weights, the smallest ones, that are cut at once when the phase is finished; none unless given.
 */
export function densePhase(
  layout: ParameterLayout,
  recipe: TrainRecipe,
  stepsPerEpoch: number,
  { epochs = recipe.epochs, cutAtEnd = 0 }: { epochs?: number; cutAtEnd?: number } = {},
): Phase {
  const optimiser = optimiserOf(recipe, layout.length);
  const rateAt = rateOf(recipe, 'first', epochs * stepsPerEpoch);
  let threshold = 0;
  return {
    name: 'dense',
    step: (flat, gradient, step) => optimiser.step(flat, gradient, rateAt(step)),
    sparse: (flat) => {
      const copy = flat.slice();
      if (threshold === 0) return copy;
      const fc = viewOf(copy, layout.fcKernel);
      for (let i = 0; i < fc.length; i++) if (Math.abs(fc[i]!) <= threshold) fc[i] = 0;
      return copy;
    },
    finish: (flat) => {
      threshold = magnitudeQuantile(viewOf(flat, layout.fcKernel), cutAtEnd);
    },
    get threshold() {
      return threshold;
    },
    penalty: null,
    state: () => ({ optimiser: optimiser.state(), threshold, pruned: null }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      threshold = state.threshold;
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
  const chosen = penaltyOf(penalty.kind, penalty.a);
  const paper = recipe.paperForm;
  const splitting: Splitting =
    paper === null
      ? new TargetSplitting(chosen, { target: recipe.targetSparsity, steps })
      : new PaperSplitting(chosen, paper);
  const optimiser: Optimiser =
    paper === null ? optimiserOf(recipe, layout.length) : new Sgd(layout.length, paper.momentum ?? 0);
  const rateAt = paper === null ? rateOf(recipe, 'first', steps) : () => paper.learningRate;
  return {
    name: 'rvsm',
    step: (flat, gradient, step) => {
      const w = viewOf(flat, layout.fcKernel);
      splitting.beforeStep(w, viewOf(gradient, layout.fcKernel));
      optimiser.step(flat, gradient, rateAt(step));
      splitting.afterStep(w, step);
    },
    sparse: (flat) => {
      const copy = flat.slice();
      viewOf(copy, layout.fcKernel).set(splitting.sparse(viewOf(flat, layout.fcKernel)));
      return copy;
    },
    finish: (flat) => splitting.finish(viewOf(flat, layout.fcKernel)),
    get threshold() {
      return splitting.threshold;
    },
    penalty: chosen,
    state: () => ({ optimiser: optimiser.state(), threshold: splitting.threshold, pruned: null }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      splitting.restore(state.threshold);
    },
  };
}

/** 1 for every FC weight that is exactly zero: what fine-tuning leaves zero. */
export function prunedOf(layout: ParameterLayout, flat: Float32Array): Uint8Array {
  return Uint8Array.from(viewOf(flat, layout.fcKernel), (weight) => (weight === 0 ? 1 : 0));
}

/**
 * Training of what is left: FC weights that are zero at the start of the phase stay exactly zero, so that w = u.
 * @param start.pruned As `prunedOf` the start; not modified.
 * @param start.threshold Of the phase before, which is reported on.
 */
export function fineTunePhase(
  layout: ParameterLayout,
  recipe: TrainRecipe,
  stepsPerEpoch: number,
  start: { readonly pruned: Uint8Array; readonly threshold: number },
): Phase {
  const optimiser = optimiserOf(recipe, layout.length);
  const rateAt = rateOf(recipe, 'fineTune', recipe.fineTuneEpochs * stepsPerEpoch);
  const { penalty } = recipe;
  const { pruned } = start;
  let { threshold } = start;
  const dead = Array.from(pruned.keys()).filter((i) => pruned[i] === 1);
  return {
    name: 'fine-tune',
    step: (flat, gradient, step) => {
      const fcGradient = viewOf(gradient, layout.fcKernel);
      for (const i of dead) fcGradient[i] = 0;
      optimiser.step(flat, gradient, rateAt(step));
    },
    sparse: (flat) => flat.slice(),
    finish: () => undefined,
    get threshold() {
      return threshold;
    },
    penalty: penalty && penaltyOf(penalty.kind, penalty.a),
    state: () => ({ optimiser: optimiser.state(), threshold, pruned: pruned.slice() }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      threshold = state.threshold;
    },
  };
}

/** Whether a finished network may be kept: enough exact zeros in its FC kernel. */
export function hasWantedZeros(layout: ParameterLayout, flat: Float32Array, recipe: TrainRecipe): boolean {
  return magnitudeQuantile(viewOf(flat, layout.fcKernel), wantedZeros(recipe)) === 0;
}
