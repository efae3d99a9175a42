import path from 'node:path';
import { ScreenerClient } from '../host/screener-client.ts';
import { spawnNode } from '../host/spawn-node.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import { csvErrorRow } from './evaluate-lines.ts';
import type { Given } from './given.ts';
import type { JudgeContext } from './judge-files.ts';
import { reportError, type Terminal } from './terminal.ts';
import { readLabelledFiles, type LabelledFile } from './training-data.ts';

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
  const task = given.task('task') ?? null;
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

/** Patches of labelled files that still know their file. */
export interface FilePatches {
  readonly patches: PatchSet;
  /** Place in `usable` of the file behind each patch. */
  readonly fileOf: readonly number[];
  /** Those that gave patches. */
  readonly usable: readonly LabelledFile[];
  /** Those that the gates stopped, as screening would: blank pages and the like. */
  readonly refused: readonly LabelledFile[];
  /** Files that could not be opened; each has had its line. */
  readonly unusable: number;
}

/** Patches of labelled files, cut by the screener of the context. @throws UserError `cancelled`; OutputFault. */
export async function readPatchesByFile(
  files: readonly LabelledFile[],
  { screener, terminal, outputs }: JudgeContext,
): Promise<FilePatches> {
  const { patches, skipped } = await screener.patches(
    // Their place stands for the subject, so that a patch can be traced back.
    files.map((file, index) => () => Promise.resolve({ ...file, subject: String(index) })),
    {
      signal: terminal.signal,
      onProgress: (done) => terminal.progress(`reading ${done} of ${files.length} files`),
    },
  );
  const refused: LabelledFile[] = [];
  for (const { index, error } of skipped) {
    const file = files[index]!;
    if (error.code === 'too-few-samples') {
      refused.push(file);
      continue;
    }
    reportError(terminal, error, file.shown);
    await outputs?.row(csvErrorRow(file.shown, error));
  }
  const used = [...new Set(patches.subjects)];
  const place = new Map(used.map((subject, at) => [subject, at]));
  return {
    patches,
    fileOf: patches.subjects.map((subject) => place.get(subject) ?? 0),
    usable: used.map((subject) => files[Number(subject)]!),
    refused,
    unusable: skipped.length - refused.length,
  };
}
