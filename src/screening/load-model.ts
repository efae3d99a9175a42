import { decodeFittingModel } from '../model/fitting-model.ts';
import { createPredictor } from '../model/predictor.ts';
import type { Engine } from '../tensor/engine.ts';
import { askBlank } from './judge-ink.ts';
import type { LoadedModel } from './screen-ink.ts';

/**
 * Makes a model file ready to judge.
 *
 * @param id Shown with every result.
 * @throws UserError `bad-model` when the file is damaged, was trained behind another preparation of pictures or gives no
 *   numbers for an empty patch.
 */
export async function loadModelFile(engine: Engine, bytes: Uint8Array, id: string): Promise<LoadedModel> {
  const name = `The model ${id}`;
  const bundle = decodeFittingModel(bytes, name, id);
  const predictor = await createPredictor(engine, bundle, name, id);
  try {
    return { id, predictor, blank: await askBlank(predictor), calibration: bundle.calibration };
  } catch (fault) {
    predictor.dispose();
    throw fault;
  }
}
