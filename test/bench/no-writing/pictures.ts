/** What is printed to be looked at: comics, animals, screens, dithered pictures, dials, puzzles. Letters and signs are in signs.ts. */
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

/** A closed smooth outline with lobes. */
function blob(rng: Rng, [cx, cy]: Point, a: number, b: number, rough: number): Point[] {
  const lobes = [2, 3, 4, 5].map((k) => [k, (rough * rng.normal()) / k, rng.between(0, 6)] as const);
  return Array.from({ length: 61 }, (_, i): Point => {
    const t = (2 * Math.PI * i) / 60;
    const r = lobes.reduce((sum, [k, size, phase]) => sum + size * Math.sin(k * t + phase), 1);
    return [cx + a * r * Math.cos(t), cy + b * r * Math.sin(t)];
  });
}

/** Panels with outlined figures, black hair and clothes, words in bubbles. */
export function makeComic(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng);
  const type = pickType(rng, fonts, rng.between(6, 9));
  const [columns, rows] = [1 + rng.int(2), 2 + rng.int(2)];
  const line = rng.between(2, 3.5);
  for (let panel = 0; panel < columns * rows; panel++) {
    const w = (canvas.width - 60) / columns;
    const h = (canvas.height - 60) / rows;
    const [left, top] = [30 + (panel % columns) * w, 30 + Math.floor(panel / columns) * h];
    drawPath(
      canvas,
      [
        [left, top],
        [left + w - 12, top],
        [left + w - 12, top + h - 12],
        [left, top + h - 12],
        [left, top],
      ],
      line,
      20,
    );
    for (let figure = 0; figure < 1 + rng.int(2); figure++) {
      const [x, y] = [left + w * rng.between(0.25, 0.75), top + h * rng.between(0.4, 0.6)];
      const size = h * rng.between(0.1, 0.18);
      drawPath(canvas, blob(rng, [x, y], size, 1.2 * size, 0.1), line, 20);
      fillPolygon(canvas, blob(rng, [x, y - size], 0.9 * size, 0.5 * size, 0.3), 20);
      for (const side of [-0.35, 0.35])
        fillEllipse(canvas, [x + side * size, y], 0.1 * size, 0.16 * size, 0, 20);
      drawPath(
        canvas,
        [
          [x - 0.3 * size, y + 0.6 * size],
          [x, y + 0.7 * size],
          [x + 0.3 * size, y + 0.55 * size],
        ],
        line,
        20,
      );
      drawPath(
        canvas,
        [
          [x - size, y + 2.6 * size],
          [x - 0.7 * size, y + 1.3 * size],
          [x + 0.7 * size, y + 1.3 * size],
          [x + size, y + 2.6 * size],
        ],
        line,
        20,
      );
    }
    const bubble = ellipsePoints([left + 0.3 * w, top + 0.16 * h], 0.26 * w, 0.11 * h, 0, 40);
    fillPolygon(canvas, bubble, 250);
    drawPath(canvas, [...bubble, bubble[0]!], line, 20);
    printWord(canvas, drawText(rng, 'train', 2).join(' '), [left + 0.12 * w, top + 0.17 * h], type);
  }
  return scan(rng, canvas);
}

/** Beasts as black shapes or as outlines alone. */
export function makeAnimals(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  const filled = rng.chance(0.5);
  const line = rng.between(2, 5);
  for (let k = 0; k < 1 + rng.int(4); k++) {
    const size = canvas.width * rng.between(0.08, 0.16);
    const [x, y] = [canvas.width * rng.between(0.2, 0.8), canvas.height * rng.between(0.3, 0.65)];
    const ear = 0.5 * size;
    const parts = [
      blob(rng, [x, y], 1.5 * size, 0.75 * size, 0.12),
      blob(rng, [x + 1.7 * size, y - 0.7 * size], 0.6 * size, 0.5 * size, 0.12),
      [
        [x + 1.4 * size, y - size],
        [x + 1.5 * size, y - size - ear],
        [x + 1.8 * size, y - size],
      ] as Point[],
      ...[-1, -0.6, 0.6, 1].map((leg): Point[] => [
        [x + leg * size, y + 0.4 * size],
        [x + leg * size + 0.22 * size, y + 0.4 * size],
        [x + leg * size + 0.2 * size, y + 1.7 * size],
        [x + leg * size, y + 1.7 * size],
      ]),
    ];
    for (const part of parts) {
      if (filled) fillPolygon(canvas, part, 25);
      else drawPath(canvas, [...part, part[0]!], line, 25);
    }
    const tail = Array.from({ length: 12 }, (_, i): Point => [
      x - 1.4 * size - 0.08 * size * i,
      y - 0.1 * size * i * rng.between(0.8, 1.2),
    ]);
    drawPath(canvas, tail, filled ? 2 * line : line, 25);
  }
  return scan(rng, canvas);
}

/** Windows, buttons and lists of a program. */
export function makeProgramWindow(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makeCanvas(rng.between(800, 1280), rng.between(560, 800), rng.between(215, 255));
  const type = { ...pickType(rng, fonts, rng.between(5, 8)), grey: rng.between(20, 80) };
  fillBox(canvas, 0, 0, canvas.width, 34, rng.between(60, 210));
  fillBox(canvas, 0, 34, canvas.width * 0.22, canvas.height, rng.between(200, 240));
  for (let k = 0; k < 8 + rng.int(8); k++) {
    const y = 60 + k * 34;
    fillEllipse(canvas, [20, y], 7, 7, 0, rng.between(60, 160));
    printWord(canvas, drawText(rng, 'train', 1)[0]!, [36, y + 5], type);
  }
  for (let k = 0; k < 3 + rng.int(6); k++) {
    const [x, y] = [canvas.width * rng.between(0.26, 0.75), 60 + rng.int(Math.floor(canvas.height - 140))];
    const [w, h] = [rng.between(90, 240), rng.between(28, 90)];
    drawPath(
      canvas,
      [
        [x, y],
        [x + w, y],
        [x + w, y + h],
        [x, y + h],
        [x, y],
      ],
      1.4,
      150,
    );
    if (rng.chance(0.4)) fillBox(canvas, x, y, w, h, rng.between(70, 200));
    printWord(canvas, drawText(rng, 'train', 2).join(' '), [x + 10, y + h / 2 + 4], type);
  }
  return scan(rng, canvas, 0.4);
}

/** Grey by black and white dots alone, the error handed on. */
export function makeDithered(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  const { width, height, data } = canvas;
  data.fill(rng.between(130, 220));
  addClouds(rng, canvas, rng.between(20, 60), rng.between(200, 500), 40);
  const slope = rng.between(-120, 120);
  const dot = 1 + rng.int(3);
  const coarse = makeCanvas(width / dot, height / dot, 0);
  for (let y = 0, at = 0; y < coarse.height; y++) {
    for (let x = 0; x < coarse.width; x++, at++)
      coarse.data[at] =
        data[Math.min(height - 1, y * dot) * width + Math.min(width - 1, x * dot)]! +
        slope * (x / coarse.width - 0.5);
  }
  for (let y = 0, at = 0; y < coarse.height; y++) {
    for (let x = 0; x < coarse.width; x++, at++) {
      const value = coarse.data[at]! > 128 ? 250 : 20;
      const error = coarse.data[at]! - value;
      coarse.data[at] = value;
      if (x + 1 < coarse.width) coarse.data[at + 1]! += (7 / 16) * error;
      if (y + 1 < coarse.height) {
        if (x > 0) coarse.data[at + coarse.width - 1]! += (3 / 16) * error;
        coarse.data[at + coarse.width]! += (5 / 16) * error;
        if (x + 1 < coarse.width) coarse.data[at + coarse.width + 1]! += (1 / 16) * error;
      }
    }
  }
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++)
      data[at] =
        coarse.data[
          Math.min(coarse.height - 1, Math.floor(y / dot)) * coarse.width +
            Math.min(coarse.width - 1, Math.floor(x / dot))
        ]!;
  }
  return scan(rng, canvas, 0.5);
}

/** Faces of clocks or gauges: ticks, numbers, hands. */
export function makeDials(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const dials = 1 + rng.int(3);
  for (let k = 0; k < dials; k++) {
    const radius = Math.min(0.42 * canvas.height, (0.42 * canvas.width) / dials);
    const [x, y] = [(canvas.width * (k + 0.5)) / dials, canvas.height / 2];
    const rim = ellipsePoints([x, y], radius, radius, 0, 90);
    drawPath(canvas, [...rim, rim[0]!], rng.between(2, 6), 30);
    const type = pickType(rng, fonts, 0.07 * radius);
    for (let tick = 0; tick < 60; tick++) {
      const t = (Math.PI * tick) / 30;
      const from = tick % 5 === 0 ? 0.86 : 0.93;
      drawLine(
        canvas,
        [x + from * radius * Math.cos(t), y + from * radius * Math.sin(t)],
        [x + 0.97 * radius * Math.cos(t), y + 0.97 * radius * Math.sin(t)],
        tick % 5 === 0 ? 3 : 1.4,
        30,
      );
      if (tick % 5 === 0)
        printWord(
          canvas,
          String(((tick / 5 + 2) % 12) + 1),
          [x + 0.75 * radius * Math.cos(t) - 6, y + 0.75 * radius * Math.sin(t) + 5],
          type,
        );
    }
    for (const [reach, width] of [
      [0.5, 6],
      [0.75, 4],
    ] as const) {
      const t = rng.between(0, 6.28);
      drawLine(
        canvas,
        [x, y],
        [x + reach * radius * Math.cos(t), y + reach * radius * Math.sin(t)],
        width,
        20,
      );
    }
  }
  return scan(rng, canvas);
}

/** Leaded pieces of glass, or the cuts of a puzzle. */
export function makePuzzle(rng: Rng): GreyImage {
  const canvas: Canvas = makePage(rng, 'wide');
  const [columns, rows] = [4 + rng.int(8), 3 + rng.int(6)];
  const [w, h] = [(canvas.width - 60) / columns, (canvas.height - 60) / rows];
  const line = rng.between(1.5, 3);
  const cut = (from: Point, to: Point): void => {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const side = rng.pick([-1, 1]) * rng.between(0.16, 0.24);
    const points: Point[] = [from];
    for (let i = 0; i <= 16; i++) {
      const t = Math.PI * (1.3 - (1.6 * i) / 16);
      const along = 0.5 + 0.12 * Math.cos(t);
      const off = side * (0.5 + 0.5 * Math.sin(t));
      points.push([from[0] + along * dx - off * dy, from[1] + along * dy + off * dx]);
    }
    drawPath(canvas, [...points, to], line, 40);
  };
  for (let i = 0; i <= columns; i++)
    for (let j = 0; j < rows; j++) cut([30 + i * w, 30 + j * h], [30 + i * w, 30 + (j + 1) * h]);
  for (let j = 0; j <= rows; j++)
    for (let i = 0; i < columns; i++) cut([30 + i * w, 30 + j * h], [30 + (i + 1) * w, 30 + j * h]);
  return scan(rng, canvas);
}
