import type { Penalty } from './penalty.ts';

/**
 * Hard threshold, the l0 step of RVSM: P(x) = 1 if x ≠ 0, else 0;
 * prox(x) = x if |x| > √(2μ), else 0. Range: 0 or |x| > √(2μ); survivors are not shrunk.
 *
 * Source: Xue & Xin, arXiv 1902.07419 (2019), §2; Blumensath & Davies (2008), eq. 2.2.
 */
export const l0: Penalty = {
  kind: 'l0',
  value: (x) => (x === 0 ? 0 : 1),
  proxAt: (mu) => {
    const threshold = Math.sqrt(2 * mu);
    return (x) => (Math.abs(x) > threshold ? x : 0);
  },
  thresholdOf: (mu) => Math.sqrt(2 * mu),
  muOf: (threshold) => (threshold * threshold) / 2,
};
