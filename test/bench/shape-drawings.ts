/** Simulated drawings of every kind that `guessShape` is to tell apart, more varied than those the networks learn from. */
import { Rng } from '../../src/base/rng.ts';
import type { Task, TaskGroup } from '../../src/base/words.ts';
import type { GreyImage } from '../../src/imaging/images.ts';
import { rasterizeStrokes, strokeBounds, type DrawnStroke } from '../../src/imaging/rasterize.ts';
import type { FontLibrary, Part } from '../../src/synthetic/font-library.ts';
import { moveAlong } from '../../src/synthetic/hand.ts';
import { drawPenPicture, drawTextPicture } from '../../src/synthetic/picture.ts';
import type { Polyline } from '../../src/synthetic/polyline.ts';
import { samplesOf, shakePen, type ShakenStroke } from '../../src/synthetic/shaken-pen.ts';
import { lineShape, loopsShape, spiralShape, waveShape } from '../../src/synthetic/shapes.ts';
import { smoothNoise } from '../../src/synthetic/smooth-noise.ts';
import { makeTremor } from '../../src/synthetic/tremor.ts';
import { drawPageMarks, unevenHand } from '../../src/synthetic/uneven-hand.ts';
import { drawText } from '../../src/synthetic/word-list.ts';
import { makeWriter, writeBlock } from '../../src/synthetic/writer.ts';

/** `other`: drawings that are none of ours, of which nothing should be guessed. */
export const SHAPE_KINDS = [
  'spiral',
  'wave',
  'line',
  'loops',
  'word',
  'sentence',
  'text',
  'print',
  'other',
] as const;
export type ShapeKind = (typeof SHAPE_KINDS)[number];

export interface ShapeOptions {
  readonly fonts: FontLibrary;
  readonly part: Part;
  /** Peak to trough, mm; drawn by chance unless given: none in a third, else up to 10 mm, in writing up to its x-height. */
  readonly swingMm?: number;
  readonly hz?: number;
  /** False: whole, unbroken, upright and of ordinary size, as the app's own recordings are. True unless given. */
  readonly varied?: boolean;
}

export interface ShapeDrawing {
  readonly kind: ShapeKind;
  readonly swingMm: number;
  /** null for print. */
  readonly strokes: readonly ShakenStroke[] | null;
  readonly grey: GreyImage;
}

/** Makes a drawing as a picture. The same generator state gives the same drawing. */
export function drawShape(rng: Rng, kind: ShapeKind, options: ShapeOptions): ShapeDrawing {
  if (kind === 'print') return drawPrint(rng, options);
  const varied = options.varied ?? true;
  const { curves, mostSwingMm } = curvesOf(rng, kind, options, varied);
  const drawnSwing = rng.pick([
    0,
    rng.between(0, mostSwingMm),
    rng.logBetween(0.1 * mostSwingMm, mostSwingMm),
  ]);
  const swingMm = options.swingMm ?? drawnSwing;
  const speedMmS = rng.logBetween(12, isWriting(kind) ? 34 : 70);
  const moved = moveAlong(rng, curves, speedMmS, 0.2);
  const tremor = makeTremor(rng, samplesOf(moved.pen), {
    hz: options.hz ?? rng.between(3, 9),
    wander: rng.between(0.02, 0.15),
    amplitudeMm: swingMm / 2,
    roundness: rng.between(0, 1),
    directionRad: rng.between(0, Math.PI),
    burstiness: rng.between(0, 0.5),
    jitter: rng.between(0, 0.6),
  });
  const shaken = shakePen(moved.pen, tremor, speedMmS, 8);
  if (!varied) return { kind, swingMm, strokes: shaken, grey: drawPlainly(rng, shaken) };
  const turned = turnStrokes(shaken, rng.between(-0.3, 0.3), rng.chance(0.5));
  const figure = !isWriting(kind) && kind !== 'other';
  const strokes = figure && rng.chance(0.35) ? breakStrokes(rng, turned) : turned;
  const onPaper = rng.chance(0.3);
  const xHeight = isWriting(kind) ? 3 : null;
  const grey = onPaper
    ? drawPenPicture(
        rng,
        strokes,
        kind === 'spiral' ? 'spiral' : isWriting(kind) ? 'writing' : 'wave',
        xHeight,
      ).grey
    : drawPlainly(rng, strokes);
  return { kind, swingMm, strokes, grey };
}

export function isWriting(kind: ShapeKind): kind is 'word' | 'sentence' | 'text' | 'print' {
  return kind === 'word' || kind === 'sentence' || kind === 'text' || kind === 'print';
}

/** What is right to guess of a kind; null: nothing. */
export function groupOfKind(kind: ShapeKind): TaskGroup | null {
  if (kind === 'other') return null;
  if (isWriting(kind)) return 'writing';
  return kind === 'spiral' ? 'spiral' : 'wave';
}

export function taskOfKind(kind: ShapeKind): Task | null {
  if (kind === 'other') return null;
  if (isWriting(kind)) return 'page';
  return kind === 'spiral' ? 'spiral-free' : kind;
}

function drawPrint(rng: Rng, { fonts, part }: ShapeOptions): ShapeDrawing {
  const font = rng.pick(fonts.outlineFonts.filter((entry) => entry.part === part)).open();
  const grey = drawTextPicture(rng, font, drawText(rng, part, 40), { shaky: rng.chance(0.5) });
  return { kind: 'print', swingMm: 0, strokes: null, grey };
}

function curvesOf(
  rng: Rng,
  kind: Exclude<ShapeKind, 'print'>,
  { fonts, part }: ShapeOptions,
  varied: boolean,
): { readonly curves: Polyline[]; readonly mostSwingMm: number } {
  const cut = (curve: Polyline): Polyline => (varied && rng.chance(0.3) ? cutOut(rng, curve) : curve);
  const own = varied && rng.chance(0.5);
  switch (kind) {
    case 'spiral':
      return { curves: [unevenHand(rng, cut(own ? freeSpiral(rng) : spiralShape(rng)))], mostSwingMm: 10 };
    case 'wave':
      return { curves: [unevenHand(rng, cut(own ? freeWave(rng) : waveShape(rng)))], mostSwingMm: 10 };
    case 'line':
      return { curves: [unevenHand(rng, lineShape(rng))], mostSwingMm: 10 };
    case 'loops': {
      const height = rng.logBetween(own ? 4 : 9, 22);
      return { curves: [cut(loopsShape(rng, height, rng.between(70, 140)))], mostSwingMm: 0.6 * height };
    }
    case 'other':
      return { curves: otherFigure(rng), mostSwingMm: 2 };
    case 'word':
    case 'sentence':
    case 'text': {
      const writer = makeWriter(rng, rng.pick(fonts.strokeFonts.filter((font) => font.part === part)).open());
      const count = kind === 'word' ? 1 : kind === 'sentence' ? 2 + rng.int(6) : 40;
      const words = drawText(rng, part, count);
      const size =
        kind === 'text'
          ? { width: rng.between(9, 45), lines: 2 + rng.int(16) }
          : { width: 90, lines: 1, once: true };
      const marks =
        kind === 'text' && rng.chance(0.4)
          ? drawPageMarks(rng, size.width * writer.xHeightMm, writer.lineGap * writer.xHeightMm, size.lines)
          : [];
      return { curves: [...writeBlock(rng, writer, words, size), ...marks], mostSwingMm: writer.xHeightMm };
    }
  }
}

/** A part of a curve, at least 55 % of it. */
function cutOut(rng: Rng, { x, y }: Polyline): Polyline {
  const keep = Math.round(x.length * rng.between(0.55, 1));
  const from = rng.int(x.length - keep + 1);
  return { x: x.slice(from, from + keep), y: y.slice(from, from + keep) };
}

function curve(count: number, pointAt: (part: number, i: number) => readonly [number, number]): Polyline {
  const points = Array.from({ length: count }, (_, i) => pointAt(i / (count - 1), i));
  return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
}

/** 1.7–7 turns, growing slower or faster than evenly, up to 2 : 1 squashed. */
function freeSpiral(rng: Rng): Polyline {
  const turns = rng.between(1.7, 7);
  const outer = rng.between(18, 60);
  const inner = rng.between(0, 0.2) * outer;
  const power = rng.between(0.7, 1.6);
  const squash = rng.between(0.5, 1);
  const wobble = smoothNoise(rng, 3000, rng.between(60, 400));
  const wobbleShare = rng.between(0, 0.06);
  return curve(3000, (part, i) => {
    const r = inner + (outer - inner) * part ** power + wobbleShare * outer * wobble[i]!;
    const angle = 2 * Math.PI * turns * part;
    return [r * Math.cos(angle), squash * r * Math.sin(angle)];
  });
}

/** One to nine periods, as high as half the length, swelling and fading, leaning over, on a line that bends. */
function freeWave(rng: Rng): Polyline {
  const length = rng.between(60, 140);
  const periods = rng.between(1, 9);
  const height = Math.min(0.27 * length, (length / periods) * rng.logBetween(0.15, 1.1));
  const lean = rng.between(-0.7, 0.7) * Math.min(1, length / periods / (4 * height));
  const swell = smoothNoise(rng, 3000, 3000 / rng.between(1, 5));
  const swellShare = rng.between(0, 0.45);
  const pace = smoothNoise(rng, 3000, 3000 / rng.between(1, 5));
  const bend = smoothNoise(rng, 3000, rng.between(800, 3000));
  const bendMm = rng.between(0, 0.06) * length;
  const sharpness = rng.chance(0.3) ? rng.between(0.3, 0.9) : 0;
  const phase = rng.between(0, 2 * Math.PI);
  return curve(3000, (part, i) => {
    const angle = phase + 2 * Math.PI * periods * (part + 0.03 * pace[i]!);
    const round = Math.sin(angle);
    const swing = (1 - sharpness) * round + sharpness * (2 / Math.PI) * Math.asin(round);
    const y = height * Math.max(0.15, 1 + swellShare * swell[i]!) * swing;
    return [length * part + lean * y, y + bendMm * bend[i]!];
  });
}

/** Rings, boxes, crosses, stars, a house: figures that people draw and that are none of ours. */
function otherFigure(rng: Rng): Polyline[] {
  const size = rng.between(12, 40);
  const squash = rng.between(0.6, 1);
  const polygon = (corners: number, step: number, closed = true): Polyline =>
    path(
      Array.from({ length: corners + (closed ? 1 : 0) }, (_, k) => {
        const angle = (2 * Math.PI * k * step) / corners;
        return [size * Math.cos(angle), squash * size * Math.sin(angle)] as const;
      }),
    );
  const line = (...points: (readonly [number, number])[]): Polyline =>
    path(points.map(([x, y]) => [x * size, y * size] as const));
  switch (rng.int(7)) {
    case 0: {
      const turns = rng.between(0.95, 1.08);
      const ring = curve(800, (part) => {
        const angle = 2 * Math.PI * turns * part;
        return [size * Math.cos(angle), squash * size * Math.sin(angle)];
      });
      return [ring];
    }
    case 1:
      return [polygon(3 + rng.int(4), 1)];
    case 2:
      return [polygon(5, 2)];
    case 3:
      return [line([-1, 0], [1, rng.between(-0.3, 0.3)]), line([rng.between(-0.3, 0.3), -1], [0, 1])];
    case 4:
      return [line([-1, 1], [-1, 0], [0, -1], [1, 0], [1, 1], [-1, 1]), line([-1, 0], [1, 0])];
    case 5:
      return [polygon(4, 1), line([-0.5, -0.5], [0.5, 0.5]), line([0.5, -0.5], [-0.5, 0.5])];
    default:
      return [polygon(24, 1), line([0, 0], [0, -0.7]), line([0, 0], [0.5, 0.2])];
  }
}

/** Straight between points, 0.5 mm apart. */
function path(points: readonly (readonly [number, number])[]): Polyline {
  const x: number[] = [];
  const y: number[] = [];
  for (let k = 1; k < points.length; k++) {
    const [ax, ay] = points[k - 1]!;
    const [bx, by] = points[k]!;
    const count = Math.max(2, Math.ceil(Math.hypot(bx - ax, by - ay) / 0.5));
    for (let i = 0; i < count; i++) {
      x.push(ax + ((bx - ax) * i) / count);
      y.push(ay + ((by - ay) * i) / count);
    }
  }
  x.push(points[points.length - 1]![0]);
  y.push(points[points.length - 1]![1]);
  return { x: Float64Array.from(x), y: Float64Array.from(y) };
}

function turnStrokes(strokes: readonly ShakenStroke[], angle: number, mirror: boolean): ShakenStroke[] {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const sign = mirror ? -1 : 1;
  return strokes.map((stroke) => ({
    ...stroke,
    xMm: stroke.xMm.map((x, i) => cos * sign * x - sin * stroke.yMm[i]!),
    yMm: stroke.yMm.map((y, i) => sin * sign * stroke.xMm[i]! + cos * y),
  }));
}

/** Takes 1–12 short gaps out of the strokes, as a faint pen leaves them. */
function breakStrokes(rng: Rng, strokes: readonly ShakenStroke[]): ShakenStroke[] {
  const gaps = 1 + rng.int(12);
  let pieces = [...strokes];
  for (let k = 0; k < gaps; k++) {
    pieces = pieces.flatMap((stroke) => {
      const count = stroke.xMm.length;
      if (!rng.chance(1 / pieces.length) && pieces.length > 1) return [stroke];
      const length = Math.max(2, Math.round(count * rng.between(0.003, 0.025)));
      const at = rng.int(count);
      return [slice(stroke, 0, at), slice(stroke, at + length, count)].filter(({ xMm }) => xMm.length > 4);
    });
  }
  return pieces;
}

function slice(stroke: ShakenStroke, from: number, to: number): ShakenStroke {
  return {
    firstSample: stroke.firstSample + from,
    xMm: stroke.xMm.slice(from, to),
    yMm: stroke.yMm.slice(from, to),
    bumpMm: stroke.bumpMm.slice(from, to),
  };
}

/** Black on white with a little grain: a long side of 110–560 px, a pen of any width. */
function drawPlainly(rng: Rng, shaken: readonly ShakenStroke[]): GreyImage {
  const strokes = shaken.map(({ xMm, yMm }): DrawnStroke => ({
    samples: Array.from(xMm, (x, i) => ({ x, y: yMm[i]! })),
  }));
  const bounds = strokeBounds(strokes)!;
  const longMm = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 1);
  const longPx = rng.logBetween(110, 560);
  const grey = rasterizeStrokes(strokes, {
    pxPerUnit: longPx / longMm,
    penWidthPx: Math.max(1, longPx * rng.logBetween(0.003, 0.02)),
    margin: rng.between(3, 30),
  });
  const grain = rng.between(0, 8);
  const contrast = rng.between(0.4, 1);
  const data = Uint8Array.from(grey.data, (value) =>
    Math.max(0, Math.min(255, Math.round(250 - contrast * (255 - value) + grain * (rng.next() - 0.5)))),
  );
  return { width: grey.width, height: grey.height, data };
}

/** Kinds in a mixed sequence: what is hard to tell apart comes more often. */
const SHARES: Readonly<Record<ShapeKind, number>> = {
  spiral: 0.14,
  wave: 0.18,
  line: 0.15,
  loops: 0.14,
  word: 0.15,
  sentence: 0.06,
  text: 0.09,
  print: 0.04,
  other: 0.05,
};

/** A sequence of drawings of all kinds; the same seed gives the same sequence, of whatever length. */
export function* drawShapes(seed: string, options: ShapeOptions): Generator<ShapeDrawing, never, void> {
  const picker = new Rng(`${seed}/kinds`);
  for (let k = 0; ; k++) {
    let left = picker.next();
    const kind = SHAPE_KINDS.find((name) => (left -= SHARES[name]) < 0) ?? 'other';
    yield drawShape(new Rng(`${seed}/${k}`), kind, options);
  }
}
