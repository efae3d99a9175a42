import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { measureTremor } from '../../../src/ink/kinematics.ts';
import { makeExamples } from '../../../src/synthetic/examples.ts';
import { fillOutlines } from '../../../src/synthetic/fill-outlines.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { flattenOutline } from '../../../src/synthetic/outline-font.ts';
import { paintStrokes, type InkLayer } from '../../../src/synthetic/paint-strokes.ts';
import { boundsOf, type Polyline } from '../../../src/synthetic/polyline.ts';
import { parseStrokeFont } from '../../../src/synthetic/single-stroke-font.ts';
import { warpInk } from '../../../src/synthetic/warp-tremor.ts';
import { makeWriter, writeBlock } from '../../../src/synthetic/writer.ts';

const layerOf = (width: number, height: number): InkLayer => ({
  width,
  height,
  data: new Float32Array(width * height),
});
const ring = (x: number[], y: number[]): Polyline => ({ x: Float64Array.from(x), y: Float64Array.from(y) });
const square = (low: number, high: number, clockwise = true): Polyline =>
  clockwise
    ? ring([low, high, high, low], [low, low, high, high])
    : ring([low, low, high, high], [low, high, high, low]);
const sumOf = ({ data }: InkLayer): number => data.reduce((sum, value) => sum + value, 0);

describe('filling outlines', () => {
  test('covers the area, with half-covered pixels at the edges', () => {
    const layer = layerOf(12, 12);
    fillOutlines([square(2, 8)], layer, 1);
    expect(sumOf(layer)).toBeCloseTo(36, 4);
    expect(layer.data[5 * 12 + 5]).toBe(1);
    expect(layer.data[5 * 12 + 2]).toBeCloseTo(0.5, 6);
    expect(layer.data[5 * 12 + 9]).toBe(0);
  });

  test('leaves a hole where the inner ring turns the other way, fills it where it does not', () => {
    const holed = layerOf(14, 14);
    fillOutlines([square(1.5, 11.5), square(4.5, 8.5, false)], holed, 1);
    expect(sumOf(holed)).toBeCloseTo(100 - 16, 4);
    const filled = layerOf(14, 14);
    fillOutlines([square(1.5, 11.5), square(4.5, 8.5)], filled, 1);
    expect(sumOf(filled)).toBeCloseTo(100, 4);
  });

  test('clips at the borders', () => {
    const layer = layerOf(4, 4);
    fillOutlines([square(-10, 20)], layer, 0.5);
    expect([...layer.data]).toEqual(new Array(16).fill(0.5));
    fillOutlines([square(30, 40), square(-9, -5)], layer, 1);
    expect(Math.max(...layer.data)).toBe(0.5);
  });
});

test('a painted stroke covers length times width, thin ones too', () => {
  for (const width of [0.5, 1, 3]) {
    const layer = layerOf(80, 20);
    const x = Float64Array.from({ length: 51 }, (_, i) => 15 + i);
    paintStrokes([{ x, y: x.map(() => 10.3), widthPx: x.map(() => width), ink: x.map(() => 1) }], layer);
    // In the middle of the stroke, clear of its round ends.
    let column = 0;
    for (let y = 0; y < 20; y++) column += layer.data[y * 80 + 40]!;
    expect(column, `width ${width}`).toBeGreaterThan(0.85 * width);
    expect(column, `width ${width}`).toBeLessThan(1.25 * width);
  }
});

describe('fonts', () => {
  test('single-stroke fonts are scaled to x-height 1, y down, entities decoded', () => {
    const svg =
      '<glyph unicode="x" glyph-name="x" horiz-adv-x="300" d="M 0 0 L 100 200 M 0 200 L 100 0" />' +
      '<glyph unicode="&#x26;" horiz-adv-x="50" d="M 0 0 L 0 -100" /><glyph unicode=" " horiz-adv-x="80" />';
    const font = parseStrokeFont(svg, 'test', false);
    expect(font.glyphOf('x')).toEqual({
      advance: 1.5,
      strokes: [ring([0, 0.5], [-0, -1]), ring([0, 0.5], [-1, -0])],
    });
    expect(font.glyphOf('&')!.strokes[0]!.y[1]).toBe(0.5);
    expect(font.glyphOf(' ')).toEqual({ advance: 0.4, strokes: [] });
    expect(() => parseStrokeFont('<svg/>', 'empty', false)).toThrow('empty');
  });

  test('curves of outlines pass where de Casteljau says', () => {
    const [outline] = flattenOutline(
      [
        { command: 'moveTo', args: [0, 0] },
        { command: 'quadraticCurveTo', args: [2, 4, 4, 0] },
        { command: 'bezierCurveTo', args: [4, -4, 0, -4, 0, 0] },
        { command: 'closePath', args: [] },
      ],
      1,
    );
    // Half way: the quadratic at (2, 2), the cubic at (2, −3); y turned downwards.
    expect([outline!.x[4], outline!.y[4]]).toEqual([2, -2]);
    expect([outline!.x[12], outline!.y[12]]).toEqual([2, 3]);
  });

  test('every font opens and has the letters that words need', () => {
    const { outlineFonts, strokeFonts } = loadFontLibrary();
    for (const entry of outlineFonts) {
      const font = entry.open();
      for (const letter of 'abcxyzAGQ') {
        const glyph = font.glyphOf(letter);
        expect(glyph?.rings.length, `${entry.name} ${letter}`).toBeGreaterThan(0);
        expect(glyph?.advance, `${entry.name} ${letter}`).toBeGreaterThan(0);
      }
    }
    for (const entry of strokeFonts) {
      const font = entry.open();
      for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
        expect(font.glyphOf(letter)?.strokes.length, `${entry.name} ${letter}`).toBeGreaterThan(0);
      }
    }
  });

  test('a writer keeps to the block and, asked once, to the words', () => {
    const font = loadFontLibrary().strokeFonts[0]!.open();
    const rng = new Rng(1);
    const writer = { ...makeWriter(rng, font), xHeightMm: 2 };
    const block = boundsOf(writeBlock(rng, writer, ['one', 'three'], { width: 15, lines: 3 }));
    expect(block.right - block.left).toBeLessThan(2 * 21);
    expect(block.bottom - block.top).toBeGreaterThan(2 * 2 * writer.lineGap);
    const once = writeBlock(rng, writer, ['one'], { width: 40, lines: 3, once: true });
    expect(boundsOf(once).bottom - boundsOf(once).top).toBeLessThan(2 * 6);
  });
});

describe('examples', () => {
  const examples = makeExamples();

  test('are the same each time', () => {
    expect(makeExamples()[1]!.recording).toEqual(examples[1]!.recording);
    expect(examples.map(({ name }) => name)).toEqual([
      'spiral-regular',
      'spiral-tremor',
      'wave-regular',
      'wave-tremor',
      'sentence-regular',
      'sentence-tremor',
    ]);
  });

  test('hold the tremor that their titles name, measured apart from how it was made', () => {
    const peaks = examples.map(({ recording }) => measureTremor(recording).measures.peakHz);
    expect([peaks[0], peaks[2], peaks[4]]).toEqual([null, null, null]);
    expect(peaks[1]).toBeCloseTo(5, 0);
    expect(peaks[3]).toBeCloseTo(6, 0);
    expect(peaks[5]).toBeCloseTo(6, 0);
  });
});

describe('bending scanned ink', () => {
  const warp = { pxPerMm: 5, amplitudeMm: 0.4, hz: 6, speedMmS: 15 };

  test('makes a straight line wavy by about the amplitude, and keeps blank paper blank', () => {
    const [width, height] = [400, 60];
    const data = new Uint8Array(width * height).fill(240);
    for (let y = 29; y < 32; y++) data.fill(20, y * width, (y + 1) * width);
    const bent = warpInk({ width, height, data }, new Rng(3), warp);
    const centres = Array.from({ length: width }, (_, x) => {
      let [sum, weight] = [0, 0];
      for (let y = 0; y < height; y++) {
        const ink = 240 - bent.data[y * width + x]!;
        sum += ink * y;
        weight += ink;
      }
      return sum / weight;
    });
    const mean = centres.reduce((a, b) => a + b, 0) / width;
    const rms = Math.sqrt(centres.reduce((sum, c) => sum + (c - mean) ** 2, 0) / width);
    // 0.4 mm · 5 px/mm / √2 = 1.41 px.
    expect(rms).toBeGreaterThan(0.9);
    expect(rms).toBeLessThan(2);
    const blank = { width: 50, height: 50, data: new Uint8Array(2500).fill(200) };
    expect(warpInk(blank, new Rng(3), warp).data.every((grey) => grey === 200)).toBe(true);
  });

  test('refuses sizes that make no sense', () => {
    const page = { width: 4, height: 4, data: new Uint8Array(16) };
    expect(() => warpInk(page, new Rng(1), { ...warp, hz: 0 })).toThrow('hz');
  });
});
