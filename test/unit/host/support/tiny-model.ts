import { Rng } from '../../../../src/base/rng.ts';
import { PREPROCESSING_VERSION } from '../../../../src/imaging/patches.ts';
import type { ModelCard } from '../../../../src/model/model-bundle.ts';
import { encodeModel } from '../../../../src/model/model-file.ts';
import { initialParameters, REFERENCE_ARCHITECTURE, weightsOf } from '../../../../src/model/parameters.ts';

const metrics = {
  samples: 10,
  subjects: 5,
  accuracy: 0.9,
  sensitivity: 0.8,
  specificity: 1,
  auc: 0.95,
  aucInterval: { low: 0.8, high: 1 },
};

const limits = { slope: 1, offset: 0, regularBelow: 0.35, tremorFrom: 0.65 };

/**
 * A whole, readable model file of an untrained network; another seed gives another model.
 * @param preprocessing How the pictures were prepared; this version's way unless told otherwise.
 */
export function untrainedModelFile(
  name: string,
  seed: number,
  preprocessing: string = PREPROCESSING_VERSION,
): Uint8Array {
  const card: ModelCard = {
    name,
    createdAt: '2026-01-01T00:00:00.000Z',
    command: 'steadypen train --synthetic 100',
    recipe: {
      seed,
      epochs: 1,
      fineTuneEpochs: 0,
      batchSize: 32,
      penalty: null,
      targetSparsity: 0,
      paperForm: null,
      synthetic: { count: 100, kinds: ['fonts'] },
      backend: 'auto',
    },
    data: 'nothing: untrained',
    dataHash: 'abc',
    metrics,
    metricsByGroup: { spiral: metrics },
    penalty: null,
    fcWeights: 16_384,
    fcZeros: 4096,
    denseBytes: 88_776,
    sparseBytes: 70_000,
    notes: ['untrained'],
  };
  return encodeModel({
    schemaVersion: 1,
    architecture: REFERENCE_ARCHITECTURE,
    weights: weightsOf(REFERENCE_ARCHITECTURE, initialParameters(REFERENCE_ARCHITECTURE, new Rng(seed))),
    preprocessing,
    calibration: { spiral: limits, wave: limits, writing: limits },
    card,
  });
}
