import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { UserError } from '../src/base/errors.ts';
import { cacheFolder, dataFolder, namedFolder, windowsMove } from '../src/store/home.ts';
import { moveHome } from '../src/store/move-home.ts';

/** Backup programs leave a folder out that holds this file (https://bford.info/cachedir/). */
const CACHE_TAG =
  'Signature: 8a477f597d28d172789f06886806bc55\n# Made again by Steadypen when it is missing.\n';

/**
 * Tells Electron where its files are: the few that belong to the data (the place of the window, the lock of the running app)
 * beside them, what Chromium can make again apart from them. Call it before the app is ready.
 *
 * @param home The data folder.
 * @param flag Value of `--home`, if given.
 */
export function placeChromium(home: string, flag: string | undefined): void {
  const userData = path.join(home, 'electron');
  const caches = path.join(cacheFolder(process.env, process.platform, home, flag), 'chromium');
  for (const folder of [userData, caches]) mkdirSync(folder, { recursive: true });
  app.setPath('userData', userData);
  try {
    writeFileSync(path.join(caches, 'CACHEDIR.TAG'), CACHE_TAG);
    app.setPath('sessionData', caches);
  } catch (fault) {
    // A cache that cannot be written costs time and nothing else.
    console.warn(`Chromium's caches stay beside the data, since ${caches} cannot be used: ${String(fault)}`);
  }
}

/**
 * Moves the data of an earlier version on Windows, once.
 * @returns True where they have been moved: the app has to be started again, with the new folder from its first moment on.
 * @throws UserError `in-use` while that version runs. Where the move fails otherwise the data stay in use where they are.
 */
export async function moveEarlierData(flag: string | undefined): Promise<boolean> {
  const { env, platform } = process;
  const move = platform === 'win32' && namedFolder(env, flag) === null ? windowsMove(env) : null;
  if (move === null || dataFolder(env, platform, flag) !== move.from) return false;
  try {
    return (await moveHome(move.from, move.to, new Date().toISOString())) !== 'nothing-to-move';
  } catch (fault) {
    if (fault instanceof UserError && fault.code === 'in-use') throw fault;
    console.warn(`The data could not be moved to ${move.to} and stay in ${move.from}: ${String(fault)}`);
    return false;
  }
}
