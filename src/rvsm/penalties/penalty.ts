import type { PenaltyKind } from '../../base/words.ts';

/**
 * A sparsity penalty P with the proximal operator that RVSM needs. Everything is computed in float64; μ = λ/β.
 *
 * All penalties are even, so that prox(−x) = −prox(x), and each has one threshold: prox(x) is exactly 0 for |x| ≤ t.
 * At |x| = t, where l0 and the supercritical transformed l1 have two minimisers, 0 is taken.
 */
export interface Penalty {
  readonly kind: PenaltyKind;
  /** P(x) ≥ 0. */
  value(x: number): number;
  /** For μ ≥ 0, the function that takes x to argmin over y of ½(y − x)² + μ·P(y); what only depends on μ is computed once. */
  proxAt(mu: number): (x: number) => number;
  /** t(μ): the largest |x| that prox maps to 0. */
  thresholdOf(mu: number): number;
  /** The μ whose threshold is t ≥ 0: the inverse of `thresholdOf`. */
  muOf(threshold: number): number;
}

/** Where weights may live; the arithmetic is float64 either way. */
export type FloatArray = Float32Array | Float64Array;
