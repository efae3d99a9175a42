/** What is drawn by machine: charts, maps, plans, music, puzzles. */
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
  makeCanvas,
  makePage,
  printWord,
  scan,
  type Canvas,
  type Point,
} from './canvas.ts';
import { pickType } from './prints.ts';

function drawAxes(
  rng: Rng,
  canvas: Canvas,
  fonts: FontLibrary,
): { left: number; bottom: number; right: number; top: number } {
  const box = { left: 70, bottom: canvas.height - 60, right: canvas.width - 40, top: 40 };
  const type = pickType(rng, fonts, rng.between(6, 10));
  const width = rng.between(1.2, 2.5);
  drawLine(canvas, [box.left, box.bottom], [box.right, box.bottom], width, 40);
  drawLine(canvas, [box.left, box.bottom], [box.left, box.top], width, 40);
  const ticks = 5 + rng.int(6);
  const grid = rng.chance(0.5);
  for (let i = 0; i <= ticks; i++) {
    const y = box.bottom - ((box.bottom - box.top) * i) / ticks;
    const x = box.left + ((box.right - box.left) * i) / ticks;
    drawLine(canvas, [box.left - 6, y], [grid ? box.right : box.left, y], grid ? 1 : width, grid ? 170 : 40);
    drawLine(canvas, [x, box.bottom], [x, box.bottom + 6], width, 40);
    printWord(canvas, String(i * 10), [box.left - 45, y + 4], type);
    printWord(canvas, String(i), [x - 4, box.bottom + 26], type);
  }
  return box;
}

export function makeBarChart(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const { left, bottom, right, top } = drawAxes(rng, canvas, fonts);
  const bars = 4 + rng.int(14);
  const step = (right - left) / bars;
  for (let i = 0; i < bars; i++) {
    const height = (bottom - top) * rng.between(0.1, 0.95);
    fillBox(canvas, left + (i + 0.15) * step, bottom - height, 0.7 * step, height, rng.between(30, 150));
  }
  return scan(rng, canvas);
}

export function makePlot(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const { left, bottom, right, top } = drawAxes(rng, canvas, fonts);
  for (let k = 0; k < 1 + rng.int(3); k++) {
    const rough = rng.between(0.005, 0.05);
    let value = rng.between(0.3, 0.7);
    const points: Point[] = [];
    for (let x = left; x < right; x += rng.between(3, 12)) {
      value = Math.min(0.97, Math.max(0.03, value + rough * rng.normal()));
      points.push([x, bottom - value * (bottom - top)]);
    }
    drawPath(canvas, points, rng.between(1.4, 2.6), rng.between(20, 110));
    if (rng.chance(0.3)) for (const point of points) fillEllipse(canvas, point, 4, 4, 0, 30);
  }
  return scan(rng, canvas);
}

/** Contour lines of a landscape, roads and names. */
export function makeMap(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'square');
  const land = makeCanvas(canvas.width, canvas.height, 0);
  addClouds(rng, land, 1, canvas.width / rng.between(2, 4), 40);
  const levels = rng.between(5, 12);
  const ink = rng.between(60, 140);
  for (let y = 1, width = canvas.width; y < canvas.height; y++) {
    for (let x = 1; x < width; x++) {
      const here = Math.floor(land.data[y * width + x]! * levels);
      const left = Math.floor(land.data[y * width + x - 1]! * levels);
      const above = Math.floor(land.data[(y - 1) * width + x]! * levels);
      if (here !== left || here !== above) fillBox(canvas, x - 1, y - 1, 2, 2, ink);
    }
  }
  for (let i = 0; i < 3 + rng.int(5); i++) {
    let at: Point = [rng.between(0, canvas.width), rng.chance(0.5) ? 0 : canvas.height];
    let angle = rng.between(0, 2 * Math.PI);
    const road: Point[] = [at];
    for (let k = 0; k < 60; k++) {
      angle += rng.between(-0.25, 0.25);
      at = [at[0] + 25 * Math.cos(angle), at[1] + 25 * Math.sin(angle)];
      road.push(at);
    }
    drawPath(canvas, road, rng.between(3, 7), 40);
  }
  const type = pickType(rng, fonts, rng.between(7, 12));
  for (const word of drawText(rng, 'train', 12)) {
    printWord(canvas, word, [rng.between(0, canvas.width - 90), rng.between(20, canvas.height)], type);
  }
  return scan(rng, canvas);
}

export function makeMusic(rng: Rng): GreyImage {
  const canvas = makePage(rng);
  const gap = rng.between(6, 11);
  for (let top = 60; top + 4 * gap < canvas.height - 40; top += gap * rng.between(9, 12)) {
    for (let k = 0; k < 5; k++)
      drawLine(canvas, [40, top + k * gap], [canvas.width - 40, top + k * gap], 1.4, 50);
    for (let x = 80; x < canvas.width - 60; x += gap * rng.between(2, 5)) {
      const y = top + (rng.int(11) - 1) * (gap / 2);
      fillEllipse(canvas, [x, y], 0.62 * gap, 0.45 * gap, -0.35, 20);
      if (rng.chance(0.3)) fillEllipse(canvas, [x, y], 0.35 * gap, 0.2 * gap, -0.35, 240);
      drawLine(canvas, [x + 0.55 * gap, y], [x + 0.55 * gap, y - 3.4 * gap], 1.6, 20);
      if (rng.chance(0.15)) drawLine(canvas, [x + 1.6 * gap, top], [x + 1.6 * gap, top + 4 * gap], 1.6, 40);
    }
  }
  return scan(rng, canvas);
}

export function makeCrossword(rng: Rng, fonts: FontLibrary): GreyImage {
  const count = 9 + rng.int(9);
  const cell = rng.between(26, 48);
  const canvas = makeCanvas(count * cell + 60, count * cell + 60, 246);
  const type = pickType(rng, fonts, cell * 0.13);
  for (let i = 0; i < count * count; i++) {
    const [x, y] = [30 + (i % count) * cell, 30 + Math.floor(i / count) * cell];
    if (rng.chance(0.22)) fillBox(canvas, x, y, cell, cell, 20);
    else if (rng.chance(0.3)) printWord(canvas, String(i), [x + 3, y + cell * 0.28], type);
  }
  for (let k = 0; k <= count; k++) {
    drawLine(canvas, [30 + k * cell, 30], [30 + k * cell, 30 + count * cell], 2, 30);
    drawLine(canvas, [30, 30 + k * cell], [30 + count * cell, 30 + k * cell], 2, 30);
  }
  return scan(rng, canvas);
}

/** Boxes joined by lines along the axes, with names. */
export function makeCircuit(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const type = pickType(rng, fonts, rng.between(6, 10));
  const parts = Array.from({ length: 8 + rng.int(14) }, () => ({
    x: rng.between(60, canvas.width - 120),
    y: rng.between(60, canvas.height - 90),
  }));
  parts.forEach((part, i) => {
    const other = parts[(i + 1) % parts.length]!;
    drawPath(
      canvas,
      [
        [part.x, part.y],
        [other.x, part.y],
        [other.x, other.y],
      ],
      1.8,
      30,
    );
    fillEllipse(canvas, [other.x, part.y], 4, 4, 0, 30);
  });
  parts.forEach((part, i) => {
    const [w, h] = [rng.between(30, 80), rng.between(20, 50)];
    fillBox(canvas, part.x - w / 2, part.y - h / 2, w, h, 30);
    fillBox(canvas, part.x - w / 2 + 2, part.y - h / 2 + 2, w - 4, h - 4, 245);
    printWord(canvas, `R${i}`, [part.x - 10, part.y + 4], type);
  });
  return scan(rng, canvas);
}

/** Rings about one point, as on a target. */
export function makeRings(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const gap = rng.between(14, 45);
  const centre: Point = [canvas.width / 2, canvas.height / 2];
  const width = rng.between(2, gap * 0.4);
  for (let r = gap; r < canvas.width * 0.45; r += gap) {
    const ring = ellipsePoints(centre, r, r, 0, 120);
    drawPath(canvas, [...ring, ring[0]!], width, 30);
  }
  return scan(rng, canvas);
}

export function makeDots(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const gap = rng.between(14, 50);
  const r = gap * rng.between(0.12, 0.42);
  for (let y = gap / 2, row = 0; y < canvas.height; y += gap, row++) {
    for (let x = gap / 2 + ((row % 2) * gap) / 2; x < canvas.width; x += gap) {
      fillEllipse(canvas, [x, y], r, r, 0, 40);
    }
  }
  return scan(rng, canvas);
}

/** Random straight lines, as needles or cracks. */
export function makeNeedles(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const length = rng.between(20, 160);
  for (let i = 0; i < 120 + rng.int(500); i++) {
    const at: Point = [rng.between(0, canvas.width), rng.between(0, canvas.height)];
    const angle = rng.between(0, Math.PI);
    drawLine(
      canvas,
      at,
      [at[0] + length * Math.cos(angle), at[1] + length * Math.sin(angle)],
      rng.between(1.2, 3.5),
      rng.between(20, 120),
    );
  }
  return scan(rng, canvas);
}
