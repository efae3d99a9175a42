/** Which phases a recipe consists of. Training, the checkpoint's reader and whoever counts epochs ask here. */
import type { OptimiserName } from '../base/words.ts';
import type { EpochReport, TrainRecipe } from './training-types.ts';

export interface PlannedPhase {
  /** No two phases of a run have the same. */
  readonly name: EpochReport['phase'];
  /** At least 1. */
  readonly epochs: number;
  /** Epochs of the phases before it. */
  readonly before: number;
  readonly optimiser: OptimiserName;
  /**
   * Which of its networks may be what the run ends with, given enough zeros. A warm start's have none; what one-shot pruning
   * cuts, and what fixed λ and β lead to, is only there at the end.
   */
  readonly keeps: 'all' | 'last' | 'none';
}

/** In order; those without epochs are left out. */
export function planOf(recipe: TrainRecipe): readonly PlannedPhase[] {
  const own = recipe.optimiser ?? 'adam';
  const warmUp = {
    name: 'dense',
    epochs: recipe.warmStartEpochs ?? 0,
    optimiser: own,
    keeps: 'none',
  } as const;
  const fineTune = {
    name: 'fine-tune',
    epochs: recipe.fineTuneEpochs,
    optimiser: own,
    keeps: 'all',
  } as const;
  let phases: Omit<PlannedPhase, 'before'>[];
  switch (methodOf(recipe)) {
    case 'dense':
      phases = [{ name: 'dense', epochs: recipe.epochs, optimiser: own, keeps: 'all' }];
      break;
    case 'one-shot-pruning':
      phases = [{ name: 'dense', epochs: recipe.epochs, optimiser: own, keeps: 'last' }, fineTune];
      break;
    case 'gradual-pruning':
      phases = [warmUp, { name: 'pruning', epochs: recipe.epochs, optimiser: own, keeps: 'all' }, fineTune];
      break;
    case 'rvsm': {
      const isPaper = recipe.paperForm !== null;
      const keeps = isPaper ? 'last' : 'all';
      phases = [
        warmUp,
        { name: 'rvsm', epochs: recipe.epochs, optimiser: isPaper ? 'sgd' : own, keeps },
        fineTune,
      ];
    }
  }
  let before = 0;
  return phases
    .filter(({ epochs }) => epochs > 0)
    .map((phase) => {
      const planned = { ...phase, before };
      before += phase.epochs;
      return planned;
    });
}

/** All epochs of a recipe; dense training has no fine-tuning. */
export function epochsOf(recipe: TrainRecipe): number {
  return planOf(recipe).reduce((sum, { epochs }) => sum + epochs, 0);
}

/** How a recipe comes to its zeros; `dense`: it does not. */
export function methodOf({ method = 'rvsm', penalty }: Pick<TrainRecipe, 'method' | 'penalty'>) {
  return method === 'rvsm' && penalty === null ? 'dense' : method;
}

/**
 * Share of weights asked to be exactly zero; 0 for dense training and for the paper's own form, which asks for none.
 * @param target Of the layer in question.
 */
export function wantedZeros(recipe: TrainRecipe, target: number): number {
  const method = methodOf(recipe);
  const asksForNone = method === 'dense' || (method === 'rvsm' && recipe.paperForm !== null);
  return asksForNone ? 0 : target;
}
