/** The model that a command works with, found without making, changing or locking a data folder. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import { activeModelFile, type ModelFile } from '../host/model-shelf.ts';
import { decodeFittingModel } from '../model/fitting-model.ts';
import { dataFolder } from '../store/home.ts';
import { modelIdOf } from '../store/models.ts';
import { APP_FILES } from './app-files.ts';
import { openForReading } from './reading-store.ts';
import type { Terminal } from './terminal.ts';

/**
 * `--model FILE`, else the active model of the data folder if there is one, else the factory model.
 *
 * @param given.file Value of `--model`.
 * @param given.home Value of `--home`.
 * @throws UserError `not-found`, `no-access` or `bad-model` that names the file.
 */
export async function chooseModel(
  terminal: Pick<Terminal, 'env' | 'cwd'>,
  given: { readonly file: string | undefined; readonly home: string | undefined },
): Promise<ModelFile> {
  if (given.file !== undefined) {
    const file = await readNamed(path.resolve(terminal.cwd, given.file), given.file);
    decodeFittingModel(file, `--model: ${given.file}`, given.file); // The screener knows a number only, no name.
    return { id: modelIdOf(file), file };
  }
  const store = await openForReading(dataFolder(terminal.env, process.platform, given.home));
  try {
    return await activeModelFile(store, APP_FILES.assets);
  } finally {
    await store?.close();
  }
}

async function readNamed(place: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(place);
  } catch (fault) {
    const missing = fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
    throw new UserError(
      missing ? 'not-found' : 'no-access',
      missing ? `--model: there is no file ${name}. Check the path.` : `--model: ${name} cannot be read.`,
      name,
      { cause: fault },
    );
  }
}
