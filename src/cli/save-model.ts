/** The model that a run leaves behind: whole or not at all, and never in place of an older one before it is whole. */
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeModel } from '../model/model-file.ts';
import { CHECKPOINT_FILE } from '../store/kept-checkpoint.ts';
import { UsageError } from './command.ts';
import { OutputFault } from './output-fault.ts';

const MODEL = 'model.spm';
const CARD = 'model-card.json';

/**
 * Makes the folder and tries to write there, so that a wrong place is known before hours of training.
 *
 * @param folder Absolute.
 * @param typed As typed, for messages.
 * @returns `folder`.
 * @throws UsageError that names `--out`.
 */
export async function prepareModelFolder(folder: string, typed: string): Promise<string> {
  const trial = temporary(folder, 'trial');
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(trial, 'x');
    await rm(trial);
  } catch (fault) {
    await rm(trial, { force: true }).catch(() => undefined);
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`--out: nothing can be written to ${typed} (${reason}).`);
  }
  for (const name of [MODEL, CARD, CHECKPOINT_FILE]) {
    const there = await stat(path.join(folder, name)).catch(() => null);
    if (there?.isDirectory()) {
      throw new UsageError(
        `--out: ${path.join(typed, name)} is a folder, where a file should go. Rename it.`,
      );
    }
  }
  return folder;
}

/**
 * Writes `model.spm` and `model-card.json`, each beside its place first and then renamed.
 *
 * @param model The whole model file.
 * @throws OutputFault `disk-full` or `read-only`; an older model is still whole then.
 */
export async function saveModel(folder: string, model: Uint8Array): Promise<void> {
  const { card, calibration } = decodeModel(model, MODEL);
  await replaceFile(folder, MODEL, model);
  await replaceFile(folder, CARD, `${JSON.stringify({ ...card, calibration }, null, 2)}\n`);
}

async function replaceFile(folder: string, name: string, content: Uint8Array | string): Promise<void> {
  const [file, unfinished] = [path.join(folder, name), temporary(folder, name)];
  try {
    await writeFile(unfinished, content, { flush: true });
    await rename(unfinished, file);
  } catch (fault) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw new OutputFault('--out', file, fault);
  }
}

function temporary(folder: string, name: string): string {
  return path.join(folder, `.${name}.${process.pid}.part`);
}
