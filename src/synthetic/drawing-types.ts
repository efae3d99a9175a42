/** What a synthetic sample is, and what may be asked of it. */
import type { Label, Task, TaskGroup } from '../base/words.ts';
import type { GreyImage } from '../imaging/images.ts';
import type { Recording } from '../ink/recording.ts';
import type { FontLibrary, Part } from './font-library.ts';
import type { Paper } from './page-look.ts';
import type { StudyRange } from './study-range.ts';
import type { Rhythm } from './tremor.ts';

/** Where tremor shows in a picture; arrays of equal length, picture pixels. */
export interface BumpTrace {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Shift across the line that can be seen as a bump. */
  readonly bumpPx: Float64Array;
}

export interface Drawing {
  readonly grey: GreyImage;
  /** null for printed text. */
  readonly recording: Recording | null;
  readonly label: Label;
  /** Drawn slowly, with small corrections: the regular hand that is easiest to take for a shaky one. Never so in a study. */
  readonly careful: boolean;
  /** `font:<name>` or `writer:<font or figure>:<seed>`: what must not be split between parts. */
  readonly subject: string;
  readonly group: TaskGroup;
  readonly task: Task;
  /** null for printed text. */
  readonly pxPerMm: number | null;
  /** null where the label holds all over the picture. */
  readonly bumps: BumpTrace | null;
}

export interface DrawingOptions {
  readonly tremorLike: boolean;
  /** What the drawings range over. Default: the app's own training data. */
  readonly range?: StudyRange | undefined;
  readonly fonts: FontLibrary;
  /** Fonts and words come from this part only; `train` unless given. */
  readonly part?: Part;
  /** The study's, or else `any`, unless given. */
  readonly paper?: Paper;
  /** Left out when only the picture is needed. */
  readonly withRecording?: boolean;
  /** `any` unless given. Printed text has no hand; studies know no careful one. */
  readonly hand?: 'any' | 'careful';
  /** Of a tremor-like hand; `any` unless given. Of the app's own data only. */
  readonly rhythm?: Rhythm;
}

/**
 * rms of the visible bumps, patch pixels: from this on a drawing or patch may be called tremor-like. A figure's line
 * should be smooth, so that less tells there; letters are never smooth.
 */
export const LEAST_TREMOR_PX: Readonly<Record<TaskGroup, number>> = { spiral: 0.3, wave: 0.5, writing: 0.65 };
/** The same for a study; the app's own unless given. */
export function leastTremorPx(group: TaskGroup, range: StudyRange | undefined): number {
  return range?.leastPx ?? LEAST_TREMOR_PX[group];
}

/** The paper to draw on. */
export function paperOf({ paper, range }: DrawingOptions): Paper {
  return paper ?? range?.paper ?? 'any';
}
