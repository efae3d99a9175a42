import { expect, test } from 'vitest';
import { inkBounds } from '../../../src/imaging/ink-layout.ts';
import { measureInk } from '../../../src/imaging/measure-ink.ts';
import { estimateXHeight } from '../../../src/imaging/text-size.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { inkOf, plainInk, strokeOf, textStrokes } from './drawn.ts';

test('bounds hold the ink and leave specks out', () => {
  const ink = inkOf(200, 120, (x, y) => {
    const bar = x >= 40 && x < 140 && y >= 50 && y < 55;
    const speck = x >= 190 && x < 193 && y >= 3 && y < 5;
    return bar || speck ? 1 : 0;
  });
  expect(inkBounds(ink)).toEqual({ left: 40, top: 50, right: 140, bottom: 55 });
});

test('faint ink alone has no bounds', () => {
  expect(inkBounds(inkOf(20, 20, () => 0.2))).toBeNull();
  expect(measureInk(inkOf(20, 20, () => 0.2))).toBeNull();
});

test.each([
  { what: 'level line', at: (t: number) => [300 * t, 0] as const, length: 300 },
  { what: 'sloping line', at: (t: number) => [200 * t, 150 * t] as const, length: 250 },
  {
    what: 'circle',
    at: (t: number) => [60 * Math.cos(2 * Math.PI * t), 60 * Math.sin(2 * Math.PI * t)] as const,
    length: 2 * Math.PI * 60,
  },
])('length and width of a $what are within 12 %', ({ at, length }) => {
  for (const penWidthPx of [3, 5]) {
    const picture = rasterizeStrokes([strokeOf(200, at)], { pxPerUnit: 1, penWidthPx, margin: 10 });
    const measures = measureInk(plainInk(picture));
    expect(measures?.lengthPx).toBeGreaterThan(0.88 * length);
    expect(measures?.lengthPx).toBeLessThan(1.12 * length);
    expect(measures?.strokeWidthPx).toBeGreaterThan(0.88 * penWidthPx);
    expect(measures?.strokeWidthPx).toBeLessThan(1.12 * penWidthPx);
  }
});

test.each([12, 20, 35])('x-height of arches %i px high is found within 20 %', (xHeight) => {
  const picture = rasterizeStrokes(textStrokes(xHeight), {
    pxPerUnit: 1,
    penWidthPx: xHeight / 7,
    margin: 20,
  });
  const estimate = estimateXHeight(plainInk(picture));
  expect(estimate).toBeGreaterThan(0.8 * xHeight);
  expect(estimate).toBeLessThan(1.2 * xHeight);
});

test('a border around the page does not change the x-height', () => {
  const text = textStrokes(20, 6, 40);
  const border = strokeOf(400, (t) => {
    const corner = Math.min(3, Math.floor(t * 4));
    const along = t * 4 - corner;
    const sides = [
      [-60 + 1020 * along, -80],
      [960, -80 + 560 * along],
      [960 - 1020 * along, 480],
      [-60, 480 - 560 * along],
    ] as const;
    return sides[corner]!;
  });
  const options = { pxPerUnit: 1, penWidthPx: 3, margin: 10 };
  const alone = estimateXHeight(plainInk(rasterizeStrokes(text, options)));
  const framed = estimateXHeight(plainInk(rasterizeStrokes([...text, border], options)));
  expect(Math.abs((framed ?? 0) - (alone ?? 0))).toBeLessThan(3);
});

test('nor do straight scan edges beside it', () => {
  const text = textStrokes(20, 6, 12);
  const edges = Array.from({ length: 9 }, (_, i) => 300 + 8 * i).map((x) =>
    strokeOf(9, (t) => [x, -100 + 700 * t]),
  );
  const options = { pxPerUnit: 1, penWidthPx: 3, margin: 10 };
  const estimate = estimateXHeight(plainInk(rasterizeStrokes([...text, ...edges], options)));
  expect(estimate).toBeGreaterThan(16);
  expect(estimate).toBeLessThan(24);
});
