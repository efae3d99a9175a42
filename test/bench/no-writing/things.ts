/** Things before a lens, on a press or on glass, whose edges are thin and bent like a pen's line. */
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

function makeView(rng: Rng, grey: number): Canvas {
  const long = rng.between(620, 1150);
  return makeCanvas(long, long * rng.between(0.6, 0.9), grey);
}

/** A line that wanders: every step turns a little. */
function wander(rng: Rng, from: Point, angle: number, step: number, count: number, turn: number): Point[] {
  const points: Point[] = [from];
  let heading = angle;
  let bend = turn * rng.normal();
  for (let k = 0; k < count; k++) {
    bend = 0.8 * bend + 0.6 * turn * rng.normal();
    heading += bend;
    const [x, y] = points[k]!;
    points.push([x + step * Math.cos(heading), y + step * Math.sin(heading)]);
  }
  return points;
}

/** Clouds over a line of hills. */
export function makeSky(rng: Rng): GreyImage {
  const canvas = makeView(rng, rng.between(150, 225));
  addClouds(rng, canvas, rng.between(8, 25), rng.between(150, 400), rng.between(4, 20));
  for (let range = 0; range < 1 + rng.int(3); range++) {
    const base = canvas.height * rng.between(0.55, 0.85);
    const waves = Array.from(
      { length: 5 },
      (_, k) => [rng.between(0, 6), (0.08 * canvas.height * rng.next()) / (k + 1)] as const,
    );
    const ridge = Array.from({ length: 61 }, (_, i): Point => {
      const x = (canvas.width * i) / 60;
      const y = waves.reduce(
        (sum, [phase, size], k) => sum + size * Math.sin(phase + (2 * Math.PI * (k + 1) * i) / 60),
        base,
      );
      return [x, y];
    });
    fillPolygon(canvas, [...ridge, [canvas.width, canvas.height], [0, canvas.height]], rng.between(30, 140));
  }
  addClouds(rng, canvas, rng.between(1, 6), 30, 2);
  return scan(rng, canvas);
}

/** A hand dipped in paint. */
export function makeHandprint(rng: Rng): GreyImage {
  const canvas = makePage(rng, 'square');
  const ink = rng.between(40, 150);
  const size = canvas.width * rng.between(0.16, 0.26);
  const turn = rng.between(-0.4, 0.4);
  const [cx, cy] = [canvas.width * rng.between(0.42, 0.58), canvas.height * rng.between(0.52, 0.62)];
  fillEllipse(canvas, [cx, cy], 0.8 * size, 0.9 * size, turn, ink);
  for (let finger = 0; finger < 5; finger++) {
    const angle = turn - Math.PI / 2 + (finger - 2) * 0.36 + (finger === 0 ? -0.35 : 0);
    for (let part = 0; part < 3; part++) {
      const reach = size * (1.1 + 0.42 * part);
      const at: Point = [cx + reach * Math.cos(angle), cy + reach * Math.sin(angle)];
      fillEllipse(canvas, at, 0.22 * size, 0.15 * size, angle, ink + 10 * rng.normal());
    }
  }
  // Paint takes in patches, with the creases of the palm left free.
  for (let k = 0; k < 4; k++) {
    const from: Point = [cx + size * rng.between(-0.7, 0.2), cy + size * rng.between(-0.6, 0.6)];
    drawPath(canvas, wander(rng, from, rng.between(-0.5, 0.8), 0.08 * size, 14, 0.12), 3, 235);
  }
  for (let k = 0; k < 900; k++) {
    const at: Point = [cx + size * 1.2 * rng.normal(), cy + size * rng.normal()];
    fillEllipse(canvas, at, rng.between(1, 4), rng.between(1, 4), 0, 240);
  }
  return scan(rng, canvas);
}

/** Cracks that run out from a blow, joined by rings of straight pieces. */
export function makeCrackedGlass(rng: Rng): GreyImage {
  const canvas = makeView(rng, rng.between(150, 235));
  if (rng.chance(0.6)) addClouds(rng, canvas, rng.between(2, 14), 300, 40);
  const centre: Point = [canvas.width * rng.between(0.3, 0.7), canvas.height * rng.between(0.3, 0.7)];
  const spokes = 9 + rng.int(14);
  const ink = rng.between(20, 110);
  const angles = Array.from(
    { length: spokes },
    (_, k) => ((k + rng.between(-0.3, 0.3)) * 2 * Math.PI) / spokes,
  );
  const width = rng.between(1.2, 2.6);
  const cracks = angles.map((angle) => wander(rng, centre, angle, canvas.width / 24, 8 + rng.int(14), 0.05));
  for (const crack of cracks) drawPath(canvas, crack, width, ink);
  for (let ring = 1; ring < 8; ring++) {
    cracks.forEach((crack, k) => {
      const next = cracks[(k + 1) % spokes]!;
      const [a, b] = [crack[ring], next[Math.min(next.length - 1, ring + rng.int(2))]];
      if (a !== undefined && b !== undefined && rng.chance(0.55)) drawLine(canvas, a, b, 0.8 * width, ink);
    });
  }
  return scan(rng, canvas);
}

/** Strands of hair on skin or in a basin. */
export function makeHairs(rng: Rng): GreyImage {
  const canvas = makeView(rng, rng.between(165, 245));
  addClouds(rng, canvas, rng.between(0.5, 8), 200, 8);
  const count = 5 + rng.int(60);
  const way = rng.chance(0.5) ? rng.between(0, 2 * Math.PI) : null;
  for (let k = 0; k < count; k++) {
    const from: Point = [rng.between(0, canvas.width), rng.between(0, canvas.height)];
    const angle = way === null ? rng.between(0, 2 * Math.PI) : way + 0.3 * rng.normal();
    const hair = wander(rng, from, angle, 6, 15 + rng.int(70), 0.035);
    drawPath(canvas, hair, rng.between(1.2, 2.4), rng.between(20, 90));
  }
  return scan(rng, canvas);
}

/** Treads of tyres in snow or sand. */
export function makeTyreTracks(rng: Rng): GreyImage {
  const canvas = makeView(rng, rng.between(170, 240));
  addClouds(rng, canvas, rng.between(2, 10), 120, 3);
  for (let track = 0; track < 1 + rng.int(3); track++) {
    const from: Point = [rng.between(0, canvas.width), canvas.height];
    const path = wander(rng, from, -Math.PI / 2 + rng.between(-0.6, 0.6), 14, 100, 0.02);
    const half = rng.between(18, 60);
    const lean = rng.between(0.2, 0.9);
    const ink = rng.between(60, 140);
    path.slice(1).forEach(([x, y], k) => {
      const [px, py] = path[k]!;
      const angle = Math.atan2(y - py, x - px);
      for (const side of [-1, 1]) {
        const across = angle + side * (Math.PI / 2 + lean);
        drawLine(
          canvas,
          [x, y],
          [x + half * Math.cos(across), y + half * Math.sin(across)],
          rng.between(4, 7),
          ink,
        );
      }
    });
  }
  return scan(rng, canvas, rng.between(0.6, 1.8));
}

/** Coins on a table, or their rims rubbed through paper. */
export function makeCoins(rng: Rng): GreyImage {
  const rubbed = rng.chance(0.4);
  const canvas = makeView(rng, rubbed ? rng.between(225, 250) : rng.between(120, 235));
  if (!rubbed) addClouds(rng, canvas, rng.between(2, 12), 150, 4);
  for (let k = 0; k < 3 + rng.int(16); k++) {
    const at: Point = [rng.between(0, canvas.width), rng.between(0, canvas.height)];
    const radius = rng.between(28, 80);
    const metal = rng.between(70, 170);
    if (!rubbed) fillEllipse(canvas, at, radius, radius, 0, metal);
    for (const share of [1, 0.9]) {
      const rim = ellipsePoints(at, share * radius, share * radius, 0, 60);
      drawPath(canvas, [...rim, rim[0]!], rng.between(1.5, 3), rubbed ? 90 : metal - 45);
    }
    for (let line = 0; line < 5 + rng.int(9); line++) {
      const start: Point = [at[0] + 0.35 * radius * rng.normal(), at[1] + 0.35 * radius * rng.normal()];
      const relief = wander(rng, start, rng.between(0, 6), 0.09 * radius, 8, 0.35);
      drawPath(canvas, relief, rng.between(1.2, 3), rubbed ? 90 : metal - 40);
    }
  }
  return scan(rng, canvas);
}

/** An office's round seal: two rings, letters around, a star or a date inside. */
export function makeSeal(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'square');
  const seals = 1 + rng.int(3);
  for (let k = 0; k < seals; k++) {
    const radius = (canvas.width * rng.between(0.18, 0.4)) / Math.sqrt(seals);
    const at: Point = [
      rng.between(1.1 * radius, canvas.width - 1.1 * radius),
      rng.between(1.1 * radius, canvas.height - 1.1 * radius),
    ];
    const ink = rng.between(40, 130);
    const width = Math.max(1.5, radius * rng.between(0.02, 0.05));
    for (const share of [1, 0.94, 0.62]) {
      const ring = ellipsePoints(at, share * radius, share * radius, 0, 90);
      drawPath(canvas, [...ring, ring[0]!], width, ink);
    }
    const type = { ...pickType(rng, fonts, 0.11 * radius), grey: ink };
    const text = [...drawText(rng, 'train', 5).join(' ').toUpperCase()].slice(0, 26);
    text.forEach((letter, i) => {
      const angle = (2 * Math.PI * i) / text.length - Math.PI / 2;
      const r = 0.77 * radius;
      printWord(canvas, letter, [at[0] + r * Math.cos(angle) - 5, at[1] + r * Math.sin(angle) + 5], type);
    });
    printWord(canvas, `${1 + rng.int(28)}.${1 + rng.int(12)}.19`, [at[0] - 0.4 * radius, at[1] + 5], type);
  }
  return scan(rng, canvas);
}

/** Lines of equal pressure around a high and a low, with numbers and fronts. */
export function makeIsobars(rng: Rng, fonts: FontLibrary): GreyImage {
  const canvas = makePage(rng, 'wide');
  const type = pickType(rng, fonts, rng.between(6, 11));
  const width = rng.between(1.2, 2.4);
  const ink = rng.between(20, 120);
  for (let centre = 0; centre < 2 + rng.int(3); centre++) {
    const at: Point = [canvas.width * rng.between(0.15, 0.85), canvas.height * rng.between(0.2, 0.8)];
    const [gap, squash, turn] = [rng.between(22, 50), rng.between(0.5, 1), rng.between(0, Math.PI)];
    const lobes = Array.from(
      { length: 3 },
      (_, k) => [0.15 * rng.normal(), rng.between(0, 6), k + 2] as const,
    );
    for (let line = 1; line <= 3 + rng.int(5); line++) {
      const ring = Array.from({ length: 121 }, (_, i): Point => {
        const t = (2 * Math.PI * i) / 120;
        const r =
          line * gap * lobes.reduce((sum, [size, phase, k]) => sum + size * Math.sin(k * t + phase), 1);
        const [u, v] = [r * Math.cos(t), squash * r * Math.sin(t)];
        return [
          at[0] + u * Math.cos(turn) - v * Math.sin(turn),
          at[1] + u * Math.sin(turn) + v * Math.cos(turn),
        ];
      });
      drawPath(canvas, ring, width, ink);
      printWord(canvas, String(984 + 4 * line), ring[rng.int(120)]!, type);
    }
    printWord(canvas, rng.pick(['H', 'L', 'T']), at, { ...type, xHeight: 18 });
  }
  const front = wander(rng, [canvas.width * rng.next(), 0], Math.PI / 2, 20, 50, 0.05);
  drawPath(canvas, front, 1.6 * width, ink);
  for (const [x, y] of front.filter((_, k) => k % 3 === 0)) fillEllipse(canvas, [x + 5, y], 6, 6, 0, ink);
  return scan(rng, canvas);
}

/** Pressed twigs or roots on white paper: thin, forked, without any thick trunk. */
export function makeTwigs(rng: Rng): GreyImage {
  const canvas = makePage(rng);
  const grow = (from: Point, angle: number, width: number, depth: number): void => {
    const twig = wander(rng, from, angle, rng.between(7, 13), 8 + rng.int(16), 0.07);
    drawPath(canvas, twig, width, rng.between(30, 110));
    if (depth === 0) return;
    twig.forEach((at, k) => {
      if (k > 3 && rng.chance(0.14)) {
        grow(at, angle + rng.pick([-1, 1]) * rng.between(0.4, 0.9), Math.max(1.2, 0.75 * width), depth - 1);
      }
    });
    grow(twig[twig.length - 1]!, angle + 0.2 * rng.normal(), Math.max(1.2, 0.85 * width), depth - 1);
  };
  for (let k = 0; k < 1 + rng.int(3); k++) {
    grow([canvas.width * rng.between(0.2, 0.8), canvas.height * 0.92], -Math.PI / 2, rng.between(2, 5), 4);
  }
  return scan(rng, canvas);
}

/** A square code of dots or blocks with a picture in its middle. */
export function makeLogoCode(rng: Rng): GreyImage {
  const count = 25 + 4 * rng.int(4);
  const cell = rng.between(6, 16);
  const margin = rng.between(3, 12) * cell;
  const canvas = makeCanvas(count * cell + 2 * margin, count * cell + 2 * margin, rng.between(230, 252));
  const round = rng.chance(0.6);
  for (let i = 0; i < count * count; i++) {
    if (rng.chance(0.5)) continue;
    const [x, y] = [margin + (i % count) * cell, margin + Math.floor(i / count) * cell];
    if (round) fillEllipse(canvas, [x + cell / 2, y + cell / 2], 0.45 * cell, 0.45 * cell, 0, 25);
    else fillBox(canvas, x, y, cell, cell, 25);
  }
  for (const [x, y] of [
    [0, 0],
    [count - 7, 0],
    [0, count - 7],
  ] as const) {
    [245, 25, 245, 25].forEach((grey, k) => {
      const inset = k - 1;
      const side = (7 - 2 * inset) * cell;
      fillBox(canvas, margin + (x + inset) * cell, margin + (y + inset) * cell, side, side, grey);
    });
  }
  const middle: Point = [canvas.width / 2, canvas.height / 2];
  fillEllipse(canvas, middle, 0.2 * canvas.width, 0.2 * canvas.width, 0, 248);
  const logo = ellipsePoints(middle, 0.13 * canvas.width, 0.09 * canvas.width, rng.between(0, 3), 40);
  drawPath(canvas, [...logo, logo[0]!], rng.between(4, 12), 30);
  return scan(rng, canvas);
}
