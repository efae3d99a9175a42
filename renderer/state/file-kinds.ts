import type { ReadableEnding } from '../api/types.ts';

export type FileKind = 'scan' | 'recording' | 'pdf' | 'unknown';

/** The type is the host's own list, so that the two cannot differ. */
const READABLE: Readonly<Record<ReadableEnding, FileKind>> = {
  png: 'scan',
  jpg: 'scan',
  jpeg: 'scan',
  tif: 'scan',
  tiff: 'scan',
  webp: 'scan',
  bmp: 'scan',
  gif: 'scan',
  csv: 'recording',
  tsv: 'recording',
  json: 'recording',
};

/** With those whose files are refused, which are shown as what they are all the same. */
const KIND_OF_ENDING: Readonly<Record<string, FileKind>> = {
  ...READABLE,
  pdf: 'pdf',
  inkml: 'recording',
  svc: 'recording',
  unp: 'recording',
  txt: 'recording',
};

/** What a file field offers; anything else that is dropped is told why not. */
export const ACCEPTED = Object.keys(READABLE)
  .map((ending) => `.${ending}`)
  .join(',');

/** Guess from the name alone, for the time before the file is read. */
export function kindOfFile(name: string): FileKind {
  return KIND_OF_ENDING[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'unknown';
}
