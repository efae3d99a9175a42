import type { PenaltyKind } from '../../base/words.ts';
import { l0 } from './l0.ts';
import { l1 } from './l1.ts';
import type { Penalty } from './penalty.ts';
import { tl1 } from './tl1.ts';

export { entrywise, penaltyValue, proxInto, type ArrayPenalty } from './array-penalty.ts';
export { grouped } from './group.ts';
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
