import path from 'node:path';
import { TASKS } from '../base/words.ts';
import { ScreenerClient } from '../host/screener-client.ts';
import { spawnNode } from '../host/spawn-node.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import type { Given } from './given.ts';
import { reportError, type Terminal } from './terminal.ts';
import { readLabelledFiles } from './training-data.ts';

export interface OwnFiles {
  readonly patches: PatchSet;
  /** Files that were left out; each has had its line. */
  readonly leftOut: number;
}

/**
 * Patches of the user's labelled files. The screener opens them, never the trainer.
 *
 * @param data `--data` as typed.
 * @throws UserError when the folder or its manifest cannot be used; a single file is only reported and left out.
 */
export async function readOwnFiles(data: string, given: Given, terminal: Terminal): Promise<OwnFiles> {
  const task = given.choice('task', TASKS) ?? null;
  const { inputs, unusable, warnings } = await readLabelledFiles(
    path.resolve(terminal.cwd, data),
    data,
    task,
  );
  for (const warning of warnings) terminal.note(warning);
  for (const { path: file, error } of unusable) reportError(terminal, error, file);
  const screener = new ScreenerClient({ spawn: spawnNode });
  try {
    const { patches, skipped } = await screener.patches(
      inputs.map((input) => () => Promise.resolve(input)),
      {
        signal: terminal.signal,
        onProgress: (done) => terminal.progress(`reading ${done} of ${inputs.length} files`),
      },
    );
    for (const { index, error } of skipped) reportError(terminal, error, inputs[index]?.shown);
    const leftOut = unusable.length + skipped.length;
    if (leftOut > 0) terminal.note(`${leftOut} of ${inputs.length + unusable.length} files were left out.`);
    return { patches, leftOut };
  } finally {
    screener.close();
  }
}
