import type { ModelBundle, Weights } from '../../../src/model/model-bundle.ts';

/** The weights of a model that has one network. */
export function onlyWeights({ networks }: Pick<ModelBundle, 'networks'>): Weights {
  const [network] = networks;
  if (network === undefined || networks.length > 1)
    throw new Error(`${networks.length} networks instead of one`);
  return network.weights;
}
