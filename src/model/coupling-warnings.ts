/** What a user is told when the sparse network u, which is saved, is not the dense one w that was trained. */
import { continuationAt } from '../rvsm/schedules.ts';
import { MOST_GROWTH } from './check-recipe.ts';
import { methodOf } from './run-plan.ts';
import type { EpochReport, TrainRecipe } from './training-types.ts';

/** Sum of η·β over the steps below which w does not come to u: exp(−5) of the way is left at 5. */
const LEAST_PULL = 5;
/** Longer runs are not proposed. */
const MOST_EPOCHS = 500;
/** Of ‖w − u‖/‖w‖; above this, u is another network than the w that was trained: 0.08 cost 16 points of accuracy. */
const LARGEST_GAP = 0.01;
/** Of accuracy, by which u may fall short of w. */
const LARGEST_LOSS = 0.05;
/** Of transformed l1: with it a growing coupling made w and u meet; with 1 it shrank away what should stay. */
const LARGEST_SHAPE_NEAR_L0 = 0.1;

/**
 * Before training: a fixed coupling that is too weak for the length of the run, in a sentence with what to do; null when it is not.
 * A weight under the threshold keeps the share ∏(1 − ηβ) ≈ exp(−Σηβ) of its size if nothing else moves it; with momentum m
 * a step is worth 1/(1 − m).
 *
 * @param steps Of the RVSM epochs together.
 */
export function weakCouplingBefore(recipe: TrainRecipe, steps: number): string | null {
  const { paperForm } = recipe;
  if (paperForm === null || methodOf(recipe) !== 'rvsm') return null;
  const { lambda, beta, learningRate, momentum = 0, betaGrowth = 1 } = paperForm;
  const rate = learningRate / (1 - momentum);
  let pull = 0;
  for (let step = 0; step < steps; step++) pull += rate * beta * continuationAt(step, steps, betaGrowth);
  if (pull >= LEAST_PULL * (1 - 1e-9)) return null; // Sums are rounded.
  const times = LEAST_PULL / pull;
  const epochs = Math.ceil(recipe.epochs * times);
  const enough = inTwoDigits(beta * times, Math.ceil);
  const inProportion = Number(((lambda * enough) / beta).toPrecision(4));
  const remedies = [
    ...(learningRate * enough * betaGrowth <= 1
      ? [`raise β to ${enough} and λ to ${inProportion}, which keeps the threshold`]
      : []),
    ...(epochs <= MOST_EPOCHS ? [`train for ${epochs} epochs`] : []),
    'give a target sparsity instead of λ and β',
  ];
  return (
    'The coupling of the two networks is too weak for a run this short: learning rate × β × steps is ' +
    `${inTwoDigits(pull, Math.floor)} and should be at least ${LEAST_PULL}. The dense network will hardly move towards the ` +
    `sparse one, and it is the sparse one that is saved: it may judge far worse. To help, ${remedies.join(', or ')}.`
  );
}

/** After the last epoch of RVSM: w and u have not met, in a sentence with what to do; null when they have. */
export function weakCouplingAfter(recipe: TrainRecipe, report: EpochReport): string | null {
  const { gap, accuracyU, accuracyW } = report;
  const loses = accuracyW - accuracyU > LARGEST_LOSS;
  if (gap <= LARGEST_GAP && !loses) return null;
  const judges = loses
    ? ` The sparse one, which is saved, judges ${percent(accuracyU)} of the validation patches right, the dense one ${percent(accuracyW)}.`
    : ` On validation patches the sparse one, which is saved, still judges ${percent(accuracyU)} right, the dense one ${percent(accuracyW)}.`;
  const remedies = ['more epochs', ...remediesOf(recipe), 'more fine-tuning'].join(', ');
  return (
    `The dense and the sparse network have not met: their weights still differ by ${percent(gap)}.${judges} ` +
    `What can bring the sparse one closer: ${remedies}.`
  );
}

/** Growth is not proposed for a prox that also shrinks what it keeps: with l1 it shrank everything away. */
function remediesOf({ paperForm, penalty, betaGrowth = 1 }: TrainRecipe): string[] {
  if (paperForm !== null) return ['a larger β with λ in proportion'];
  const keepsSize = penalty?.kind === 'l0' || (penalty?.kind === 'tl1' && penalty.a <= LARGEST_SHAPE_NEAR_L0);
  if (!keepsSize) {
    return [
      'the penalty l0 or transformed l1 with an a of 0.01 (they leave the size of what they keep)',
      'a lower target',
    ];
  }
  return [...(betaGrowth < MOST_GROWTH ? ['a coupling that grows tenfold'] : []), 'a lower target'];
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** A value above 0. */
function inTwoDigits(value: number, round: (value: number) => number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  const isWhole = Math.abs(value / unit - Math.round(value / unit)) < 1e-6;
  return Number(((isWhole ? Math.round : round)(value / unit) * unit).toPrecision(2));
}
