/** A mean over seeds and how far chance may have moved it. */

/** Mean of `n` values and the half width of its 95 % interval by Student's t; null for one value, which has none. */
export interface MeanInterval {
  readonly n: number;
  readonly mean: number;
  readonly half: number | null;
  readonly least: number;
  readonly most: number;
}

/**
 * Mean ± t(0.975, n − 1) · s / √n, s being the sample's standard deviation (n − 1 below).
 * @param values One a seed, at least one.
 * @throws RangeError without values, or for one that is not finite.
 */
export function meanInterval(values: readonly number[]): MeanInterval {
  const n = values.length;
  if (n === 0 || !values.every(Number.isFinite)) {
    throw new RangeError(`meanInterval: needs finite values, got [${values.join(', ')}]`);
  }
  const least = Math.min(...values);
  const most = Math.max(...values);
  // Equal values have their own value as mean, without the rounding of a sum.
  const mean = least === most ? least : values.reduce((sum, value) => sum + value, 0) / n;
  if (n === 1) return { n, mean, half: null, least, most };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, half: tQuantile(n - 1) * Math.sqrt(squares / (n - 1) / n), least, most };
}

/**
 * The t for which P(|T| ≤ t) = 0.95.
 * @param degrees Degrees of freedom, a whole number from 1.
 */
export function tQuantile(degrees: number): number {
  let [low, high] = [1, 13];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, degrees) < 0.95) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(|T| ≤ t). Source: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4, the finite sums for whole degrees of freedom. */
function shareWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const odd = degrees % 2 === 1;
  let sum = 0;
  let term = odd ? Math.cos(angle) : 1;
  for (let k = odd ? 1 : 0; k <= degrees - 2; k += 2) {
    sum += term;
    term *= (Math.cos(angle) ** 2 * (k + 1)) / (k + 2);
  }
  return odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
}

/**
 * Standard error of a share of correct answers among `count` of independent patches. At 0 or 1 it is taken as if one patch had
 * gone the other way: a test set of finite size never proves certainty.
 */
export function binomialError(share: number, count: number): number {
  const p = Math.min(1 - 1 / count, Math.max(1 / count, share));
  return Math.sqrt((p * (1 - p)) / count);
}
