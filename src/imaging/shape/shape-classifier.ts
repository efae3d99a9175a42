import { SHAPE_FEATURES, type ShapeFeatures } from './shape-features.ts';

/** What a shape may be; `other` is none of ours. In the order of the network's outputs. */
export const SHAPE_CLASSES = ['spiral', 'wave', 'line', 'loops', 'writing', 'other'] as const;
export type ShapeClass = (typeof SHAPE_CLASSES)[number];

/** A network of one hidden layer, small enough to be read. */
export interface ShapeNetwork {
  /** Of each feature, in the order of {@link SHAPE_FEATURES}. */
  readonly mean: readonly number[];
  readonly spread: readonly number[];
  /** Per hidden unit: the bias, then a weight per feature. */
  readonly hidden: readonly (readonly number[])[];
  /** Per class: the bias, then a weight per hidden unit. */
  readonly output: readonly (readonly number[])[];
}

/** Farther from the mean a feature tells no more, in standard deviations. */
export const MOST_DEVIATION = 4;

/** Features less their means over their spreads, at most ±{@link MOST_DEVIATION}. */
export function standardise(features: ShapeFeatures, { mean, spread }: ShapeNetwork): Float64Array {
  return Float64Array.from(SHAPE_FEATURES, (name, i) => {
    const deviation = (features[name] - mean[i]!) / spread[i]!;
    return Math.max(-MOST_DEVIATION, Math.min(MOST_DEVIATION, deviation));
  });
}

/** Probability of each class: tanh units, then softmax. */
export function classifyShape(
  features: ShapeFeatures,
  network: ShapeNetwork,
): Readonly<Record<ShapeClass, number>> {
  const hidden = layer(network.hidden, standardise(features, network)).map(Math.tanh);
  const scores = layer(network.output, hidden);
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const sum = powers.reduce((total, power) => total + power, 0);
  const [spiral, wave, line, loops, writing, other] = powers.map((power) => power / sum) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { spiral, wave, line, loops, writing, other };
}

function layer(weights: readonly (readonly number[])[], input: ArrayLike<number>): number[] {
  return weights.map(([bias, ...row]) => {
    let sum = bias!;
    for (let i = 0; i < row.length; i++) sum += row[i]! * input[i]!;
    return sum;
  });
}
