/** How far probabilities can be taken at their word. */

/** Of the reliability curve and ECE, unless another number is given. */
export const RELIABILITY_BINS = 10;

export interface ReliabilityBin {
  /** Bounds in probability; the upper one belongs to the next bin, 1 to the last. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean probability of tremor-like in the bin; null where it is empty. */
  readonly predicted: number | null;
  /** Share of the bin that is labelled tremor-like; null where it is empty. */
  readonly observed: number | null;
}

/**
 * Predicted against observed shares of tremor-like, in bins of equal width over 0..1.
 * @param probabilities Of tremor-like, 0..1.
 * @param labels 0 or 1, shape of `probabilities`.
 */
export function reliabilityCurve(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  bins = RELIABILITY_BINS,
): ReliabilityBin[] {
  const sums = Array.from({ length: bins }, () => ({ count: 0, predicted: 0, observed: 0 }));
  for (let i = 0; i < probabilities.length; i++) {
    const sum = sums[Math.min(bins - 1, Math.floor(probabilities[i]! * bins))]!;
    sum.count++;
    sum.predicted += probabilities[i]!;
    sum.observed += labels[i] === 1 ? 1 : 0;
  }
  return sums.map(({ count, predicted, observed }, i) => ({
    from: i / bins,
    to: (i + 1) / bins,
    count,
    predicted: count === 0 ? null : predicted / count,
    observed: count === 0 ? null : observed / count,
  }));
}

/**
 * Expected calibration error: Σ (n_b / n) · |observed_b − predicted_b| over the bins b of a reliability curve; 0..1, NaN
 * without samples. Guo et al., "On Calibration of Modern Neural Networks" (2017), eq. 3, on the probability of tremor-like
 * where they take that of the predicted class. Few samples per bin make it too large; compare it only at equal bins and counts.
 */
export function expectedCalibrationError(curve: readonly ReliabilityBin[]): number {
  const total = curve.reduce((sum, { count }) => sum + count, 0);
  return (
    curve.reduce(
      (sum, { count, predicted, observed }) =>
        predicted === null || observed === null ? sum : sum + count * Math.abs(observed - predicted),
      0,
    ) / total
  );
}

/** Brier score (1950): mean squared distance of probability and label; 0 is best, always saying one half gives 0.25. */
export function brierScore(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < probabilities.length; i++) sum += (probabilities[i]! - (labels[i] === 1 ? 1 : 0)) ** 2;
  return sum / probabilities.length;
}
