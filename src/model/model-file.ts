/**
 * The model file, extension `.spm`: self-describing, versioned, checksummed, sparse. All numbers little-endian.
 *
 * | bytes | what |
 * |---|---|
 * | 8 | `STEADYPN` |
 * | 4 | format version, 1 |
 * | 4 | length of the header |
 * | 4 | length of the payload |
 * | 4 | CRC-32 of the two lengths, the version, the header and the payload |
 * | header | JSON, UTF-8: architecture, preprocessing, calibration, card, list of tensors |
 * | payload | the tensors one after the other (src/model/tensor-codec.ts) |
 */
import { UserError } from '../base/errors.ts';
import { crc32 } from './crc32.ts';
import type { ModelBundle, Weights } from './model-bundle.ts';
import { cardOfHeader, modelHeader } from './model-schema.ts';
import { flatOf } from './parameters.ts';
import { decodeTensor, encodeTensor } from './tensor-codec.ts';

const MAGIC = 'STEADYPN';
const VERSION = 1;
const PREFIX = 24;
/** Larger files are not ours: the reference model takes some 40 KB. Bounds what a foreign file can make us allocate. */
export const LARGEST_MODEL_FILE = 16 * 1024 * 1024;

/** Bytes of all weights as plain float32, and as this file stores them. */
export function weightBytes(weights: Weights): { denseBytes: number; sparseBytes: number } {
  let denseBytes = 0;
  let sparseBytes = 0;
  for (const { values } of Object.values(weights)) {
    denseBytes += 4 * values.length;
    sparseBytes += encodeTensor(values).bytes.length;
  }
  return { denseBytes, sparseBytes };
}

/** @throws RangeError when a weight is not finite: such a model must not be saved. */
export function encodeModel(bundle: ModelBundle): Uint8Array {
  const { weights, ...described } = bundle;
  const coded = Object.entries(weights).map(([name, { shape, values }]) => {
    if (!values.every(Number.isFinite))
      throw new RangeError(`encodeModel: ${name} holds a value that is not finite`);
    return { name, shape, ...encodeTensor(values) };
  });
  const tensors = coded.map(({ name, shape, coding, bytes }) => ({
    name,
    shape,
    coding,
    bytes: bytes.length,
  }));
  const header = new TextEncoder().encode(JSON.stringify({ ...described, tensors }));
  const payloadLength = coded.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const file = new Uint8Array(PREFIX + header.length + payloadLength);
  file.set(new TextEncoder().encode(MAGIC));
  file.set(header, PREFIX);
  let at = PREFIX + header.length;
  for (const { bytes } of coded) {
    file.set(bytes, at);
    at += bytes.length;
  }
  const view = new DataView(file.buffer);
  view.setUint32(8, VERSION, true);
  view.setUint32(12, header.length, true);
  view.setUint32(16, payloadLength, true);
  view.setUint32(20, checksumOf(file), true);
  return file;
}

/**
 * @param name The file's name, for messages.
 * @throws UserError `bad-model` that names the file, what is wrong and what to do.
 */
export function decodeModel(bytes: Uint8Array, name: string): ModelBundle {
  const refuse = (what: string, remedy: string, cause?: unknown): UserError =>
    new UserError('bad-model', `${name} ${what}. ${remedy}`, name, cause === undefined ? {} : { cause });
  const damaged = (what: string, cause?: unknown): UserError =>
    refuse(`is damaged: ${what}`, 'Export or copy it again from where it came.', cause);

  const magic = String.fromCharCode(...bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) {
    throw refuse(
      'is not a Steadypen model',
      'Choose a file that Steadypen exported (its name ends in .spm).',
    );
  }
  if (bytes.length < PREFIX || bytes.length > LARGEST_MODEL_FILE) throw damaged('its length cannot be right');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  const headerLength = view.getUint32(12, true);
  const payloadLength = view.getUint32(16, true);
  const whole = bytes.length === PREFIX + headerLength + payloadLength;
  const intact = whole && view.getUint32(20, true) === checksumOf(bytes);
  if (version > VERSION && (intact || !whole)) {
    throw refuse(`has the format ${version}, newer than this app knows (${VERSION})`, 'Update Steadypen.');
  }
  if (!whole)
    throw damaged(`it should have ${PREFIX + headerLength + payloadLength} bytes but has ${bytes.length}`);
  if (!intact || version !== VERSION) throw damaged('its checksum does not match its content');

  const header = readHeader(bytes.subarray(PREFIX, PREFIX + headerLength));
  if (header instanceof Error) throw damaged(`its header cannot be read (${header.message})`, header);
  const weights: Record<string, Weights[string]> = {};
  let at = PREFIX + headerLength;
  for (const tensor of header.tensors) {
    const length = tensor.shape.reduce((product, side) => product * side, 1);
    try {
      const values = decodeTensor(tensor.coding, bytes.subarray(at, at + tensor.bytes), length);
      if (!values.every(Number.isFinite)) throw new RangeError('holds a value that is not a finite number');
      weights[tensor.name] = { shape: tensor.shape, values };
    } catch (error) {
      throw damaged(
        `its tensor ${tensor.name}: ${error instanceof Error ? error.message : 'unreadable'}`,
        error,
      );
    }
    at += tensor.bytes;
  }
  if (at !== bytes.length) throw damaged('its tensors do not fill it');
  try {
    flatOf(header.architecture, weights);
  } catch (error) {
    throw refuse('does not fit its own network', error instanceof Error ? error.message : '', error);
  }
  const { schemaVersion, architecture, preprocessing, calibration } = header;
  return { schemaVersion, architecture, weights, preprocessing, calibration, card: cardOfHeader(header) };
}

/** Everything but the magic and the checksum itself. */
function checksumOf(file: Uint8Array): number {
  const covered = new Uint8Array(file.length - 12);
  covered.set(file.subarray(8, 20));
  covered.set(file.subarray(PREFIX), 12);
  return crc32(covered);
}

function readHeader(bytes: Uint8Array): ReturnType<typeof modelHeader.parse> | Error {
  try {
    const parsed = modelHeader.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    return new RangeError(`${issue?.path.join('.') ?? 'header'}: ${issue?.message ?? 'not as expected'}`);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
