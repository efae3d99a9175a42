import type { Penalty } from './penalty.ts';

/**
 * Soft threshold, the l1 step of RVSM: P(x) = |x|; prox(x) = sign(x)·max(|x| − μ, 0).
 * Range: all numbers; every survivor is μ nearer to zero than it was.
 *
 * Source: Parikh & Boyd, Proximal Algorithms (2014), §6.5.2.
 */
export const l1: Penalty = {
  kind: 'l1',
  value: (x) => Math.abs(x),
  proxAt: (mu) => (x) => (x > mu ? x - mu : x < -mu ? x + mu : 0),
  thresholdOf: (mu) => mu,
  muOf: (threshold) => threshold,
};
