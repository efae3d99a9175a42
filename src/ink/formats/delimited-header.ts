import { UserError } from '../../base/errors.ts';
import { TASK_NAMES, taskOfName } from '../../base/task-words.ts';
import type { Task } from '../../base/words.ts';

export type Quantity = 'time' | 'x' | 'y' | 'pressure' | 'tiltX' | 'tiltY' | 'stroke' | 'penDown';

/** What a column means. */
interface ColumnName {
  readonly quantity: Quantity;
  /** Multiplies the value: seconds to milliseconds. */
  readonly factor: number;
  readonly unit?: 'mm' | 'px';
}

const column = (quantity: Quantity, factor = 1, unit?: 'mm' | 'px'): ColumnName =>
  unit === undefined ? { quantity, factor } : { quantity, factor, unit };

const COLUMN_NAMES: Readonly<Record<string, ColumnName>> = {
  t: column('time'),
  t_ms: column('time'),
  time_ms: column('time'),
  t_s: column('time', 1000),
  time_s: column('time', 1000),
  seconds: column('time', 1000),
  x: column('x', 1, 'px'),
  y: column('y', 1, 'px'),
  x_px: column('x', 1, 'px'),
  y_px: column('y', 1, 'px'),
  x_mm: column('x', 1, 'mm'),
  y_mm: column('y', 1, 'mm'),
  p: column('pressure'),
  pressure: column('pressure'),
  tilt_x_deg: column('tiltX'),
  tilt_y_deg: column('tiltY'),
  stroke: column('stroke'),
  pen_down: column('penDown'),
};

/** Where each quantity stands in a row, and what the file says of itself. */
export interface DelimitedHeader {
  readonly delimiter: string;
  readonly columns: ReadonlyMap<Quantity, { readonly index: number; readonly factor: number }>;
  readonly unit: 'mm' | 'px';
}

/** True when a first line names at least x and y. */
export function looksLikeHeader(line: string): boolean {
  const names = splitRow(line, delimiterOf(line)).map((cell) => COLUMN_NAMES[cleanName(cell)]?.quantity);
  return names.includes('x') && names.includes('y');
}

/**
 * Reads the header line.
 *
 * @throws UserError `damaged` naming the missing or doubled column, or mixed units.
 */
export function readHeader(line: string, lineNumber: number, name: string): DelimitedHeader {
  const delimiter = delimiterOf(line);
  const columns = new Map<Quantity, { index: number; factor: number }>();
  const units = new Set<'mm' | 'px'>();
  for (const [index, cell] of splitRow(line, delimiter).entries()) {
    const meaning = COLUMN_NAMES[cleanName(cell)];
    if (meaning === undefined) continue;
    if (columns.has(meaning.quantity)) {
      throw fault(name, lineNumber, `two columns give the ${meaning.quantity}`);
    }
    columns.set(meaning.quantity, { index, factor: meaning.factor });
    if (meaning.unit !== undefined) units.add(meaning.unit);
  }
  const missing = (['time', 'x', 'y'] as const).find((quantity) => !columns.has(quantity));
  if (missing !== undefined) {
    const wanted = { time: 't_ms or t_s', x: 'x_mm or x_px', y: 'y_mm or y_px' }[missing];
    throw fault(name, lineNumber, `no column is named ${wanted}`);
  }
  if (units.size > 1) throw fault(name, lineNumber, 'x and y must have the same unit');
  return { delimiter, columns, unit: units.has('mm') ? 'mm' : 'px' };
}

function fault(name: string, lineNumber: number, what: string): UserError {
  return new UserError(
    'damaged',
    `${name}, line ${lineNumber}: ${what}. The first line must name the columns, for example t_ms,x_mm,y_mm,pressure.`,
    name,
  );
}

function cleanName(cell: string): string {
  return cell.trim().replace(/^"|"$/g, '').toLowerCase();
}

/** Tab, semicolon or comma, whichever the line has; otherwise runs of blanks. */
function delimiterOf(line: string): string {
  return ['\t', ';', ','].find((mark) => line.includes(mark)) ?? ' ';
}

/** Fields of one line; blanks in a row count as one delimiter. Quotes have no meaning in these formats. */
export function splitRow(line: string, delimiter: string): string[] {
  return delimiter === ' ' ? line.trim().split(/ +/) : line.split(delimiter);
}

/** A line that begins with #, and where it stands, from 1. */
export interface Comment {
  readonly text: string;
  readonly lineNumber: number;
}

/**
 * The task that a comment such as `# task=wave` names; null where none does.
 *
 * @throws UserError `damaged` naming file, line and the tasks there are, for a name that is none.
 */
export function taskOfComments(comments: readonly Comment[], name: string): Task | null {
  for (const { text, lineNumber } of comments) {
    const said = /(?<![\p{L}\d_-])task\s*=\s*"?([^\s",;]+)/iu.exec(text)?.[1];
    if (said === undefined) continue;
    const task = taskOfName(said);
    if (task !== null) return task;
    throw new UserError(
      'damaged',
      `${name}, line ${lineNumber}: the task "${said.slice(0, 30)}" is none of ${TASK_NAMES.join(', ')}. Correct the comment or leave it out.`,
      name,
    );
  }
  return null;
}
