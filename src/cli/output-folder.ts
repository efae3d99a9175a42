/** The folder that a command fills: known to be usable before hours are spent. */
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { UsageError } from './command.ts';

/**
 * Makes the folder and tries to write there.
 *
 * @param folder Absolute.
 * @param typed As typed after `--out`, for messages.
 * @param names Files that will be written there.
 * @returns `folder`.
 * @throws UsageError that names `--out`.
 */
export async function prepareOutputFolder(
  folder: string,
  typed: string,
  names: readonly string[],
): Promise<string> {
  const trial = path.join(folder, `.trial.${process.pid}.part`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(trial, 'x');
    await rm(trial);
  } catch (fault) {
    await rm(trial, { force: true }).catch(() => undefined);
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`--out: nothing can be written to ${typed} (${reason}).`);
  }
  for (const name of names) {
    const there = await stat(path.join(folder, name)).catch(() => null);
    if (there?.isDirectory()) {
      throw new UsageError(
        `--out: ${path.join(typed, name)} is a folder, where a file should go. Rename it.`,
      );
    }
  }
  return folder;
}
