import { UserError } from '../../base/errors.ts';

/** What one recording may hold; an hour of a 200 Hz tablet is 720,000 samples. */
export const MOST_BYTES = 128 * 1024 * 1024;
export const MOST_STROKES = 20_000;
export const MOST_SAMPLES_IN_STROKE = 200_000;
export const MOST_SAMPLES = 1_000_000;

/** How far a pen can be from the origin: 10 m; where the size is unknown, a million of the device's units. */
const MOST_MM = 10_000;
const MOST_UNITS = 1_000_000;

/**
 * What a coordinate must be, to go on after "must be"; null where a pen can be there.
 *
 * @param mmPerUnit Millimetres per unit of the value; null where the size is unknown.
 */
export function placeFault(value: number, mmPerUnit: number | null): string | null {
  if (mmPerUnit !== null && !(Math.abs(value * mmPerUnit) <= MOST_MM)) {
    return `at most ${MOST_MM / 1000} m from 0`;
  }
  return Math.abs(value) <= MOST_UNITS ? null : 'at most 1,000,000 units from 0';
}

/** Refuses a file before it is decoded. @throws UserError `empty-file` or `too-large`. */
export function checkSize(bytes: Uint8Array, name: string): void {
  if (bytes.length === 0) {
    throw new UserError(
      'empty-file',
      `${name} is empty. Export the recording again from the program that made it.`,
      name,
    );
  }
  if (bytes.length > MOST_BYTES) {
    throw new UserError(
      'too-large',
      `${name} is ${Math.round(bytes.length / 1048576)} MB; a recording may be at most ${MOST_BYTES / 1048576} MB. Split it.`,
      name,
    );
  }
}

/** Refuses more strokes or samples than allowed. @throws UserError `too-large`. */
export function checkCounts(counts: readonly number[], name: string): void {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const longest = counts.reduce((most, count) => Math.max(most, count), 0);
  const fault =
    counts.length > MOST_STROKES
      ? `${counts.length} strokes; at most ${MOST_STROKES} are read`
      : longest > MOST_SAMPLES_IN_STROKE
        ? `a stroke of ${longest} samples; at most ${MOST_SAMPLES_IN_STROKE} are read`
        : total > MOST_SAMPLES
          ? `${total} samples; at most ${MOST_SAMPLES} are read`
          : null;
  if (fault !== null) throw new UserError('too-large', `${name} holds ${fault}. Split the recording.`, name);
}

/** @throws UserError `no-strokes`. */
export function refuseWithoutStrokes(name: string): never {
  throw new UserError(
    'no-strokes',
    `${name} holds no strokes: the pen never touched down. Record the drawing again.`,
    name,
  );
}

/** Text of a file; a byte order mark is dropped. @throws UserError `damaged` when it is not UTF-8. */
export function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new UserError(
      'damaged',
      `${name} is not UTF-8 text, so it cannot be a recording in JSON or CSV. Check that it is the right file.`,
      name,
      { cause: error },
    );
  }
}
