/** Surfaces and photographs. */
import type { Rng } from '../../../src/base/rng.ts';
import { blurGaussian } from '../../../src/imaging/gaussian.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import {
  addClouds,
  addNoise,
  drawLine,
  drawPath,
  fillBox,
  fillEllipse,
  fillPolygon,
  makeCanvas,
  scan,
  type Canvas,
  type Point,
} from './canvas.ts';

function makeSurface(rng: Rng, grey: number): Canvas {
  const long = rng.between(600, 1100);
  return makeCanvas(long, long * rng.between(0.66, 1), grey);
}

export function makeNoise(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(90, 200));
  addNoise(rng, canvas, rng.between(15, 60));
  return scan(rng, canvas, rng.between(0, 1.5));
}

export function makeClouds(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(90, 200));
  addClouds(rng, canvas, rng.between(20, 60), rng.between(40, 300), rng.between(1, 6));
  return scan(rng, canvas);
}

export function makeGradient(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, 0);
  const [a, b] = [rng.between(0, 110), rng.between(140, 255)];
  const [cx, cy] = [rng.next(), rng.next()];
  const round = rng.chance(0.5);
  const steps = rng.chance(0.4) ? 3 + rng.int(12) : 256;
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at++) {
      const [u, v] = [x / canvas.width, y / canvas.height];
      const t = round ? Math.min(1, Math.sqrt((u - cx) ** 2 + (v - cy) ** 2)) : (u * cx + v * cy) / (cx + cy);
      canvas.data[at] = a + ((b - a) * Math.floor(t * steps)) / steps;
    }
  }
  return scan(rng, canvas);
}

export function makeLeaves(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(60, 120));
  const size = rng.logBetween(8, 40);
  const count = Math.round((2.5 * canvas.width * canvas.height) / (size * size));
  for (let i = 0; i < count; i++) {
    const a = size * rng.logBetween(0.5, 1.6);
    const at: Point = [rng.between(0, canvas.width), rng.between(0, canvas.height)];
    fillEllipse(canvas, at, a, a * rng.between(0.35, 0.8), rng.between(0, Math.PI), rng.between(30, 210));
  }
  return scan(rng, canvas);
}

export function makeBricks(rng: Rng): GreyImage {
  const mortar = rng.chance(0.5) ? rng.between(150, 215) : rng.between(40, 80);
  const canvas = makeSurface(rng, mortar);
  const [w, h] = [rng.between(50, 110), rng.between(20, 45)];
  const gap = rng.between(2, 7);
  const base = rng.between(80, 150);
  for (let row = 0; row * h < canvas.height; row++) {
    for (let x = (row % 2) * (w / 2) - w; x < canvas.width; x += w) {
      fillBox(canvas, x, row * h, w - gap, h - gap, base + 18 * rng.normal());
    }
  }
  addClouds(rng, canvas, rng.between(2, 12), 32);
  return scan(rng, canvas);
}

/** Smooth shaded blobs before a soft background. */
export function makePhotograph(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(60, 220));
  addClouds(rng, canvas, rng.between(10, 35), 400, 60);
  const things = 4 + rng.int(14);
  for (let i = 0; i < things; i++) {
    shadeBlob(
      rng,
      canvas,
      [rng.between(0, canvas.width), rng.between(0, canvas.height)],
      rng.logBetween(25, 220),
    );
  }
  addClouds(rng, canvas, rng.between(2, 14), rng.between(8, 60));
  return scan(rng, canvas, rng.between(0.6, 2.5));
}

function shadeBlob(rng: Rng, canvas: Canvas, [cx, cy]: Point, radius: number): void {
  const [dark, light] = [rng.between(10, 120), rng.between(90, 240)];
  const stretch = rng.between(0.5, 1);
  const sun = rng.between(0, 2 * Math.PI);
  const lobes = Array.from(
    { length: 4 },
    (_, k) => [rng.normal() * (0.2 / (k + 1)), rng.between(0, 6)] as const,
  );
  const reach = 1.6 * radius;
  for (let y = Math.max(0, Math.floor(cy - reach)); y < Math.min(canvas.height, cy + reach); y++) {
    for (let x = Math.max(0, Math.floor(cx - reach)); x < Math.min(canvas.width, cx + reach); x++) {
      const [u, v] = [(x - cx) / radius, (y - cy) / (radius * stretch)];
      const r = Math.sqrt(u * u + v * v);
      const angle = Math.atan2(v, u);
      const edge = lobes.reduce((sum, [size, phase], k) => sum + size * Math.sin((k + 1) * angle + phase), 1);
      if (r > edge) continue;
      const facing = 0.5 + 0.5 * (u * Math.cos(sun) + v * Math.sin(sun));
      canvas.data[y * canvas.width + x] = dark + (light - dark) * Math.min(1, Math.max(0, facing));
    }
  }
}

/** A face in the light of one lamp. */
export function makeFace(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(120, 245));
  addClouds(rng, canvas, rng.between(3, 15), 300, 40);
  const [cx, cy] = [canvas.width * rng.between(0.4, 0.6), canvas.height * rng.between(0.45, 0.55)];
  const r = canvas.height * rng.between(0.25, 0.38);
  fillEllipse(canvas, [cx, cy - 0.35 * r], 0.95 * r, 1.05 * r, 0, rng.between(20, 90));
  fillPolygon(
    canvas,
    [
      [cx - 1.7 * r, canvas.height],
      [cx - r, cy + 1.2 * r],
      [cx + r, cy + 1.2 * r],
      [cx + 1.7 * r, canvas.height],
    ],
    rng.between(30, 180),
  );
  const skin = rng.between(130, 215);
  fillEllipse(canvas, [cx, cy], 0.78 * r, 1.02 * r, 0, skin);
  for (const side of [-1, 1]) {
    fillEllipse(canvas, [cx + 0.3 * r * side, cy - 0.15 * r], 0.15 * r, 0.08 * r, 0, 235);
    fillEllipse(canvas, [cx + 0.3 * r * side, cy - 0.15 * r], 0.07 * r, 0.07 * r, 0, 35);
    drawLine(
      canvas,
      [cx + 0.14 * r * side, cy - 0.35 * r],
      [cx + 0.5 * r * side, cy - 0.33 * r],
      0.06 * r,
      60,
    );
  }
  fillEllipse(canvas, [cx, cy + 0.2 * r], 0.11 * r, 0.07 * r, 0, skin - 45);
  fillEllipse(canvas, [cx, cy + 0.52 * r], 0.3 * r, rng.between(0.04, 0.1) * r, 0, skin - 75);
  const soft = blurGaussian(canvas.data, canvas.width, canvas.height, rng.between(1.5, 5));
  canvas.data.set(soft);
  const light = rng.between(-60, 60);
  for (let i = 0; i < soft.length; i++)
    canvas.data[i] = soft[i]! + light * ((i % canvas.width) / canvas.width - 0.5);
  addClouds(rng, canvas, rng.between(1, 8), 20);
  return scan(rng, canvas);
}

/** Growth rings of a board. */
export function makeWood(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, 0);
  const warp = makeCanvas(canvas.width, canvas.height, 0);
  addClouds(rng, warp, rng.between(12, 40), 500, 60);
  const gap = rng.between(8, 30);
  const [base, depth] = [rng.between(110, 200), rng.between(15, 60)];
  const slope = rng.between(-0.15, 0.15);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at++) {
      const phase = (y + slope * x + warp.data[at]!) / gap;
      const saw = phase - Math.floor(phase);
      canvas.data[at] = base - depth * saw ** 3;
    }
  }
  addClouds(rng, canvas, rng.between(1, 6), 16);
  return scan(rng, canvas);
}

export function makeWeave(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, 0);
  const [gapX, gapY] = [rng.between(8, 26), rng.between(8, 26)];
  const [base, depth] = [rng.between(120, 215), rng.between(15, 70)];
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at++) {
      const over = (Math.floor(x / gapX) + Math.floor(y / gapY)) % 2 === 0;
      const across = Math.sin((Math.PI * x) / gapX) ** 2;
      const down = Math.sin((Math.PI * y) / gapY) ** 2;
      canvas.data[at] = base - depth * (over ? 1 - across : 1.2 - down);
    }
  }
  addClouds(rng, canvas, rng.between(1, 6), 20);
  return scan(rng, canvas);
}

/** Stones or cells: every pixel belongs to the nearest seed; joints where two are equally near. */
export function makePebbles(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, 0);
  const cell = rng.between(24, 70);
  const columns = Math.ceil(canvas.width / cell) + 2;
  const rows = Math.ceil(canvas.height / cell) + 2;
  const seeds = Array.from({ length: columns * rows }, (_, i) => ({
    x: ((i % columns) - 1 + rng.next()) * cell,
    y: (Math.floor(i / columns) - 1 + rng.next()) * cell,
    grey: rng.between(120, 220),
  }));
  const joint = rng.between(2, 6);
  const flat = rng.chance(0.5) ? rng.between(200, 245) : null;
  const dark = rng.between(20, 90);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at++) {
      const [column, row] = [Math.floor(x / cell) + 1, Math.floor(y / cell) + 1];
      let [first, second, grey] = [Infinity, Infinity, 0];
      for (let r = Math.max(0, row - 2); r <= Math.min(rows - 1, row + 2); r++) {
        for (let c = Math.max(0, column - 2); c <= Math.min(columns - 1, column + 2); c++) {
          const seed = seeds[r * columns + c]!;
          const distance = Math.sqrt((seed.x - x) ** 2 + (seed.y - y) ** 2);
          if (distance < first) [second, first, grey] = [first, distance, seed.grey];
          else if (distance < second) second = distance;
        }
      }
      canvas.data[at] = second - first < joint ? dark : (flat ?? grey);
    }
  }
  return scan(rng, canvas);
}

/** Bare branches before the sky, each thinner than the one that it grows from. */
export function makeBranches(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(170, 240));
  addClouds(rng, canvas, rng.between(3, 15), 300, 40);
  const grow = ([x, y]: Point, angle: number, length: number, width: number): void => {
    if (width < 0.8 || length < 6) return;
    const bend = rng.between(-0.3, 0.3);
    const middle: Point = [
      x + 0.5 * length * Math.cos(angle + bend),
      y + 0.5 * length * Math.sin(angle + bend),
    ];
    const end: Point = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
    drawPath(canvas, [[x, y], middle, end], width, rng.between(20, 70));
    for (let k = 0; k < 2 + rng.int(2); k++) {
      grow(
        end,
        angle + rng.between(-0.7, 0.7),
        length * rng.between(0.6, 0.9),
        width * rng.between(0.5, 0.8),
      );
    }
  };
  for (let i = 0; i < 1 + rng.int(3); i++) {
    const foot: Point = [canvas.width * rng.between(0.2, 0.8), canvas.height];
    grow(
      foot,
      -Math.PI / 2 + rng.between(-0.3, 0.3),
      canvas.height * rng.between(0.18, 0.3),
      rng.between(12, 34),
    );
  }
  return scan(rng, canvas);
}

/** Ridges of a finger: a wave along a bent direction. */
export function makeFingerprint(rng: Rng): GreyImage {
  const canvas = makeSurface(rng, rng.between(215, 250));
  const warp = makeCanvas(canvas.width, canvas.height, 0);
  addClouds(rng, warp, rng.between(10, 26), 260, 60);
  const gap = rng.between(8, 18);
  const [cx, cy] = [canvas.width * rng.between(0.35, 0.65), canvas.height * rng.between(0.4, 0.7)];
  const reach = canvas.height * rng.between(0.3, 0.45);
  const ink = rng.between(30, 110);
  for (let y = 0, at = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, at++) {
      const [u, v] = [x - cx, 0.75 * (y - cy)];
      const r = Math.sqrt(u * u + v * v);
      if (r > reach) continue;
      const wave = Math.sin((2 * Math.PI * (r + warp.data[at]!)) / gap);
      if (wave > 0) canvas.data[at] = ink + (1 - wave) * 40;
    }
  }
  return scan(rng, canvas, rng.between(0.8, 1.6));
}
