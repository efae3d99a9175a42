import type { Api, TrainRequest } from '../../src/api/contract.ts';

/** What a person sets before a run. Numbers are null while their field is empty. */
export interface TrainPlan {
  /** Simulated pictures to make. */
  readonly synthetic: number | null;
  readonly ownSamples: boolean;
  readonly penalty: TrainRequest['penalty'];
  /** Transformed l1 only. */
  readonly a: number | null;
  /** Per cent of the FC weights that are to be zero. */
  readonly sparsityPercent: number | null;
  readonly epochs: number | null;
  readonly seed: number | null;
}

/** A field that cannot be used as it is; `data` is about what there is to learn from. */
export type PlanProblem = 'synthetic' | 'a' | 'sparsity' | 'epochs' | 'seed' | 'no-data' | 'one-class';

export const PLAN_LIMITS = {
  synthetic: { min: 0, max: 200_000, step: 1000 },
  a: { min: 0.01, max: 100, step: 0.01 },
  sparsityPercent: { min: 0, max: 99.9, step: 1 },
  epochs: { min: 1, max: 500, step: 1 },
  seed: { min: 0, max: 2_147_483_647, step: 1 },
} as const;

/** l0 at 90 % zeros keeps the accuracy of the dense network; eight epochs of 8,000 pictures take minutes on a processor. */
export const DEFAULT_PLAN: TrainPlan = {
  synthetic: 8000,
  ownSamples: false,
  penalty: 'l0',
  a: 1,
  sparsityPercent: 90,
  epochs: 8,
  seed: 1,
};

type TrainingData = Awaited<ReturnType<Api['training']['data']>>;

function outside(value: number | null, limits: { min: number; max: number }, whole: boolean): boolean {
  return (
    value === null ||
    !Number.isFinite(value) ||
    value < limits.min ||
    value > limits.max ||
    (whole && !Number.isInteger(value))
  );
}

/** Why a run cannot start yet; empty when it can. `data` null: not known yet, so not judged. */
export function problemsOf(plan: TrainPlan, data: TrainingData | null): PlanProblem[] {
  const problems: PlanProblem[] = [];
  if (outside(plan.synthetic, PLAN_LIMITS.synthetic, true)) problems.push('synthetic');
  if (plan.penalty === 'tl1' && outside(plan.a, PLAN_LIMITS.a, false)) problems.push('a');
  if (plan.penalty !== 'none' && outside(plan.sparsityPercent, PLAN_LIMITS.sparsityPercent, false)) {
    problems.push('sparsity');
  }
  if (outside(plan.epochs, PLAN_LIMITS.epochs, true)) problems.push('epochs');
  if (outside(plan.seed, PLAN_LIMITS.seed, true)) problems.push('seed');
  if (plan.synthetic === 0) {
    if (!plan.ownSamples) problems.push('no-data');
    else if (data && (data.regular === 0 || data.tremorLike === 0)) problems.push('one-class');
  }
  return problems;
}

/** The call for a plan without problems; null fields fall back to the defaults. */
export function requestOf(plan: TrainPlan): TrainRequest {
  const or = (key: 'synthetic' | 'a' | 'sparsityPercent' | 'epochs' | 'seed'): number =>
    plan[key] ?? DEFAULT_PLAN[key] ?? 0;
  return {
    synthetic: or('synthetic'),
    syntheticKinds: ['fonts', 'handwriting', 'spiral', 'wave'],
    ownSamples: plan.ownSamples,
    penalty: plan.penalty,
    a: or('a'),
    targetSparsity: plan.penalty === 'none' ? 0 : or('sparsityPercent') / 100,
    epochs: or('epochs'),
    seed: or('seed'),
    backend: 'auto',
  };
}
