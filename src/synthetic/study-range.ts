import type { Paper } from './page-look.ts';

/** How large letters and tremor are in a study's data, where they are not to be the app's own training data. */
export interface StudyRange {
  /** Half swing of a pen's tremor, mm, whatever the size of the writing. */
  readonly penMm: readonly [number, number];
  /** Least rms of the visible bumps, patch pixels, for a pen drawing or its patch to count as tremor-like. */
  readonly leastPx: number;
  readonly paper: Paper;
  /** A patch holds at least this much ink: mean over its pixels, 0..1. */
  readonly leastInk: number;
  /** x-height of printed letters, patch pixels; their pictures are cut as they are, without normalising their size. */
  readonly letterPx: readonly [number, number];
  /** Half swing of a printed outline's bumps and their length, patch pixels. */
  readonly outlinePx: readonly [number, number];
  readonly outlineWavelengthPx: readonly [number, number];
}
