import { Rng } from '../../../../src/base/rng.ts';
import { PREPROCESSING_VERSION } from '../../../../src/imaging/patches.ts';
import { encodeModel } from '../../../../src/model/model-file.ts';
import { initialParameters, REFERENCE_ARCHITECTURE, weightsOf } from '../../../../src/model/parameters.ts';
import { METRICS, plainCard } from '../../model/plain-card.ts';

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
  const plain = plainCard({ name });
  const card = plainCard({
    name,
    recipe: { ...plain.recipe, seed },
    data: 'nothing: untrained',
    metricsByGroup: { spiral: METRICS },
    fcWeights: 16_384,
    fcZeros: 4096,
    denseBytes: 88_776,
    sparseBytes: 70_000,
    notes: ['untrained'],
  });
  return encodeModel({
    schemaVersion: 2,
    architecture: REFERENCE_ARCHITECTURE,
    networks: [
      {
        name: 'all',
        weights: weightsOf(REFERENCE_ARCHITECTURE, initialParameters(REFERENCE_ARCHITECTURE, new Rng(seed))),
      },
    ],
    preprocessing,
    calibration: { spiral: limits, wave: limits, writing: limits },
    card,
  });
}
