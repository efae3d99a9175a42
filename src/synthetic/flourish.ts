/** What is drawn under or behind a signature. */
import type { Rng } from '../base/rng.ts';
import { boundsOf, type Polyline } from './polyline.ts';

const POINTS = 160;

/**
 * A bowed underline, a row of flat waves or a run of widening loops, in three of four signatures.
 *
 * @param strokes Of the signature, mm; y downwards.
 */
export function drawFlourish(rng: Rng, strokes: readonly Polyline[], xHeightMm: number): Polyline[] {
  if (strokes.length === 0 || rng.chance(0.25)) return [];
  const { left, right, bottom } = boundsOf(strokes);
  const from = left + rng.between(-0.1, 0.3) * (right - left);
  const length = (right - from) * rng.between(0.7, 1.15);
  const level = bottom + rng.between(0.1, 0.7) * xHeightMm;
  const bow = rng.between(-0.8, 0.8) * xHeightMm;
  const slope = rng.between(-0.12, 0.04);
  const turns = rng.pick([0, 0, 1.5, 2.5, 4]);
  const height = turns === 0 ? 0 : xHeightMm * rng.between(0.3, 0.9);
  const curl = turns === 0 ? 0 : rng.between(0, 0.5) * (length / turns);
  const back = rng.chance(0.3);
  const x = new Float64Array(POINTS);
  const y = new Float64Array(POINTS);
  for (let i = 0; i < POINTS; i++) {
    const part = i / (POINTS - 1);
    const angle = 2 * Math.PI * turns * part;
    const along = back ? 1 - part : part;
    x[i] = from + length * along + curl * Math.sin(angle);
    y[i] =
      level + slope * length * along + bow * Math.sin(Math.PI * part) + height * part * (1 - Math.cos(angle));
  }
  return [{ x, y }];
}
