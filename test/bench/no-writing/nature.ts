/** Veins, webs, fur, cells, mud, rivers, crystals, coats and stains. */
import type { Rng } from '../../../src/base/rng.ts';
import { blurGaussian } from '../../../src/imaging/gaussian.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import {
  addClouds,
  drawLine,
  drawPath,
  ellipsePoints,
  fillEllipse,
  fillPolygon,
  makeCanvas,
  scan,
  type Canvas,
  type Point,
} from './canvas.ts';

function makeGround(rng: Rng, low: number, high: number): Canvas {
  const long = rng.between(620, 1150);
  return makeCanvas(long, long * rng.between(0.65, 1), rng.between(low, high));
}

/** One leaf: an outline, a rib, veins that fork off it. */
export function makeVeinedLeaf(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 205, 252);
  const [cx, cy] = [canvas.width / 2, canvas.height / 2];
  const [long, wide] = [0.42 * canvas.width, canvas.height * rng.between(0.2, 0.36)];
  const ink = rng.between(30, 120);
  const edge = (t: number, side: number): Point => [
    cx + long * (2 * t - 1),
    cy + side * wide * Math.sin(Math.PI * t) ** 0.8,
  ];
  const outline = [1, -1].flatMap((side) =>
    Array.from({ length: 40 }, (_, i) => edge(side > 0 ? i / 39 : 1 - i / 39, side)),
  );
  if (rng.chance(0.5)) fillPolygon(canvas, outline, rng.between(150, 215));
  const width = rng.between(1.4, 2.6);
  drawPath(canvas, outline, width, ink);
  drawLine(canvas, [cx - 1.15 * long, cy], [cx + long, cy], 1.8 * width, ink);
  for (let k = 1; k < 9 + rng.int(8); k++) {
    for (const side of [1, -1]) {
      const t = 0.06 + k * 0.055;
      const tip = edge(Math.min(0.97, t + 0.13), 0.9 * side);
      const from: Point = [cx + long * (2 * t - 1), cy];
      const middle: Point = [(from[0] + tip[0]) / 2 + 4, (from[1] + tip[1]) / 2 - side * 5];
      drawPath(canvas, [from, middle, tip], width, ink);
      for (const part of [0.35, 0.6, 0.8]) {
        const at: Point = [from[0] + part * (tip[0] - from[0]), from[1] + part * (tip[1] - from[1])];
        drawLine(canvas, at, [at[0] + rng.between(8, 26), at[1] + side * rng.between(-6, 12)], 1.1, ink);
      }
    }
  }
  return scan(rng, canvas);
}

/** Spokes and sagging threads between them. */
export function makeSpiderWeb(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 170, 250);
  const spokes = 9 + rng.int(14);
  const [cx, cy] = [canvas.width * rng.between(0.35, 0.65), canvas.height * rng.between(0.35, 0.65)];
  const angles = Array.from(
    { length: spokes },
    (_, k) => ((k + rng.between(-0.25, 0.25)) * 2 * Math.PI) / spokes,
  );
  const reach = canvas.height * rng.between(0.4, 0.6);
  const [width, ink] = [rng.between(1.1, 2.2), rng.between(30, 120)];
  const at = (k: number, r: number): Point => [
    cx + r * Math.cos(angles[k % spokes]!),
    cy + r * Math.sin(angles[k % spokes]!),
  ];
  for (let k = 0; k < spokes; k++) drawLine(canvas, [cx, cy], at(k, reach * rng.between(1, 1.3)), width, ink);
  const step = rng.between(12, 30);
  for (let r = 2 * step, k = 0; r < reach; r += step / spokes, k++) {
    const [a, b] = [at(k, r), at(k + 1, r)];
    drawPath(
      canvas,
      [a, [0.92 * ((a[0] + b[0]) / 2 - cx) + cx, 0.92 * ((a[1] + b[1]) / 2 - cy) + cy], b],
      width,
      ink,
    );
  }
  return scan(rng, canvas);
}

/** Short bent hairs that lie alike, over a whole coat. */
export function makeFur(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 180, 240);
  const bend = makeCanvas(canvas.width, canvas.height, 0);
  addClouds(rng, bend, 0.8, canvas.width / 2, 80);
  const [ink, long] = [rng.between(30, 110), rng.between(14, 50)];
  for (let k = 0; k < 500 + rng.int(2200); k++) {
    const [x, y] = [rng.between(0, canvas.width - 1), rng.between(0, canvas.height - 1)];
    const angle = 1 + bend.data[Math.floor(y) * canvas.width + Math.floor(x)]! + 0.15 * rng.normal();
    const turn = rng.between(-0.4, 0.4);
    const middle: Point = [x + (long / 2) * Math.cos(angle), y + (long / 2) * Math.sin(angle)];
    const end: Point = [
      middle[0] + (long / 2) * Math.cos(angle + turn),
      middle[1] + (long / 2) * Math.sin(angle + turn),
    ];
    drawPath(canvas, [[x, y], middle, end], rng.between(1.1, 2), ink + 20 * rng.normal());
  }
  return scan(rng, canvas);
}

/** The labyrinth of corals and brains, the spots of cats: a band of waves, cut at one level. */
export function makeCoat(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 215, 250);
  const { width, height } = canvas;
  const noise = Float32Array.from({ length: width * height }, () => rng.normal());
  const gap = rng.between(3, 7);
  const [fine, wide] = [
    blurGaussian(noise, width, height, gap),
    blurGaussian(noise, width, height, 1.7 * gap),
  ];
  const spread = Math.sqrt(fine.reduce((sum, value, i) => sum + (value - wide[i]!) ** 2, 0) / fine.length);
  const level = rng.between(-0.2, 0.9) * spread;
  const ink = rng.between(20, 100);
  for (let i = 0; i < fine.length; i++) if (fine[i]! - wide[i]! > level) canvas.data[i] = ink;
  return scan(rng, canvas);
}

/** Round cells with their walls and kernels, under a microscope. */
export function makeCells(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 190, 245);
  const size = rng.between(18, 60);
  const width = rng.between(1.4, 3);
  const ink = rng.between(60, 140);
  for (let k = 0; k < 20 + rng.int(90); k++) {
    const at: Point = [rng.between(0, canvas.width), rng.between(0, canvas.height)];
    const [a, b, turn] = [size * rng.between(0.7, 1.2), size * rng.between(0.6, 1), rng.between(0, 3)];
    const wall = ellipsePoints(at, a, b, turn, 40);
    fillPolygon(canvas, wall, rng.between(195, 240));
    drawPath(canvas, [...wall, wall[0]!], width, ink);
    if (rng.chance(0.8)) fillEllipse(canvas, [at[0] + 0.2 * a, at[1]], 0.25 * a, 0.25 * b, turn, ink);
  }
  return scan(rng, canvas);
}

/** Dry mud or old paint: cracks that fork and meet, thicker where they are older. */
export function makeOldPaint(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 170, 240);
  addClouds(rng, canvas, rng.between(0.5, 6), 200, 20);
  const ink = rng.between(20, 100);
  const crack = (from: Point, angle: number, width: number, length: number): void => {
    let at = from;
    let heading = angle;
    for (let k = 0; k < length; k++) {
      heading += 0.28 * rng.normal();
      const next: Point = [at[0] + 8 * Math.cos(heading), at[1] + 8 * Math.sin(heading)];
      drawPath(canvas, [at, next], width * rng.between(0.7, 1.3), ink);
      if (width > 1.2 && rng.chance(0.08))
        crack(next, heading + rng.pick([-1.4, 1.4]), 0.75 * width, 0.6 * length);
      at = next;
    }
  };
  for (let k = 0; k < 3 + rng.int(5); k++)
    crack(
      [rng.between(0, canvas.width), rng.between(0, canvas.height)],
      rng.between(0, 6.28),
      rng.between(2, 4.5),
      50,
    );
  return scan(rng, canvas);
}

/** Arms of a river on a chart: they part and join again, all one way. */
export function makeRiver(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 220, 250);
  const [width, ink] = [rng.between(1.5, 4), rng.between(40, 130)];
  for (let arm = 0; arm < 4 + rng.int(7); arm++) {
    const phases = [1, 2, 3, 5].map((k) => [k, rng.between(0, 6.3), rng.between(10, 60) / k] as const);
    const base = canvas.height * rng.between(0.25, 0.75);
    const line = Array.from({ length: 140 }, (_, i): Point => {
      const x = (canvas.width * i) / 139;
      return [
        x,
        base +
          phases.reduce(
            (sum, [k, phase, size]) => sum + size * Math.sin(k * (x / canvas.width) * 6 + phase),
            0,
          ),
      ];
    });
    line
      .slice(1)
      .forEach((at, i) => drawPath(canvas, [line[i]!, at], width * (1 + 0.5 * Math.sin(i / 9 + arm)), ink));
  }
  return scan(rng, canvas);
}

/** Crystals of snow: six arms alike, with side arms. */
export function makeSnowflakes(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 225, 252);
  for (let flake = 0; flake < 1 + rng.int(7); flake++) {
    const size = canvas.height * rng.between(0.08, 0.3);
    const at: Point = [canvas.width * rng.between(0.15, 0.85), canvas.height * rng.between(0.15, 0.85)];
    const turn = rng.between(0, 1);
    const sides = Array.from(
      { length: 2 + rng.int(3) },
      () => [rng.between(0.3, 0.95), rng.between(0.15, 0.4)] as const,
    );
    const width = rng.between(1.5, 4);
    for (let arm = 0; arm < 6; arm++) {
      const t = turn + (Math.PI * arm) / 3;
      const on = (r: number, angle: number, from: Point = at): Point => [
        from[0] + r * size * Math.cos(angle),
        from[1] + r * size * Math.sin(angle),
      ];
      drawLine(canvas, at, on(1, t), width, 40);
      for (const [r, long] of sides)
        for (const side of [-1, 1])
          drawLine(canvas, on(r, t), on(long, t + (side * Math.PI) / 3, on(r, t)), width, 40);
    }
  }
  return scan(rng, canvas);
}

/** Ripples in sand, stripes of a zebra, folds of a curtain: bands that fork here and there. */
export function makeStripes(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 205, 250);
  const bend = makeCanvas(canvas.width, canvas.height, 0);
  addClouds(rng, bend, rng.between(8, 45), rng.between(120, 400), 60);
  const [gap, angle, share] = [rng.between(12, 50), rng.between(0, Math.PI), rng.between(0.1, 0.45)];
  const ink = rng.between(30, 120);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at++) {
      const phase = (x * Math.cos(angle) + y * Math.sin(angle) + bend.data[at]!) / gap;
      if (phase - Math.floor(phase) < share) canvas.data[at] = ink;
    }
  }
  return scan(rng, canvas, rng.between(0.5, 2));
}

/** Drops and runs of thrown paint, or of coffee with its dark rim. */
export function makeStains(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 225, 252);
  const ink = rng.between(30, 140);
  const rimmed = rng.chance(0.5);
  for (let k = 0; k < 8 + rng.int(40); k++) {
    const at: Point = [rng.between(0, canvas.width), rng.between(0, canvas.height)];
    const size = rng.logBetween(3, 70);
    const lobes = [2, 3, 5, 7].map((n) => [n, 0.12 * rng.normal(), rng.between(0, 6)] as const);
    const rim = Array.from({ length: 50 }, (_, i): Point => {
      const t = (2 * Math.PI * i) / 49;
      const r = size * lobes.reduce((sum, [n, a, phase]) => sum + a * Math.sin(n * t + phase), 1);
      return [at[0] + r * Math.cos(t), at[1] + r * Math.sin(t)];
    });
    if (rimmed) drawPath(canvas, rim, rng.between(1.5, 4), ink);
    else fillPolygon(canvas, rim, ink);
    if (rng.chance(0.3))
      drawPath(
        canvas,
        [at, [at[0] + 4 * rng.normal(), at[1] + size * rng.between(1.5, 5)]],
        rng.between(2, 6),
        ink,
      );
  }
  return scan(rng, canvas);
}

/** Fronds: a bent rib with ever shorter leaflets on both sides, each with its own. */
export function makeFern(rng: Rng): GreyImage {
  const canvas = makeGround(rng, 220, 252);
  const ink = rng.between(30, 120);
  const frond = (from: Point, angle: number, length: number, depth: number, width: number): void => {
    const count = depth === 0 ? 5 : 16;
    let at = from;
    let heading = angle;
    const bend = rng.between(-0.04, 0.04);
    for (let k = 0; k < count; k++) {
      heading += bend;
      const next: Point = [
        at[0] + (length / count) * Math.cos(heading),
        at[1] + (length / count) * Math.sin(heading),
      ];
      drawPath(canvas, [at, next], width, ink);
      if (depth > 0)
        for (const side of [-1, 1])
          frond(
            next,
            heading + side * 1.1,
            0.4 * length * (1 - k / count),
            depth - 1,
            Math.max(1.2, 0.7 * width),
          );
      at = next;
    }
  };
  for (let k = 0; k < 1 + rng.int(3); k++)
    frond(
      [canvas.width * rng.between(0.1, 0.5), canvas.height * rng.between(0.3, 0.9)],
      rng.between(-0.8, 0.2),
      canvas.width * rng.between(0.35, 0.6),
      1 + rng.int(2),
      rng.between(1.5, 3),
    );
  return scan(rng, canvas);
}
