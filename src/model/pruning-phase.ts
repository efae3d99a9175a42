/**
 * Gradual magnitude pruning (Zhu & Gupta, 2017, arXiv 1710.01878), what RVSM is compared with. The share of FC weights that are
 * cut follows the same cubic ramp as RVSM's threshold (src/rvsm/schedules.ts). Cut weights are exactly zero in every forward
 * pass and never come back: the mask only grows.
 */
import { magnitudeQuantile } from '../rvsm/magnitudes.ts';
import { sparsityAt } from '../rvsm/schedules.ts';
import { viewOf, type ParameterLayout } from './parameters.ts';
import { optimiserOf, rateOf } from './phase-optimisers.ts';
import type { Phase } from './phases.ts';
import { wantedZeros } from './run-plan.ts';
import type { TrainRecipe } from './training-types.ts';

/** The mask grows after every hundredth of the phase's steps, and after every step where there are fewer. */
export const MASK_CHANGES = 100;

/** Trains what is left while more and more FC weights, the smallest ones, are cut for good. */
export function pruningPhase(layout: ParameterLayout, recipe: TrainRecipe, stepsPerEpoch: number): Phase {
  const optimiser = optimiserOf(recipe, layout.length);
  const steps = recipe.epochs * stepsPerEpoch;
  const everySteps = Math.max(1, Math.floor(steps / MASK_CHANGES));
  const target = wantedZeros(recipe);
  const rateAt = rateOf(recipe, 'first', steps);
  const mask = new Uint8Array(layout.fcKernel.length);
  let threshold = 0;

  /** Cuts the smallest |w|; those cut before count as the smallest of all. */
  const cut = (w: Float32Array, share: number): void => {
    const quantile = magnitudeQuantile(w, share);
    if (quantile === 0) return;
    threshold = quantile;
    for (let i = 0; i < w.length; i++) if (Math.abs(w[i]!) <= quantile) mask[i] = 1;
    clear(w, mask);
  };
  return {
    name: 'pruning',
    step: (flat, gradient, step) => {
      const w = viewOf(flat, layout.fcKernel);
      clear(viewOf(gradient, layout.fcKernel), mask);
      optimiser.step(flat, gradient, rateAt(step));
      clear(w, mask); // An optimiser goes on moving a weight for a while after its last gradient.
      if ((step + 1) % everySteps === 0) cut(w, sparsityAt(step, steps, target));
    },
    sparse: (flat) => flat.slice(),
    finish: (flat) => cut(viewOf(flat, layout.fcKernel), target),
    get threshold() {
      return threshold;
    },
    penalty: null,
    state: () => ({ optimiser: optimiser.state(), threshold, pruned: mask.slice() }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      threshold = state.threshold;
      if (state.pruned !== null) mask.set(state.pruned);
    },
  };
}

/** Sets what is masked to zero, in place. */
function clear(values: Float32Array, mask: Uint8Array): void {
  for (let i = 0; i < values.length; i++) if (mask[i] === 1) values[i] = 0;
}
