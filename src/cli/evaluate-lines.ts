/** One judged image as a line: for people, as JSON, and for a spreadsheet. */
import type { ErrorInfo } from '../base/errors.ts';
import type { JudgedFile } from './judge-files.ts';
import { csvLine } from './screen-lines.ts';

/** Verdict, percent, label and file, e.g. `regular            4 %  labelled tremor-like  a/b.png`. */
export function describeJudged({ file, label, verdict, result }: JudgedFile): string {
  const percent = result.probability === null ? '' : `${Math.round(100 * result.probability)} %`;
  const page = result.page === undefined ? '' : `, page ${result.page}`;
  const why = verdict === 'not-screenable' ? `: ${result.sentence}` : '';
  return `${verdict.padEnd(15)} ${percent.padStart(5)}  ${`labelled ${label}`.padEnd(20)}  ${file.shown}${page}${why}`;
}

/** What `--json` prints of an image. */
export function recordOf({ file, person, fold, label, result }: JudgedFile): object {
  return {
    path: file.shown,
    ...(result.page === undefined ? {} : { page: result.page }),
    subject: person,
    label,
    ...(file.part === undefined ? {} : { split: file.part }),
    ...(fold === null ? {} : { fold }),
    task: result.task,
    verdict: result.verdict,
    ...(result.reason === undefined ? {} : { reason: result.reason }),
    probability: result.probability,
    logit: result.logit,
    warnings: result.warnings,
    modelId: result.modelId,
    elapsedMs: result.elapsedMs,
  };
}

/** First line of the table; the columns of `csvRow` and `csvErrorRow`. */
export const CSV_HEADER =
  'path,page,subject,label,split,fold,task,verdict,probability,logit,reason,model_id,elapsed_ms,error';

/** One image as a row of the table, without its line end. */
export function csvRow({ file, person, fold, label, result }: JudgedFile): string {
  return csvLine([
    file.shown,
    result.page,
    person,
    label,
    file.part,
    fold,
    result.task,
    result.verdict,
    result.probability,
    result.logit,
    result.reason,
    result.modelId,
    result.elapsedMs,
    '',
  ]);
}

/** A file that could not be used, as a row of the table. */
export function csvErrorRow(path: string, error: ErrorInfo): string {
  return csvLine([path, ...new Array<string>(12).fill(''), `${error.code}: ${error.message}`]);
}
