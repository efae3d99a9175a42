/** A hand that draws what it means to, and shakes or not. */
import type { Rng } from '../base/rng.ts';
import { movePen, PEN_RATE_HZ, type PenStroke } from './pen-path.ts';
import type { Polyline } from './polyline.ts';
import { bumpRmsMm, samplesOf, shakePen, type ShakenStroke } from './shaken-pen.ts';
import { drawStudyTremor, makePhysiological, makeTremor, type TremorSettings } from './tremor.ts';

const MOST_TRIES = 6;

/** The pen goes along every curve in turn, with 0.08–0.35 s in the air between them. */
export function moveAlong(
  rng: Rng,
  curves: readonly Polyline[],
  speedMmS: number,
  spread: number,
): { readonly pen: PenStroke[]; readonly speedMmS: number } {
  const exponent = rng.between(0.2, 0.4);
  const pen: PenStroke[] = [];
  let first = 0;
  for (const curve of curves) {
    const pace = { speedMmS: speedMmS * Math.exp(spread * 0.5 * rng.normal()), exponent };
    const stroke = movePen(curve, pace, first);
    pen.push(stroke);
    first += stroke.xMm.length + Math.round(rng.between(0.08, 0.35) * PEN_RATE_HZ);
  }
  return { pen, speedMmS };
}

/**
 * Adds what the hand does against its will. A tremor that could not be seen at the size the network looks at is drawn
 * anew, up to {@link MOST_TRIES} times: a label must mean what the picture shows.
 *
 * @param visible How long bumps may be, and their least rms, to be seen at the group's normal size.
 * @param drawSettings As in the studies unless given.
 */
export function shakeHand(
  rng: Rng,
  tremorLike: boolean,
  { pen, speedMmS }: { readonly pen: readonly PenStroke[]; readonly speedMmS: number },
  [lowMm, highMm]: readonly [number, number],
  { windowMm, leastMm }: { readonly windowMm: number; readonly leastMm: number },
  drawSettings: (rng: Rng, lowMm: number, highMm: number) => TremorSettings = drawStudyTremor,
): ShakenStroke[] {
  const count = samplesOf(pen);
  if (!tremorLike) {
    const limit = Math.min(0.1, 0.5 * lowMm);
    return shakePen(pen, makePhysiological(rng, count, limit), speedMmS, windowMm);
  }
  for (let left = MOST_TRIES; ; left--) {
    const tremor = makeTremor(rng, count, drawSettings(rng, lowMm, highMm));
    const strokes = shakePen(pen, tremor, speedMmS, windowMm);
    if (left === 1 || bumpRmsMm(strokes) >= leastMm) return strokes;
  }
}
