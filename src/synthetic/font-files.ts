/** Reads the fonts of the installed packages. The only file of this folder that touches files. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { create } from 'fontkit';
import type { FontLibrary } from './font-library.ts';
import { OUTLINE_FONTS, STROKE_FONTS, type OutlineFontEntry } from './font-list.ts';
import { flattenOutline, type OutlineFont, type OutlineGlyph } from './outline-font.ts';
import { boundsOf } from './polyline.ts';
import { parseStrokeFont } from './single-stroke-font.ts';

const require = createRequire(import.meta.url);
const cache = new Map<string, FontLibrary>();

/**
 * Opens the font library. Fonts are read on first use and kept.
 *
 * @param folder A folder that holds the font files flat (`caveat-latin-400-normal.woff2`, `EMSAllure.svg`), as a
 *   packaged app ships them; left out, they are taken from the installed npm packages.
 * @throws Error naming the file when a font is missing: the installation is incomplete.
 */
export function loadFontLibrary(folder?: string): FontLibrary {
  const key = folder ?? '';
  const known = cache.get(key);
  if (known !== undefined) return known;
  const library: FontLibrary = {
    strokeFonts: STROKE_FONTS.map((entry) => ({
      part: entry.part,
      name: entry.name,
      open: once(() => {
        const file = fontFile(folder, 'hersheytext', 'svg_fonts', `${entry.file}.svg`);
        return parseStrokeFont(readFileSync(file, 'utf8'), entry.name, entry.joined);
      }),
    })),
    outlineFonts: OUTLINE_FONTS.map((entry) => ({
      part: entry.part,
      name: entry.name,
      handwriting: entry.handwriting,
      open: once(() => openOutlineFont(folder, entry)),
    })),
  };
  cache.set(key, library);
  return library;
}

function openOutlineFont(folder: string | undefined, entry: OutlineFontEntry): OutlineFont {
  const file = fontFile(folder, `@fontsource/${entry.name}`, 'files', `${entry.name}-latin-400-normal.woff2`);
  const font = create(readFileSync(file));
  if (!('glyphForCodePoint' in font)) throw new Error(`${file}: a collection, not a font`);
  const unitsPerXHeight = -boundsOf(flattenOutline(font.glyphForCodePoint(0x78).path.commands, 1)).top;
  if (!(unitsPerXHeight > 0)) throw new Error(`${file}: no letter x to take the size from`);
  const glyphs = new Map<string, OutlineGlyph | null>();
  return {
    name: entry.name,
    handwriting: entry.handwriting,
    glyphOf(character) {
      const known = glyphs.get(character);
      if (known !== undefined) return known;
      const codePoint = character.codePointAt(0) ?? 0;
      let glyph: OutlineGlyph | null = null;
      if (font.hasGlyphForCodePoint(codePoint)) {
        const { path: outline, advanceWidth } = font.glyphForCodePoint(codePoint);
        glyph = {
          rings: flattenOutline(outline.commands, unitsPerXHeight),
          advance: advanceWidth / unitsPerXHeight,
        };
      }
      glyphs.set(character, glyph);
      return glyph;
    },
  };
}

/** Path of a font file in the given folder, or inside an installed package. */
function fontFile(folder: string | undefined, packageName: string, inside: string, name: string): string {
  if (folder !== undefined) return path.join(folder, name);
  for (const root of require.resolve.paths(packageName) ?? []) {
    const file = path.join(root, packageName, inside, name);
    if (existsSync(file)) return file;
  }
  throw new Error(`font file ${name} of package ${packageName} is missing: run npm ci`);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
