/** CSV and TSV with a header that names columns and units: t_ms or t_s, x_mm or x_px, … ; bare t, x, y are ms and px. */
import { UserError } from '../../base/errors.ts';
import type { RawSample, RawStroke, Recording } from '../recording.ts';
import {
  readHeader,
  splitRow,
  taskOfComments,
  type Comment,
  type DelimitedHeader,
  type Quantity,
} from './delimited-header.ts';
import { checkCounts, placeFault, refuseWithoutStrokes } from './limits.ts';

/**
 * Reads a delimited recording. Lines that begin with # are comments; `# task=wave` names the task, and nothing
 * else does. A new stroke begins
 * where the column `stroke` changes; rows with `pen_down` 0, or pressure 0 when others have some, are in the air.
 * Times are moved so that the first sample is at 0.
 *
 * @throws UserError `damaged` naming file, line and column; `no-strokes`; `too-large`.
 */
export function readDelimited(text: string, name: string): Recording {
  const lines = text.split(/\r\n|\r|\n/);
  const comments: Comment[] = [];
  let header: DelimitedHeader | null = null;
  const rows: Row[] = [];
  for (const [i, line] of lines.entries()) {
    if (line.trim() === '') continue;
    if (line.startsWith('#')) comments.push({ text: line, lineNumber: i + 1 });
    else if (header === null) header = readHeader(line, i + 1, name);
    else rows.push(readRow(line, header, i + 1, name));
  }
  if (header === null) refuseWithoutStrokes(name);
  const mmPerUnit = header.unit === 'mm' ? 1 : mmPerPx(comments);
  for (const row of rows) checkPlace(row, mmPerUnit, name);
  const pressureScale = pressureScaleOf(rows);
  const hovers = pressureScale !== null && rows.some(({ values }) => values.pressure === 0);
  const originMs = rows[0]?.values.time ?? 0;
  const strokes: RawStroke[] = [];
  let current: RawSample[] = [];
  let strokeName: number | null = null;
  const endStroke = (): void => {
    if (current.length > 0) strokes.push({ samples: current });
    current = [];
  };
  for (const { values } of rows) {
    const inAir = values.penDown === 0 || (hovers && values.penDown === null && values.pressure === 0);
    if (inAir || values.stroke !== strokeName) endStroke();
    strokeName = values.stroke;
    if (!inAir) current.push(sampleOf(values, originMs, pressureScale));
  }
  endStroke();
  if (strokes.length === 0) refuseWithoutStrokes(name);
  checkCounts(
    strokes.map(({ samples }) => samples.length),
    name,
  );
  return {
    schemaVersion: 1,
    task: taskOfComments(comments, name),
    unit: header.unit,
    mmPerUnit,
    pointer: 'unknown',
    strokes,
  };
}

/** Writes a recording as CSV; {@link readDelimited} reads it back. */
export function writeDelimited(recording: Recording): string {
  const { unit, task, mmPerUnit } = recording;
  const size = unit === 'px' && mmPerUnit !== null ? ` mm_per_px=${mmPerUnit}` : '';
  const said = task === null ? '' : ` task=${task}`;
  const lines = [
    `# steadypen${said}${size}`,
    `stroke,t_ms,x_${unit},y_${unit},pressure,tilt_x_deg,tilt_y_deg,pen_down`,
  ];
  recording.strokes.forEach(({ samples }, stroke) => {
    for (const { timeMs, x, y, pressure, tiltXDeg, tiltYDeg } of samples) {
      lines.push(
        [stroke, timeMs, x, y, pressure, tiltXDeg, tiltYDeg, 1].map((value) => value ?? '').join(','),
      );
    }
  });
  return `${lines.join('\n')}\n`;
}

type Values = Readonly<Record<Quantity, number | null>> & {
  readonly time: number;
  readonly x: number;
  readonly y: number;
};
interface Row {
  readonly lineNumber: number;
  readonly values: Values;
}

function readRow(line: string, header: DelimitedHeader, lineNumber: number, name: string): Row {
  const cells = splitRow(line, header.delimiter);
  const optional = (quantity: Quantity): number | null => {
    const column = header.columns.get(quantity);
    const cell = column === undefined ? '' : (cells[column.index] ?? '').trim();
    if (column === undefined || cell === '') return null;
    // A semicolon file may use decimal commas.
    const value = Number(header.delimiter === ';' ? cell.replace(',', '.') : cell);
    if (Number.isFinite(value)) return value * column.factor;
    throw new UserError(
      'damaged',
      `${name}, line ${lineNumber}: the ${quantity} is "${cell.slice(0, 30)}", not a number. Correct the line or leave it out.`,
      name,
    );
  };
  const needed = (quantity: 'time' | 'x' | 'y'): number => {
    const value = optional(quantity);
    if (value !== null) return value;
    throw new UserError(
      'damaged',
      `${name}, line ${lineNumber}: the ${quantity} is missing. The file may be cut off; export it again.`,
      name,
    );
  };
  return {
    lineNumber,
    values: {
      time: needed('time'),
      x: needed('x'),
      y: needed('y'),
      pressure: optional('pressure'),
      tiltX: optional('tiltX'),
      tiltY: optional('tiltY'),
      stroke: optional('stroke'),
      penDown: optional('penDown'),
    },
  };
}

/** @throws UserError `damaged` naming the line and the column where no pen can be. */
function checkPlace({ values, lineNumber }: Row, mmPerUnit: number | null, name: string): void {
  for (const axis of ['x', 'y'] as const) {
    const fault = placeFault(values[axis], mmPerUnit);
    if (fault === null) continue;
    throw new UserError(
      'damaged',
      `${name}, line ${lineNumber}: the ${axis} must be ${fault}, but it is ${values[axis]}. Correct the line or leave it out.`,
      name,
    );
  }
}

/** Full scales of tablets; raw pressures are divided by the smallest that holds them all. */
const FULL_SCALES = [1, 255, 1023, 1024, 2047, 2048, 4095, 8191, 16383, 32767, 65535];

/** null when there is no pressure at all. */
function pressureScaleOf(rows: readonly Row[]): number | null {
  let most = 0;
  for (const { values } of rows) most = Math.max(most, values.pressure ?? 0);
  if (most === 0) return null;
  return FULL_SCALES.find((scale) => scale >= most) ?? most;
}

function sampleOf(values: Values, originMs: number, pressureScale: number | null): RawSample {
  const { pressure, tiltX, tiltY } = values;
  const degrees = (value: number | null): number | null =>
    value === null ? null : Math.max(-90, Math.min(90, value));
  return {
    timeMs: values.time - originMs,
    x: values.x,
    y: values.y,
    pressure: pressure === null || pressureScale === null ? null : Math.max(0, pressure / pressureScale),
    tiltXDeg: degrees(tiltX),
    tiltYDeg: degrees(tiltY),
  };
}

function mmPerPx(comments: readonly Comment[]): number | null {
  for (const { text: line } of comments) {
    const value = Number(/\bmm_per_px=([0-9.eE+-]+)/.exec(line)?.[1]);
    if (value > 0 && Number.isFinite(value)) return value;
  }
  return null;
}
