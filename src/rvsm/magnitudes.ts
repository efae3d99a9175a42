import type { FloatArray } from './penalties/index.ts';

/** How many entries are exactly zero. */
export function countZeros(values: FloatArray): number {
  let zeros = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === 0) zeros++;
  return zeros;
}

/** ⌈share · count⌉; 1e-9 keeps products such as 0.9 · 16,384 from being pushed over the next integer by rounding. */
export function countOfShare(count: number, share: number): number {
  return Math.ceil(share * count - 1e-9);
}

/**
 * The smallest threshold t ≥ 0 such that at least ⌈share · n⌉ entries have |w| ≤ t; 0 when that count is 0.
 * A zero share therefore asks for nothing.
 * @param share Fraction, 0 … 1.
 */
export function magnitudeQuantile(w: FloatArray, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`magnitudeQuantile: share ${share} is outside 0..1`);
  const wanted = countOfShare(w.length, share);
  if (wanted === 0) return 0;
  if (w instanceof Float32Array) return magnitudeAtRank(w, wanted - 1);
  return selectInPlace(Float64Array.from(w, Math.abs), wanted - 1);
}

/** How many entries have |w| ≤ threshold. */
export function countWithin(w: FloatArray, threshold: number): number {
  let count = 0;
  for (let i = 0; i < w.length; i++) if (Math.abs(w[i]!) <= threshold) count++;
  return count;
}

/** Exponent and three bits of the mantissa: the bits of a positive float32 sort like its value. */
const BIN_SHIFT = 20;
const BINS = 1 << (31 - BIN_SHIFT);
const SIGNLESS = 0x7fffffff;

/** The `rank`-th smallest |w|, from 0: counts bits into bins, then selects within one. RVSM asks for it at every step. */
function magnitudeAtRank(w: Float32Array, rank: number): number {
  const bits = new Int32Array(w.buffer, w.byteOffset, w.length);
  const counts = new Int32Array(BINS);
  for (let i = 0; i < bits.length; i++) counts[(bits[i]! & SIGNLESS) >>> BIN_SHIFT]!++;
  let [bin, before] = [0, 0];
  while (before + counts[bin]! <= rank) before += counts[bin++]!;
  const inside = new Float64Array(counts[bin]!);
  for (let i = 0, next = 0; i < bits.length; i++) {
    if ((bits[i]! & SIGNLESS) >>> BIN_SHIFT === bin) inside[next++] = Math.abs(w[i]!);
  }
  return selectInPlace(inside, rank - before);
}

/**
 * The value that would stand at `rank` if `values` were sorted; reorders them. Linear on average, where a sort of every
 * step's weights cost a tenth of the training.
 *
 * @param values Free of NaN.
 * @param rank 0 … length − 1.
 * Source: Hoare (1961), Algorithm 65: find.
 */
function selectInPlace(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low]!, values[(low + high) >>> 1]!, values[high]!);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const kept = values[i]!;
      values[i++] = values[j]!;
      values[j--] = kept;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break;
  }
  return values[rank]!;
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}

/** ‖w − u‖ / ‖w‖ in the Euclidean norm; 0 when w is all zeros. */
export function relativeGap(w: FloatArray, u: FloatArray): number {
  let apart = 0;
  let size = 0;
  for (let i = 0; i < w.length; i++) {
    const wi = w[i] ?? 0;
    const difference = wi - (u[i] ?? 0);
    apart += difference * difference;
    size += wi * wi;
  }
  return size === 0 ? 0 : Math.sqrt(apart / size);
}

/** Counts of values in equal bins over [−limit, limit]; values on or beyond a limit fall into the outermost bin. */
export function histogramOf(values: FloatArray, bins: number): { limit: number; counts: number[] } {
  let limit = 0;
  for (let i = 0; i < values.length; i++) limit = Math.max(limit, Math.abs(values[i] ?? 0));
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    const place = limit === 0 ? 0.5 : ((values[i] ?? 0) / limit + 1) / 2;
    const bin = Math.min(bins - 1, Math.floor(place * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { limit, counts };
}
