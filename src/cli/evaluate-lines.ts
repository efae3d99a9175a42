/** One judged image as a line: for people, as JSON, and for a spreadsheet. */
import type { ErrorInfo } from '../base/errors.ts';
import { reasonOf } from '../screening/screen-result.ts';
import type { JudgedFile } from './judge-files.ts';
import { csvLine } from './screen-lines.ts';
import { wordedWarnings } from './verdict-words.ts';
import { refusalWords } from './warning-words.ts';

/** Verdict, percent, label and file, e.g. `regular            4 %  labelled tremor-like  a/b.png`. */
export function describeJudged({ file, label, verdict, result }: JudgedFile): string {
  const percent = result.probability === null ? '' : `${Math.round(100 * result.probability)} %`;
  const page = result.page === undefined ? '' : `, page ${result.page}`;
  const why = result.refusal === undefined ? '' : `: ${refusalWords(result.refusal, result.kind)}`;
  return `${verdict.padEnd(15)} ${percent.padStart(5)}  ${`labelled ${label}`.padEnd(20)}  ${file.shown}${page}${why}`;
}

/** What `--json` prints of an image. */
export function recordOf({ file, person, fold, label, result }: JudgedFile): object {
  const reason = reasonOf(result);
  return {
    path: file.shown,
    ...(result.page === undefined ? {} : { page: result.page }),
    subject: person,
    label,
    ...(file.part === undefined ? {} : { split: file.part }),
    ...(fold === null ? {} : { fold }),
    task: result.task,
    taskFrom: result.taskFrom,
    verdict: result.verdict,
    ...(reason === null ? {} : { reason, refusal: result.refusal }),
    ...(result.inconclusive === undefined ? {} : { inconclusive: result.inconclusive }),
    probability: result.probability,
    logit: result.logit,
    limits: result.limits,
    sensitivity: result.sensitivity,
    picture: result.picture,
    clock: result.clock,
    warnings: wordedWarnings(result),
    modelId: result.modelId,
    elapsedMs: result.elapsedMs,
  };
}

/** First line of the table; the columns of `csvRow` and `csvErrorRow`. */
export const CSV_HEADER =
  'path,page,subject,label,split,fold,task,verdict,probability,logit,reason,model_id,elapsed_ms,error,' +
  'inconclusive,task_from,sensitivity';

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
    reasonOf(result),
    result.modelId,
    result.elapsedMs,
    '',
    result.inconclusive,
    result.taskFrom,
    result.sensitivity,
  ]);
}

/** A file that could not be used, as a row of the table. */
export function csvErrorRow(path: string, error: ErrorInfo): string {
  const empty = (count: number) => new Array<string>(count).fill('');
  return csvLine([path, ...empty(12), `${error.code}: ${error.message}`, ...empty(3)]);
}
