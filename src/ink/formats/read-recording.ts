import { UserError } from '../../base/errors.ts';
import type { Recording } from '../recording.ts';
import { looksLikeHeader } from './delimited-header.ts';
import { readDelimited } from './delimited.ts';
import { checkSize, decodeText } from './limits.ts';
import { readSteadypenJson } from './steadypen-json.ts';

const JSON_NAME = /\.json$/i;
const DELIMITED_NAME = /\.(csv|tsv)$/i;
/** Recordings of other programs: recognised, so that the message can say what to do. */
const OTHER_NAME = /\.(inkml|svc|unp|unipen|dat|xml|jsonl)$/i;

/** File name endings that belong to recordings, readable or not; everything else is tried as an image. */
export function isRecordingName(name: string): boolean {
  return JSON_NAME.test(name) || DELIMITED_NAME.test(name) || OTHER_NAME.test(name);
}

/**
 * Whether a file of a folder is a recording that can be read: lists, settings and tables lie beside recordings, with the same endings.
 * @param head The first characters of the file; 4,096 hold what tells.
 */
export function beginsLikeRecording(head: string, name: string): boolean {
  if (JSON_NAME.test(name)) return head.includes('"strokes"');
  const header = headerOf(head);
  return DELIMITED_NAME.test(name) && header !== undefined && looksLikeHeader(header);
}

/** The first line that says something. */
function headerOf(start: string): string | undefined {
  return start.split(/\r\n|\r|\n/).find((line) => line.trim() !== '' && !line.startsWith('#'));
}

/**
 * Reads a recording, by content first and name second.
 *
 * @param bytes The whole file.
 * @param name File name, for messages.
 * @throws UserError `empty-file`, `too-large`, `damaged`, `no-strokes` or `unsupported-format`, naming the file.
 */
export function readRecording(bytes: Uint8Array, name: string): Recording {
  checkSize(bytes, name);
  if (bytes.subarray(0, 4096).includes(0)) throw unsupported(name);
  if (OTHER_NAME.test(name)) throw unsupported(name);
  const text = decodeText(bytes, name);
  const start = text.slice(0, 4096).trimStart();
  if (start.startsWith('{') || start.startsWith('[') || JSON_NAME.test(name)) {
    return readSteadypenJson(text, name);
  }
  const header = headerOf(start);
  if (DELIMITED_NAME.test(name) || (header !== undefined && looksLikeHeader(header))) {
    return readDelimited(text, name);
  }
  throw unsupported(name);
}

function unsupported(name: string): UserError {
  return new UserError(
    'unsupported-format',
    `${name} is not a recording that can be read. Readable are Steadypen's own .json, and .csv or .tsv with a first line that names the columns, for example t_ms,x_mm,y_mm,pressure.`,
    name,
  );
}
