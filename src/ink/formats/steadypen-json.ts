/** Our own recording format: the Recording itself as JSON, schemaVersion 1. */
import { UserError } from '../../base/errors.ts';
import { TASK_NAMES, taskOfName } from '../../base/task-words.ts';
import type { Task } from '../../base/words.ts';
import { POINTER_KINDS, type RawSample, type RawStroke, type Recording } from '../recording.ts';
import { checkCounts, placeFault, refuseWithoutStrokes } from './limits.ts';

/** Marks the file; readers of other programs see at once what it is. */
const FORMAT = 'steadypen-recording';

/** One line of JSON with everything the recording holds; `readSteadypenJson` gives it back unchanged. */
export function writeSteadypenJson(recording: Recording): string {
  const { schemaVersion, task, unit, mmPerUnit, pointer, strokes } = recording;
  return `${JSON.stringify({ format: FORMAT, schemaVersion, task, unit, mmPerUnit, pointer, strokes })}\n`;
}

/**
 * Reads our own format, checking every value.
 *
 * @param name File name for messages.
 * @throws UserError `damaged` naming the file and the line or field; `no-strokes`; `too-large`;
 *   `unsupported-format` for JSON of another kind or a later version.
 */
export function readSteadypenJson(text: string, name: string): Recording {
  const file = asObject(parseJson(text, name), 'the file', name);
  if (file['format'] !== undefined && file['format'] !== FORMAT) {
    throw new UserError(
      'unsupported-format',
      `${name} is JSON, but not a Steadypen recording (format is ${show(file['format'])}).`,
      name,
    );
  }
  if (file['strokes'] === undefined) {
    throw new UserError(
      'unsupported-format',
      `${name} is JSON, but not a Steadypen recording: it has no "strokes".`,
      name,
    );
  }
  if (file['schemaVersion'] !== 1) {
    throw new UserError(
      'unsupported-format',
      `${name}: schemaVersion is ${show(file['schemaVersion'])}; this version reads 1. Update Steadypen to open later files.`,
      name,
    );
  }
  const unit = oneOf(file['unit'], ['mm', 'px'] as const, 'unit', name);
  const mmPerUnit = numberOrNull(file['mmPerUnit'], 'mmPerUnit', name);
  if (mmPerUnit !== null && mmPerUnit <= 0) {
    throw damaged(name, 'mmPerUnit', 'a number above 0 or null', mmPerUnit);
  }
  const rawStrokes = asArray(file['strokes'], 'strokes', name);
  const lists = rawStrokes.map((stroke, i) => {
    const field = `strokes[${i}]`;
    return asArray(asObject(stroke, field, name)['samples'], `${field}.samples`, name);
  });
  checkCounts(
    lists.map((list) => list.length),
    name,
  );
  const size = unit === 'mm' ? 1 : mmPerUnit;
  const strokes = lists
    .map((list, i): RawStroke => ({
      samples: list.map((sample, j) => readSample(sample, size, `strokes[${i}].samples[${j}]`, name)),
    }))
    .filter((stroke) => stroke.samples.length > 0);
  if (strokes.length === 0) refuseWithoutStrokes(name);
  return {
    schemaVersion: 1,
    task: readTask(file['task'], name),
    unit,
    mmPerUnit: size,
    pointer:
      file['pointer'] === undefined ? 'unknown' : oneOf(file['pointer'], POINTER_KINDS, 'pointer', name),
    strokes,
  };
}

/** null where the file does not say: recordings taken over from other formats need not. */
function readTask(value: unknown, name: string): Task | null {
  if (value === undefined || value === null) return null;
  const task = typeof value === 'string' ? taskOfName(value) : null;
  if (task === null) throw damaged(name, 'task', `one of ${TASK_NAMES.join(', ')}`, value);
  return task;
}

function readSample(value: unknown, mmPerUnit: number | null, field: string, name: string): RawSample {
  const sample = asObject(value, field, name);
  const pressure = numberOrNull(sample['pressure'], `${field}.pressure`, name);
  if (pressure !== null && (pressure < 0 || pressure > 1)) {
    throw damaged(name, `${field}.pressure`, '0 to 1 or null', pressure);
  }
  return {
    timeMs: finiteNumber(sample['timeMs'], `${field}.timeMs`, name),
    x: place(sample['x'], mmPerUnit, `${field}.x`, name),
    y: place(sample['y'], mmPerUnit, `${field}.y`, name),
    pressure,
    tiltXDeg: tilt(sample['tiltXDeg'], `${field}.tiltXDeg`, name),
    tiltYDeg: tilt(sample['tiltYDeg'], `${field}.tiltYDeg`, name),
  };
}

function place(value: unknown, mmPerUnit: number | null, field: string, name: string): number {
  const coordinate = finiteNumber(value, field, name);
  const fault = placeFault(coordinate, mmPerUnit);
  if (fault !== null) throw damaged(name, field, fault, coordinate);
  return coordinate;
}

function tilt(value: unknown, field: string, name: string): number | null {
  const degrees = numberOrNull(value, field, name);
  if (degrees !== null && Math.abs(degrees) > 90) throw damaged(name, field, '−90 to 90 or null', degrees);
  return degrees;
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /position (\d+)/.exec(reason)?.[1];
    // Without a position the text ended too soon: the fault is at its end.
    const before = position === undefined ? text.trimEnd() : text.slice(0, Number(position));
    const line = before.split('\n').length;
    throw new UserError(
      'damaged',
      `${name} is not readable JSON: something is wrong in line ${line}. The file may be cut off; export it again.`,
      name,
      { cause: error },
    );
  }
}

function damaged(name: string, field: string, wanted: string, got: unknown): UserError {
  return new UserError(
    'damaged',
    `${name}: ${field} must be ${wanted}, but it is ${show(got)}. Correct the file or export it again.`,
    name,
  );
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  // JSON knows no number as large as 1e999.
  if (typeof value === 'number' && !Number.isFinite(value)) return 'too large a number';
  const text = JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

function asObject(value: unknown, field: string, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw damaged(name, field, 'an object', value);
  }
  return Object.fromEntries(Object.entries(value));
}

function asArray(value: unknown, field: string, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw damaged(name, field, 'a list', value);
  return value;
}

function finiteNumber(value: unknown, field: string, name: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw damaged(name, field, 'a number', value);
  return value;
}

function numberOrNull(value: unknown, field: string, name: string): number | null {
  return value === null || value === undefined ? null : finiteNumber(value, field, name);
}

function oneOf<T extends string>(value: unknown, options: readonly T[], field: string, name: string): T {
  const found = options.find((option) => option === value);
  if (found === undefined) throw damaged(name, field, `one of ${options.join(', ')}`, value);
  return found;
}
