import type { ModelBundle, ModelNetwork } from '../../../src/model/model-bundle.ts';

/** The same model with finite weights that are so large that its logits are no numbers. */
export function withHugeWeights(bundle: ModelBundle): ModelBundle {
  const networks = bundle.networks.map(({ name, weights }): ModelNetwork => {
    const huge = Object.entries(weights).map(
      ([name, { shape, values }]) => [name, { shape, values: values.map((value) => 1e18 * value) }] as const,
    );
    return { name, weights: Object.fromEntries(huge) };
  });
  return { ...bundle, networks };
}
