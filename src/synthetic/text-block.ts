/** Printed text: letters of an outline font set into lines, regular or with a shaky outline. */
import type { Rng } from '../base/rng.ts';
import { vectorLength } from '../base/vector-length.ts';
import type { OutlineFont } from './outline-font.ts';
import { arcLengths, resampleByLength, type Polyline } from './polyline.ts';
import { makePlaneField, smoothNoise } from './smooth-noise.ts';

/** Rings of one letter, in pixels. */
export type LetterRings = readonly Polyline[];

export interface BlockLook {
  readonly xHeightPx: number;
  readonly widthPx: number;
  readonly lines: number;
  /** Distance of lines, x-heights. */
  readonly lineGap: number;
  readonly slant: number;
  readonly stretch: number;
  /** Extra room between letters, x-heights. */
  readonly letterGap: number;
}

/** Sets words into lines. Letters that the font lacks are left out. */
export function setBlock(
  rng: Rng,
  font: OutlineFont,
  words: readonly string[],
  look: BlockLook,
): LetterRings[] {
  const letters: LetterRings[] = [];
  const scale = look.xHeightPx;
  const bend = makePlaneField(rng, 6 * scale, 20 * scale, rng.between(0, 0.12) * scale);
  let next = 0;
  for (let line = 0; line < look.lines; line++) {
    let x = rng.between(0, 0.5);
    for (let first = true; ; first = false) {
      const word = words[next++ % words.length]!;
      const glyphs = [...word].flatMap((character) => font.glyphOf(character) ?? []);
      const width = glyphs.reduce((sum, g) => sum + g.advance * look.stretch + look.letterGap, 0);
      if (!first && (x + width) * scale > look.widthPx) break;
      for (const glyph of glyphs) {
        const left = x;
        letters.push(
          glyph.rings.map((ring) => ({
            x: ring.x.map((v, i) => (left + v * look.stretch - look.slant * ring.y[i]!) * scale),
            y: ring.y.map((v) => (line * look.lineGap + v) * scale),
          })),
        );
        x += glyph.advance * look.stretch + look.letterGap;
      }
      x += 0.7;
      if (x * scale > look.widthPx) break;
    }
  }
  return letters.map((rings) => rings.map((ring) => displace(ring, bend.shift)));
}

export interface OutlineShake {
  /** Height of the bumps, px. */
  readonly amplitudePx: number;
  /** Length of the bumps, px. */
  readonly wavelengthPx: number;
  /**
   * `edge`: each edge bends on its own, along its length. `line`: the plane is bent, so that both edges of a thin line
   * move together, as a pen would have drawn it.
   */
  readonly mode: 'edge' | 'line';
}

/** Letters with a shaky outline: displaced by a smooth band-limited field. */
export function shakeOutlines(rng: Rng, letters: readonly LetterRings[], shake: OutlineShake): LetterRings[] {
  const step = Math.max(0.8, shake.wavelengthPx / 10);
  if (shake.mode === 'line') {
    const { amplitudePx, wavelengthPx } = shake;
    const field = makePlaneField(rng, 0.75 * wavelengthPx, 1.4 * wavelengthPx, amplitudePx / Math.SQRT2, 8);
    return letters.map((rings) =>
      rings.map((ring) => displace(resampleByLength(closed(ring), step), field.shift)),
    );
  }
  return letters.map((rings) => rings.map((ring) => shakeEdge(rng, ring, shake, step)));
}

/** The ring with its first point once more at the end. */
function closed(ring: Polyline): Polyline {
  const count = ring.x.length;
  const x = new Float64Array(count + 1);
  const y = new Float64Array(count + 1);
  x.set(ring.x);
  y.set(ring.y);
  x[count] = x[0]!;
  y[count] = y[0]!;
  return { x, y };
}

function displace(ring: Polyline, shift: (x: number, y: number, out: [number, number]) => void): Polyline {
  const x = new Float64Array(ring.x.length);
  const y = new Float64Array(ring.x.length);
  const out: [number, number] = [0, 0];
  for (let i = 0; i < x.length; i++) {
    shift(ring.x[i]!, ring.y[i]!, out);
    x[i] = ring.x[i]! + out[0];
    y[i] = ring.y[i]! + out[1];
  }
  return { x, y };
}

function shakeEdge(rng: Rng, ring: Polyline, shake: OutlineShake, step: number): Polyline {
  const line = resampleByLength(closed(ring), step);
  const count = line.x.length;
  const length = arcLengths(line)[count - 1]!;
  const perStep = length / Math.max(1, count - 1);
  // Two knots a wave give the band; the amplitude is that of a sine of the same rms.
  const noise = smoothNoise(rng, count, Math.max(1, shake.wavelengthPx / 2 / perStep));
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const before = Math.max(0, i - 1);
    const after = Math.min(count - 1, i + 1);
    const tx = line.x[after]! - line.x[before]!;
    const ty = line.y[after]! - line.y[before]!;
    const norm = vectorLength(tx, ty) || 1;
    const fade = Math.min(1, Math.min(i, count - 1 - i) / 4);
    const bump = (shake.amplitudePx / Math.SQRT2) * (noise[i]! / 0.8) * fade;
    x[i] = line.x[i]! - (ty / norm) * bump;
    y[i] = line.y[i]! + (tx / norm) * bump;
  }
  return { x, y };
}
