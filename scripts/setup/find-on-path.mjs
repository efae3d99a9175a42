/** Finds programs where a shell would. */
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/**
 * @param {readonly string[]} names Of executables; a folder is searched for all of them before the next one.
 * @param {Record<string, string | undefined>} env With PATH.
 * @returns {string | null} Path of the first.
 */
export function findOnPath(names, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => path.join(folder, name))).find(canRun) ?? null;
}

/** @param {string} file @returns {boolean} */
export function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
