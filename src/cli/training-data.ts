/** Labelled files of a user, from class folders or a manifest, as the screener wants them. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { CsvError, parse } from 'csv-parse/sync';
import { UserError, type ErrorInfo } from '../base/errors.ts';
import { TASK_NAMES, taskOfName } from '../base/task-words.ts';
import { SPLIT_PARTS, type Label, type SplitPart, type Task } from '../base/words.ts';
import type { LabelledInput } from '../screening/screener-protocol.ts';
import { findInputs } from './inputs.ts';

/** Names of class folders, and labels in a manifest. */
const LABEL_WORDS: Readonly<Record<string, Label>> = {
  regular: 'regular',
  healthy: 'regular',
  control: 'regular',
  'tremor-like': 'tremor-like',
  tremor: 'tremor-like',
  parkinson: 'tremor-like',
};

/** Parts in the column `split` of a manifest. */
const SPLIT_WORDS: Readonly<Record<string, SplitPart>> = {
  ...(Object.fromEntries(SPLIT_PARTS.map((part) => [part, part])) as Record<SplitPart, SplitPart>),
  training: 'train',
  val: 'validation',
  testing: 'test',
};

const CSV_OPTIONS = {
  bom: true,
  record_delimiter: ['\r\n', '\n'],
  relax_column_count: true,
  skip_empty_lines: true,
};

/** `shown` is its path as the user would write it. */
export type LabelledFile = LabelledInput & { readonly shown: string };

export interface LabelledFiles {
  readonly inputs: readonly LabelledFile[];
  /** What was found and cannot be used. */
  readonly unusable: readonly { readonly path: string; readonly error: ErrorInfo }[];
  readonly warnings: readonly string[];
  /** Whether the subjects are people; else every file counts as one. */
  readonly namesPeople: boolean;
}

/**
 * @param folder Absolute. Holds `manifest.csv` (path,label,subject and, if wanted, task and split), or one folder per class.
 * @param name As typed, for messages.
 * @param task What was drawn, where a manifest does not say; null to guess.
 * @throws UserError `not-found`, `no-access`, `no-inputs` or `damaged` that names the folder or the line.
 */
export async function readLabelledFiles(
  folder: string,
  name: string,
  task: Task | null,
): Promise<LabelledFiles> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) {
    throw new UserError('not-found', `--data: there is no folder ${name}. Check the path.`, name);
  }
  const manifest = await readIfThere(path.join(folder, 'manifest.csv'), path.join(name, 'manifest.csv'));
  const files =
    manifest === null
      ? await readClassFolders(folder, name, task)
      : readManifest(manifest, folder, name, task);
  if (files.inputs.length + files.unusable.length > 0) return files;
  throw new UserError(
    'no-inputs',
    `--data: ${name} holds no labelled files. It needs a manifest.csv, or folders named ${Object.keys(LABEL_WORDS).join(', ')}.`,
    name,
  );
}

/** @returns null only where there is none: one that cannot be read must not be passed over. */
async function readIfThere(file: string, name: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new UserError(
      'no-access',
      `--data: ${name} cannot be read (${reason}). Check its permissions.`,
      name,
    );
  }
}

async function readClassFolders(folder: string, name: string, task: Task | null): Promise<LabelledFiles> {
  const inputs: LabelledFile[] = [];
  const unusable: LabelledFiles['unusable'][number][] = [];
  for (const [word, label] of Object.entries(LABEL_WORDS)) {
    if (!(await stat(path.join(folder, word)).catch(() => null))) continue;
    for await (const found of findInputs([word], folder)) {
      const shown = path.join(name, found.path);
      if (found.error !== undefined) unusable.push({ path: shown, error: found.error });
      else inputs.push(labelled(path.join(folder, found.path), shown, label, `file:${found.path}`, task));
    }
  }
  return {
    inputs,
    unusable,
    namesPeople: false,
    warnings: [
      'Class folders name no people, so that every file counts as a person of its own and figures may be too good. A manifest.csv with a subject column is safer.',
    ],
  };
}

/**
 * @param folder Absolute; the paths in the manifest start there.
 * @param typed The folder as typed, for messages.
 * @param task For rows without one; null to guess.
 * @throws UserError `damaged` that names the line.
 */
export function readManifest(text: string, folder: string, typed: string, task: Task | null): LabelledFiles {
  const name = path.join(typed, 'manifest.csv');
  const [header, ...rows] = readRows(text, name);
  const column = (wanted: string) => header?.cells.indexOf(wanted) ?? -1;
  const [pathColumn, labelColumn, subjectColumn] = [column('path'), column('label'), column('subject')];
  if (pathColumn < 0 || labelColumn < 0 || subjectColumn < 0) {
    throw new UserError(
      'damaged',
      `${name} needs the columns path, label and subject in its first line.`,
      name,
    );
  }
  const [taskColumn, splitColumn] = [column('task'), column('split')];
  const seen = new Set<string>();
  const inputs = rows.map(({ cells: row, line }) => {
    const refuse = (what: string) => new UserError('damaged', `${name}, line ${line}: ${what}.`, name);
    const [file, labelWord, subject] = [pathColumn, labelColumn, subjectColumn].map((at) => row[at]?.trim());
    if (!file) throw refuse('the path is empty');
    if (!subject) throw refuse('the subject is empty');
    const label = own(LABEL_WORDS, labelWord);
    if (label === undefined) {
      throw refuse(`the label "${labelWord ?? ''}" is none of ${Object.keys(LABEL_WORDS).join(', ')}`);
    }
    const place = path.resolve(folder, file);
    if (isOutside(path.relative(folder, place))) throw refuse(`${file} lies outside of the folder`);
    if (seen.has(place)) {
      throw refuse(`${file} is listed already: as two samples it would be learnt from and tested on`);
    }
    seen.add(place);
    const word = row[taskColumn]?.trim() ?? '';
    const named = taskOfName(word);
    if (named === null && word !== '') throw refuse(`the task "${word}" is none of ${TASK_NAMES.join(', ')}`);
    const input = labelled(place, path.join(typed, file), label, subject, named ?? task);
    if (splitColumn < 0) return input;
    const part = own(SPLIT_WORDS, row[splitColumn]?.trim());
    if (part === undefined) {
      throw refuse(`the split "${row[splitColumn] ?? ''}" is none of ${SPLIT_PARTS.join(', ')}`);
    }
    return { ...input, part };
  });
  return { inputs, unusable: [], warnings: [], namesPeople: true };
}

/** Only what stands in the table itself: `constructor` is no label. */
function own<T>(table: Readonly<Record<string, T>>, word: string | undefined): T | undefined {
  return word !== undefined && Object.hasOwn(table, word) ? table[word] : undefined;
}

function isOutside(relative: string): boolean {
  return relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

function labelled(
  file: string,
  shown: string,
  label: Label,
  subject: string,
  task: Task | null,
): LabelledFile {
  const input = { kind: 'path', path: file, name: shown } as const;
  return { input, shown, page: 1, task, tremorLike: label === 'tremor-like', subject };
}

/** RFC 4180 with either line end; empty lines are left out. `line` is where a row ends, from 1. */
function readRows(
  text: string,
  name: string,
): { readonly cells: readonly string[]; readonly line: number }[] {
  let whole = 0;
  try {
    const rows = parse(text, {
      ...CSV_OPTIONS,
      info: true,
      on_record: (row, { lines }) => {
        whole = lines;
        return row;
      },
    }) as unknown as CsvRow[];
    return rows.map(({ record, info }) => ({ cells: record, line: info.lines }));
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    // What the package says of a quote that is not closed names the last line of the file.
    const reason =
      fault.code === 'CSV_QUOTE_NOT_CLOSED'
        ? `a quote that is opened after line ${whole} is never closed`
        : fault.message;
    throw new UserError(
      'damaged',
      `${name} is not a table: ${reason}. Mend it, or save it again as CSV.`,
      name,
    );
  }
}

/** With `info` a row comes with its place, which the package's types do not say. */
interface CsvRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}
