/**
 * Gradual magnitude pruning (Zhu & Gupta, 2017, arXiv 1710.01878), what RVSM is compared with. The share of weights, or groups, of
 * each sparse layer that is cut follows the same cubic ramp as RVSM's threshold (src/rvsm/schedules.ts). What is cut is exactly
 * zero in every forward pass and never comes back: the mask only grows.
 */
import { clearMarked, markWithin, sizesOf } from '../rvsm/groups.ts';
import { magnitudeQuantile } from '../rvsm/magnitudes.ts';
import { sparsityAt } from '../rvsm/schedules.ts';
import { viewOf, type ParameterLayout } from './parameters.ts';
import { optimiserOf, rateOf } from './phase-optimisers.ts';
import type { Phase } from './phases.ts';
import { sparseLayersOf, type SparseLayer } from './sparse-layers.ts';
import type { TrainRecipe } from './training-types.ts';

/** The mask grows after every hundredth of the phase's steps, and after every step where there are fewer. */
export const MASK_CHANGES = 100;

/** Trains what is left while more and more of the sparse layers, the smallest, is cut for good. */
export function pruningPhase(layout: ParameterLayout, recipe: TrainRecipe, stepsPerEpoch: number): Phase {
  const layers = sparseLayersOf(layout, recipe);
  const optimiser = optimiserOf(recipe, layout.length);
  const steps = recipe.epochs * stepsPerEpoch;
  const everySteps = Math.max(1, Math.floor(steps / MASK_CHANGES));
  const rateAt = rateOf(recipe, 'first', steps);
  const mask = new Uint8Array(layout.length);
  let thresholds = layers.map(() => 0);

  /** Cuts the smallest; what was cut before counts as the smallest of all. */
  const cut = (flat: Float32Array, shareOf: (layer: SparseLayer) => number): void => {
    thresholds = layers.map((layer, i) => {
      const w = viewOf(flat, layer);
      const quantile = magnitudeQuantile(sizesOf(w, layer.groups), shareOf(layer));
      if (quantile === 0) return thresholds[i]!;
      markWithin(w, layer.groups, quantile, mask.subarray(layer.offset, layer.offset + layer.length));
      return quantile;
    });
    clearMarked(flat, mask);
  };
  return {
    name: 'pruning',
    step: (flat, gradient, step) => {
      clearMarked(gradient, mask);
      optimiser.step(flat, gradient, rateAt(step));
      clearMarked(flat, mask); // An optimiser goes on moving a weight for a while after its last gradient.
      if ((step + 1) % everySteps === 0) cut(flat, ({ target }) => sparsityAt(step, steps, target));
    },
    sparse: (flat) => flat.slice(),
    finish: (flat) => cut(flat, ({ target }) => target),
    get thresholds() {
      return thresholds;
    },
    state: () => ({ optimiser: optimiser.state(), thresholds: [...thresholds], pruned: mask.slice() }),
    restore: (state) => {
      optimiser.restore(state.optimiser);
      thresholds = [...state.thresholds];
      if (state.pruned !== null) mask.set(state.pruned);
    },
  };
}
