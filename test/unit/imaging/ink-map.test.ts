import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { inkMapOf, WORKING_LONG_SIDE } from '../../../src/imaging/ink-map.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import { onPaper, spiralStroke, strokeOf } from './drawn.ts';

const spiral = rasterizeStrokes([spiralStroke(110)], { pxPerUnit: 1, penWidthPx: 2.5, margin: 12 });

function blankPage(width: number, height: number, tone: number): GreyImage {
  return { width, height, data: new Uint8Array(width * height).fill(tone) };
}

function meanWhere(values: Float32Array, chosen: (i: number) => boolean): number {
  let sum = 0;
  let count = 0;
  values.forEach((value, i) => {
    if (!chosen(i)) return;
    sum += value;
    count++;
  });
  return sum / count;
}

describe('inkMapOf', () => {
  test.each([
    { paper: 'white', tone: 255, contrast: 255, falloff: 0 },
    { paper: 'faint pencil', tone: 235, contrast: 60, falloff: 0 },
    { paper: 'toned, unevenly lit', tone: 215, contrast: 110, falloff: 45 },
  ])('finds the line and leaves $paper paper empty', ({ tone, contrast, falloff }) => {
    const ink = inkMapOf(onPaper(spiral, tone, contrast, falloff));
    if (ink === null) throw new Error('blank');
    expect(meanWhere(ink.data, (i) => spiral.data[i]! < 10)).toBeGreaterThan(0.85);
    expect(meanWhere(ink.data, (i) => spiral.data[i] === 255)).toBeLessThan(0.03);
  });

  test('empty paper is blank, with noise and with uneven light too', () => {
    const rng = new Rng('noise');
    const noisy = Uint8Array.from({ length: 256 * 256 }, (_, i) =>
      Math.round(225 - (i % 256) / 8 + 1.5 * rng.normal()),
    );
    expect(inkMapOf(blankPage(64, 64, 250))).toBeNull();
    expect(inkMapOf({ width: 256, height: 256, data: noisy })).toBeNull();
    expect(inkMapOf(blankPage(1, 1, 0))).toBeNull();
  });

  test('one thin line on a large page is seen', () => {
    const page = blankPage(1600, 2200, 240);
    for (let x = 300; x < 700; x++) for (let y = 1000; y < 1005; y++) page.data[y * 1600 + x] = 60;
    const ink = inkMapOf(page);
    expect(ink?.data[1002 * 1600 + 500]).toBe(1);
    expect(ink?.data[400 * 1600 + 500]).toBe(0);
  });

  test('a black scan edge is cleared, and the pencil line beside it keeps its ink', () => {
    const line = rasterizeStrokes([strokeOf(300, (t) => [900 * t, 60 * Math.sin(9 * t)])], {
      pxPerUnit: 1,
      penWidthPx: 4,
      margin: 60,
    });
    const page = onPaper(line, 230, 70);
    for (let y = 0; y < page.height; y++) for (let x = 0; x < 40; x++) page.data[y * page.width + x] = 0;
    const ink = inkMapOf(page);
    if (ink === null) throw new Error('blank');
    expect(meanWhere(ink.data, (i) => i % page.width < 40)).toBeLessThan(0.05);
    expect(meanWhere(ink.data, (i) => i % page.width > 70 && line.data[i]! < 10)).toBeGreaterThan(0.85);
  });

  test('large pages come back at the working size', () => {
    const page = blankPage(1300, 4800, 255);
    for (let y = 0; y < 4800; y++) for (let x = 600; x < 606; x++) page.data[y * 1300 + x] = 0;
    const ink = inkMapOf(page);
    expect([ink?.width, ink?.height]).toEqual([650, WORKING_LONG_SIDE]);
  });
});
