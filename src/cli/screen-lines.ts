/** One screened page as a line: for people, and for a spreadsheet. */
import type { ErrorInfo } from '../base/errors.ts';
import { reasonOf, type ClockWitness, type ScreenResult } from '../screening/screen-result.ts';
import { adviceWords, sentenceOf, witnessWords } from './verdict-words.ts';
import { warningWords } from './warning-words.ts';

const INDENT = `\n${' '.repeat(23)}`;

/**
 * Verdict, percent, file and a sentence, e.g. `tremor-like     82 %  a/b.png: The line wavers …`; under it what both
 * witnesses say of a recording, warnings and advice.
 */
export function describeResult(path: string, result: ScreenResult): string {
  const percent = result.probability === null ? '' : `${Math.round(100 * result.probability)} %`;
  const page = result.page === undefined ? '' : `, page ${result.page}`;
  const witnesses = witnessWords(result);
  const below = [
    ...(witnesses === null ? [] : [witnesses]),
    ...result.warnings
      // The witness has said it already.
      .filter(({ code }) => code !== 'short-recording' || witnesses === null)
      .map((warning) => `! ${warningWords(warning)}`),
    ...(result.advice === null ? [] : [adviceWords(result.advice)]),
  ];
  const head = `${result.verdict.padEnd(15)} ${percent.padStart(5)}  ${path}${page}: ${sentenceOf(result)}`;
  return [head, ...below].join(INDENT);
}

/** First line of the table; the columns of `csvRow` and `csvErrorRow`. New ones come last: some count from the left. */
export const CSV_HEADER =
  'path,page,kind,task,verdict,probability,reason,peak_hz,amplitude_mm_rms,warnings,model_id,elapsed_ms,error,' +
  'picture_probability,clock,clock_peak_hz,inconclusive,task_from,sensitivity';

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
    reasonOf(result),
    tremor?.peakHz,
    tremor?.amplitudeMmRms,
    result.warnings.map((warning) => warning.code).join(' '),
    result.modelId,
    result.elapsedMs,
    '',
    result.picture?.probability,
    ...clockFields(result.clock),
    result.inconclusive,
    result.taskFrom,
    result.sensitivity,
  ]);
}

/** What the clock says, or why it says nothing, and its peak. */
function clockFields(clock: ClockWitness | null): [string | null, number | null] {
  if (clock === null) return [null, null];
  return clock.state === 'measured' ? [clock.says, clock.peakHz] : [clock.reason, null];
}

/** An input that could not be used, as a row of the table. */
export function csvErrorRow(path: string, error: ErrorInfo): string {
  const empty = (count: number) => new Array<string>(count).fill('');
  return csvLine([path, ...empty(11), `${error.code}: ${error.message}`, ...empty(6)]);
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
