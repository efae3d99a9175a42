/** What both ways of evaluating are given and what they find. */
import type { Recalibration } from '../model/recalibration.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import type { Given } from './given.ts';
import type { JudgeContext, JudgedFile } from './judge-files.ts';
import type { LabelledFile } from './training-data.ts';

export interface EvaluateJob {
  readonly given: Given;
  readonly context: JudgeContext;
  /** Name of the folder as typed. */
  readonly data: string;
  /** All files of the folder. */
  readonly all: readonly LabelledFile[];
  /** Those to evaluate. */
  readonly files: readonly LabelledFile[];
  /** Says it at once, and again beside the figures; null says nothing. */
  readonly warn: (warning: string | null) => void;
}

export interface EvaluateOutcome extends Pick<EvaluationReport, 'model' | 'training' | 'folds'> {
  readonly judged: readonly JudgedFile[];
  /** Files that could not be opened; each has had its line. */
  readonly unusable: number;
  readonly recalibration: (Recalibration & { readonly fittedOn: string }) | null;
}
