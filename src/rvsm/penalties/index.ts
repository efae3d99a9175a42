import type { PenaltyKind } from '../../base/words.ts';
import { l0 } from './l0.ts';
import { l1 } from './l1.ts';
import type { FloatArray, Penalty } from './penalty.ts';
import { tl1 } from './tl1.ts';

export type { FloatArray, Penalty } from './penalty.ts';

/**
 * The penalty of a recipe.
 * @param a Shape of the transformed l1, > 0; the others ignore it.
 */
export function penaltyOf(kind: PenaltyKind, a: number): Penalty {
  switch (kind) {
    case 'l0':
      return l0;
    case 'l1':
      return l1;
    case 'tl1':
      return tl1(a);
  }
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
  for (let i = 0; i < w.length; i++) out[i] = prox(w[i]!);
}

/** Σ P(wᵢ). */
export function penaltyValue(penalty: Penalty, w: FloatArray): number {
  let sum = 0;
  for (let i = 0; i < w.length; i++) sum += penalty.value(w[i] ?? 0);
  return sum;
}
