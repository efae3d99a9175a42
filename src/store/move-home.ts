import { constants, existsSync, promises as fs } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../base/errors.ts';
import { DATABASE_FILE, hasData } from './home.ts';
import { lockFolder } from './lock.ts';
import { replaceFile } from './replace-file.ts';
import { sha256 } from './sha256.ts';
import { explainStorageFault } from './storage-faults.ts';
import { syncFolder } from './sync-folder.ts';

/** Stays behind in the new folder, until the old one is gone. */
const NOTE = 'moved-from.json';
/** SHA-256 of the database as it was copied, and of the changes beside it (null: there were none). A note without the latter proves no copy. */
const movedNote = z.object({ from: z.string(), database: z.string(), wal: z.string().nullable() });
/** Of the app that ran there: the lock is ours now, and Chromium makes its files again. */
const LEFT_BEHIND = new Set(['lock.db', 'lock.json', 'electron', 'cache']);

export type Moved = 'nothing-to-move' | 'moved' | 'old-left';

/**
 * Moves the data of an earlier version to their new folder, once. Copies, compares each file's SHA-256, makes the copy
 * last on the disk, gives it its name, and only then removes the old one: whenever it is cut off, one complete folder is there, and
 * the next call goes on.
 *
 * @param from The old folder. One without a database is not looked at.
 * @param to The new one. One with a database of its own is never touched.
 * @param startedAt For the note beside the lock, ISO 8601.
 * @returns `old-left` where the data are moved and the old folder could not be removed, or has changed since.
 * @throws UserError `in-use` while an app has the old folder open, `disk-full`, `read-only`, `damaged`. The old one is whole then.
 */
export async function moveHome(from: string, to: string, startedAt: string): Promise<Moved> {
  if (path.resolve(from) === path.resolve(to)) return 'nothing-to-move';
  await fs.rm(`${from}-moved`, { recursive: true, force: true }).catch(() => undefined); // an earlier rest
  if (!hasData(from)) return 'nothing-to-move';
  const lock = lockFolder(from, startedAt, {
    place: `the data folder ${from}`,
    remedy: 'start this version when it has ended: it moves the data',
  });
  try {
    if (hasData(to)) {
      if (!(await isCopyOf(from, to)))
        return existsSync(path.join(to, NOTE)) ? 'old-left' : 'nothing-to-move';
    } else {
      await copyOver(from, to, startedAt.replace(/\W/g, ''));
    }
  } catch (fault) {
    throw explainStorageFault(fault, to);
  } finally {
    lock.release();
  }
  return (await removeOld(from, to)) ? 'moved' : 'old-left';
}

/** @param mark Names what lay in the new place without a database, which is kept. */
async function copyOver(from: string, to: string, mark: string): Promise<void> {
  const beside = `${to}-moving`;
  await fs.rm(beside, { recursive: true, force: true });
  await fs.mkdir(beside, { recursive: true });
  for (const entry of await fs.readdir(from)) {
    if (!LEFT_BEHIND.has(entry)) await copyTree(path.join(from, entry), path.join(beside, entry));
  }
  const note = { from: path.resolve(from), ...(await hashDatabase(from)) };
  await replaceFile(path.join(beside, NOTE), JSON.stringify(note));
  if (existsSync(to)) await fs.rename(to, `${to}-before-${mark}`);
  await fs.rename(beside, to);
  await syncFolder(path.dirname(to), fs.open);
}

async function copyTree(from: string, to: string): Promise<void> {
  const stat = await fs.lstat(from);
  if (stat.isDirectory()) {
    await fs.mkdir(to, { recursive: true });
    for (const entry of await fs.readdir(from)) await copyTree(path.join(from, entry), path.join(to, entry));
    await syncFolder(to, fs.open);
    return;
  }
  // Links and sockets are none of ours.
  if (!stat.isFile()) return;
  await fs.copyFile(from, to, constants.COPYFILE_EXCL);
  await makeLast(to);
  if ((await sha256(from)) !== (await sha256(to))) {
    throw new UserError(
      'damaged',
      `${to} is not the same as ${from} after copying: the disk or its cable may be failing. The data are still in the old folder.`,
      to,
    );
  }
}

async function makeLast(file: string): Promise<void> {
  const handle = await fs.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Rows written last may stand only in the write-ahead log: the database alone does not tell that it has changed. */
async function hashDatabase(folder: string): Promise<Omit<z.infer<typeof movedNote>, 'from'>> {
  const file = path.join(folder, DATABASE_FILE);
  const wal = `${file}-wal`;
  return { database: await sha256(file), wal: existsSync(wal) ? await sha256(wal) : null };
}

/** Whether the old folder is as it was when it was copied: a version that still wrote there has made it somebody's data. */
async function isCopyOf(from: string, to: string): Promise<boolean> {
  try {
    const note = movedNote.parse(JSON.parse(await fs.readFile(path.join(to, NOTE), 'utf8')));
    const { database, wal } = await hashDatabase(from);
    return note.from === path.resolve(from) && note.database === database && note.wal === wal;
  } catch {
    return false;
  }
}

/** First by one rename, so that no half folder can pass for data. */
async function removeOld(from: string, to: string): Promise<boolean> {
  const gone = `${from}-moved`;
  try {
    await fs.rename(from, gone);
    await fs.rm(path.join(to, NOTE), { force: true });
    await fs.rm(gone, { recursive: true, force: true });
    return true;
  } catch {
    return !hasData(from);
  }
}
