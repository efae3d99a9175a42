/** What healthy hands and ordinary pages have and what must not be taken for tremor. */
import type { Rng } from '../base/rng.ts';
import { vectorLength } from '../base/vector-length.ts';
import { arcLengths, resampleByLength, type Polyline } from './polyline.ts';
import { smoothNoise } from './smooth-noise.ts';

const STEP_MM = 0.2;

/**
 * A figure as a healthy hand draws it: slightly uneven over 8–16 mm, by up to 0.15 mm, and in one drawing of six with
 * one or two kinks where the hand corrected its way. More would hide the faint tremor of real hands.
 *
 * @param curve In mm.
 */
export function unevenHand(rng: Rng, curve: Polyline): Polyline {
  const line = resampleByLength(curve, STEP_MM);
  const count = line.x.length;
  const across = smoothNoise(rng, count, rng.between(8, 16) / STEP_MM);
  const size = rng.between(0, 0.15);
  for (let i = 0; i < count; i++) across[i]! *= size;
  const lengths = arcLengths(line);
  const kinks = rng.chance(0.16) ? 1 + rng.int(2) : 0;
  for (let k = 0; k < kinks; k++) {
    const at = rng.next() * lengths[count - 1]!;
    const width = rng.between(0.7, 1.8);
    const height = rng.between(-0.8, 0.8);
    for (let i = 0; i < count; i++) {
      const u = (lengths[i]! - at) / width;
      // Half of the kinks bulge, half step to the side for good.
      if (k % 2 === 0) across[i]! += height * Math.exp(-u * u);
      else across[i]! += (0.6 * height) / (1 + Math.exp(-3 * u));
    }
  }
  return moveSideways(line, across);
}

/**
 * Moves each point sideways, to the right of the way seen with y upwards.
 *
 * @param reach Points on either side that tell the way.
 */
export function moveSideways(line: Polyline, across: Float64Array, reach = 2): Polyline {
  const count = line.x.length;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const before = Math.max(0, i - reach);
    const after = Math.min(count - 1, i + reach);
    const dx = line.x[after]! - line.x[before]!;
    const dy = line.y[after]! - line.y[before]!;
    const length = vectorLength(dx, dy) || 1;
    x[i] = line.x[i]! - (dy / length) * across[i]!;
    y[i] = line.y[i]! + (dx / length) * across[i]!;
  }
  return { x, y };
}

/**
 * Lines that people draw on written pages, on one block of four: underlines, frames, and the wavy lines that fill
 * margins. Smooth, however wavy.
 *
 * @param width Of the block, mm.
 * @param lineGap Distance of the lines of writing, mm.
 */
export function drawPageMarks(rng: Rng, width: number, lineGap: number, lines: number): Polyline[] {
  if (!rng.chance(0.25)) return [];
  return Array.from({ length: 1 + rng.int(2) }, () => {
    const level = rng.chance(0.6);
    const length = level ? width * rng.between(0.2, 1) : lineGap * lines * rng.between(0.4, 1);
    const count = Math.max(8, Math.ceil(length / STEP_MM));
    const wavy = rng.chance(0.5);
    const noise = smoothNoise(rng, count, (lineGap * rng.between(0.5, 1.5)) / STEP_MM);
    const size = wavy ? lineGap * rng.between(0.08, 0.3) : 0.02 * lineGap;
    const startX = level
      ? rng.next() * (width - length)
      : rng.pick([-0.3, 1.02]) * lineGap + rng.next() * width;
    const startY = level ? (rng.int(lines) + 0.35) * lineGap : -0.4 * lineGap;
    const x = new Float64Array(count);
    const y = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const along = (length * i) / (count - 1);
      const across = size * noise[i]!;
      x[i] = startX + (level ? along : across);
      y[i] = startY + (level ? across : along);
    }
    return { x, y };
  });
}
