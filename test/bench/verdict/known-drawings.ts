/** Drawings of a known tremor, as recordings and as pictures: made by formulas of their own, not by the simulation that networks learn from. */
import { Rng } from '../../../src/base/rng.ts';
import { taskGroupOf, type Task } from '../../../src/base/words.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import type { Recording } from '../../../src/ink/recording.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import type { FontLibrary } from '../../../src/synthetic/font-library.ts';
import { movePen, PEN_RATE_HZ, type PenStroke } from '../../../src/synthetic/pen-path.ts';
import { recordingOf } from '../../../src/synthetic/pen-recording.ts';
import { drawPenPicture } from '../../../src/synthetic/picture.ts';
import type { Polyline } from '../../../src/synthetic/polyline.ts';
import { makeWriter, writeBlock } from '../../../src/synthetic/writer.ts';

export const KNOWN_TASKS = [
  'line',
  'wave',
  'loops',
  'words',
  'spiral-free',
] as const satisfies readonly Task[];
export type KnownTask = (typeof KNOWN_TASKS)[number];

export interface KnownDrawing {
  readonly task: KnownTask;
  readonly hz: number;
  /** Peak to trough along the tremor's long axis, mm; 0 for none. */
  readonly swingMm: number;
  /** Which hand: path, pace, axis and paper; the same hand with another swing draws the same otherwise. */
  readonly hand: number;
}

const X_HEIGHT_MM = 3.5;
const WORDS = ['minimum', 'river', 'along', 'nomen', 'window', 'seven', 'house', 'summer'];
let library: FontLibrary | null = null;

/** What the hand meant to draw, mm. */
function intendedPath(task: KnownTask, rng: Rng): Polyline[] {
  const slow = [0, 1, 2].map(() => ({ cycles: rng.between(0.7, 3), phase: rng.between(0, 6.3) }));
  const drift = (part: number): number =>
    0.25 * slow.reduce((sum, { cycles, phase }) => sum + Math.sin(6.2832 * cycles * part + phase), 0);
  const curve = (count: number, at: (part: number) => readonly [number, number]): Polyline => {
    const points = Array.from({ length: count }, (_, i) => at(i / (count - 1)));
    return { x: Float64Array.from(points, ([x]) => x), y: Float64Array.from(points, ([, y]) => y) };
  };
  switch (task) {
    case 'line': {
      const length = rng.between(75, 110);
      const slope = rng.between(-0.08, 0.08);
      return [curve(600, (part) => [length * part, slope * length * part + drift(part)])];
    }
    case 'wave': {
      const [length, periods, height] = [rng.between(90, 130), rng.between(4, 7), rng.between(6, 10)];
      return [
        curve(1200, (part) => [
          length * part,
          height * (1 + 0.06 * drift(part)) * Math.sin(2 * Math.PI * periods * part) + drift(part),
        ]),
      ];
    }
    case 'loops': {
      const [loops, height, advance] = [7 + rng.int(4), rng.between(10, 16), rng.between(8, 11)];
      return [
        curve(2400, (part) => {
          const angle = 2 * Math.PI * loops * part - Math.PI / 2;
          const up = (height * (1 + 0.08 * drift(part)) * (1 + Math.sin(angle))) / 2;
          return [advance * loops * part - 0.4 * height * Math.cos(angle) + 0.3 * up, -up + drift(part)];
        }),
      ];
    }
    case 'spiral-free': {
      const [turns, radius] = [rng.between(3, 4), rng.between(28, 40)];
      return [
        curve(2400, (part) => {
          const angle = 2 * Math.PI * turns * part;
          const r = 1 + radius * part + drift(part);
          return [r * Math.cos(angle), 0.95 * r * Math.sin(angle)];
        }),
      ];
    }
    case 'words': {
      library ??= loadFontLibrary();
      const fonts = library.strokeFonts.filter(({ part }) => part === 'test');
      const writer = { ...makeWriter(rng, rng.pick(fonts).open()), xHeightMm: X_HEIGHT_MM };
      return writeBlock(rng, writer, WORDS, { width: 24, lines: 3, once: true });
    }
  }
}

function paceOf(task: KnownTask, rng: Rng): number {
  if (task === 'words') return rng.between(14, 26);
  // A line is short: at the pace of a figure it would be over before a tremor can be timed.
  return task === 'line' ? rng.between(12, 24) : rng.between(15, 40);
}

/** The movement of the pen, tremor and all, at 200 Hz. */
function penStrokes({ task, hz, swingMm, hand }: KnownDrawing): PenStroke[] {
  const rng = new Rng(`known/${task}/${hand}`);
  const pace = { speedMmS: paceOf(task, rng), exponent: 0.3 };
  const tremor = new Rng(`known/${task}/${hand}/tremor`);
  const [axis, roundness, phase] = [
    tremor.between(0, Math.PI),
    tremor.between(0, 0.5),
    tremor.between(0, 6.3),
  ];
  const [slowA, slowB] = [tremor.between(0, 6.3), tremor.between(0, 6.3)];
  let first = 0;
  return intendedPath(task, rng).map((path) => {
    const stroke = movePen(path, pace, first);
    const xMm = stroke.xMm.slice();
    const yMm = stroke.yMm.slice();
    for (let i = 0; i < xMm.length; i++) {
      const t = (first + i) / PEN_RATE_HZ;
      const angle = 2 * Math.PI * hz * t + phase + 0.5 * Math.sin(0.9 * t + slowA);
      const half = (swingMm / 2) * (1 + 0.15 * Math.sin(1.7 * t + slowB));
      const along = half * Math.sin(angle);
      const across = half * roundness * Math.cos(angle);
      const rest = 0.02 * Math.sin(2 * Math.PI * 9.3 * t + slowB);
      xMm[i]! += along * Math.cos(axis) - across * Math.sin(axis) + rest;
      yMm[i]! += along * Math.sin(axis) + across * Math.cos(axis) - rest;
    }
    first += xMm.length + 40;
    return { xMm, yMm, firstSample: stroke.firstSample };
  });
}

/** In mm at 200 Hz; its task is said. */
export function knownRecording(drawing: KnownDrawing): Recording {
  return recordingOf(drawing.task, penStrokes(drawing));
}

/** The same on paper: ball-pen, pencil or ink by the hand, at 150 dpi or so. */
export function knownPicture(drawing: KnownDrawing): { readonly grey: GreyImage; readonly pxPerMm: number } {
  const rng = new Rng(`known/${drawing.task}/${drawing.hand}/paper`);
  const strokes = penStrokes(drawing).map((stroke) => ({
    ...stroke,
    bumpMm: new Float64Array(stroke.xMm.length),
  }));
  const group = taskGroupOf(drawing.task);
  const pxPerMm = rng.between(5, 7);
  const pen = rng.pick(['ballpoint', 'pencil', 'ink'] as const);
  const { grey } = drawPenPicture(rng, strokes, group, group === 'writing' ? X_HEIGHT_MM : null, {
    pxPerMm,
    pen,
  });
  return { grey, pxPerMm };
}
