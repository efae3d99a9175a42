import { centrelinesOf } from './centreline.ts';
import type { OutlineFont } from './outline-font.ts';
import type { StrokeFont, StrokeGlyph } from './single-stroke-font.ts';

/**
 * A font of pen paths from an outline font that was drawn with a pen: its letters' centrelines, each found when it is first needed
 * (about 1 ms).
 *
 * @param joined Whether its letters run into each other.
 */
export function makePenHand(font: OutlineFont, joined: boolean): StrokeFont {
  const glyphs = new Map<string, StrokeGlyph | null>();
  return {
    name: font.name,
    joined,
    glyphOf(character) {
      let glyph = glyphs.get(character);
      if (glyph === undefined) {
        const outline = font.glyphOf(character);
        glyph = outline && { strokes: centrelinesOf(outline.rings), advance: outline.advance };
        glyphs.set(character, glyph);
      }
      return glyph;
    },
  };
}
