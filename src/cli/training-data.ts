/** Labelled files of a user, from class folders or a manifest, as the screener wants them. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../base/errors.ts';
import { TASKS, type Label, type Task } from '../base/words.ts';
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

export interface LabelledFiles {
  readonly inputs: readonly LabelledInput[];
  readonly warnings: readonly string[];
}

/**
 * @param folder Absolute. Holds `manifest.csv` (path,label,subject and, if wanted, task), or one folder per class.
 * @param name As typed, for messages.
 * @param task What was drawn, where a manifest does not say.
 * @throws UserError `not-found`, `no-inputs` or `damaged` that names the folder or the line.
 */
export async function readLabelledFiles(folder: string, name: string, task: Task): Promise<LabelledFiles> {
  const info = await stat(folder).catch(() => null);
  if (!info?.isDirectory()) {
    throw new UserError('not-found', `--data: there is no folder ${name}. Check the path.`, name);
  }
  const manifest = await readFile(path.join(folder, 'manifest.csv'), 'utf8').catch(() => null);
  const files =
    manifest === null
      ? await readClassFolders(folder, task)
      : readManifest(manifest, folder, path.join(name, 'manifest.csv'), task);
  if (files.inputs.length > 0) return files;
  throw new UserError(
    'no-inputs',
    `--data: ${name} holds no labelled files. It needs a manifest.csv, or folders named ${Object.keys(LABEL_WORDS).join(', ')}.`,
    name,
  );
}

async function readClassFolders(folder: string, task: Task): Promise<LabelledFiles> {
  const inputs: LabelledInput[] = [];
  for (const [word, label] of Object.entries(LABEL_WORDS)) {
    const classFolder = path.join(folder, word);
    if (!(await stat(classFolder).catch(() => null))) continue;
    for await (const found of findInputs([classFolder], folder)) {
      if (found.error !== undefined) continue;
      inputs.push(labelled(found.path, label, `file:${path.relative(folder, found.path)}`, task));
    }
  }
  return {
    inputs,
    warnings: [
      'Class folders name no people, so that every file counts as a person of its own and figures may be too good. A manifest.csv with a subject column is safer.',
    ],
  };
}

/** @param name Of the manifest, for messages. */
export function readManifest(text: string, folder: string, name: string, task: Task): LabelledFiles {
  const [header, ...rows] = parseCsv(text);
  const column = (wanted: string) => header?.indexOf(wanted) ?? -1;
  const [pathColumn, labelColumn, subjectColumn] = [column('path'), column('label'), column('subject')];
  if (pathColumn < 0 || labelColumn < 0 || subjectColumn < 0) {
    throw new UserError(
      'damaged',
      `${name} needs the columns path, label and subject in its first line.`,
      name,
    );
  }
  const taskColumn = column('task');
  const inputs = rows.map((row, index) => {
    const refuse = (what: string) => new UserError('damaged', `${name}, line ${index + 2}: ${what}.`, name);
    const [file, word, subject] = [row[pathColumn], row[labelColumn], row[subjectColumn]];
    if (!file) throw refuse('the path is empty');
    if (!subject) throw refuse('the subject is empty');
    const label = LABEL_WORDS[word ?? ''];
    if (label === undefined) {
      throw refuse(`the label "${word ?? ''}" is none of ${Object.keys(LABEL_WORDS).join(', ')}`);
    }
    const place = path.resolve(folder, file);
    if (path.relative(folder, place).startsWith('..')) throw refuse(`${file} lies outside of the folder`);
    const drawn = TASKS.find((known) => known === row[taskColumn]) ?? task;
    return labelled(place, label, subject, drawn);
  });
  return { inputs, warnings: [] };
}

function labelled(file: string, label: Label, subject: string, task: Task): LabelledInput {
  return { input: { kind: 'path', path: file }, page: 1, task, tremorLike: label === 'tremor-like', subject };
}

/** RFC 4180: commas, quotes doubled inside quotes, either line end; empty lines are left out. */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = () => {
    row.push(field);
    if (row.length > 1 || field !== '') rows.push(row);
    row = [];
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(field);
      field = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r' && character !== '\uFEFF') field += character;
  }
  endRow();
  return rows;
}
