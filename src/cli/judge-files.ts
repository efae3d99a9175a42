/** Labelled files through the screener, exactly as `screen` does it. */
import { toErrorInfo, UserError } from '../base/errors.ts';
import { taskGroupOf, type Sensitivity } from '../base/words.ts';
import type { ScreenerClient } from '../host/screener-client.ts';
import type { EvaluatedImage } from '../screening/evaluation.ts';
import { shownLogOdds } from '../screening/decide.ts';
import { GROUP_OF_UNKNOWN } from '../screening/open-ink.ts';
import type { ScreenResult } from '../screening/screen-result.ts';
import { csvErrorRow, csvRow, describeJudged, recordOf } from './evaluate-lines.ts';
import { OutputFault } from './output-fault.ts';
import type { prepareOutputs } from './screen-outputs.ts';
import { reportError, type Terminal } from './terminal.ts';
import type { LabelledFile } from './training-data.ts';

/** A page of a labelled file with its verdict. */
export interface JudgedFile extends EvaluatedImage {
  readonly file: LabelledFile;
  /** null: the subject is the file itself, since nobody is named. */
  readonly person: string | null;
  /** From 1; null without folds. */
  readonly fold: number | null;
  /** Without the heat, which nobody looks at here. */
  readonly result: Omit<ScreenResult, 'evidence'> & { readonly logit: number | null };
}

export interface JudgeContext {
  readonly screener: ScreenerClient;
  readonly terminal: Terminal;
  /** Whether subjects are people. */
  readonly namesPeople: boolean;
  /** Where the limits of a verdict lie. */
  readonly sensitivity: Sensitivity;
  /** Where results go; null shows neither results nor errors. */
  readonly outputs: Awaited<ReturnType<typeof prepareOutputs>> | null;
}

/**
 * Judges files one after the other with the screener's present model. Every page of a file counts as an image of its own.
 *
 * @param fold From 1; null without folds.
 * @returns `unusable`: files that could not be opened; each has had its line.
 * @throws UserError `cancelled`; OutputFault.
 */
export async function judgeFiles(
  context: JudgeContext,
  files: readonly LabelledFile[],
  fold: number | null = null,
): Promise<{ readonly judged: readonly JudgedFile[]; readonly unusable: number }> {
  const { terminal, outputs } = context;
  const judged: JudgedFile[] = [];
  let unusable = 0;
  for (const [index, file] of files.entries()) {
    if (terminal.signal.aborted) throw stopped();
    const inFold = fold === null ? '' : `fold ${fold}: `;
    terminal.progress(`${inFold}judging ${index + 1} of ${files.length} files`);
    try {
      judged.push(...(await judgeOne(context, file, fold)));
    } catch (fault) {
      if (terminal.signal.aborted) throw stopped();
      if (fault instanceof OutputFault) throw fault;
      unusable++;
      if (outputs === null) continue;
      const error = toErrorInfo(fault);
      reportError(terminal, error, file.shown);
      await outputs.row(csvErrorRow(file.shown, error));
    }
  }
  return { judged, unusable };
}

async function judgeOne(
  { screener, terminal, namesPeople, sensitivity, outputs }: JudgeContext,
  file: LabelledFile,
  fold: number | null,
): Promise<JudgedFile[]> {
  const pages: JudgedFile[] = [];
  const options = { task: file.task, sensitivity, signal: terminal.signal };
  for await (const reply of screener.screen(file.input, options)) {
    if (reply.kind === 'reading') continue;
    const { evidence, ...result } = reply.result;
    const group = result.task === null ? GROUP_OF_UNKNOWN : taskGroupOf(result.task);
    const { logit, logOdds = null } = evidence;
    const { probability } = result;
    const page: JudgedFile = {
      file,
      person: namesPeople ? file.subject : null,
      fold,
      label: file.tremorLike ? 'tremor-like' : 'regular',
      subject: file.subject,
      group,
      verdict: result.verdict,
      // As screening shows it, so that what is measured is what users see.
      logOdds: probability === null || logOdds === null ? null : shownLogOdds({ probability, logOdds }),
      result: { ...result, logit },
    };
    pages.push(page);
    if (outputs === null) continue;
    terminal.record(recordOf(page));
    terminal.print(describeJudged(page));
    await outputs.row(csvRow(page));
  }
  return pages;
}

function stopped(): UserError {
  return new UserError('cancelled', 'The evaluation was stopped; there are no figures.');
}
