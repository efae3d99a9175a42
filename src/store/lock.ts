import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { UserError } from '../base/errors.ts';
import { explainStorageFault } from './storage-faults.ts';

export interface FolderLock {
  /** Lets the folder go; safe to call twice. */
  release(): void;
}

/** How a folder that another process holds is told. */
export interface LockWords {
  /** What it is, with its path. */
  readonly place: string;
  readonly remedy: string;
}

/**
 * Makes this process the only one that writes to a folder, usually the data folder.
 *
 * The lock is an exclusive transaction on a tiny database beside the real one: the operating system drops it the moment
 * the process ends, however it ends, so that no stale lock can remain and a reused process number cannot fool it.
 * `lock.json` only tells a second copy who the first one is.
 *
 * @param folder An existing folder.
 * @param words Unless it is the data folder.
 * @throws UserError `in-use` naming the folder and the process that holds it; `read-only` or `disk-full`.
 */
export function lockFolder(
  folder: string,
  startedAt: string,
  words: LockWords = { place: `the data folder ${folder}`, remedy: 'choose another folder with --home' },
): FolderLock {
  const notePath = path.join(folder, 'lock.json');
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path.join(folder, 'lock.db'), { timeout: 0 });
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    writeFileSync(notePath, JSON.stringify({ pid: process.pid, startedAt }));
  } catch (fault) {
    database?.close();
    const explained = explainStorageFault(fault, folder);
    if (!(explained instanceof UserError) || explained.code !== 'in-use') throw explained;
    throw new UserError(
      'in-use',
      `Another Steadypen ${readHolder(notePath)}is using ${words.place}. Close it, or ${words.remedy}.`,
      folder,
      { cause: fault },
    );
  }
  const held = database;
  return {
    release: () => {
      if (held.isOpen) held.close();
    },
  };
}

function readHolder(notePath: string): string {
  try {
    const note: unknown = JSON.parse(readFileSync(notePath, 'utf8'));
    if (note && typeof note === 'object' && 'pid' in note && typeof note.pid === 'number') {
      const since =
        'startedAt' in note && typeof note.startedAt === 'string' ? `, since ${note.startedAt}` : '';
      return `(process ${note.pid}${since}) `;
    }
  } catch {
    // The note is a courtesy; the lock itself does not depend on it.
  }
  return '';
}
