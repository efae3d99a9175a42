/** Outline fonts, read elsewhere (font-files.ts): letters as filled rings. */
import type { Polyline } from './polyline.ts';

export interface OutlineGlyph {
  /** Closed rings in x-heights, y downwards, baseline at 0, origin at the left; filled by the non-zero rule. */
  readonly rings: readonly Polyline[];
  /** Distance to the next letter's origin, x-heights. */
  readonly advance: number;
}

export interface OutlineFont {
  readonly name: string;
  /** True for fonts that imitate handwriting. */
  readonly handwriting: boolean;
  /** null for a character that the font lacks. */
  glyphOf(character: string): OutlineGlyph | null;
}

/** One step of an outline, in font units, y upwards, as font readers give it. */
export interface PathCommand {
  readonly command: string;
  readonly args: readonly number[];
}

const CURVE_PIECES = 8;

/**
 * Turns an outline's commands into rings of points; curves become 8 straight pieces.
 *
 * @param unitsPerXHeight Font units of the letter x's height.
 */
export function flattenOutline(commands: readonly PathCommand[], unitsPerXHeight: number): Polyline[] {
  const rings: Polyline[] = [];
  let xs: number[] = [];
  let ys: number[] = [];
  const close = (): void => {
    if (xs.length >= 3) {
      rings.push({
        x: Float64Array.from(xs, (value) => value / unitsPerXHeight),
        y: Float64Array.from(ys, (value) => -value / unitsPerXHeight),
      });
    }
    xs = [];
    ys = [];
  };
  for (const { command, args } of commands) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
    const x0 = xs[xs.length - 1] ?? 0;
    const y0 = ys[ys.length - 1] ?? 0;
    if (command === 'moveTo') close();
    if (command === 'moveTo' || command === 'lineTo') {
      xs.push(a);
      ys.push(b);
    } else if (command === 'quadraticCurveTo') {
      for (let i = 1; i <= CURVE_PIECES; i++) {
        const t = i / CURVE_PIECES;
        const s = 1 - t;
        xs.push(s * s * x0 + 2 * s * t * a + t * t * c);
        ys.push(s * s * y0 + 2 * s * t * b + t * t * d);
      }
    } else if (command === 'bezierCurveTo') {
      for (let i = 1; i <= CURVE_PIECES; i++) {
        const t = i / CURVE_PIECES;
        const s = 1 - t;
        xs.push(s * s * s * x0 + 3 * s * s * t * a + 3 * s * t * t * c + t * t * t * e);
        ys.push(s * s * s * y0 + 3 * s * s * t * b + 3 * s * t * t * d + t * t * t * f);
      }
    } else if (command === 'closePath') close();
  }
  close();
  return rings;
}
