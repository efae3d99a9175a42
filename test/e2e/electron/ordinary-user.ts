/** Folders that an ordinary user can reach, where the tests run as root: Chromium's sandbox does not work as root. */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Starts the app as that user; takes its arguments. */
export const AS_ORDINARY_USER = path.join(import.meta.dirname, 'ordinary-user.sh');
/** `nobody`: owns nothing else. */
export const ORDINARY_UID = 65534;
export const isRoot = process.getuid?.() === 0;

/** True where every folder on the way, and the place itself, is open to everybody. Always so where we are no root. */
export function isReachable(place: string): boolean {
  if (!isRoot) return true;
  for (let folder = path.resolve(place); ; folder = path.dirname(folder)) {
    const { mode } = statSync(folder);
    if ((mode & 0o001) === 0 && (mode & 0o004) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/** @returns A new empty folder that belongs to the user whom the app runs as. */
export async function makeUserFolder(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(reachableTemp(), `${name}-`));
  giveToUser(folder);
  return folder;
}

/** Hands a folder with all that is in it to the user whom the app runs as. */
export function giveToUser(folder: string): void {
  if (!isRoot) return;
  execFileSync('chown', ['-R', `${ORDINARY_UID}:${ORDINARY_UID}`, folder]);
}

/** Lets everybody read a folder with all that is in it, whatever this process's umask made of it. */
export function openToAll(folder: string): void {
  if (isRoot) execFileSync('chmod', ['-R', 'a+rX', folder]);
}

/** The system's folder for temporary files, or another one where that is root's own. */
export function reachableTemp(): string {
  return [tmpdir(), '/var/tmp'].find(isReachable) ?? '/tmp';
}
