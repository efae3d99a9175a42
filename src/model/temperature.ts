import { logistic } from './calibration.ts';

/** Bounds of a fitted temperature: samples in the wrong order want infinity. */
export const TEMPERATURES = { least: 0.05, most: 20 } as const;

/**
 * Temperature scaling: the T > 0 whose probabilities 1 / (1 + exp(−logit / T)) have the least cross-entropy. T > 1 makes them
 * less sure; their order and the verdict at one half stay. Guo et al., "On Calibration of Modern Neural Networks" (2017), §4.2;
 * on Platt's smoothed targets as {@link fitCalibration}, since a few samples that happen to be separable would want T = 0.
 *
 * Cross-entropy is convex in 1/T, so that its slope is bisected.
 * @param labels 0 or 1, shape of `logits`.
 * @returns T within {@link TEMPERATURES}.
 */
export function fitTemperature(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let positives = 0;
  for (let i = 0; i < labels.length; i++) positives += labels[i] === 1 ? 1 : 0;
  const forTremor = (positives + 1) / (positives + 2);
  const forRegular = 1 / (labels.length - positives + 2);
  /** Slope of the cross-entropy in s = 1/T, Σ (σ(s·z) − t)·z; rises with s. */
  const slopeAt = (s: number): number => {
    let sum = 0;
    for (let i = 0; i < logits.length; i++) {
      sum += (logistic(s * logits[i]!) - (labels[i] === 1 ? forTremor : forRegular)) * logits[i]!;
    }
    return sum;
  };
  let [low, high] = [1 / TEMPERATURES.most, 1 / TEMPERATURES.least];
  if (slopeAt(high) <= 0) return TEMPERATURES.least;
  if (slopeAt(low) >= 0) return TEMPERATURES.most;
  while (high / low > 1 + 1e-9) {
    const middle = Math.sqrt(low * high);
    if (slopeAt(middle) > 0) high = middle;
    else low = middle;
  }
  return 1 / Math.sqrt(low * high);
}
