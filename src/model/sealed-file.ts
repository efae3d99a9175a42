/**
 * The outer form of our binary files: self-describing, versioned, checksummed. All numbers little-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 8 | magic word |
 * | 4 | format version |
 * | 4 | length of the header |
 * | 4 | length of the payload |
 * | 4 | CRC-32 of the two lengths, the version, the header and the payload |
 * | header | JSON, UTF-8 |
 * | payload | what the header describes |
 */
import type * as z from 'zod';
import { crc32 } from './crc32.ts';

const PREFIX = 24;

export interface SealedForm {
  /** Eight ASCII letters. */
  readonly magic: string;
  /** The newest that is known. */
  readonly version: number;
  /** Bounds what a foreign file can make us allocate. */
  readonly maxBytes: number;
}

/** @param parts Of the payload, one after the other. */
export function sealFile(form: SealedForm, header: object, parts: readonly Uint8Array[]): Uint8Array {
  const text = new TextEncoder();
  const described = text.encode(JSON.stringify(header));
  const payloadLength = parts.reduce((sum, { length }) => sum + length, 0);
  const file = new Uint8Array(PREFIX + described.length + payloadLength);
  file.set(text.encode(form.magic));
  file.set(described, PREFIX);
  let at = PREFIX + described.length;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  const view = new DataView(file.buffer);
  view.setUint32(8, form.version, true);
  view.setUint32(12, described.length, true);
  view.setUint32(16, payloadLength, true);
  view.setUint32(20, checksumOf(file), true);
  return file;
}

/** A file that is not what it should be. */
export class SealFault extends Error {
  /** `foreign` is no file of this form at all; `newer` is one of a later version. */
  readonly kind: 'foreign' | 'newer' | 'damaged';

  /** @param message Goes on after the file's name, e.g. `its length cannot be right`. */
  constructor(kind: SealFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SealFault';
    this.kind = kind;
  }
}

/**
 * @param schema Of the header.
 * @returns The payload shares memory with `bytes`.
 * @throws SealFault for anything but a whole file of a known version.
 */
export function openSealed<Header>(
  form: SealedForm,
  schema: z.ZodType<Header>,
  bytes: Uint8Array,
): { readonly header: Header; readonly payload: Uint8Array } {
  const magic = String.fromCharCode(...bytes.subarray(0, form.magic.length));
  if (magic !== form.magic) throw new SealFault('foreign', 'is of another kind');
  if (bytes.length < PREFIX || bytes.length > form.maxBytes) {
    throw new SealFault('damaged', 'its length cannot be right');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  const headerLength = view.getUint32(12, true);
  const wanted = PREFIX + headerLength + view.getUint32(16, true);
  const whole = bytes.length === wanted;
  const intact = whole && view.getUint32(20, true) === checksumOf(bytes);
  if (version > form.version && (intact || !whole)) {
    throw new SealFault('newer', `has the format ${version}, newer than this app knows (${form.version})`);
  }
  if (!whole) throw new SealFault('damaged', `it should have ${wanted} bytes but has ${bytes.length}`);
  if (!intact || version < 1 || version > form.version) {
    throw new SealFault('damaged', 'its checksum does not match its content');
  }
  const header = readHeader(schema, bytes.subarray(PREFIX, PREFIX + headerLength));
  return { header, payload: bytes.subarray(PREFIX + headerLength) };
}

function readHeader<Header>(schema: z.ZodType<Header>, bytes: Uint8Array): Header {
  const refuse = (what: string, cause: unknown): SealFault =>
    new SealFault('damaged', `its header cannot be read (${what})`, { cause });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error), error);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuse(`${issue?.path.join('.') ?? 'header'}: ${issue?.message ?? 'not as expected'}`, parsed.error);
}

/** Everything but the magic word and the checksum itself. */
function checksumOf(file: Uint8Array): number {
  const covered = new Uint8Array(file.length - 12);
  covered.set(file.subarray(8, 20));
  covered.set(file.subarray(PREFIX), 12);
  return crc32(covered);
}
