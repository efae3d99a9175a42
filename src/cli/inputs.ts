/** Files, folders and patterns given on the command line, as the single files that they mean, in that order. */
import fs, { lstat, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorInfo } from '../base/errors.ts';
import { isPictureName } from '../imaging/picture-format.ts';
import { beginsLikeRecording, isRecordingName } from '../ink/formats/read-recording.ts';

/** Bytes in which a recording names its strokes or columns: only short fields and comments stand before them. */
const RECORDING_HEAD = 4096;

export type FoundInput =
  | { readonly path: string; readonly error?: undefined }
  | { readonly path: string; readonly error: ErrorInfo };

/**
 * @param places As typed; relative ones are seen from `cwd`, and what is answered starts with them.
 * @returns In the order of `places`; folders are walked in depth, sorted by path. What cannot be used, be it one entry
 *   of a folder, comes with an error and stops nothing.
 */
export async function* findInputs(places: readonly string[], cwd: string): AsyncGenerator<FoundInput> {
  for (const place of places) {
    const full = path.resolve(cwd, place);
    const seen = await lookAt(place, full);
    if (seen === 'folder') yield* findInFolder(place, full);
    else if (seen === 'file') yield { path: place };
    else if (/[*?[{]/.test(place)) yield* findByPattern(place, cwd);
    else yield { path: place, error: seen };
  }
}

/** Never opens anything: to open a pipe would wait for its writer. */
async function lookAt(place: string, full: string): Promise<'file' | 'folder' | ErrorInfo> {
  try {
    const info = await stat(full);
    if (info.isDirectory()) return 'folder';
    return info.isFile() ? 'file' : notAFile(place);
  } catch (fault) {
    const info = await lstat(full).catch(() => null);
    return info?.isSymbolicLink() && codeOf(fault) === 'ENOENT' ? deadLink(place) : explain(place, fault);
  }
}

async function* findInFolder(place: string, full: string): AsyncGenerator<FoundInput> {
  const found = (await listFiles(full, place)).sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0,
  );
  if (found.length === 0) {
    const message = `The folder ${place} holds no images or recordings. Name a folder with PNG, JPEG, TIFF, WebP, BMP or GIF files, or with recordings: Steadypen's .json, or .csv and .tsv whose first line names the columns.`;
    yield { path: place, error: { code: 'no-inputs', message, subject: place } };
  }
  yield* found;
}

async function listFiles(full: string, place: string): Promise<FoundInput[]> {
  const found: FoundInput[] = [];
  try {
    for (const entry of await readdir(full, { withFileTypes: true })) {
      const [file, shown] = [path.join(full, entry.name), path.join(place, entry.name)];
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) found.push(...(await listFiles(file, shown)));
      else found.push(...(await judgeEntry(file, shown)));
    }
  } catch (fault) {
    found.push({ path: place, error: explain(place, fault) });
  }
  return found;
}

/** One input, or none where the file is of another kind. A file that is named itself is tried whatever it is called. */
async function judgeEntry(file: string, shown: string): Promise<readonly FoundInput[]> {
  const isPicture = isPictureName(file);
  if (!isPicture && !isRecordingName(file)) return [];
  const seen = await lookAt(shown, file);
  if (seen === 'folder') return []; // Behind a link: it may lead back here.
  if (seen !== 'file') return [{ path: shown, error: seen }];
  try {
    return isPicture || beginsLikeRecording(await headOf(file), file) ? [{ path: shown }] : [];
  } catch (fault) {
    return [{ path: shown, error: explain(shown, fault) }];
  }
}

async function headOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(RECORDING_HEAD), 0, RECORDING_HEAD, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead)); // Without the mark that spreadsheets put first.
  } finally {
    await handle.close();
  }
}

async function* findByPattern(place: string, cwd: string): AsyncGenerator<FoundInput> {
  const files: string[] = [];
  for await (const file of fs.glob(place, { cwd })) files.push(file);
  files.sort();
  if (files.length === 0) {
    const message = `No file matches the pattern ${place}. Check the folder and the ending.`;
    yield { path: place, error: { code: 'no-inputs', message, subject: place } };
  }
  for (const file of files) {
    const seen = await lookAt(file, path.resolve(cwd, file));
    if (seen === 'file') yield { path: file };
    else if (seen !== 'folder') yield { path: file, error: seen };
  }
}

function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : undefined;
}

function explain(place: string, fault: unknown): ErrorInfo {
  const code = codeOf(fault);
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    const message = `There is no file or folder ${place}. Check the path.`;
    return { code: 'not-found', message, subject: place };
  }
  const reason = fault instanceof Error ? fault.message : String(fault);
  const message = `${place} cannot be read (${reason}). Check its permissions.`;
  return { code: 'no-access', message, subject: place };
}

function deadLink(place: string): ErrorInfo {
  const message = `${place} is a link to a file that is not there. Bring the file back or remove the link.`;
  return { code: 'not-found', message, subject: place };
}

function notAFile(place: string): ErrorInfo {
  const message = `${place} is a pipe or a device, not a file. Save what it gives to a file and name that.`;
  return { code: 'unsupported-format', message, subject: place };
}
