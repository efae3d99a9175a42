import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../base/errors.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export const DATABASE_FILE = 'steadypen.db';

/** Whether a folder holds somebody's data: there is a database. */
export function hasData(folder: string): boolean {
  return existsSync(path.join(folder, DATABASE_FILE));
}

/**
 * Where Steadypen keeps its data: the flag `--home`, else STEADYPEN_HOME, else the usual place of the platform. On Windows
 * data that still lie where they were before November 2026 are used there, until the app has moved them (move-home.ts).
 *
 * @param env Environment variables.
 * @param platform As `process.platform`.
 * @param flag Value of `--home`, if given.
 * @returns An absolute path; the folder need not exist yet.
 * @throws UserError `bad-argument` where neither a flag nor a home folder is known.
 */
export function dataFolder(env: Environment, platform: NodeJS.Platform, flag?: string): string {
  const own = namedFolder(env, flag);
  if (own !== null) return own;
  const move = platform === 'win32' ? windowsMove(env) : null;
  if (move !== null) return hasData(move.from) && !hasData(move.to) ? move.from : move.to;
  const usual = usualFolder(env, platform);
  if (usual !== null) return usual;
  throw new UserError(
    'bad-argument',
    'No home folder is known, so there is no place for the data. Name a folder with --home or STEADYPEN_HOME.',
    '--home',
  );
}

/** The folder that the user has named, by flag or environment; null where the platform's place is used. */
export function namedFolder(env: Environment, flag?: string): string | null {
  const own = flag ?? env['STEADYPEN_HOME'];
  return own !== undefined && own !== '' ? path.resolve(own) : null;
}

/**
 * On Windows: from the roaming profile, which is copied over networks at each log-in, to the local one. null where one of
 * them is not known.
 */
export function windowsMove(env: Environment): { readonly from: string; readonly to: string } | null {
  const profile = env['USERPROFILE'];
  const roaming = env['APPDATA'] ?? (profile && path.join(profile, 'AppData', 'Roaming'));
  const local = env['LOCALAPPDATA'] ?? (profile && path.join(profile, 'AppData', 'Local'));
  return roaming && local
    ? { from: path.join(roaming, 'Steadypen'), to: path.join(local, 'Steadypen') }
    : null;
}

/**
 * Where Chromium may keep what it can make again. Apart from the data, so that backups leave it out: the platform's place for
 * caches, and for a data folder of the user's own a folder inside of it, since each running app needs one of its own.
 *
 * @param home As `dataFolder` gives it for the same arguments.
 */
export function cacheFolder(
  env: Environment,
  platform: NodeJS.Platform,
  home: string,
  flag?: string,
): string {
  const inside = path.join(home, 'cache');
  if (namedFolder(env, flag) !== null) return inside;
  if (platform === 'win32') return windowsMove(env) === null ? inside : `${windowsMove(env)?.to}-Cache`;
  const user = env['HOME'];
  if (platform === 'darwin') return user ? path.join(user, 'Library', 'Caches', 'Steadypen') : inside;
  const shared = env['XDG_CACHE_HOME'];
  if (shared && path.isAbsolute(shared)) return path.join(shared, 'steadypen');
  return user ? path.join(user, '.cache', 'steadypen') : inside;
}

function usualFolder(env: Environment, platform: NodeJS.Platform): string | null {
  const home = env['HOME'];
  if (platform === 'darwin' && home) return path.join(home, 'Library', 'Application Support', 'Steadypen');
  const shared = env['XDG_DATA_HOME'];
  // The XDG specification says that a relative path is invalid and to be ignored.
  if (shared && path.isAbsolute(shared)) return path.join(shared, 'steadypen');
  return home ? path.join(home, '.local', 'share', 'steadypen') : null;
}
