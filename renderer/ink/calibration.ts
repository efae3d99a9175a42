import type { RawRecording } from '../api/types.ts';

/**
 * Millimetres per CSS pixel. 96 pixels an inch is what browsers assume; real screens differ by up to a third, so every
 * place that shows a length in millimetres says that the size is assumed.
 */
export const ASSUMED_MM_PER_PX = 25.4 / 96;

/** True for a drawing whose millimetres rest on that assumption: it was drawn on a screen that nobody measured. */
export function isSizeAssumed({ unit, mmPerUnit }: Pick<RawRecording, 'unit' | 'mmPerUnit'>): boolean {
  return unit === 'px' && mmPerUnit === ASSUMED_MM_PER_PX;
}
