/** The model that a run leaves behind: whole or not at all, and never in place of an older one before it is whole. */
import path from 'node:path';
import { decodeModel } from '../model/model-file.ts';
import { CHECKPOINT_FILE } from '../store/kept-checkpoint.ts';
import { replaceFile } from '../store/replace-file.ts';
import { OutputFault } from './output-fault.ts';
import { prepareOutputFolder } from './output-folder.ts';

const MODEL = 'model.spm';
const CARD = 'model-card.json';

/**
 * @param folder Absolute.
 * @param typed As typed, for messages.
 * @returns `folder`.
 * @throws UsageError that names `--out`.
 */
export function prepareModelFolder(folder: string, typed: string): Promise<string> {
  return prepareOutputFolder(folder, typed, [MODEL, CARD, CHECKPOINT_FILE]);
}

/**
 * Writes `model.spm` and `model-card.json`.
 *
 * @param model The whole model file.
 * @throws OutputFault `disk-full` or `read-only`; an older model is still whole then.
 */
export async function saveModel(folder: string, model: Uint8Array): Promise<void> {
  const { card, calibration } = decodeModel(model, MODEL);
  await replace(path.join(folder, MODEL), model);
  await replace(path.join(folder, CARD), `${JSON.stringify({ ...card, calibration }, null, 2)}\n`);
}

async function replace(file: string, content: Uint8Array | string): Promise<void> {
  try {
    await replaceFile(file, content);
  } catch (fault) {
    throw new OutputFault('--out', file, fault);
  }
}
