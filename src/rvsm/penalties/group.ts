import { groupSizes, type WeightGroups } from '../groups.ts';
import type { ArrayPenalty } from './array-penalty.ts';
import type { Penalty } from './penalty.ts';

/**
 * The group form of any penalty P: P_G(w) = Σ over groups of n·P(r), r = ‖w_g‖/√n the root mean square of a group of n weights.
 * prox(w_g) = w_g·prox_μP(r)/r, and exactly 0 for r ≤ t(μ): whole groups become zero, and within a survivor nothing does.
 * Range of prox: vectors along w_g whose root mean square lies in the range of P's own prox.
 *
 * - l1: n·r = √n·‖w_g‖, the group lasso with its weights √n (Yuan & Lin 2006, eq. 2.1); prox is block soft thresholding,
 *   w_g·max(1 − μ/r, 0) (Parikh & Boyd 2014, §6.5.4).
 * - l0: n for each group that is not zero, so the number of weights left in them; prox keeps w_g where r > √(2μ).
 * - Transformed l1: n(a + 1)r/(a + r), in the two regimes of P.
 *
 * Why it is exact for any P, convex or not: among all u_g of one norm, ½‖u_g − w_g‖² = ½‖u_g‖² − ⟨u_g, w_g⟩ + ½‖w_g‖² is
 * smallest where u_g points along w_g (Cauchy & Schwarz). What is left is one number s = ‖u_g‖/√n, to minimise
 * n·(½(s − r)² + μP(s)): the prox of P itself at r.
 *
 * Why this weighting: μ, the threshold and `a` mean for a typical weight of a group what they mean for a weight on its own, so
 * that one λ serves layers with groups of any size, and a group of one weight gives P back. Without the factor n, and P taken of
 * ‖w_g‖, large groups would be spared the more, the larger they are.
 *
 * @param groups A partition of the weights that the result is used on.
 */
export function grouped(penalty: Penalty, groups: WeightGroups): ArrayPenalty {
  const { kind, thresholdOf, muOf } = penalty;
  return {
    kind,
    value: (w) => {
      const sum = groupSizes(w, groups).reduce((total, size) => total + penalty.value(size), 0);
      return groups.size * sum;
    },
    proxInto: (w, mu, out) => {
      const sizes = groupSizes(w, groups);
      const prox = penalty.proxAt(mu);
      const scales = sizes.map((size) => {
        const shrunk = prox(size);
        return shrunk === 0 ? 0 : shrunk / size;
      });
      for (let i = 0; i < w.length; i++) {
        const scale = scales[groups.of[i]!]!;
        out[i] = scale === 0 ? 0 : w[i]! * scale;
        if (out[i] === 0) out[i] = 0; // −0 stays −0 under a scale.
      }
    },
    thresholdOf,
    muOf,
    sizesOf: (w) => groupSizes(w, groups),
  };
}
