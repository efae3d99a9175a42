import type { Penalty } from './penalty.ts';

/** Of a: from here on the closed form alone is not enough. */
const LARGE = 100;

/** Of a: beyond these, products and powers may leave the range of float64, so that quotients are taken first. */
const ENDS = { tiny: 1e-6, huge: 1e6 } as const;

/**
 * Transformed l1: P(x) = (a + 1)|x| / (a + |x|), between l0 (a → 0) and l1 (a → ∞). Range of P: 0 … a + 1.
 *
 * prox(x) = 0 for |x| ≤ t, else sign(x)·{ ⅔(a + |x|)·cos(φ/3) − ⅔a + ⅓|x| } with
 * φ = arccos(1 − 27·μ·a(a + 1) / (2(a + |x|)³)). The threshold has two regimes around μ* = a² / (2(a + 1)):
 * - μ ≤ μ*: t = μ(a + 1)/a, at most a/2; prox is continuous and reaches every value;
 * - μ > μ*: t = √(2μ(a + 1)) − a/2, above a/2; prox jumps at t from 0 to t − a/2.
 * For |x| ≪ a the closed form cancels, with an absolute error of about 1e-16·a. So where a is large, one step of the fixed point
 * y = |x| − μ·a(a + 1)/(a + y)² follows, which multiplies that error by 2μ·a(a + 1)/(a + y)³ ≈ 2μ/a. μ = 0 is the identity.
 *
 * @param a Shape, > 0 and finite; the results hold for μ, |x| and thresholds up to 1e300.
 * @throws RangeError when `a` is not a positive finite number.
 * Source: S. Zhang & J. Xin, Minimization of transformed l1 penalty: closed form representation and iterative thresholding algorithms,
 * Communications in Mathematical Sciences 15(2), 2017, 511–537, arXiv 1412.5240.
 */
export function tl1(a: number): Penalty {
  if (!(a > 0 && Number.isFinite(a))) throw new RangeError(`tl1: a must be a positive number, not ${a}`);
  const thresholdOf = (mu: number): number => {
    const isContinuous = mu <= (a / 2) * (a / (a + 1));
    if (a > ENDS.huge) {
      return isContinuous ? mu * ((a + 1) / a) : Math.sqrt(2 * mu) * Math.sqrt(a + 1) - a / 2;
    }
    return isContinuous ? (mu * (a + 1)) / a : Math.sqrt(2 * mu * (a + 1)) - a / 2;
  };
  return {
    kind: 'tl1',
    value: (x) => {
      const size = Math.abs(x);
      return a < ENDS.tiny ? (a + 1) * (size / (a + size)) : size * ((a + 1) / (a + size));
    },
    proxAt: (mu) => {
      if (mu === 0) return (x) => (x === 0 ? 0 : x);
      const threshold = thresholdOf(mu);
      return (x) => {
        const size = Math.abs(x);
        if (size <= threshold) return 0;
        const sum = a + size;
        let cosine: number;
        if (a < ENDS.tiny) cosine = 1 - 13.5 * (mu / sum / sum) * (a + 1) * (a / sum);
        else if (a < LARGE) cosine = 1 - (27 * mu * a * (a + 1)) / (2 * sum ** 3);
        else cosine = 1 - (13.5 * mu * (a / sum) * ((a + 1) / sum)) / sum;
        const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
        let shrunk = (2 / 3) * sum * Math.cos(angle / 3) - (2 * a) / 3 + size / 3;
        if (a >= LARGE) {
          const near = a + Math.min(size, Math.max(0, shrunk));
          shrunk = size - mu * (a / near) * ((a + 1) / near);
        }
        return shrunk <= 0 ? 0 : Math.sign(x) * shrunk; // never −0
      };
    },
    thresholdOf,
    muOf: (threshold) => {
      const isContinuous = threshold <= a / 2;
      const root = threshold + a / 2; // √(2μ(a + 1))
      if (a > ENDS.huge) return isContinuous ? threshold * (a / (a + 1)) : (root / (a + 1)) * (root / 2);
      return isContinuous ? (threshold * a) / (a + 1) : root ** 2 / (2 * (a + 1));
    },
  };
}
