/** A model card and figures for tests that need one and do not look at what it says. */
import type { ModelCard } from '../../../src/model/model-bundle.ts';
import type { HeldOutMetrics } from '../../../src/model/training-types.ts';

export const METRICS: HeldOutMetrics = {
  samples: 10,
  subjects: 5,
  accuracy: 0.9,
  sensitivity: 0.8,
  specificity: 1,
  auc: 0.95,
  aucInterval: { low: 0.8, high: 1 },
};

/** @param changes What the test does look at. */
export function plainCard(changes: Partial<ModelCard> & { readonly name: string }): ModelCard {
  return {
    createdAt: '2026-01-01T00:00:00.000Z',
    command: 'steadypen train --synthetic 100',
    recipe: {
      seed: 1,
      epochs: 1,
      fineTuneEpochs: 0,
      batchSize: 32,
      penalty: null,
      targetSparsity: 0,
      paperForm: null,
      synthetic: { count: 100, kinds: ['fonts'] },
      backend: 'auto',
    },
    data: 'synthetic',
    dataHash: 'abc',
    metrics: METRICS,
    metricsByGroup: {},
    penalty: null,
    fcWeights: 100,
    fcZeros: 0,
    denseBytes: 400,
    sparseBytes: 400,
    notes: [],
    ...changes,
  };
}
