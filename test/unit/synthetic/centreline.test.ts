import { describe, expect, test } from 'vitest';
import { vectorLength } from '../../../src/base/vector-length.ts';
import { centrelinesOf } from '../../../src/synthetic/centreline.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { halfWidths } from '../../../src/synthetic/half-widths.ts';
import { dropSpurs, meetingsOf, mergeBridges } from '../../../src/synthetic/line-graph.ts';
import { arcLengths, type Polyline } from '../../../src/synthetic/polyline.ts';
import { thin } from '../../../src/synthetic/thinning.ts';

/** A pen's stroke as an outline: `at` for 0 … 1, `half` of its width, x-heights. */
function outlineOf(at: (t: number) => readonly [number, number], half: number): Polyline {
  const points = Array.from({ length: 201 }, (_, i) => at(i / 200));
  const side = (sign: number): [number, number][] =>
    points.map(([x, y], i) => {
      const [ax, ay] = points[Math.max(0, i - 1)]!;
      const [bx, by] = points[Math.min(200, i + 1)]!;
      const length = vectorLength(bx - ax, by - ay);
      return [x - (sign * half * (by - ay)) / length, y + (sign * half * (bx - ax)) / length];
    });
  const ring = [...side(1), ...side(-1).reverse()];
  return { x: Float64Array.from(ring, ([x]) => x), y: Float64Array.from(ring, ([, y]) => y) };
}

function distanceTo(line: Polyline, x: number, y: number): number {
  return Math.min(...Array.from(line.x, (v, i) => vectorLength(v - x, line.y[i]! - y)));
}

const lengthOf = (line: Polyline): number => arcLengths(line).at(-1)!;

describe('centrelines', () => {
  test.each([0.03, 0.06, 0.12])(
    'of a bent stroke %f x-heights half wide lie in its middle, whole',
    (half) => {
      const at = (t: number): readonly [number, number] => [3 * t, 0.6 * Math.sin(5 * t)];
      const lines = centrelinesOf([outlineOf(at, half)]);
      expect(lines).toHaveLength(1);
      for (let t = 0; t <= 1; t += 0.02) {
        const nearEnd = t < 0.06 || t > 0.94;
        expect(distanceTo(lines[0]!, ...at(t)), `at ${t}`).toBeLessThan(nearEnd ? half + 0.11 : 0.04);
      }
      expect(lines[0]!.x[0]).toBeLessThan(0.2);
    },
  );

  test('of crossing strokes go straight through the crossing', () => {
    const lines = centrelinesOf([outlineOf((t) => [2 * t, t], 0.07), outlineOf((t) => [2 * t, 1 - t], 0.07)]);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(lengthOf(line)).toBeGreaterThan(2);
      expect(Math.abs(line.y.at(-1)! - line.y[0]!)).toBeGreaterThan(0.85);
    }
  });

  test('of a ring are closed, of a dot short, of nothing none', () => {
    const circle = (r: number, turn: 1 | -1): Polyline => ({
      x: Float64Array.from({ length: 90 }, (_, i) => r * Math.cos((turn * i * Math.PI) / 45)),
      y: Float64Array.from({ length: 90 }, (_, i) => r * Math.sin((turn * i * Math.PI) / 45)),
    });
    const [ring, ...rest] = centrelinesOf([circle(0.55, 1), circle(0.45, -1)]);
    expect(rest).toEqual([]);
    expect(lengthOf(ring!)).toBeGreaterThan(0.95 * Math.PI);
    expect(lengthOf(ring!)).toBeLessThan(1.1 * Math.PI);
    for (let i = 0; i < ring!.x.length; i++) {
      expect(Math.abs(vectorLength(ring!.x[i]!, ring!.y[i]!) - 0.5)).toBeLessThan(0.04);
    }
    const dots = centrelinesOf([circle(0.06, 1)]);
    expect(dots).toHaveLength(1);
    expect(lengthOf(dots[0]!)).toBeLessThan(0.12);
    expect(centrelinesOf([])).toEqual([]);
  });

  test('of real letters reach every part of them', () => {
    const { strokeFonts, outlineFonts } = loadFontLibrary();
    for (const name of ['coming-soon', 'caveat', 'homemade-apple', 'sue-ellen-francisco']) {
      const outline = outlineFonts.find((entry) => entry.name === name)!.open();
      const hand = strokeFonts.find((entry) => entry.name === name)!.open();
      for (const letter of 'abdefgkmwxyKRW') {
        const { rings } = outline.glyphOf(letter)!;
        const lines = hand.glyphOf(letter)!.strokes;
        // An arm of a letter that was lost would leave its end further than this from any path, x-heights.
        const far = rings.flatMap((ring) =>
          Array.from(ring.x, (x, i) => Math.min(...lines.map((line) => distanceTo(line, x, ring.y[i]!)))),
        );
        expect(Math.max(...far), `${name} ${letter}`).toBeLessThan(0.36);
        expect(hand.glyphOf(letter)!.advance).toBe(outline.glyphOf(letter)!.advance);
      }
    }
  });
});

test('thinning lets no square of two pixels, no slanting line and no hole vanish, and leaves lines of one pixel', () => {
  const bitmap = (rows: readonly string[]) => ({
    width: rows[0]!.length,
    height: rows.length,
    data: Uint8Array.from(rows.join(''), (c) => (c === '#' ? 1 : 0)),
  });
  const square = thin(bitmap(['....', '.##.', '.##.', '....']));
  expect(square.data.filter((v) => v === 1).length).toBeGreaterThan(0);
  const slanting = thin(
    bitmap([
      '.........',
      '.##......',
      '..##.....',
      '...##....',
      '....##...',
      '.....##..',
      '......##.',
      '.........',
      '.........',
    ]),
  );
  expect(slanting.data.filter((v) => v === 1).length).toBeGreaterThanOrEqual(2);
  const ring = thin(bitmap(['.......', '.#####.', '.#####.', '.##.##.', '.#####.', '.#####.', '.......']));
  expect(ring.data[3 * 7 + 3]).toBe(0);
  const rows = Array.from({ length: 7 }, (_, y) => ring.data.subarray(7 * y, 7 * y + 7).join(''));
  // No square of four pixels is left.
  for (let i = 0; i < 6 * 7 - 1; i++) {
    expect(
      ring.data[i]! + ring.data[i + 1]! + ring.data[i + 7]! + ring.data[i + 8]!,
      rows.join(' '),
    ).toBeLessThan(4);
  }
});

test('half widths are distances to the nearest paper', () => {
  const width = 15;
  const data = new Uint8Array(width * width);
  for (let y = 3; y < 12; y++) for (let x = 2; x < 13; x++) data[y * width + x] = 1;
  const got = halfWidths({ width, height: width, data });
  for (let y = 0; y < width; y++) {
    for (let x = 0; x < width; x++) {
      const inside = data[y * width + x] === 1;
      const want = inside ? Math.min(x - 1, 13 - x, y - 2, 12 - y) : 0;
      expect(got[y * width + x], `${x}, ${y}`).toBe(want);
    }
  }
});

test('spurs go, bridges become one meeting halfway, long arms stay', () => {
  // Along row 4 two forks (places 13 and 15) with a bridge of one pixel between; a long arm and a spur at each.
  const graph = {
    nodes: [[13], [15], [1], [30], [40], [50]],
    edges: [
      { from: 0, to: 1, pixels: [14] },
      { from: 0, to: 2, pixels: new Array<number>(20).fill(0) },
      { from: 0, to: 3, pixels: [0] },
      { from: 1, to: 4, pixels: new Array<number>(20).fill(0) },
      { from: 1, to: 5, pixels: new Array<number>(20).fill(0) },
    ],
  };
  const limit = new Array<number>(6).fill(3);
  const withoutSpurs = dropSpurs(graph, limit);
  expect(withoutSpurs.edges.map(({ to }) => to)).toEqual([1, 2, 4, 5]);
  // The first fork has lost an arm and is none any more.
  expect(mergeBridges(withoutSpurs, limit).edges).toHaveLength(4);
  const merged = mergeBridges(graph, limit);
  expect(merged.edges.map(({ from, to }) => [from, to])).toEqual([
    [0, 2],
    [0, 3],
    [0, 4],
    [0, 5],
  ]);
  expect(merged.nodes[0]).toEqual([13, 15]);
  expect(meetingsOf(merged)).toEqual([true, false, false, false, false, false]);
});
