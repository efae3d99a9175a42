/** The optimiser and the learning rates of each phase. */
import { Adam, Sgd, type Optimiser } from '../rvsm/optimisers.ts';
import { cosineRate } from '../rvsm/schedules.ts';
import type { TrainRecipe } from './training-types.ts';

/** Peaks of the cosine; a learning rate of the recipe takes the first one's place, and fine-tuning keeps its share of it. */
const PEAKS = {
  adam: { first: 3e-3, fineTune: 1.2e-3 },
  sgd: { first: 0.01, fineTune: 0.004 },
} as const;

/** Of SGD in the practical form, where a recipe says none. */
export const DEFAULT_MOMENTUM = 0.9;

/** Shapes of the cosine: `fineTune` sets off at once, from weights that have learnt. */
const SHAPES = {
  first: { warmUp: 30, floor: 0.02 },
  fineTune: { warmUp: 0, floor: 0.05 },
} as const;

/** What takes the steps of every phase but the paper form's own. */
export function optimiserOf({ optimiser = 'adam', momentum }: TrainRecipe, length: number): Optimiser {
  return optimiser === 'adam' ? new Adam(length) : new Sgd(length, momentum ?? DEFAULT_MOMENTUM);
}

/** The learning rate at each step, from 0, of a phase of so many steps. */
export function rateOf(
  recipe: TrainRecipe,
  kind: keyof typeof SHAPES,
  steps: number,
): (step: number) => number {
  const peaks = PEAKS[recipe.optimiser ?? 'adam'];
  const peak =
    recipe.learningRate === undefined ? peaks[kind] : (recipe.learningRate * peaks[kind]) / peaks.first;
  return (step) => cosineRate(step, { ...SHAPES[kind], peak, steps });
}
