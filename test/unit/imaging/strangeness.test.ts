import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { TASK_GROUPS } from '../../../src/base/words.ts';
import { DRAWING_PROFILES } from '../../../src/imaging/drawing-profiles.ts';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { measureTraits } from '../../../src/imaging/line-traits.ts';
import { maskOf } from '../../../src/imaging/line-mask.ts';
import { askPenLine } from '../../../src/imaging/pen-line.ts';
import { findPieces } from '../../../src/imaging/pieces.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { measureShape } from '../../../src/imaging/shape/shape-features.ts';
import { thinMask } from '../../../src/imaging/skeleton.ts';
import { deviationsOf, sidesOf, STRANGENESS_FEATURES } from '../../../src/imaging/strangeness.ts';
import { guessShape } from '../../../src/imaging/task-guess.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { NO_WRITING_KINDS } from '../../bench/no-writing/kinds.ts';
import { KNOWN_TASKS, knownPicture } from '../../bench/verdict/known-drawings.ts';
import { inkOf, spiralStroke, strokeOf } from './drawn.ts';

const ask = (grey: Parameters<typeof inkMapOf>[0]) => {
  const ink = inkMapOf(grey)!;
  return askPenLine(grey, ink, guessShape(ink).group, measureShape(ink)).kind;
};

describe('drawing profiles', () => {
  test.each(TASK_GROUPS)(
    '%s: no departure from drawings counts less than nothing, nor one alone for all',
    (group) => {
      const { bias, features } = DRAWING_PROFILES[group];
      expect(features.length).toBe(STRANGENESS_FEATURES.length);
      const sides = sidesOf(group);
      features.forEach(([, spread, below, above], i) => {
        expect(spread).toBeGreaterThan(0);
        expect(Math.min(below, above)).toBeGreaterThanOrEqual(0);
        if (sides[i] === 'none' || sides[i] === 'above') expect(below).toBe(0);
        if (sides[i] === 'none' || sides[i] === 'below') expect(above).toBe(0);
        // The farthest deviation counts 25 times its weight.
        expect(bias + 25 * Math.max(below, above)).toBeLessThan(1);
      });
    },
  );

  test('deviations are counted on their side, squared, up to five spreads', () => {
    const { below, above } = deviationsOf([1, 5, 90], {
      features: [
        [3, 1, 0, 0],
        [3, 2, 0, 0],
        [3, 1, 0, 0],
      ],
    });
    expect([below, above]).toEqual([
      [4, 0, 0],
      [0, 1, 25],
    ]);
  });
});

describe('askPenLine, by strangeness', () => {
  const fonts = loadFontLibrary();

  test.each([
    { name: 'ornament', seeds: [1, 4, 5] },
    { name: 'gears', seeds: [3] },
    { name: 'sound-trace', seeds: [3] },
    { name: 'fern', seeds: [5] },
  ])('holds $name back, which no rule knows', ({ name, seeds }) => {
    const { make } = NO_WRITING_KINDS.find((kind) => kind.name === name)!;
    for (const seed of seeds) expect(ask(make(new Rng(`first/${name}/${seed}`), fonts))).not.toBe('pass');
  });

  test.each(KNOWN_TASKS)('lets %s pass, steady and shaken', (task) => {
    for (const swingMm of [0, 3]) {
      expect(ask(knownPicture({ task, hz: 5, swingMm, hand: 7 }).grey), `${swingMm} mm`).toBe('pass');
    }
  });
});

describe('measureTraits', () => {
  const traitsOf = (ink: Parameters<typeof maskOf>[0], widthPx: number) => {
    const mask = maskOf(ink);
    return measureTraits(ink, mask, findPieces(mask), thinMask(mask), widthPx);
  };

  test('a grid is ruled and squared, a spiral neither', () => {
    const grid = inkOf(240, 240, (x, y) => (x % 60 < 3 || y % 60 < 3 ? 1 : 0));
    const spiral = inkMapOf(
      rasterizeStrokes([spiralStroke(90)], { pxPerUnit: 1, penWidthPx: 3, margin: 20 }),
    )!;
    const [of, other] = [traitsOf(grid, 3), traitsOf(spiral, 3)];
    expect(of.ruled).toBeGreaterThan(0.5);
    expect(of.squared).toBeGreaterThan(0.5);
    expect([other.ruled, other.squared].every((share) => share < 0.1)).toBe(true);
  });

  test('holes, cuts at the border, tones', () => {
    const ring = inkOf(100, 100, (x, y) => (Math.abs(Math.hypot(x - 50, y - 50) - 30) < 2 ? 1 : 0));
    const { holes, cutOff, toneSpread, largest } = traitsOf(ring, 4);
    // One hole in a line of 2π · 30 px, which is 47 widths.
    expect(holes).toBeGreaterThan(0.015);
    expect(holes).toBeLessThan(0.03);
    expect([cutOff, toneSpread, largest]).toEqual([0, 0, 1]);
    const bars = inkOf(100, 100, (x) => (x % 50 < 4 ? (x < 50 ? 1 : 0.5) : 0));
    const cut = traitsOf(bars, 4);
    expect(cut.holes).toBe(0);
    expect(cut.cutOff).toBeGreaterThan(0.1);
    expect(cut.toneSpread).toBeCloseTo(1 / 3, 1);
  });

  test('a straight line leans any way', () => {
    const slanting = inkMapOf(
      rasterizeStrokes([strokeOf(9, (t) => [200 * t, 90 * t])], { pxPerUnit: 1, penWidthPx: 3, margin: 20 }),
    )!;
    expect(traitsOf(slanting, 3).ruled).toBeGreaterThan(0.7);
  });
});
