/** The model that a command works with, found without making, changing or locking a data folder. */
import path from 'node:path';
import { activeModelFile, type ModelFile } from '../host/model-shelf.ts';
import { decodeFittingModel } from '../model/fitting-model.ts';
import { dataFolder } from '../store/home.ts';
import { modelIdOf } from '../store/models.ts';
import { APP_FILES } from './app-files.ts';
import { readModelFile } from './read-model-file.ts';
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
    const file = await readModelFile(path.resolve(terminal.cwd, given.file), given.file, '--model: ');
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
