import { UserError } from '../base/errors.ts';
import { PREPROCESSING_VERSION } from '../imaging/patches.ts';
import { decodeModel } from '../model/model-file.ts';
import { createPredictor } from '../model/predictor.ts';
import { askBlank } from './judge-ink.ts';
import type { LoadedModel } from './screen-ink.ts';

/**
 * Makes a model file ready to judge on the current tensor backend.
 *
 * @param id Shown with every result.
 * @throws UserError `bad-model` when the file is damaged or was trained behind another preparation of pictures.
 */
export async function loadModelFile(bytes: Uint8Array, id: string): Promise<LoadedModel> {
  const bundle = decodeModel(bytes, `The model ${id}`);
  if (bundle.preprocessing !== PREPROCESSING_VERSION) {
    throw new UserError(
      'bad-model',
      `The model ${id} was trained on pictures prepared as ${bundle.preprocessing}; this version prepares them as ${PREPROCESSING_VERSION}. Activate another model or train a new one.`,
      id,
    );
  }
  const predictor = createPredictor(bundle);
  return { id, predictor, blank: await askBlank(predictor), calibration: bundle.calibration };
}
