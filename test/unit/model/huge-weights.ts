import type { ModelBundle } from '../../../src/model/model-bundle.ts';

/** The same model with finite weights that are so large that its logits are no numbers. */
export function withHugeWeights(bundle: ModelBundle): ModelBundle {
  const weights = Object.entries(bundle.weights).map(
    ([name, { shape, values }]) => [name, { shape, values: values.map((value) => 1e18 * value) }] as const,
  );
  return { ...bundle, weights: Object.fromEntries(weights) };
}
