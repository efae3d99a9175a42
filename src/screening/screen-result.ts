import type { NotScreenableReason, Task, Verdict } from '../base/words.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';

/** Where the model saw tremor: values on a grid over the picture, 0 little … 1 much; NaN-free, 0 where there is no ink. */
export interface HeatMap {
  readonly columns: number;
  readonly rows: number;
  /** Row by row, rounded to 3 digits. */
  readonly values: readonly number[];
}

export type { TremorMeasures };

export interface Evidence {
  readonly heat: HeatMap | null;
  /** Words for where the heat is: `outer`, `inner`, `left`, `right`, `top`, `bottom`, `everywhere`; null without heat. */
  readonly where: string | null;
  /** Mean logit over patches, scales and flips, before calibration. */
  readonly logit: number | null;
  readonly patches: number;
  /** Normalised scales looked at: patch pixels per picture pixel. */
  readonly scales: readonly number[];
  /** Recordings only. */
  readonly tremor: TremorMeasures | null;
}

export interface ScreenWarning {
  readonly code:
    | 'task-guessed'
    | 'low-resolution'
    | 'size-unknown'
    | 'slow-sampling'
    | 'short-recording'
    | 'measures-disagree'
    | 'very-large'
    | 'inverted'
    | 'desk-cut'
    | 'rules-removed'
    | 'turned';
  readonly message: string;
}

/** One verdict with what it rests on. */
export interface ScreenResult {
  readonly kind: 'scan' | 'recording';
  /** From 1; only for files of several pages. */
  readonly page?: number;
  readonly task: Task;
  readonly verdict: Verdict;
  /** Set exactly when the verdict is `not-screenable`. */
  readonly reason?: NotScreenableReason;
  /** Calibrated, 0..1, for tremor-like; null when not screenable. */
  readonly probability: number | null;
  /** The model's own limits for this task, in probability; the band between them is inconclusive. */
  readonly limits: { readonly regularBelow: number; readonly tremorFrom: number };
  /** One plain sentence, English: what was seen. */
  readonly sentence: string;
  readonly warnings: readonly ScreenWarning[];
  readonly evidence: Evidence;
  readonly modelId: string;
  readonly elapsedMs: number;
}
