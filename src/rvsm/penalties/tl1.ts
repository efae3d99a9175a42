import type { Penalty } from './penalty.ts';

/**
 * Transformed l1: P(x) = (a + 1)|x| / (a + |x|), between l0 (a → 0) and l1 (a → ∞). Range of P: 0 … a + 1.
 *
 * prox(x) = 0 for |x| ≤ t, else sign(x)·{ ⅔(a + |x|)·cos(φ/3) − ⅔a + ⅓|x| } with
 * φ = arccos(1 − 27·μ·a(a + 1) / (2(a + |x|)³)). The threshold has two regimes around μ* = a² / (2(a + 1)):
 * - μ ≤ μ*: t = μ(a + 1)/a, at most a/2; prox is continuous and reaches every value;
 * - μ > μ*: t = √(2μ(a + 1)) − a/2, above a/2; prox jumps at t from 0 to t − a/2.
 * For |x| ≪ a the closed form cancels: its absolute error is about 1e-16·a.
 *
 * @param a Shape, > 0 and finite.
 * @throws RangeError when `a` is not a positive finite number.
 * Source: Zhang & Xin, Transformed Schatten-1 / TL1 thresholding, arXiv 1601.03461 (2017), theorem 3.1.
 */
export function tl1(a: number): Penalty {
  if (!(a > 0 && Number.isFinite(a))) throw new RangeError(`tl1: a must be a positive number, not ${a}`);
  const thresholdOf = (mu: number): number =>
    mu <= (a * a) / (2 * (a + 1)) ? (mu * (a + 1)) / a : Math.sqrt(2 * mu * (a + 1)) - a / 2;
  return {
    kind: 'tl1',
    value: (x) => ((a + 1) * Math.abs(x)) / (a + Math.abs(x)),
    proxAt: (mu) => {
      const threshold = thresholdOf(mu);
      return (x) => {
        const size = Math.abs(x);
        if (size <= threshold) return 0;
        const cosine = 1 - (27 * mu * a * (a + 1)) / (2 * (a + size) ** 3);
        const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
        const shrunk = (2 / 3) * (a + size) * Math.cos(angle / 3) - (2 * a) / 3 + size / 3;
        return Math.sign(x) * Math.max(0, shrunk);
      };
    },
    thresholdOf,
    muOf: (threshold) =>
      threshold <= a / 2 ? (threshold * a) / (a + 1) : (threshold + a / 2) ** 2 / (2 * (a + 1)),
  };
}
