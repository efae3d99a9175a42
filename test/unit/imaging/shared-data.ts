import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../../../../shared/data');

/** Files of the shared data folder that match; empty, with a loud word, where the folder is absent. */
export function sharedFiles(pattern: string): readonly string[] {
  if (!existsSync(folder)) {
    console.warn(`SKIPPED: the shared data folder is absent, so nothing was checked on ${pattern}.`);
    return [];
  }
  return globSync(pattern, { cwd: folder })
    .sort()
    .map((file) => path.join(folder, file));
}
