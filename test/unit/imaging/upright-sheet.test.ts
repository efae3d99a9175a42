import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { convexHull, polygonArea, quadrilateralAround } from '../../../src/imaging/hull.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { guessSideways } from '../../../src/imaging/sideways.ts';
import { turnQuarter } from '../../../src/imaging/turn-grey.ts';
import { mendPage } from '../../../src/imaging/upright-sheet.ts';
import { warpSheet } from '../../../src/imaging/warp-sheet.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { darken, layOnDesk, makeTrueDrawing, printRules } from '../../bench/gate-drawings.ts';
import { onPaper, spiralPage, strokeOf, textPage } from './drawn.ts';

const spiral = spiralPage(190);
const text = textPage();

/** Correlation of two pictures' ink where they have the same size. */
function likeness(a: GreyImage, b: GreyImage): number {
  const [p, q] = [inkMapOf(a)!, inkMapOf(b)!];
  let [both, first, second] = [0, 0, 0];
  p.data.forEach((value, i) => {
    both += value * q.data[i]!;
    first += value * value;
    second += q.data[i]! * q.data[i]!;
  });
  return both / Math.sqrt(first * second);
}

describe('mendPage', () => {
  test.each([
    { what: 'a spiral', picture: spiral },
    { what: 'writing', picture: text },
    { what: 'a grey sheet', picture: onPaper(spiral, 150, 60, 30) },
  ])('leaves $what on a plain sheet as it is', ({ picture }) => {
    const { grey, mends, doubt } = mendPage(picture);
    expect(grey).toBe(picture);
    expect([mends, doubt]).toEqual([[], null]);
  });

  test('turns light ink on a dark ground over', () => {
    const { grey, mends } = mendPage(darken(spiral));
    expect(mends).toEqual([{ kind: 'inverted' }]);
    expect(likeness(grey, spiral)).toBeGreaterThan(0.99);
  });

  test.each([1, 2, 3])('cuts a sheet off its desk (%i)', (seed) => {
    const desk = layOnDesk(spiral, new Rng(seed));
    const { grey, mends } = mendPage(desk);
    expect(mends).toEqual([{ kind: 'desk-cut' }]);
    // The sheet has 8 % of paper added around the picture; 1.2 % are cut off again.
    const added = 2 * Math.round(0.08 * Math.max(spiral.width, spiral.height));
    expect(grey.width / (0.976 * (spiral.width + added))).toBeCloseTo(1, 1);
    expect(grey.height / (0.976 * (spiral.height + added))).toBeCloseTo(1, 1);
    // Nothing of the desk is left.
    expect(grey.data.filter((value) => value < 120).length / grey.data.length).toBeLessThan(0.06);
  });

  test.each([
    { what: 'ruled', squared: false },
    { what: 'squared', squared: true },
  ])('takes the lines of $what paper away and leaves the drawing', ({ squared }) => {
    for (const picture of [spiral, text]) {
      const ruled = printRules(picture, new Rng(`rules/${squared}`), squared);
      const { grey, mends } = mendPage(ruled);
      expect(mends).toMatchObject([{ kind: 'rules-removed' }]);
      const margin = Math.round(0.1 * Math.max(picture.width, picture.height));
      const plain = {
        width: ruled.width,
        height: ruled.height,
        data: new Uint8Array(ruled.data.length).fill(picture.data[0]!),
      };
      for (let y = 0; y < picture.height; y++) {
        plain.data.set(
          picture.data.subarray(y * picture.width, (y + 1) * picture.width),
          (y + margin) * plain.width + margin,
        );
      }
      expect(likeness(ruled, plain)).toBeLessThan(0.955);
      expect(likeness(grey, plain)).toBeGreaterThan(0.96);
    }
  });

  test('takes no tall strokes of a strip for rules', () => {
    const comb = strokeOf(1600, (t) => [500 * t, 35 * Math.sign(Math.sin(16 * Math.PI * t))]);
    const strip = rasterizeStrokes([comb], { pxPerUnit: 1, penWidthPx: 2, margin: 8 });
    expect(strip.height / strip.width).toBeLessThan(0.2);
    expect(mendPage(onPaper(strip, 240, 190)).mends).toEqual([]);
  });

  test('finds nothing to mend on simulated drawings', () => {
    const fonts = loadFontLibrary();
    for (const kind of ['spiral', 'wave', 'handwriting'] as const) {
      for (let i = 0; i < 2; i++) {
        const { grey } = makeTrueDrawing(kind, new Rng(`plain/${kind}/${i}`), fonts);
        expect(mendPage(grey).mends.filter((mend) => mend.kind !== 'rules-removed')).toEqual([]);
      }
    }
  });
});

describe('guessSideways', () => {
  test('tells lines of writing from the same on its side', () => {
    expect(guessSideways(inkMapOf(text)!)).toBe('upright');
    expect(guessSideways(inkMapOf(turnQuarter(text))!)).toBe('sideways');
  });

  test('is unsure of one piece', () => {
    expect(guessSideways(inkMapOf(spiral)!)).toBe('unsure');
  });
});

describe('geometry', () => {
  test('a quarter turn, clockwise', () => {
    const turned = turnQuarter({ width: 3, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5, 6) });
    expect([turned.width, turned.height, [...turned.data]]).toEqual([2, 3, [4, 1, 5, 2, 6, 3]]);
  });

  test('the hull leaves inner points out', () => {
    const hull = convexHull([
      [0, 0],
      [4, 0],
      [2, 1],
      [4, 3],
      [0, 3],
      [2, 0],
    ]);
    expect(new Set(hull.map(String))).toEqual(new Set(['0,0', '4,0', '4,3', '0,3']));
    expect(polygonArea(hull)).toBe(12);
  });

  test('a square with a cut corner gets the corner back', () => {
    const hull = convexHull([
      [0, 0],
      [9, 0],
      [10, 1],
      [10, 10],
      [0, 10],
    ]);
    expect(quadrilateralAround(hull)).toEqual([
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 10],
    ]);
  });

  test('warping an upright rectangle without inset copies it', () => {
    const grey = { width: 5, height: 4, data: Uint8Array.from({ length: 20 }, (_, i) => i * 7) };
    const cut = warpSheet(
      grey,
      [
        [1, 1],
        [4, 1],
        [4, 3],
        [1, 3],
      ],
      0,
    );
    expect([cut.width, cut.height, [...cut.data]]).toEqual([3, 2, [42, 49, 56, 77, 84, 91]]);
  });
});
