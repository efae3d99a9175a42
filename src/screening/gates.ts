import type { TaskGroup } from '../base/words.ts';
import type { InkMap } from '../imaging/images.ts';
import { measureInk } from '../imaging/measure-ink.ts';
import { normalScale } from '../imaging/patches.ts';
import type { Refusal } from './screen-result.ts';

/** Least line to judge, where the size is known. */
const LEAST_LINE_MM: Readonly<Record<TaskGroup, number>> = { spiral: 60, wave: 30, writing: 30 };
/** Least line in patch pixels at the group's normal size, where it is not. A spiral of one turn has about 300. */
const LEAST_LINE_PATCH_PX: Readonly<Record<TaskGroup, number>> = { spiral: 250, wave: 80, writing: 120 };
/** Pictures or drawings with a shorter long side, in pixels, cannot show a tremor. */
const LEAST_SIDE_PX = 48;
/** Patch pixels per picture pixel from which there is nothing to see, or too little for comfort. */
const MOST_ENLARGEMENT = 3;
const MUCH_ENLARGEMENT = 1.3;

export type GateResult =
  | { readonly kind: 'pass'; readonly lowResolution: boolean }
  | { readonly kind: 'stop'; readonly refusal: Refusal };

/** Recordings with fewer samples a second are polygons: their corners are the device's, not the hand's. */
const SLOWEST_RATE_HZ = 25;

/** Whether a recording was sampled fast enough to be judged. */
export function gateRate(rateHz: number | null): GateResult {
  if (rateHz !== null && rateHz < SLOWEST_RATE_HZ) {
    return stop({ reason: 'sampled-too-slowly', rateHz, neededHz: SLOWEST_RATE_HZ });
  }
  return { kind: 'pass', lowResolution: false };
}

/**
 * Whether there is enough to judge.
 *
 * @param picture Size of the picture as it came, in pixels.
 * @param ink null where nothing stands out from the paper.
 * @param pxPerMm Of the ink map.
 */
export function gateInk(
  picture: { readonly width: number; readonly height: number },
  ink: InkMap | null,
  group: TaskGroup,
  pxPerMm: number | null,
): GateResult {
  const longSide = Math.max(picture.width, picture.height);
  if (longSide < LEAST_SIDE_PX) {
    const { width: widthPx, height: heightPx } = picture;
    return stop({ reason: 'too-small', what: 'picture', widthPx, heightPx });
  }
  const measures = ink === null ? null : measureInk(ink);
  if (ink === null || measures === null) return stop({ reason: 'blank' });
  const { bounds, lengthPx } = measures;
  const side = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top);
  if (pxPerMm !== null && lengthPx / pxPerMm < LEAST_LINE_MM[group]) {
    const found = Math.round(lengthPx / pxPerMm);
    return stop({ reason: 'too-little-ink', found, needed: LEAST_LINE_MM[group], unit: 'mm' });
  }
  const scale = normalScale(ink, bounds, group, pxPerMm) ?? 1;
  // Shown in pixels of the picture, which is what the user can check.
  const picturePx = longSide / Math.max(ink.width, ink.height);
  if (lengthPx * scale < LEAST_LINE_PATCH_PX[group]) {
    const needed = Math.ceil((LEAST_LINE_PATCH_PX[group] / scale) * picturePx);
    return stop({ reason: 'too-little-ink', found: Math.round(lengthPx * picturePx), needed, unit: 'px' });
  }
  if (side * picturePx < LEAST_SIDE_PX || scale / picturePx > MOST_ENLARGEMENT) {
    const sidePx = Math.round(side * picturePx);
    return stop({ reason: 'too-small', what: 'drawing', widthPx: sidePx, heightPx: sidePx });
  }
  return { kind: 'pass', lowResolution: scale / picturePx > MUCH_ENLARGEMENT };
}

function stop(refusal: Refusal): GateResult {
  return { kind: 'stop', refusal };
}
