import { UserError } from '../../base/errors.ts';

/** What one recording may hold; an hour of a 200 Hz tablet is 720,000 samples. */
export const MOST_BYTES = 128 * 1024 * 1024;
export const MOST_STROKES = 20_000;
export const MOST_SAMPLES_IN_STROKE = 200_000;
export const MOST_SAMPLES = 1_000_000;

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
