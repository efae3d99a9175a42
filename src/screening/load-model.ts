import { decodeFittingModel } from '../model/fitting-model.ts';
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
  const bundle = decodeFittingModel(bytes, `The model ${id}`, id);
  const predictor = createPredictor(bundle);
  return { id, predictor, blank: await askBlank(predictor), calibration: bundle.calibration };
}
