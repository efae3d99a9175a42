/** What engineers, printers and tailors draw by machine: traces, plans, patterns, nets. */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import { drawText } from '../../../src/synthetic/word-list.ts';
import {
  drawLine,
  drawPath,
  fillEllipse,
  fillPolygon,
  makePage,
  printWord,
  scan,
  type Point,
} from './canvas.ts';
import { pickType } from './prints.ts';

/** A heart's trace on squared paper. */
export function makeHeartTrace(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  const cell = rng.between(6, 11);
  const grid = rng.between(170, 222);
  for (let k = 0; k * cell < canvas.width; k++) {
    drawLine(canvas, [k * cell, 0], [k * cell, canvas.height], k % 5 === 0 ? 2 : 1, grid);
    drawLine(canvas, [0, k * cell], [canvas.width, k * cell], k % 5 === 0 ? 2 : 1, grid);
  }
  const rows = 1 + rng.int(4);
  const beat = cell * rng.between(9, 18);
  const shape: readonly Point[] = [
    [0, 0],
    [0.12, 0],
    [0.18, 0.12],
    [0.24, 0],
    [0.3, 0],
    [0.33, -0.1],
    [0.37, 1],
    [0.41, -0.25],
    [0.45, 0],
    [0.55, 0.02],
    [0.65, 0.22],
    [0.74, 0],
  ];
  for (let row = 0; row < rows; row++) {
    const base = (canvas.height * (row + 0.6)) / rows;
    const high = Math.min(0.4 * (canvas.height / rows), cell * rng.between(6, 14));
    const trace: Point[] = [];
    for (let x = 20; x < canvas.width - 20; x += beat * rng.between(0.94, 1.06)) {
      for (const [u, v] of shape) trace.push([x + u * beat, base - v * high + rng.normal()]);
    }
    drawPath(canvas, trace, rng.between(1.6, 2.6), rng.between(15, 60));
  }
  return scan(rng, canvas);
}

/** Parts of a garment: outlines, seam lines of dashes, notches, arrows, names. */
export function makeSewingPattern(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const type = pickType(rng, fonts, rng.between(7, 12));
  const parts = 2 + rng.int(4);
  const width = rng.between(1.6, 3);
  for (let part = 0; part < parts; part++) {
    const cx = (canvas.width * (part + 0.5)) / parts;
    const cy = canvas.height * rng.between(0.42, 0.58);
    const [a, b] = [(0.4 * canvas.width) / parts, canvas.height * rng.between(0.25, 0.4)];
    const lobes = [0, 1, 2].map(() => [rng.between(0.03, 0.15), rng.between(0, 6)] as const);
    const at = (t: number, by: number): Point => {
      const r = lobes.reduce((sum, [size, phase], k) => sum + size * Math.sin((k + 2) * t + phase), by);
      return [cx + a * r * Math.cos(t), cy + b * r * Math.sin(t)];
    };
    const outline = Array.from({ length: 91 }, (_, i) => at((2 * Math.PI * i) / 90, 0.85));
    drawPath(canvas, outline, width, 30);
    for (let i = 0; i < 90; i += 3)
      drawPath(canvas, [at((2 * Math.PI * i) / 90, 0.74), at((2 * Math.PI * (i + 1.5)) / 90, 0.74)], 1.5, 40);
    for (let i = 0; i < 4; i++) {
      const [x, y] = outline[rng.int(90)]!;
      fillPolygon(
        canvas,
        [
          [x - 6, y],
          [x + 6, y],
          [x, y + 9],
        ],
        30,
      );
    }
    drawLine(canvas, [cx, cy - 0.5 * b], [cx, cy + 0.5 * b], width, 30);
    drawPath(
      canvas,
      [
        [cx - 6, cy - 0.5 * b + 10],
        [cx, cy - 0.5 * b],
        [cx + 6, cy - 0.5 * b + 10],
      ],
      width,
      30,
    );
    printWord(canvas, drawText(rng, 'train', 1)[0]!, [cx + 8, cy], type);
  }
  return scan(rng, canvas);
}

/** Rooms: thick walls, doors with their arcs, measures. */
export function makeFloorPlan(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const type = pickType(rng, fonts, rng.between(6, 9));
  const wall = rng.between(3, 8);
  const split = (left: number, top: number, right: number, bottom: number, depth: number): void => {
    if (depth === 0 || Math.min(right - left, bottom - top) < 110) {
      printWord(canvas, `${10 + rng.int(30)} m2`, [left + 15, (top + bottom) / 2], type);
      return;
    }
    const door = rng.between(22, 36);
    const swing = (x: number, y: number, from: number): void => {
      const arc = Array.from({ length: 12 }, (_, i): Point => {
        const t = from + (Math.PI / 2) * (i / 11);
        return [x + door * Math.cos(t), y + door * Math.sin(t)];
      });
      drawPath(canvas, [[x, y], ...arc], 1.4, 60);
    };
    if (right - left > bottom - top) {
      const x = rng.between(left + 0.35 * (right - left), right - 0.35 * (right - left));
      const gap = rng.between(top + 10, bottom - door - 10);
      drawLine(canvas, [x, top], [x, gap], wall, 30);
      drawLine(canvas, [x, gap + door], [x, bottom], wall, 30);
      swing(x, gap, 0);
      split(left, top, x, bottom, depth - 1);
      split(x, top, right, bottom, depth - 1);
    } else {
      const y = rng.between(top + 0.35 * (bottom - top), bottom - 0.35 * (bottom - top));
      const gap = rng.between(left + 10, right - door - 10);
      drawLine(canvas, [left, y], [gap, y], wall, 30);
      drawLine(canvas, [gap + door, y], [right, y], wall, 30);
      swing(gap, y, 0);
      split(left, top, right, y, depth - 1);
      split(left, y, right, bottom, depth - 1);
    }
  };
  const [left, top, right, bottom] = [60, 60, canvas.width - 60, canvas.height - 60];
  drawPath(
    canvas,
    [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
      [left, top],
    ],
    1.4 * wall,
    25,
  );
  split(left, top, right, bottom, 2 + rng.int(3));
  return scan(rng, canvas);
}

/** Lines of a city's trains: thick, along eight directions, with stations and names. */
export function makeMetroMap(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const type = pickType(rng, fonts, rng.between(5, 8));
  const width = rng.between(4, 9);
  for (let line = 0; line < 3 + rng.int(6); line++) {
    let heading = rng.int(8);
    let at: Point = [canvas.width * rng.between(0.1, 0.9), canvas.height * rng.between(0.1, 0.9)];
    const track: Point[] = [at];
    for (let k = 0; k < 4 + rng.int(6); k++) {
      heading += rng.pick([-1, 0, 1]);
      const step = rng.between(40, 130);
      const angle = (heading * Math.PI) / 4;
      at = [
        Math.min(canvas.width - 20, Math.max(20, at[0] + step * Math.cos(angle))),
        Math.min(canvas.height - 20, Math.max(20, at[1] + step * Math.sin(angle))),
      ];
      track.push(at);
    }
    drawPath(canvas, track, width, rng.between(40, 150));
    for (const [x, y] of track) {
      fillEllipse(canvas, [x, y], width, width, 0, 20);
      fillEllipse(canvas, [x, y], 0.6 * width, 0.6 * width, 0, 245);
      if (rng.chance(0.7))
        printWord(canvas, drawText(rng, 'train', 1)[0]!, [x + 1.5 * width, y - width], type);
    }
  }
  return scan(rng, canvas);
}

/** Copper on a board: tracks that bend by an eighth of a turn, round pads, rows of pins. */
export function makeCopperTracks(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const width = rng.between(2.5, 5);
  const pitch = rng.between(16, 30);
  const ink = rng.between(20, 80);
  const cells = Math.floor(canvas.width / pitch) - 2;
  for (let k = 0; k < 25 + rng.int(30); k++) {
    const [x, y] = [pitch * (1 + rng.int(cells)), pitch * (1 + rng.int(cells))];
    const [reach, rise] = [pitch * (1 + rng.int(5)), pitch * (1 + rng.int(3)) * rng.pick([-1, 1])];
    const far = pitch * (1 + rng.int(6));
    const track: Point[] = [
      [x, y],
      [x + reach, y],
      [x + reach + Math.abs(rise), y + rise],
      [x + reach + Math.abs(rise) + far, y + rise],
    ];
    drawPath(canvas, rng.chance(0.5) ? track : track.map(([u, v]): Point => [v, u]), width, ink);
    for (const [u, v] of [track[0]!, track[3]!]) {
      fillEllipse(canvas, [u, v], 1.7 * width, 1.7 * width, 0, ink);
      fillEllipse(canvas, [u, v], 0.7 * width, 0.7 * width, 0, 240);
    }
  }
  return scan(rng, canvas);
}

/** A body as a net of triangles, as computers draw it. */
export function makeWireframe(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const [columns, rows] = [8 + rng.int(14), 6 + rng.int(10)];
  const size = canvas.width * rng.between(0.28, 0.42);
  const [tilt, bump] = [rng.between(0.2, 1), rng.between(0, 0.3)];
  const at = (i: number, j: number): Point => {
    const [u, v] = [(2 * Math.PI * i) / columns, Math.PI * (j / rows - 0.5)];
    const r = size * (1 + bump * Math.sin(3 * u) * Math.cos(2 * v));
    const [x, y, z] = [r * Math.cos(v) * Math.cos(u), r * Math.sin(v), r * Math.cos(v) * Math.sin(u)];
    return [canvas.width / 2 + x, canvas.height / 2 + y * Math.cos(tilt) - z * Math.sin(tilt)];
  };
  const [width, ink] = [rng.between(1.1, 2), rng.between(20, 120)];
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j < rows; j++) {
      drawLine(canvas, at(i, j), at(i + 1, j), width, ink);
      drawLine(canvas, at(i, j), at(i, j + 1), width, ink);
      if (columns % 2 === 0) drawLine(canvas, at(i, j), at(i + 1, j + 1), width, ink);
    }
  }
  return scan(rng, canvas);
}

/** The rosettes of banknotes: many smooth waves around each other. */
export function makeRosette(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const [petals, inner] = [5 + rng.int(14), 2 + rng.int(4)];
  const copies = 2 + rng.int(7);
  const [width, ink] = [rng.between(1.2, 2.2), rng.between(20, 130)];
  const [size, deep] = [canvas.width * rng.between(0.28, 0.42), rng.between(0.12, 0.4)];
  for (let copy = 0; copy < copies; copy++) {
    const turn = (2 * Math.PI * copy) / (copies * petals);
    const ring = Array.from({ length: 481 }, (_, i): Point => {
      const t = (2 * Math.PI * i) / 480;
      const r = size * (1 - deep + deep * Math.cos(petals * (t + turn)) + 0.06 * Math.cos(inner * t));
      return [canvas.width / 2 + r * Math.cos(t), canvas.height / 2 + r * Math.sin(t)];
    });
    drawPath(canvas, ring, width, ink);
  }
  return scan(rng, canvas);
}
