/**
 * A verdict as data: codes and numbers that travel between processes and are stored. Words are made of them at the edge
 * (renderer/words, src/cli/words), so that another language changes nothing here.
 */
import type {
  InconclusiveReason,
  NotScreenableReason,
  Sensitivity,
  Task,
  TaskSource,
  Verdict,
} from '../base/words.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';
import type { Place } from './heat-place.ts';

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
  /** Where the heat is; null without heat. */
  readonly where: Place | null;
  /** Mean logit over patches, scales and flips, before calibration. */
  readonly logit: number | null;
  /**
   * Calibrated log-odds of tremor-like by both witnesses, before it was held within the limits; null where there is no
   * probability, and in results of before it was kept.
   */
  readonly logOdds?: number | null;
  readonly patches: number;
  /** Normalised scales looked at: patch pixels per picture pixel. */
  readonly scales: readonly number[];
  /** Recordings only. */
  readonly tremor: TremorMeasures | null;
}

/** What is the matter with an input that cannot be judged, with the numbers behind it. */
export type Refusal =
  | { readonly reason: 'blank' | 'blurred' }
  | {
      readonly reason: 'too-little-ink';
      /** Length of the line, and the least that is needed, both in `unit`. */
      readonly found: number;
      readonly needed: number;
      readonly unit: 'mm' | 'px';
    }
  /** `what`: the picture itself (width × height), or the drawing on it (its long side, twice). */
  | {
      readonly reason: 'too-small';
      readonly what: 'picture' | 'drawing';
      readonly widthPx: number;
      readonly heightPx: number;
    }
  | { readonly reason: 'sampled-too-slowly'; readonly rateHz: number; readonly neededHz: number }
  | { readonly reason: 'printed' | 'no-pen-line' | 'ruled-paper' | 'dark-surround' };

/** What the network says of the picture. */
export interface PictureWitness {
  /** Calibrated, 0..1, for tremor-like; of the picture alone. */
  readonly probability: number;
  /** By the model's limits for pictures. */
  readonly says: Exclude<Verdict, 'not-screenable'>;
  /**
   * How many places that hold ink were looked at, as the rule of one place counts them: patches of one scale that do not
   * overlap by more than half, or the quarters of a spiral. Earlier results say 1 for a whole spiral.
   */
  readonly places: number;
}

/** What the pen's own times say. */
export type ClockWitness =
  | {
      readonly state: 'measured';
      readonly says: 'tremor' | 'none' | 'unclear';
      /** How far the peak stands out, 0 none … 6; `src/ink/clock-evidence.ts`. */
      readonly strength: number;
      /** Hz; null where nothing stands out. */
      readonly peakHz: number | null;
      /** Peak to trough, mm; null where nothing stands out or the size is unknown. */
      readonly swingMm: number | null;
      /** The same in the recording's pixels. */
      readonly swingPx: number | null;
      /** Share of the time with the tremor, 0..1; null in results of before it was measured. */
      readonly share: number | null;
      /** Seconds with the pen down. */
      readonly durationS: number;
    }
  | {
      readonly state: 'not-measured';
      /** `not-recorded`: only in results of schema 1, which kept what they found, not what they looked for. */
      readonly reason:
        'too-short' | 'sampled-too-slowly' | 'written-too-fast' | 'clock-unusable' | 'not-recorded';
      readonly durationS: number;
      /** Least seconds that are needed. */
      readonly neededS: number;
      readonly rateHz: number | null;
    };

/** How the two witnesses stand to each other. */
export type Agreement = 'agree' | 'disagree' | 'one-unclear' | 'picture-alone';

/** What to mind about a verdict, with the numbers behind it. */
export type ScreenWarning =
  | {
      readonly code:
        | 'low-resolution'
        | 'size-unknown'
        | 'very-large'
        | 'inverted'
        | 'desk-cut'
        | 'maybe-sideways'
        | 'task-unknown'
        /** Only in results of schema 1: `agreement` says it since. */
        | 'measures-disagree';
    }
  /** `task` was guessed from the shape (`sure` false: it may be another). */
  | { readonly code: 'task-guessed'; readonly task: Task; readonly sure: boolean }
  | {
      readonly code: 'slow-sampling';
      readonly rateHz: number;
      readonly neededHz: number;
      readonly visibleHz: number;
    }
  | { readonly code: 'short-recording'; readonly durationS: number; readonly neededS: number }
  | { readonly code: 'rules-removed'; readonly lines: number }
  | { readonly code: 'turned'; readonly degrees: 90 | 180 | 270 };

/** One verdict with what it rests on. */
export interface ScreenResult {
  /** 1 had a sentence and messages in English (src/store migrates it). */
  readonly schemaVersion: 2;
  readonly kind: 'scan' | 'recording';
  /** From 1; only for files of several pages. */
  readonly page?: number;
  /** null: unknown, and judged with care. */
  readonly task: Task | null;
  readonly taskFrom: TaskSource;
  readonly verdict: Verdict;
  /** Set exactly when the verdict is `not-screenable`. */
  readonly refusal?: Refusal;
  /** Set exactly when the verdict is `inconclusive`. */
  readonly inconclusive?: InconclusiveReason;
  /** Calibrated, 0..1, for tremor-like, by both witnesses; null when not screenable. */
  readonly probability: number | null;
  /** The model's own limits for this task, medium and sensitivity, in probability; the band between them is inconclusive. */
  readonly limits: { readonly regularBelow: number; readonly tremorFrom: number };
  readonly sensitivity: Sensitivity;
  /** null when not screenable. */
  readonly picture: PictureWitness | null;
  /** null for scans, which hold no time. */
  readonly clock: ClockWitness | null;
  /** null when not screenable. */
  readonly agreement: Agreement | null;
  /** Only where drawing it again may change the verdict: `usual-pace`, `longer`, `slower`, `larger`, `once-more`. */
  readonly advice: Advice | null;
  readonly warnings: readonly ScreenWarning[];
  readonly evidence: Evidence;
  readonly modelId: string;
  readonly elapsedMs: number;
}

export const ADVICE = ['usual-pace', 'longer', 'slower', 'larger', 'once-more'] as const;
export type Advice = (typeof ADVICE)[number];

/** The reason of a refusal; null for what was judged. */
export function reasonOf(result: Pick<ScreenResult, 'refusal'>): NotScreenableReason | null {
  return result.refusal?.reason ?? null;
}
