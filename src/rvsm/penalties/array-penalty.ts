import type { PenaltyKind } from '../../base/words.ts';
import type { FloatArray, Penalty } from './penalty.ts';

/** A penalty on a whole array of weights: a sum of one P over its entries, or over its groups. */
export interface ArrayPenalty {
  readonly kind: PenaltyKind;
  /** ≥ 0. */
  value(w: FloatArray): number;
  /**
   * u = argmin over u of ½‖u − w‖² + μ·value(u). Zeros are exact and positive.
   * @param out Shape of `w`; may be `w` itself.
   */
  proxInto(w: FloatArray, mu: number, out: FloatArray): void;
  /** The size, as `sizesOf` gives it, of the largest entry or group that prox makes zero. */
  thresholdOf(mu: number): number;
  /** The inverse of `thresholdOf`. */
  muOf(threshold: number): number;
  /** Sizes of entries (signed) or groups; see src/rvsm/groups.ts. */
  sizesOf(w: FloatArray): FloatArray;
}

/** Σ P(wᵢ): every weight on its own. */
export function entrywise(penalty: Penalty): ArrayPenalty {
  const { kind, thresholdOf, muOf } = penalty;
  return {
    kind,
    value: (w) => penaltyValue(penalty, w),
    proxInto: (w, mu, out) => proxInto(penalty, w, mu, out),
    thresholdOf,
    muOf,
    sizesOf: (w) => w,
  };
}

/**
 * u = prox of μP at w, entry by entry. Zeros are exact and positive.
 * @param out Shape of `w`; may be `w` itself.
 */
export function proxInto(penalty: Penalty, w: FloatArray, mu: number, out: FloatArray): void {
  if (penalty.kind === 'l0') {
    // RVSM asks for it at every step, and a comparison is a tenth of a call.
    const threshold = penalty.thresholdOf(mu);
    for (let i = 0; i < w.length; i++) out[i] = Math.abs(w[i]!) > threshold ? w[i]! : 0;
    return;
  }
  const prox = penalty.proxAt(mu);
  for (let i = 0; i < w.length; i++) {
    out[i] = prox(w[i]!);
    if (out[i] === 0) out[i] = 0; // What float32 rounds to zero keeps its sign.
  }
}

/** Σ P(wᵢ). */
export function penaltyValue(penalty: Penalty, w: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) sum += penalty.value(w[i] ?? 0);
  return sum;
}
