/** Signs that are set one by one: letters as a picture, square and script letters, charts for needles. */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import { drawText } from '../../../src/synthetic/word-list.ts';
import {
  addClouds,
  drawLine,
  drawPath,
  ellipsePoints,
  fillBox,
  makeCanvas,
  makePage,
  printWord,
  scan,
} from './canvas.ts';
import { pickType } from './prints.ts';

/** A picture set of letters on a lattice. */
export function makeLetterPicture(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'square');
  const tone = makeCanvas(canvas.width, canvas.height, 128);
  addClouds(rng, tone, 90, canvas.width / 2, 60);
  const size = rng.between(5, 11);
  const type = { ...pickType(rng, fonts, size), grey: 25 };
  const letters = '.:-=+*o%#@';
  for (let y = 40; y < canvas.height - 30; y += 2.1 * size) {
    for (let x = 30; x < canvas.width - 30; x += 1.25 * size) {
      const level = tone.data[Math.floor(y) * canvas.width + Math.floor(x)]! / 256;
      const index = Math.floor(Math.min(0.99, Math.max(0, level)) * letters.length);
      if (index > 0) printWord(canvas, letters[index]!, [x, y], type);
    }
  }
  return scan(rng, canvas);
}

/** Signs of several strokes in equal squares, from a stock of some hundred, with serifs. */
export function makeSquareScript(rng: Rng): GreyImage {
  const canvas = makePage(rng);
  const cell = rng.between(18, 46);
  const stroke = cell * rng.between(0.05, 0.1);
  const stock = Array.from({ length: 60 + rng.int(120) }, () =>
    Array.from({ length: 4 + rng.int(8) }, () => {
      const [u, v] = [rng.between(0.08, 0.92), rng.between(0.08, 0.92)];
      const length = rng.between(0.25, 0.85);
      const way = rng.int(4);
      const [dx, dy] = [
        [1, 0],
        [0, 1],
        [0.6, 0.7],
        [-0.6, 0.7],
      ][way]!;
      return [
        u,
        v,
        Math.min(0.94, Math.max(0.06, u + dx! * length)),
        Math.min(0.94, Math.max(0.06, v + dy! * length)),
      ] as const;
    }),
  );
  const margin = cell * rng.between(1, 3);
  const lead = cell * rng.between(1.15, 1.8);
  for (let y = margin; y + cell < canvas.height - margin; y += lead) {
    const end = rng.chance(0.15) ? canvas.width * rng.between(0.3, 0.8) : canvas.width - margin;
    for (let x = margin; x + cell < end; x += 1.06 * cell) {
      for (const [a, b, c, d] of stock[Math.floor(stock.length * rng.next() ** 2)]!)
        drawLine(
          canvas,
          [x + a * cell, y + b * cell],
          [x + c * cell, y + d * cell],
          b === d ? 0.6 * stroke : stroke,
          25,
        );
    }
  }
  return scan(rng, canvas);
}

/** A letter set in a font like handwriting, justified, with the same words again and again. */
export function makeScriptPrint(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng);
  const script = fonts.outlineFonts.filter(({ handwriting }) => handwriting);
  const type = { font: rng.pick(script).open(), xHeight: rng.between(7, 15), grey: rng.between(10, 80) };
  const words = drawText(rng, 'train', 40);
  const margin = canvas.width * rng.between(0.06, 0.15);
  let next = 0;
  for (let y = 2 * margin; y < canvas.height - margin; y += 3.2 * type.xHeight) {
    for (let x = margin; x < canvas.width - 2 * margin;) {
      x += printWord(canvas, words[next++ % words.length]!, [x, y], type) + 0.7 * type.xHeight;
    }
  }
  return scan(rng, canvas);
}

/** Signs in squares, as for knitting: crosses, rings, slashes, full squares. */
export function makeKnittingChart(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const count = 14 + rng.int(20);
  const cell = (canvas.width - 80) / count;
  const gridded = rng.chance(0.7);
  const period = 4 + rng.int(8);
  const signs = Array.from({ length: period * period }, () => (rng.chance(0.45) ? 1 + rng.int(4) : 0));
  for (let i = 0; i < count * count; i++) {
    const [column, row] = [i % count, Math.floor(i / count)];
    const [x, y] = [40 + (column + 0.5) * cell, 40 + (row + 0.5) * cell];
    const r = 0.3 * cell;
    const sign = signs[(row % period) * period + (column % period)]!;
    if (sign === 1) drawLine(canvas, [x - r, y + r], [x + r, y - r], 2, 30);
    if (sign === 2) drawPath(canvas, [...ellipsePoints([x, y], r, r, 0, 20), [x + r, y]], 2, 30);
    if (sign === 3) {
      drawLine(canvas, [x - r, y - r], [x + r, y + r], 2, 30);
      drawLine(canvas, [x - r, y + r], [x + r, y - r], 2, 30);
    }
    if (sign === 4) fillBox(canvas, x - r, y - r, 2 * r, 2 * r, 30);
  }
  for (let k = 0; gridded && k <= count; k++) {
    drawLine(canvas, [40 + k * cell, 40], [40 + k * cell, 40 + count * cell], 1.2, 110);
    drawLine(canvas, [40, 40 + k * cell], [40 + count * cell, 40 + k * cell], 1.2, 110);
  }
  return scan(rng, canvas);
}
