import { randomUUID } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { syncFolder } from './sync-folder.ts';

/**
 * Writes a file that is whole at every instant: as temporary file beside it, fsync, rename, fsync of the folder.
 * @throws What the file system says; the former file is unchanged then, and nothing is left beside it.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}`;
  try {
    const handle = await fs.open(temporary, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, file);
  } catch (fault) {
    await fs.rm(temporary, { force: true }).catch(() => undefined);
    throw fault;
  }
  await syncFolder(path.dirname(file), fs.open);
}
