/** Before it stand Electron's own switches, after it the words of the command. */
const SWITCH = '--cli';

/**
 * @param argv `process.argv`.
 * @returns The words of the command line, or null where the app is to open its window. A `--` after the switch keeps Chromium
 *   from reading them, and is none of them.
 */
export function commandOf(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--');
  const at = argv.indexOf(SWITCH);
  // After `--` it would be the name of a file.
  if (at < 0 || (end >= 0 && end < at)) return null;
  const words = argv.slice(at + 1);
  return words[0] === '--' ? words.slice(1) : words;
}
