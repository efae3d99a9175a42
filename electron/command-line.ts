import path from 'node:path';
import { fileURLToPath } from 'node:url';

export interface CommandLine {
  /** Value of `--home`. */
  readonly home: string | undefined;
  /** Files to open, absolute. */
  readonly files: readonly string[];
}

export interface Started {
  /** Folder of the app, where Electron was told of it on the command line; null for a packaged app. */
  readonly appPath: string | null;
  readonly cwd: string;
}

/** What the app was started with. Chromium's own switches are among the words, so that unknown ones are no fault. */
export function parseCommandLine(argv: readonly string[], { appPath, cwd }: Started): CommandLine {
  let words = argv.slice(1);
  if (appPath !== null) {
    const at = words.findIndex((word) => !word.startsWith('-') && path.resolve(cwd, word) === appPath);
    words = words.slice(at + 1);
  }
  let home: string | undefined;
  const files: string[] = [];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '--home') home = words.shift();
    else if (word.startsWith('--home=')) home = word.slice('--home='.length);
    else if (!word.startsWith('-') && word !== '') files.push(absolute(word, cwd));
  }
  return { home, files };
}

/** The same words without the files: what to start the app again with. */
export function wordsToRestart(argv: readonly string[], started: Started): string[] {
  const { files } = parseCommandLine(argv, started);
  const words = argv.slice(1);
  return words.filter(
    (word, at) => words[at - 1] === '--home' || !files.includes(absolute(word, started.cwd)),
  );
}

/**
 * The program to start again, for `app.relaunch`. An AppImage is mounted while it runs and the mount goes with it: the image itself has
 * to be started.
 * @param env With APPIMAGE and APPDIR, as an AppImage's runtime sets them; programs started from another AppImage inherit that one's.
 */
export function programToRestart(env: NodeJS.ProcessEnv, program: string): { readonly execPath?: string } {
  const { APPIMAGE: image, APPDIR: mount } = env;
  if (!image || !mount || path.relative(mount, program).startsWith('..')) return {};
  return { execPath: image };
}

/** Desktops pass addresses of files where the app's entry asks for them. */
function absolute(word: string, cwd: string): string {
  try {
    return word.startsWith('file:') ? fileURLToPath(word) : path.resolve(cwd, word);
  } catch {
    return path.resolve(cwd, word);
  }
}
