import { readFile, stat } from 'node:fs/promises';
import { UserError } from '../base/errors.ts';
import { LARGEST_MODEL_FILE } from '../model/model-file.ts';

/**
 * Reads a file that is said to hold a model: of a bounded size, and never something that would have to be waited for.
 *
 * @param place Absolute path.
 * @param typed The file as it was typed, for messages.
 * @param option Begins the messages where an option named the file: `--model: `.
 * @throws UserError `not-found`, `no-access` or `bad-model` that names the file.
 */
export async function readModelFile(place: string, typed: string, option = ''): Promise<Uint8Array> {
  try {
    const info = await stat(place);
    const fault = info.isFile() ? faultOfSize(info.size) : 'is no file';
    if (fault !== null) {
      const message = `${option}${typed} ${fault}. Choose a model file of Steadypen (its name ends in .spm).`;
      throw new UserError('bad-model', message, typed);
    }
    return await readFile(place);
  } catch (fault) {
    if (fault instanceof UserError) throw fault;
    const missing = fault instanceof Error && 'code' in fault && fault.code === 'ENOENT';
    throw new UserError(
      missing ? 'not-found' : 'no-access',
      missing ? `${option}there is no file ${typed}. Check the path.` : `${option}${typed} cannot be read.`,
      typed,
      { cause: fault },
    );
  }
}

function faultOfSize(bytes: number): string | null {
  if (bytes === 0) return 'is empty';
  return bytes > LARGEST_MODEL_FILE ? `is no Steadypen model: it is far too large (${bytes} bytes)` : null;
}
