/** Weights that become zero together: one by one, or in groups such as the filters of a convolution. */
import type { FloatArray } from './penalties/penalty.ts';

/** A partition of an array of weights into groups of one size. */
export interface WeightGroups {
  readonly count: number;
  /** Weights in each. */
  readonly size: number;
  /** Group of each weight, from 0; as long as the weights. */
  readonly of: Uint16Array;
}

/** What thresholds are compared with: the weights themselves where there are no groups (their sign is to be ignored), else {@link groupSizes}. */
export function sizesOf(w: FloatArray, groups: WeightGroups | null): FloatArray {
  return groups === null ? w : groupSizes(w, groups);
}

/** The root mean square ‖w_g‖/√n of each group of n, in float64. For a group of one weight that is |w|. */
export function groupSizes(w: FloatArray, groups: WeightGroups): Float64Array {
  const sizes = new Float64Array(groups.count);
  for (let i = 0; i < w.length; i++) sizes[groups.of[i]!]! += w[i]! * w[i]!;
  for (let g = 0; g < sizes.length; g++) sizes[g] = Math.sqrt(sizes[g]! / groups.size);
  return sizes;
}

/** Marks with 1 what is not larger than the threshold: whole groups, where there are some. Other marks stay. */
export function markWithin(
  w: FloatArray,
  groups: WeightGroups | null,
  threshold: number,
  marks: Uint8Array,
): void {
  const sizes = sizesOf(w, groups);
  for (let i = 0; i < w.length; i++) {
    if (Math.abs(sizes[groups === null ? i : groups.of[i]!]!) <= threshold) marks[i] = 1;
  }
}

/** Sets what is marked with 1 to zero, in place. */
export function clearMarked(values: FloatArray, marks: Uint8Array): void {
  for (let i = 0; i < values.length; i++) if (marks[i] === 1) values[i] = 0;
}
