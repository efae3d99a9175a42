import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { strokeOf } from './drawn.ts';

test('a level line is as wide and as long as asked', () => {
  const picture = rasterizeStrokes([strokeOf(5, (t) => [t * 10, 0])], {
    pxPerUnit: 4,
    penWidthPx: 3,
    margin: 6,
  });
  const inkIn = (values: Uint8Array) => values.reduce((sum, value) => sum + (1 - value / 255), 0);
  const middle = Uint8Array.from({ length: picture.height }, (_, y) => picture.data[y * picture.width + 20]!);
  expect(inkIn(middle)).toBeCloseTo(3, 1);
  // Round ends: 40 px of line, 3 px wide, and two half discs.
  expect(inkIn(picture.data)).toBeCloseTo(40 * 3 + Math.PI * 1.5 ** 2, -0.5);
});

test('every pixel takes the distance to the nearest segment', () => {
  const rng = new Rng('strokes');
  const strokes = [strokeOf(12, () => [rng.between(0, 50), rng.between(0, 40)])];
  const picture = rasterizeStrokes(strokes, { pxPerUnit: 1.5, penWidthPx: 2.2, margin: 4 });
  const points = strokes[0]!.samples.map(({ x, y }) => [
    (x - picture.left) * 1.5,
    (y - picture.top) * 1.5,
  ]) as [number, number][];
  for (let i = 0; i < picture.data.length; i++) {
    const px = (i % picture.width) + 0.5;
    const py = Math.floor(i / picture.width) + 0.5;
    let nearest = Infinity;
    for (let k = 1; k < points.length; k++) {
      const [ax, ay] = points[k - 1]!;
      const [bx, by] = points[k]!;
      const along = ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
      const t = Math.min(1, Math.max(0, along));
      nearest = Math.min(nearest, Math.hypot(px - ax - t * (bx - ax), py - ay - t * (by - ay)));
    }
    const grey = 255 * (1 - Math.min(1, Math.max(0, 2.2 / 2 + 0.5 - nearest)));
    expect(Math.abs(picture.data[i]! - grey)).toBeLessThan(1);
  }
});

test('one sample is a dot, none is refused, a far stray sample too', () => {
  const options = { pxPerUnit: 1, penWidthPx: 3, margin: 2 };
  const dot = rasterizeStrokes([{ samples: [{ x: 5, y: 5 }] }], options);
  expect(dot.data[Math.floor(dot.height / 2) * dot.width + Math.floor(dot.width / 2)]).toBe(0);
  expect(() => rasterizeStrokes([{ samples: [] }], options)).toThrow('no sample');
  expect(() =>
    rasterizeStrokes(
      [
        {
          samples: [
            { x: 0, y: 0 },
            { x: 1e9, y: 1e9 },
          ],
        },
      ],
      options,
    ),
  ).toThrow('pixels');
  expect(() => rasterizeStrokes([{ samples: [{ x: NaN, y: 0 }] }], options)).toThrow('NaN');
});
