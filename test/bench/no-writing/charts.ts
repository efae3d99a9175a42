/** Charts and puzzles: stars, rounds, passages. */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import { drawText } from '../../../src/synthetic/word-list.ts';
import {
  drawLine,
  drawPath,
  ellipsePoints,
  fillBox,
  fillEllipse,
  fillPolygon,
  makeCanvas,
  makePage,
  printWord,
  scan,
  type Canvas,
  type Point,
} from './canvas.ts';
import { pickType } from './prints.ts';

/** Passages between walls. */
export function makeMaze(rng: Rng): GreyImage {
  const count = 12 + rng.int(18);
  const cell = rng.between(20, 40);
  const canvas = makeCanvas(count * cell + 60, count * cell + 60, 246);
  const width = rng.between(2, 5);
  for (let y = 0; y < count; y++) {
    for (let x = 0; x < count; x++) {
      const [left, top] = [30 + x * cell, 30 + y * cell];
      if (rng.chance(0.5))
        drawLine(canvas, [left - width / 2, top], [left + cell + width / 2, top], width, 20);
      else drawLine(canvas, [left, top - width / 2], [left, top + cell + width / 2], width, 20);
    }
  }
  const end = 30 + count * cell;
  drawPath(
    canvas,
    [
      [end, 30],
      [end, end],
      [30, end],
    ],
    width,
    20,
  );
  return scan(rng, canvas);
}

/** Stars of different brightness, joined to figures, with their names. */
export function makeStarMap(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'square');
  const type = pickType(rng, fonts, rng.between(5, 9));
  for (let k = 0; k < 200; k++) {
    const r = rng.between(0.8, 3);
    fillEllipse(canvas, [rng.between(0, canvas.width), rng.between(0, canvas.height)], r, r, 0, 30);
  }
  for (let figure = 0; figure < 4 + rng.int(6); figure++) {
    let at: Point = [rng.between(60, canvas.width - 60), rng.between(60, canvas.height - 60)];
    printWord(canvas, drawText(rng, 'train', 1)[0]!.toUpperCase(), [at[0], at[1] - 14], type);
    for (let k = 0; k < 3 + rng.int(5); k++) {
      const next: Point = [at[0] + 60 * rng.normal(), at[1] + 60 * rng.normal()];
      drawLine(canvas, at, next, 1.5, 90);
      const r = rng.between(2.5, 6);
      fillEllipse(canvas, next, r, r, 0, 20);
      at = next;
    }
  }
  return scan(rng, canvas);
}

/** Curves about a centre with rays and a legend; slices of a round. */
export function makeRoundChart(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas: Canvas = makePage(rng, 'square');
  const type = pickType(rng, fonts, rng.between(6, 10));
  const middle: Point = [canvas.width / 2, canvas.height / 2];
  const radius = 0.36 * canvas.width;
  const count = 4 + rng.int(6);
  const sliced = rng.chance(0.5);
  for (const share of sliced ? [1] : [0.25, 0.5, 0.75, 1]) {
    const ring = ellipsePoints(middle, share * radius, share * radius, 0, 90);
    drawPath(canvas, [...ring, ring[0]!], 1.5, sliced ? 20 : 150);
  }
  const values = Array.from({ length: count }, () => rng.between(0.3, 1));
  const at = (k: number, r: number): Point => {
    const t = (2 * Math.PI * k) / count;
    return [middle[0] + r * Math.cos(t), middle[1] + r * Math.sin(t)];
  };
  for (let k = 0; k < count; k++) {
    drawLine(canvas, middle, at(k, radius), 1.5, sliced ? 20 : 150);
    printWord(canvas, drawText(rng, 'train', 1)[0]!, at(k, 1.1 * radius), type);
    if (sliced && k % 2 === 0)
      fillPolygon(
        canvas,
        [middle, at(k, radius), at(k + 0.5, radius), at(k + 1, radius)],
        rng.between(60, 200),
      );
  }
  if (!sliced) {
    const web = values.map((value, k) => at(k, value * radius));
    drawPath(canvas, [...web, web[0]!], 2.5, 20);
  }
  for (let k = 0; k < 3; k++) fillBox(canvas, 20, 20 + 22 * k, 12, 12, 40 + 60 * k);
  return scan(rng, canvas);
}
