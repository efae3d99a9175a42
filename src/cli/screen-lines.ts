/** One screened page as a line: for people, and for a spreadsheet. */
import type { ErrorInfo } from '../base/errors.ts';
import type { ScreenResult } from '../screening/screen-result.ts';

/** Verdict, percent, file and the result's own sentence, e.g. `tremor-like     82 %  a/b.png: The line wavers …`. */
export function describeResult(path: string, result: ScreenResult): string {
  const percent = result.probability === null ? '' : `${Math.round(100 * result.probability)} %`;
  const page = result.page === undefined ? '' : `, page ${result.page}`;
  const warnings = result.warnings.map((warning) => `\n${' '.repeat(23)}! ${warning.message}`).join('');
  return `${result.verdict.padEnd(15)} ${percent.padStart(5)}  ${path}${page}: ${result.sentence}${warnings}`;
}

/** First line of the table; the columns of `csvRow` and `csvErrorRow`. */
export const CSV_HEADER =
  'path,page,kind,task,verdict,probability,reason,peak_hz,amplitude_mm_rms,warnings,model_id,elapsed_ms,error';

/** One page as a row of the table, without its line end. */
export function csvRow(path: string, result: ScreenResult): string {
  const { tremor } = result.evidence;
  return csvLine([
    path,
    result.page,
    result.kind,
    result.task,
    result.verdict,
    result.probability,
    result.reason,
    tremor?.peakHz,
    tremor?.amplitudeMmRms,
    result.warnings.map((warning) => warning.code).join(' '),
    result.modelId,
    result.elapsedMs,
    '',
  ]);
}

/** An input that could not be used, as a row of the table. */
export function csvErrorRow(path: string, error: ErrorInfo): string {
  return csvLine([path, ...new Array<string>(11).fill(''), `${error.code}: ${error.message}`]);
}

/** RFC 4180. A text that a spreadsheet would take for a formula is kept from it with an apostrophe. */
export function csvLine(fields: readonly (string | number | null | undefined)[]): string {
  return fields
    .map((field) => {
      if (field === null || field === undefined) return '';
      if (typeof field === 'number') return String(field);
      const safe = /^[=+\-@\t\r]/.test(field) ? `'${field}` : field;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    })
    .join(',');
}
