import { UserError } from '../base/errors.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import { PREPROCESSING_VERSION } from '../imaging/patches.ts';
import type { ModelBundle } from './model-bundle.ts';
import { decodeModel } from './model-file.ts';

/**
 * Reads a model file that is to judge pictures in this version of the app.
 *
 * @param name Begins the messages, e.g. `The model 0123456789abcdef`.
 * @param subject What is at fault where it cannot be used: an id or a file.
 * @throws UserError `bad-model` when the file is damaged or was trained behind another preparation or for another size of pictures.
 */
export function decodeFittingModel(bytes: Uint8Array, name: string, subject: string): ModelBundle {
  const bundle = decodeModel(bytes, name);
  if (bundle.preprocessing !== PREPROCESSING_VERSION) {
    throw new UserError(
      'bad-model',
      `${name} was trained on pictures prepared as ${bundle.preprocessing}; this version prepares them as ${PREPROCESSING_VERSION}. Activate another model or train a new one.`,
      subject,
    );
  }
  const { inputSide } = bundle.architecture;
  if (inputSide !== PATCH_SIDE) {
    throw new UserError(
      'bad-model',
      `${name} judges patches of ${inputSide} × ${inputSide}; this version cuts them ${PATCH_SIDE} × ${PATCH_SIDE}. Activate another model or train a new one.`,
      subject,
    );
  }
  return bundle;
}
