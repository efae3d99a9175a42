import { vectorLength } from '../base/vector-length.ts';
import type { PenStroke } from './pen-path.ts';
import { PEN_RATE_HZ } from './pen-path.ts';
import { smoothValues } from './polyline.ts';
import type { Shift } from './tremor.ts';

/** A stroke as it was really drawn, with what of the involuntary movement can be seen on paper. */
export interface ShakenStroke extends PenStroke {
  /**
   * Bump at each sample, mm: shift across the intended line, less its own running mean over the window. Shift along the
   * line and slow drift leave no visible bump.
   */
  readonly bumpMm: Float64Array;
}

/** Number of 200 Hz samples from the first sample to the end of the last stroke. */
export function samplesOf(strokes: readonly PenStroke[]): number {
  const last = strokes[strokes.length - 1];
  return last === undefined ? 0 : last.firstSample + last.xMm.length;
}

/**
 * Adds involuntary movement to intended strokes.
 *
 * @param shift On the common 200 Hz grid, at least {@link samplesOf} samples long.
 * @param speedMmS Mean speed, to turn the window into time.
 * @param windowMm Bumps longer than about this do not count as visible.
 */
export function shakePen(
  strokes: readonly PenStroke[],
  shift: Shift,
  speedMmS: number,
  windowMm: number,
): ShakenStroke[] {
  const half = Math.max(1, Math.round((windowMm / speedMmS) * PEN_RATE_HZ * 0.3));
  return strokes.map((stroke) => {
    const count = stroke.xMm.length;
    const xMm = new Float64Array(count);
    const yMm = new Float64Array(count);
    const across = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const at = stroke.firstSample + i;
      const dx = shift.dxMm[at]!;
      const dy = shift.dyMm[at]!;
      xMm[i] = stroke.xMm[i]! + dx;
      yMm[i] = stroke.yMm[i]! + dy;
      const before = Math.max(0, i - 2);
      const after = Math.min(count - 1, i + 2);
      const tx = stroke.xMm[after]! - stroke.xMm[before]!;
      const ty = stroke.yMm[after]! - stroke.yMm[before]!;
      const length = vectorLength(tx, ty);
      across[i] = length > 0 ? (dy * tx - dx * ty) / length : 0;
    }
    const slow = smoothValues(across, half);
    return { xMm, yMm, firstSample: stroke.firstSample, bumpMm: across.map((value, i) => value - slow[i]!) };
  });
}

/** rms of the visible bumps over all strokes, mm; 0 without samples. */
export function bumpRmsMm(strokes: readonly ShakenStroke[]): number {
  let power = 0;
  let count = 0;
  for (const { bumpMm } of strokes) {
    for (const bump of bumpMm) power += bump * bump;
    count += bumpMm.length;
  }
  return count === 0 ? 0 : Math.sqrt(power / count);
}
