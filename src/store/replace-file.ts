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

/** Removes what killed processes left half written of a file. To be called while nobody writes it. */
export async function sweepUnfinished(file: string): Promise<void> {
  const [folder, own] = [path.dirname(file), path.basename(file)];
  const names = await fs.readdir(folder).catch(() => []);
  const unfinished = names.filter(
    (name) => name.startsWith(`${own}.`) && /^[-0-9a-f]{36}$/.test(name.slice(own.length + 1)),
  );
  for (const name of unfinished) await fs.rm(path.join(folder, name), { force: true });
}

/** A name for a file that makes way for another one: with the time of its last change, e.g. `results-20261125-214810.json`, UTC. */
export async function nameByTime(file: string): Promise<string> {
  const { mtime } = await fs.stat(file);
  const time = mtime.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  const { name, ext } = path.parse(file);
  return `${name}-${time}${ext}`;
}
