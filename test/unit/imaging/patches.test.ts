import { describe, expect, test } from 'vitest';
import { PATCH_SIDE } from '../../../src/imaging/images.ts';
import { DEFAULT_SCALES, extractPatches } from '../../../src/imaging/patches.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { inkBounds } from '../../../src/imaging/ink-layout.ts';
import { inkOf, plainInk, spiralStroke, strokeOf, textStrokes } from './drawn.ts';

function inkRange(pixels: Float32Array): { width: number; height: number } {
  const bounds = inkBounds({ width: PATCH_SIDE, height: PATCH_SIDE, data: pixels });
  return bounds === null
    ? { width: 0, height: 0 }
    : { width: bounds.right - bounds.left, height: bounds.bottom - bounds.top };
}

describe('extractPatches, spirals', () => {
  test.each([90, 250, 700])('a spiral of radius %i px fills the patch alike', (radius) => {
    const picture = rasterizeStrokes([spiralStroke(radius)], {
      pxPerUnit: 1,
      penWidthPx: radius / 40,
      margin: 20,
    });
    const patches = extractPatches(plainInk(picture), 'spiral', { scales: DEFAULT_SCALES.spiral });
    expect(patches.map(({ scale }) => scale)).toEqual([...DEFAULT_SCALES.spiral]);
    const sides = patches.map(({ pixels }) => Math.max(inkRange(pixels).width, inkRange(pixels).height));
    [84, 95.2, 106.4].forEach((want, i) => expect(Math.abs(sides[i]! - want)).toBeLessThanOrEqual(3));
  });
});

describe('extractPatches, waves', () => {
  const wave = strokeOf(600, (t) => [100 * t, 8 * Math.sin(2 * Math.PI * 5 * t)]);
  const picture = rasterizeStrokes([wave], { pxPerUnit: 8, penWidthPx: 4, margin: 20 });

  test('known size: 2.7 patch pixels per millimetre', () => {
    const [patch] = extractPatches(plainInk(picture), 'wave', { scales: [1], pxPerMm: 8 });
    expect(patch?.side).toBeCloseTo((128 * 8) / 2.7, 3);
    // Waves are 16 mm from crest to trough.
    expect(Math.abs(inkRange(patch!.pixels).height - 16 * 2.7)).toBeLessThanOrEqual(3);
  });

  test('unknown size: the long side becomes 256 patch pixels, in overlapping tiles', () => {
    const patches = extractPatches(plainInk(picture), 'wave', { scales: [1] });
    expect(patches.length).toBe(3);
    expect(patches[1]!.x - patches[0]!.x).toBeCloseTo(patches[0]!.side / 2, -1);
  });
});

describe('extractPatches, writing', () => {
  const heightOfBodies = (xHeight: number) => {
    const picture = rasterizeStrokes(textStrokes(xHeight), {
      pxPerUnit: 1,
      penWidthPx: xHeight / 7,
      margin: 20,
    });
    const [patch] = extractPatches(plainInk(picture), 'writing', { scales: [1] });
    return (xHeight * PATCH_SIDE) / patch!.side;
  };

  test.each([14, 25, 40])('letters %i px high are brought to about 14', (xHeight) => {
    expect(Math.abs(heightOfBodies(xHeight) - 14)).toBeLessThan(3);
  });

  test('a full page keeps to the most patches asked for and spreads them', () => {
    const page = plainInk(
      rasterizeStrokes(textStrokes(20, 16, 96), { pxPerUnit: 1, penWidthPx: 3, margin: 20 }),
    );
    const patches = extractPatches(page, 'writing', { scales: [1], maxPatches: 9 });
    expect(patches.length).toBe(9);
    const middle = page.height / 2;
    expect(patches.filter(({ y, side }) => y + side / 2 < middle).length).toBeGreaterThanOrEqual(3);
    expect(patches.filter(({ y, side }) => y + side / 2 > middle).length).toBeGreaterThanOrEqual(3);
    expect(extractPatches(page, 'writing', { scales: [1], maxPatches: 9 })).toEqual(patches);
  });
});

test('no ink, no patches; ink stays within 0 and 1', () => {
  expect(
    extractPatches(
      inkOf(50, 50, () => 0),
      'writing',
      { scales: [1] },
    ),
  ).toEqual([]);
  const dot = inkOf(9, 9, (x, y) => (x === 4 && y === 4 ? 1 : 0));
  for (const group of ['spiral', 'wave', 'writing'] as const) {
    for (const { pixels } of extractPatches(dot, group, { scales: [1] })) {
      expect(pixels.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  }
});
