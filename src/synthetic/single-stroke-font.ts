/** Single-stroke fonts: letters as the path of a pen, not as outlines. */
import { boundsOf, type Polyline } from './polyline.ts';

export interface StrokeGlyph {
  /** Pen paths in x-heights, y downwards, baseline at 0, origin at the left. */
  readonly strokes: readonly Polyline[];
  /** Distance to the next letter's origin, x-heights. */
  readonly advance: number;
}

export interface StrokeFont {
  readonly name: string;
  /** null for a character that the font lacks. */
  glyphOf(character: string): StrokeGlyph | null;
  /** True for scripts whose letters run into each other. */
  readonly joined: boolean;
}

/**
 * Reads an SVG font whose glyphs are made of straight pieces (commands M and L only), as the single-stroke fonts of
 * the hersheytext package are.
 *
 * @param svg The file's text.
 * @throws Error when no letter x is found: without it the size is unknown.
 */
export function parseStrokeFont(svg: string, name: string, joined: boolean): StrokeFont {
  const raw = new Map<string, { strokes: Polyline[]; advance: number }>();
  for (const [tag] of svg.matchAll(/<glyph\s[^>]*>/g)) {
    const character = decodeEntity(attributeOf(tag, 'unicode') ?? '');
    if (character.length !== 1) continue;
    raw.set(character, {
      strokes: parsePath(attributeOf(tag, 'd') ?? ''),
      advance: Number(attributeOf(tag, 'horiz-adv-x') ?? '0'),
    });
  }
  const x = raw.get('x');
  const xHeight = x === undefined ? 0 : -boundsOf(x.strokes).top;
  if (!(xHeight > 0)) throw new Error(`single-stroke font ${name}: no letter x to take the size from`);
  const glyphs = new Map<string, StrokeGlyph>();
  for (const [character, { strokes, advance }] of raw) {
    glyphs.set(character, {
      strokes: strokes.map((line) => ({
        x: line.x.map((value) => value / xHeight),
        y: line.y.map((value) => value / xHeight),
      })),
      advance: advance / xHeight,
    });
  }
  return { name, joined, glyphOf: (character) => glyphs.get(character) ?? null };
}

function attributeOf(tag: string, name: string): string | undefined {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntity(text: string): string {
  return text.replace(
    /&(#x([0-9a-f]+)|#(\d+)|\w+);/gi,
    (all, name: string, hex?: string, decimal?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name] ?? all;
    },
  );
}

/** Straight pieces of an SVG path, turned to y downwards. */
function parsePath(path: string): Polyline[] {
  return path
    .split('M')
    .map((piece) => (piece.match(/-?\d*\.?\d+(?:e-?\d+)?/gi) ?? []).map(Number))
    .filter((numbers) => numbers.length >= 4)
    .map((numbers) => ({
      x: Float64Array.from(numbers.filter((_, i) => i % 2 === 0)),
      y: Float64Array.from(
        numbers.filter((_, i) => i % 2 === 1),
        (value) => -value,
      ),
    }));
}
