/** The order of logits: the area under the ROC curve and the curve itself. */

export interface Ranking {
  /** Indices from the lowest logit to the highest. */
  readonly order: Uint32Array;
  readonly logits: Float32Array;
}

/** @throws RangeError when a logit is NaN, which has no place in an order. */
export function rankingOf(logits: Float32Array): Ranking {
  if (logits.some(Number.isNaN)) throw new RangeError('rankingOf: a logit is NaN');
  const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[a]! - logits[b]!);
  return { order, logits };
}

/**
 * Area under the ROC curve of samples that count `weights[i]` times each: the share of (tremor-like, regular) pairs in the
 * right order, a tie counting one half. NaN when one class is missing.
 */
export function weightedAuc(
  { order, logits }: Ranking,
  labels: Uint8Array,
  weights: Readonly<Float64Array>,
): number {
  let negativesBelow = 0;
  let positives = 0;
  let ordered = 0;
  for (let start = 0; start < order.length;) {
    let tiedPositive = 0;
    let tiedNegative = 0;
    const value = logits[order[start]!];
    let end = start;
    for (; end < order.length && logits[order[end]!] === value; end++) {
      const index = order[end]!;
      if (labels[index] === 1) tiedPositive += weights[index]!;
      else tiedNegative += weights[index]!;
    }
    ordered += tiedPositive * (negativesBelow + tiedNegative / 2);
    negativesBelow += tiedNegative;
    positives += tiedPositive;
    start = end;
  }
  return ordered / (positives * negativesBelow);
}

export interface RocPoint {
  /** What is flagged: every logit from here on. Infinity at the first point, where nothing is. */
  readonly threshold: number;
  /** Flagged share of the regular samples, 0..1: 1 − specificity. */
  readonly falsePositiveRate: number;
  /** Flagged share of the tremor-like samples, 0..1: sensitivity. */
  readonly truePositiveRate: number;
}

/**
 * The ROC curve, one point per distinct logit from the strictest threshold to the loosest, (0, 0) first and (1, 1) last. The
 * area under straight lines between the points is {@link weightedAuc} at equal weights.
 * @param labels 0 or 1, shape of `logits`; both must occur.
 * @throws RangeError when one class is missing or a logit is NaN.
 */
export function rocCurve(logits: Float32Array, labels: Uint8Array): RocPoint[] {
  const positives = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) throw new RangeError('rocCurve: both classes must occur');
  const order = rankingOf(logits).order.reverse();
  const points: RocPoint[] = [{ threshold: Infinity, falsePositiveRate: 0, truePositiveRate: 0 }];
  let [truePositive, falsePositive] = [0, 0];
  for (const [at, index] of order.entries()) {
    if (labels[index] === 1) truePositive++;
    else falsePositive++;
    const next = order[at + 1];
    if (next !== undefined && logits[next] === logits[index]) continue;
    points.push({
      threshold: logits[index]!,
      falsePositiveRate: falsePositive / negatives,
      truePositiveRate: truePositive / positives,
    });
  }
  return points;
}
