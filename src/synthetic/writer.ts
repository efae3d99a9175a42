/** An invented person's handwriting, on the letters of a single-stroke font. */
import type { Rng } from '../base/rng.ts';
import { vectorLength } from '../base/vector-length.ts';
import { boundsOf, resampleByLength, smoothLine, type Polyline } from './polyline.ts';
import type { StrokeFont, StrokeGlyph } from './single-stroke-font.ts';
import { makePlaneField, type PlaneField } from './smooth-noise.ts';

export interface Writer {
  readonly font: StrokeFont;
  readonly xHeightMm: number;
  /** Shift to the right per unit of height. */
  readonly slant: number;
  /** Width of letters over the font's own. */
  readonly width: number;
  /** Extra room between letters and between words, x-heights. */
  readonly letterGap: number;
  readonly wordGap: number;
  readonly lineGap: number;
  /** The writer's own shape of letters: bends the font's. */
  readonly bend: PlaneField;
  /** Standard deviations from letter to letter: size (share), turn (radians), height on the line (x-heights). */
  readonly sizeSpread: number;
  readonly turnSpread: number;
  readonly baselineSpread: number;
  /** How far corners are rounded, x-heights. */
  readonly rounding: number;
  /** Height of ascenders and descenders over the font's own. */
  readonly tallness: number;
  /** Whether letters are joined where the font allows it. */
  readonly joins: boolean;
}

/** Draws the habits of one writer. The same generator state gives the same writer. */
export function makeWriter(rng: Rng, font: StrokeFont): Writer {
  return {
    font,
    xHeightMm: rng.logBetween(1.8, 4.5),
    slant: rng.between(-0.15, 0.5) - (font.name.includes('italic') ? 0.2 : 0),
    width: rng.between(0.75, 1.35),
    letterGap: rng.between(-0.05, 0.25),
    wordGap: rng.between(0.6, 1.6),
    lineGap: rng.between(2.3, 3.8),
    bend: makePlaneField(rng, 1.2, 4, rng.between(0.02, 0.11)),
    sizeSpread: rng.between(0.01, 0.09),
    turnSpread: rng.between(0, 0.06),
    baselineSpread: rng.between(0.01, 0.09),
    rounding: rng.between(0.06, 0.22),
    tallness: rng.between(0.75, 1.2),
    joins: font.joined && rng.chance(0.85),
  };
}

/** Where a block of text may go, x-heights. */
export interface BlockSize {
  readonly width: number;
  readonly lines: number;
  /** True to stop after the last word; otherwise the words begin again until the block is full. */
  readonly once?: boolean;
}

/**
 * Writes words into a block, line by line.
 *
 * @param words As many as needed are used.
 * @returns Intended pen paths in mm, in writing order, corners rounded.
 */
export function writeBlock(rng: Rng, writer: Writer, words: readonly string[], size: BlockSize): Polyline[] {
  const strokes: Polyline[] = [];
  let next = 0;
  const slope = rng.normal() * 0.015;
  for (let line = 0; line < size.lines; line++) {
    let x = rng.between(0, 0.6);
    const y = line * writer.lineGap + rng.normal() * 0.08;
    while (size.once !== true || next < words.length) {
      const word = writeWord(rng, writer, words[next++ % words.length]!);
      if (x > 1 && x + word.width > size.width) {
        if (size.once === true) next--;
        break;
      }
      for (const stroke of word.strokes) {
        strokes.push({
          x: stroke.x.map((value) => value + x),
          y: stroke.y.map((value, i) => value + y + slope * (stroke.x[i]! + x)),
        });
      }
      x += word.width + writer.wordGap * rng.between(0.75, 1.3);
      if (x > size.width) break;
    }
  }
  const half = Math.max(1, Math.round(writer.rounding / 0.05));
  return strokes.map((stroke) => {
    const smooth = smoothLine(resampleByLength(stroke, 0.035), half);
    return {
      x: smooth.x.map((value) => value * writer.xHeightMm),
      y: smooth.y.map((value) => value * writer.xHeightMm),
    };
  });
}

interface Word {
  readonly strokes: Polyline[];
  readonly width: number;
}

/** One word in x-heights, baseline at 0. Strokes that meet are joined into one. */
function writeWord(rng: Rng, writer: Writer, word: string): Word {
  const strokes: Polyline[] = [];
  let x = 0;
  let height = 0;
  for (const character of word) {
    const glyph = writer.font.glyphOf(character) ?? writer.font.glyphOf('o');
    if (glyph === null) continue;
    height = 0.6 * height + writer.baselineSpread * rng.normal();
    const letter = writeLetter(rng, writer, glyph);
    letter.forEach((stroke, i) => {
      const placed = { x: stroke.x.map((v) => v + x), y: stroke.y.map((v) => v + height) };
      const last = strokes[strokes.length - 1];
      if (i === 0 && writer.joins && last !== undefined && endGap(last, placed) < 0.55) {
        strokes[strokes.length - 1] = concat(last, placed);
      } else strokes.push(placed);
    });
    x += (glyph.advance * writer.width + writer.letterGap) * (1 + 0.05 * rng.normal());
  }
  return { strokes, width: Math.max(x, boundsOf(strokes).right) };
}

function writeLetter(rng: Rng, writer: Writer, glyph: StrokeGlyph): Polyline[] {
  const size = 1 + writer.sizeSpread * rng.normal();
  const turn = writer.turnSpread * rng.normal();
  const own = makePlaneField(rng, 1.5, 4, 0.03, 3);
  const shift: [number, number] = [0, 0];
  return glyph.strokes.map((stroke) => {
    const fine = resampleByLength(stroke, 0.12);
    const x = new Float64Array(fine.x.length);
    const y = new Float64Array(fine.x.length);
    for (let i = 0; i < x.length; i++) {
      let px = fine.x[i]!;
      let py = fine.y[i]!;
      writer.bend.shift(px, py, shift);
      px += shift[0];
      py += shift[1];
      own.shift(px, py, shift);
      px = (px + shift[0]) * writer.width * size;
      py = (py + shift[1]) * size;
      if (py < -1) py = -1 + (py + 1) * writer.tallness;
      if (py > 0) py *= writer.tallness;
      px -= writer.slant * py;
      x[i] = px * Math.cos(turn) - py * Math.sin(turn);
      y[i] = px * Math.sin(turn) + py * Math.cos(turn);
    }
    return { x, y };
  });
}

function endGap(a: Polyline, b: Polyline): number {
  const last = a.x.length - 1;
  return vectorLength(b.x[0]! - a.x[last]!, b.y[0]! - a.y[last]!);
}

function concat(a: Polyline, b: Polyline): Polyline {
  const x = new Float64Array(a.x.length + b.x.length);
  const y = new Float64Array(x.length);
  x.set(a.x);
  x.set(b.x, a.x.length);
  y.set(a.y);
  y.set(b.y, a.y.length);
  return { x, y };
}
