/** Thin smooth lines that no pen drew: coasts, cables, ornaments, gears, molecules, sound. */
import type { Rng } from '../../../src/base/rng.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import { drawLine, drawPath, ellipsePoints, makePage, printWord, scan, type Point } from './canvas.ts';
import { pickType } from './prints.ts';

/** Shores of islands, rough at every scale. */
export function makeCoasts(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const [width, ink] = [rng.between(1.3, 3), rng.between(20, 120)];
  for (let island = 0; island < 1 + rng.int(6); island++) {
    const [cx, cy] = [canvas.width * rng.between(0.2, 0.8), canvas.height * rng.between(0.2, 0.8)];
    const size = canvas.width * rng.logBetween(0.04, 0.3);
    const rough = rng.between(0.15, 0.4);
    const waves = Array.from(
      { length: 24 },
      (_, k) => [k + 1, (rough * rng.normal()) / (k + 1), rng.between(0, 6.3)] as const,
    );
    const shore = Array.from({ length: 241 }, (_, i): Point => {
      const t = (2 * Math.PI * i) / 240;
      const r = size * waves.reduce((sum, [k, a, phase]) => sum + a * Math.sin(k * t + phase), 1);
      return [cx + r * Math.cos(t), cy + r * Math.sin(t)];
    });
    drawPath(canvas, shore, width, ink);
  }
  return scan(rng, canvas);
}

/** Cords that lie about, with plugs. */
export function makeCables(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  for (let cable = 0; cable < 1 + rng.int(4); cable++) {
    const [width, ink] = [rng.between(2.5, 8), rng.between(15, 110)];
    let at: Point = [canvas.width * rng.next(), canvas.height * rng.next()];
    let heading = rng.between(0, 6.3);
    let bend = 0;
    const path: Point[] = [at];
    for (let k = 0; k < 80 + rng.int(120); k++) {
      bend = 0.92 * bend + 0.04 * rng.normal();
      heading += bend;
      at = [at[0] + 10 * Math.cos(heading), at[1] + 10 * Math.sin(heading)];
      path.push(at);
    }
    drawPath(canvas, path, width, ink);
    for (const [x, y] of [path[0]!, at]) drawLine(canvas, [x - 8, y], [x + 8, y], 2.5 * width, ink);
  }
  return scan(rng, canvas);
}

/** Tendrils that curl, each twice as in a mirror. */
export function makeOrnament(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  const [width, ink] = [rng.between(1.8, 4.5), rng.between(10, 90)];
  const tendril = (from: Point, angle: number, size: number, side: 1 | -1, depth: number): void => {
    const turns = rng.between(0.7, 1.6);
    let at = from;
    let heading = angle;
    const path: Point[] = [at];
    for (let k = 0; k < 40; k++) {
      heading += side * ((2 * Math.PI * turns) / 40) * (0.4 + k / 33);
      at = [at[0] + (size / 40) * 2.2 * Math.cos(heading), at[1] + (size / 40) * 2.2 * Math.sin(heading)];
      path.push(at);
    }
    drawPath(canvas, path, width, ink);
    drawPath(
      canvas,
      path.map(([x, y]): Point => [canvas.width - x, y]),
      width,
      ink,
    );
    if (depth > 0) {
      tendril(path[10]!, angle - side * 0.8, 0.7 * size, side === 1 ? -1 : 1, depth - 1);
      tendril(path[20]!, angle + side * 0.3, 0.5 * size, side, depth - 1);
    }
  };
  for (let k = 0; k < 1 + rng.int(3); k++) {
    const from: Point = [canvas.width / 2, canvas.height * rng.between(0.3, 0.7)];
    tendril(from, rng.between(-0.8, 0.8), canvas.width * rng.between(0.12, 0.28), rng.pick([1, -1]), 2);
  }
  return scan(rng, canvas);
}

/** Toothed wheels with hubs, arrows and measures. */
export function makeGears(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const [width, type] = [rng.between(1.5, 3), pickType(rng, fonts, rng.between(6, 9))];
  for (let gear = 0; gear < 1 + rng.int(3); gear++) {
    const [cx, cy] = [canvas.width * rng.between(0.2, 0.8), canvas.height * rng.between(0.3, 0.7)];
    const [size, teeth] = [canvas.height * rng.between(0.12, 0.28), 9 + rng.int(24)];
    const rim = Array.from({ length: 4 * teeth + 1 }, (_, i): Point => {
      const t = (2 * Math.PI * i) / (4 * teeth);
      const r = size * (i % 4 < 2 ? 1 : 0.86);
      return [cx + r * Math.cos(t), cy + r * Math.sin(t)];
    });
    drawPath(canvas, rim, width, 25);
    const hub = ellipsePoints([cx, cy], 0.3 * size, 0.3 * size, 0, 40);
    drawPath(canvas, [...hub, hub[0]!], width, 25);
    drawLine(canvas, [cx - 1.2 * size, cy], [cx + 1.2 * size, cy], 1, 90);
    drawLine(canvas, [cx, cy - 1.2 * size], [cx, cy + 1.2 * size], 1, 90);
    printWord(canvas, `${10 + rng.int(90)}`, [cx + 1.1 * size, cy - 0.5 * size], type);
  }
  return scan(rng, canvas);
}

/** Rings of six with bonds and letters. */
export function makeMolecules(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const [width, bond] = [rng.between(1.5, 3), rng.between(28, 60)];
  const type = pickType(rng, fonts, rng.between(8, 12));
  for (let k = 0; k < 2 + rng.int(4); k++) {
    let x = canvas.width * rng.between(0.15, 0.7);
    const y = canvas.height * rng.between(0.2, 0.8);
    for (let ring = 0; ring < 1 + rng.int(4); ring++) {
      const corners = Array.from({ length: 6 }, (_, i): Point => [
        x + bond * Math.sin((Math.PI * i) / 3),
        y + bond * Math.cos((Math.PI * i) / 3),
      ]);
      drawPath(canvas, [...corners, corners[0]!], width, 25);
      for (let i = ring % 2; i < 6; i += 2) {
        const inner = [corners[i]!, corners[(i + 1) % 6]!].map(([u, v]): Point => [
          x + 0.82 * (u - x),
          y + 0.82 * (v - y),
        ]);
        drawPath(canvas, inner, width, 25);
      }
      const [u, v] = corners[rng.int(6)]!;
      drawLine(canvas, [u, v], [u + 0.8 * (u - x), v + 0.8 * (v - y)], width, 25);
      printWord(
        canvas,
        rng.pick(['OH', 'N', 'CH3', 'O', 'Cl']),
        [u + 0.9 * (u - x), v + 0.9 * (v - y) + 6],
        type,
      );
      x += bond * Math.sqrt(3);
    }
  }
  return scan(rng, canvas);
}

/** Sound as a program shows it, or the trace of an earthquake. */
export function makeSoundTrace(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'wide');
  const rows = 1 + rng.int(4);
  for (let row = 0; row < rows; row++) {
    const base = (canvas.height * (row + 0.5)) / rows;
    const bursts = Array.from(
      { length: 1 + rng.int(4) },
      () => [rng.next(), rng.between(0.03, 0.15), rng.next()] as const,
    );
    const step = rng.between(1.5, 4);
    const trace: Point[] = [];
    for (let x = 30; x < canvas.width - 30; x += step) {
      const loud = bursts.reduce(
        (sum, [at, wide, high]) => sum + high * Math.exp(-(((x / canvas.width - at) / wide) ** 2)),
        0.03,
      );
      trace.push([x, base + 0.35 * (canvas.height / rows) * loud * rng.normal()]);
    }
    drawPath(canvas, trace, rng.between(1.2, 2.2), rng.between(20, 100));
  }
  return scan(rng, canvas);
}
