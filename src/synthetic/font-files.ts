/** Reads the fonts of the installed packages. The only file of this folder that touches files. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { create } from 'fontkit';
import type { FontLibrary } from './font-library.ts';
import { OUTLINE_FONTS, PEN_HANDS, STROKE_FONTS, type OutlineFontEntry } from './font-list.ts';
import { flattenOutline, type OutlineFont, type OutlineGlyph } from './outline-font.ts';
import { boundsOf } from './polyline.ts';
import { makePenHand } from './pen-hand.ts';
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
  const outlineFonts = OUTLINE_FONTS.map((entry) => ({
    part: entry.part,
    name: entry.name,
    handwriting: entry.handwriting,
    open: once(() => openOutlineFont(folder, entry)),
  }));
  const singleStroke = STROKE_FONTS.map((entry) => ({
    part: entry.part,
    name: entry.name,
    open: once(() => {
      const file = fontFile(folder, 'hersheytext', 'svg_fonts', `${entry.file}.svg`);
      return parseStrokeFont(readFileSync(file, 'utf8'), entry.name, entry.joined);
    }),
  }));
  const hands = outlineFonts.flatMap(({ part, name, open }) => {
    const hand = PEN_HANDS.find((entry) => entry.name === name);
    return hand === undefined ? [] : [{ part, name, open: once(() => makePenHand(open(), hand.joined)) }];
  });
  const library: FontLibrary = { strokeFonts: [...singleStroke, ...hands], outlineFonts };
  cache.set(key, library);
  return library;
}

/** Characters whose outlines are read when a font is opened: those of all words. */
const READ_AT_ONCE = Array.from({ length: 0x7f - 0x20 }, (_, i) => String.fromCodePoint(0x20 + i));

/** Keeps outlines, not the font: what fontkit unpacks takes megabytes a font. */
function openOutlineFont(folder: string | undefined, entry: OutlineFontEntry): OutlineFont {
  const file = fontFile(folder, `@fontsource/${entry.name}`, 'files', `${entry.name}-latin-400-normal.woff2`);
  const glyphs = readGlyphs(file, READ_AT_ONCE);
  return {
    name: entry.name,
    handwriting: entry.handwriting,
    glyphOf(character) {
      if (!glyphs.has(character)) glyphs.set(character, readGlyphs(file, [character]).get(character) ?? null);
      return glyphs.get(character) ?? null;
    },
  };
}

/** @returns null for characters that the font lacks. */
function readGlyphs(file: string, characters: readonly string[]): Map<string, OutlineGlyph | null> {
  const font = create(readFileSync(file));
  if (!('glyphForCodePoint' in font)) throw new Error(`${file}: a collection, not a font`);
  const unitsPerXHeight = -boundsOf(flattenOutline(font.glyphForCodePoint(0x78).path.commands, 1)).top;
  if (!(unitsPerXHeight > 0)) throw new Error(`${file}: no letter x to take the size from`);
  const glyphs = new Map<string, OutlineGlyph | null>();
  for (const character of characters) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!font.hasGlyphForCodePoint(codePoint)) {
      glyphs.set(character, null);
      continue;
    }
    const { path: outline, advanceWidth } = font.glyphForCodePoint(codePoint);
    const rings = flattenOutline(outline.commands, unitsPerXHeight);
    glyphs.set(character, { rings, advance: advanceWidth / unitsPerXHeight });
  }
  return glyphs;
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
