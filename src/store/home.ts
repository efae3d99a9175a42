import path from 'node:path';
import { UserError } from '../base/errors.ts';

/**
 * Where Steadypen keeps its data: the flag `--home`, else STEADYPEN_HOME, else the usual place of the platform.
 *
 * @param env Environment variables.
 * @param platform As `process.platform`.
 * @param flag Value of `--home`, if given.
 * @returns An absolute path; the folder need not exist yet.
 * @throws UserError `bad-argument` where neither a flag nor a home folder is known.
 */
export function dataFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
  flag?: string,
): string {
  const own = flag ?? env['STEADYPEN_HOME'];
  if (own !== undefined && own !== '') return path.resolve(own);
  if (platform === 'win32') {
    const roaming =
      env['APPDATA'] ?? (env['USERPROFILE'] && path.join(env['USERPROFILE'], 'AppData', 'Roaming'));
    if (roaming) return path.join(roaming, 'Steadypen');
  }
  const home = env['HOME'];
  if (platform === 'darwin' && home) return path.join(home, 'Library', 'Application Support', 'Steadypen');
  const shared = env['XDG_DATA_HOME'];
  // The XDG specification says that a relative path is invalid and to be ignored.
  if (shared && path.isAbsolute(shared)) return path.join(shared, 'steadypen');
  if (home) return path.join(home, '.local', 'share', 'steadypen');
  throw new UserError(
    'bad-argument',
    'No home folder is known, so there is no place for the data. Name a folder with --home or STEADYPEN_HOME.',
    '--home',
  );
}
