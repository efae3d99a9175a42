import { execFile } from 'node:child_process';

/** The commit of the sources, with `-dirty` where they were changed; null outside of a repository or without git. */
export function commitOfSources(): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(
      'git',
      ['describe', '--always', '--dirty', '--abbrev=12', '--exclude', '*'],
      { cwd: import.meta.dirname, timeout: 5000 },
      (fault, output) => resolve(fault === null ? output.trim() : null),
    );
  });
}
