/**
 * The phases of a run as small steppers: given the parameters and a gradient, take one step.
 * Only the FC kernel is made sparse, as in the paper: it holds three quarters of the weights.
 */
import { magnitudeQuantile } from '../rvsm/magnitudes.ts';
import { Adam, Sgd, type Optimiser } from '../rvsm/optimisers.ts';
import { penaltyOf } from '../rvsm/penalties/index.ts';
import { cosineRate } from '../rvsm/schedules.ts';
import { PaperSplitting, TargetSplitting, type Splitting } from '../rvsm/splitting.ts';
import { viewOf, type ParameterLayout } from './parameters.ts';
import type { PhaseState } from './training-state.ts';
import type { EpochReport, TrainRecipe } from './training-types.ts';

const DENSE = { peak: 3e-3, warmUp: 30, floor: 0.02 };
const RVSM = { peak: 3e-3, warmUp: 30, floor: 0.02 };
const FINE_TUNE = { peak: 1.2e-3, warmUp: 0, floor: 0.05 };

export interface Phase {
  readonly name: EpochReport['phase'];
  readonly epochs: number;
  /** Changes the parameters in place. @param step From 0 within the phase. */
  step(flat: Float32Array, gradient: Float32Array, step: number): void;
  /** The network u that stands for these parameters: a copy whose FC kernel has gone through the prox. */
  sparse(flat: Float32Array): Float32Array;
  /** After the last step: fixes the last threshold. */
  finish(flat: Float32Array): void;
  readonly threshold: number;
  readonly splitting: Splitting | null;
  /** A copy. */
  state(): PhaseState;
  /** Goes on where a phase of the same recipe stood. */
  restore(state: PhaseState): void;
}

/** Plain training of all weights. */
export function densePhase(layout: ParameterLayout, recipe: TrainRecipe, stepsPerEpoch: number): Phase {
  const optimiser = new Adam(layout.length);
  const steps = recipe.epochs * stepsPerEpoch;
  return {
    name: 'dense',
    epochs: recipe.epochs,
    step: (flat, gradient, step) => optimiser.step(flat, gradient, cosineRate(step, { ...DENSE, steps })),
    sparse: (flat) => flat.slice(),
    finish: () => undefined,
    threshold: 0,
    splitting: null,
    state: () => ({ optimiser: optimiser.state(), threshold: 0, pruned: null }),
    restore: (state) => optimiser.restore(state.optimiser),
  };
}

/** RVSM: the recipe's paper form (SGD, fixed λ and β) or the practical form (Adam, target sparsity). */
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
  const optimiser: Optimiser = paper === null ? new Adam(layout.length) : new Sgd(layout.length, 0);
  const rateAt = (step: number): number =>
    paper === null ? cosineRate(step, { ...RVSM, steps }) : paper.learningRate;
  return {
    name: 'rvsm',
    epochs: recipe.epochs,
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
    splitting,
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
 * @param pruned As `prunedOf` the start; not modified.
 */
export function fineTunePhase(
  layout: ParameterLayout,
  pruned: Uint8Array,
  recipe: TrainRecipe,
  stepsPerEpoch: number,
  splitting: Splitting | null,
): Phase {
  const optimiser = new Adam(layout.length);
  const steps = recipe.fineTuneEpochs * stepsPerEpoch;
  const dead = Array.from(pruned.keys()).filter((i) => pruned[i] === 1);
  return {
    name: 'fine-tune',
    epochs: recipe.fineTuneEpochs,
    step: (flat, gradient, step) => {
      const fcGradient = viewOf(gradient, layout.fcKernel);
      for (const i of dead) fcGradient[i] = 0;
      optimiser.step(flat, gradient, cosineRate(step, { ...FINE_TUNE, steps }));
    },
    sparse: (flat) => flat.slice(),
    finish: () => undefined,
    get threshold() {
      return splitting?.threshold ?? 0;
    },
    splitting,
    state: () => ({
      optimiser: optimiser.state(),
      threshold: splitting?.threshold ?? 0,
      pruned: pruned.slice(),
    }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      splitting?.restore(state.threshold);
    },
  };
}

/** Share of weights asked to be exactly zero; 0 for dense training and for the paper's own form, which asks for none. */
export function wantedZeros(recipe: TrainRecipe): number {
  return recipe.penalty === null || recipe.paperForm !== null ? 0 : recipe.targetSparsity;
}

/** Whether a finished network may be kept: enough exact zeros in its FC kernel. */
export function hasWantedZeros(layout: ParameterLayout, flat: Float32Array, recipe: TrainRecipe): boolean {
  return magnitudeQuantile(viewOf(flat, layout.fcKernel), wantedZeros(recipe)) === 0;
}
