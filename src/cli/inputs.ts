/** Files, folders and patterns given on the command line, as the single files that they mean, in that order. */
import { glob, open, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorInfo } from '../base/errors.ts';

/** What is taken from a folder; a file that is named itself is tried whatever it is called. */
const IMAGES: ReadonlySet<string> = new Set(['.png', '.jpg', '.jpeg', '.tif', '.tiff', '.webp', '.bmp']);
/** Bytes in which a recording names its strokes: only short fields stand before them. */
const RECORDING_HEAD = 4096;

export type FoundInput =
  | { readonly path: string; readonly error?: undefined }
  | { readonly path: string; readonly error: ErrorInfo };

/**
 * @param places As typed; relative ones are seen from `cwd`, and what is answered starts with them.
 * @returns In the order of `places`; folders are walked in depth, sorted by path. What cannot be used comes with an error.
 */
export async function* findInputs(places: readonly string[], cwd: string): AsyncGenerator<FoundInput> {
  for (const place of places) {
    const full = path.resolve(cwd, place);
    const info = await stat(full).catch((fault: unknown) => fault);
    if (info instanceof Error || !isStats(info)) {
      yield* findByPattern(place, cwd, info);
    } else if (info.isDirectory()) {
      yield* findInFolder(place, full);
    } else {
      yield { path: place };
    }
  }
}

function isStats(value: unknown): value is Awaited<ReturnType<typeof stat>> {
  return typeof value === 'object' && value !== null && 'isDirectory' in value;
}

async function* findInFolder(place: string, full: string): AsyncGenerator<FoundInput> {
  let files: readonly string[];
  try {
    files = await listFiles(full, '');
  } catch (fault) {
    yield { path: place, error: explain(place, fault) };
    return;
  }
  if (files.length === 0) {
    const message = `The folder ${place} holds no images or recordings. Name a folder with PNG, JPEG, TIFF, WebP, BMP or recording (.json) files.`;
    yield { path: place, error: { code: 'no-inputs', message, subject: place } };
  }
  for (const file of files) yield { path: path.join(place, file) };
}

async function listFiles(folder: string, under: string): Promise<readonly string[]> {
  const entries = await readdir(path.join(folder, under), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    const file = path.join(under, entry.name);
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) found.push(...(await listFiles(folder, file)));
    else if (await isWanted(path.join(folder, file))) found.push(file);
  }
  return found.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** By its ending; of JSON files only those that begin like a recording, since lists and settings lie in folders too. */
async function isWanted(file: string): Promise<boolean> {
  const extension = path.extname(file).toLowerCase();
  if (extension !== '.json') return IMAGES.has(extension);
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(RECORDING_HEAD), 0, RECORDING_HEAD, 0);
    return buffer.toString('utf8', 0, bytesRead).includes('"strokes"');
  } finally {
    await handle.close();
  }
}

async function* findByPattern(place: string, cwd: string, fault: unknown): AsyncGenerator<FoundInput> {
  if (!/[*?[{]/.test(place)) {
    yield { path: place, error: explain(place, fault) };
    return;
  }
  const files: string[] = [];
  for await (const file of glob(place, { cwd })) files.push(file);
  files.sort();
  if (files.length === 0) {
    const message = `No file matches the pattern ${place}. Check the folder and the ending.`;
    yield { path: place, error: { code: 'no-inputs', message, subject: place } };
  }
  for (const file of files) {
    const info = await stat(path.resolve(cwd, file));
    if (!info.isDirectory()) yield { path: file };
  }
}

function explain(place: string, fault: unknown): ErrorInfo {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return {
      code: 'not-found',
      message: `There is no file or folder ${place}. Check the path.`,
      subject: place,
    };
  }
  const reason = fault instanceof Error ? fault.message : String(fault);
  return {
    code: 'no-access',
    message: `${place} cannot be read (${reason}). Check its permissions.`,
    subject: place,
  };
}
