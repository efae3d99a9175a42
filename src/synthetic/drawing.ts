/** One synthetic sample: what was meant, how the hand shook, and how it looks on paper. */
import type { Rng } from '../base/rng.ts';
import type { Label, SyntheticKind, Task, TaskGroup } from '../base/words.ts';
import type { GreyImage } from '../imaging/images.ts';
import { SPIRAL_SIDE, WAVE_PX_PER_MM, WRITING_X_HEIGHT } from '../imaging/patches.ts';
import type { Recording } from '../ink/recording.ts';
import type { FontEntry, FontLibrary, Part } from './font-library.ts';
import { drawPenPicture, drawTextPicture } from './picture.ts';
import { moveAlong, shakeHand } from './hand.ts';
import { boundsOf, type Polyline } from './polyline.ts';
import { recordingOf } from './pen-recording.ts';
import type { Paper } from './page-look.ts';
import type { ShakenStroke } from './shaken-pen.ts';
import type { StudyRange } from './study-range.ts';
import { lineShape, loopsShape, spiralShape, waveShape } from './shapes.ts';
import { drawPageMarks, unevenHand } from './uneven-hand.ts';
import { drawText } from './word-list.ts';
import { makeWriter, writeBlock } from './writer.ts';

/** Where tremor shows in a picture; arrays of equal length, picture pixels. */
export interface BumpTrace {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Shift across the line that can be seen as a bump. */
  readonly bumpPx: Float64Array;
}

export interface Drawing {
  readonly grey: GreyImage;
  /** null for printed text. */
  readonly recording: Recording | null;
  readonly label: Label;
  /** `font:<name>` or `writer:<font or figure>:<seed>`: what must not be split between parts. */
  readonly subject: string;
  readonly group: TaskGroup;
  readonly task: Task;
  /** null for printed text. */
  readonly pxPerMm: number | null;
  /** null where the label holds all over the picture. */
  readonly bumps: BumpTrace | null;
}

export interface DrawingOptions {
  readonly tremorLike: boolean;
  /** Of the app's own training data unless given. */
  readonly range?: StudyRange | undefined;
  readonly fonts: FontLibrary;
  /** Fonts and words come from this part only; `train` unless given. */
  readonly part?: Part;
  /** The study's, or else `any`, unless given. */
  readonly paper?: Paper;
  /** Left out when only the picture is needed. */
  readonly withRecording?: boolean;
}

/** Mean speed of drawing and of writing, mm/s. */
const DRAWING_SPEED = [15, 80] as const;
const SHAKY_DRAWING_SPEED = [10, 55] as const;
const WRITING_SPEED = [10, 34] as const;
/** Half swing, mm. */
const DRAWING_TREMOR_MM = [0.16, 1.2] as const;
/** Half swing over the x-height. */
const WRITING_TREMOR = [0.06, 0.16] as const;
/**
 * rms of the visible bumps, patch pixels: from this on a drawing or patch may be called tremor-like. A figure's line
 * should be smooth, so that less tells there; letters are never smooth.
 */
export const LEAST_TREMOR_PX: Readonly<Record<TaskGroup, number>> = { spiral: 0.3, wave: 0.5, writing: 0.65 };
/** The same for a study; the app's own unless given. */
export function leastTremorPx(group: TaskGroup, range: StudyRange | undefined): number {
  return range?.leastPx ?? LEAST_TREMOR_PX[group];
}

/** Bumps up to about this long count as visible: 22 and 15 patch pixels at the groups' normal sizes. */
const WINDOW_MM = 8;
const WINDOW_X_HEIGHTS = 1.1;

/** Makes one drawing of a kind. The same random state gives the same drawing. */
export function makeDrawing(kind: SyntheticKind, rng: Rng, options: DrawingOptions): Drawing {
  switch (kind) {
    case 'fonts':
      return makeFontDrawing(rng, options);
    case 'handwriting':
      return makeHandwriting(rng, options);
    case 'spiral':
      return makeFigure(rng, options, 'spiral-free', 'spiral', [unevenHand(rng, spiralShape(rng))]);
    case 'wave': {
      const line = rng.chance(0.2);
      return makeFigure(rng, options, line ? 'line' : 'wave', 'wave', [
        unevenHand(rng, line ? lineShape(rng) : waveShape(rng)),
      ]);
    }
  }
}

function makeFigure(
  rng: Rng,
  options: DrawingOptions,
  task: Task,
  group: TaskGroup,
  curves: Polyline[],
): Drawing {
  const [slow, fast] = options.tremorLike ? SHAKY_DRAWING_SPEED : DRAWING_SPEED;
  const strokes = moveAlong(rng, curves, rng.logBetween(slow, fast), 0.2);
  const { left, right, top, bottom } = boundsOf(curves);
  const patchPxPerMm =
    group === 'spiral' ? SPIRAL_SIDE / Math.max(right - left, bottom - top) : WAVE_PX_PER_MM;
  const visible = { windowMm: WINDOW_MM, leastMm: leastTremorPx(group, options.range) / patchPxPerMm };
  const range = options.range?.penMm ?? DRAWING_TREMOR_MM;
  const shaken = shakeHand(rng, options.tremorLike, strokes, range, visible);
  const subject = `writer:${task}:${rng.uint32().toString(36)}`;
  const picture = drawPenPicture(rng, shaken, group, null, { paper: paperOf(options) });
  return finish(options, { task, group, subject, strokes: shaken, ...picture });
}

function makeHandwriting(rng: Rng, options: DrawingOptions): Drawing {
  const entry = pickFont(rng, options.fonts.strokeFonts, options.part ?? 'train');
  const writer = makeWriter(rng, entry.open());
  const subject = `writer:${entry.name}:${rng.uint32().toString(36)}`;
  const loops = rng.chance(0.08);
  const size = rng.chance(0.2)
    ? { width: rng.between(8, 20), lines: 1 + rng.int(2) }
    : { width: rng.between(11, 18), lines: 3 + rng.int(2) };
  const words = drawText(rng, options.part ?? 'train', 60);
  const curves = loops
    ? Array.from({ length: 1 + rng.int(3) }, (_, i) => {
        const row = loopsShape(rng, writer.xHeightMm, writer.xHeightMm * rng.between(10, 18));
        return { x: row.x, y: row.y.map((v) => v + i * writer.lineGap * writer.xHeightMm) };
      })
    : [
        ...writeBlock(rng, writer, words, size),
        ...drawPageMarks(rng, size.width * writer.xHeightMm, writer.lineGap * writer.xHeightMm, size.lines),
      ];
  const speed = rng.logBetween(...WRITING_SPEED) * (writer.xHeightMm / 3);
  const strokes = moveAlong(rng, curves, speed, 0.15);
  const ownMm = WRITING_TREMOR.map((share) => share * writer.xHeightMm) as [number, number];
  const tremorMm = options.range?.penMm ?? ownMm;
  const visible = {
    windowMm: WINDOW_X_HEIGHTS * writer.xHeightMm,
    leastMm: (leastTremorPx('writing', options.range) * writer.xHeightMm) / WRITING_X_HEIGHT,
  };
  const shaken = shakeHand(rng, options.tremorLike, strokes, tremorMm, visible);
  const picture = drawPenPicture(rng, shaken, 'writing', writer.xHeightMm, {
    paper: paperOf(options),
  });
  const task: Task = loops ? 'loops' : 'text';
  return finish(options, { task, group: 'writing', subject, strokes: shaken, ...picture });
}

function makeFontDrawing(rng: Rng, options: DrawingOptions): Drawing {
  const part = options.part ?? 'train';
  const handwriting = rng.chance(0.55);
  const fonts = options.fonts.outlineFonts.filter((entry) => entry.handwriting === handwriting);
  const font = pickFont(rng, fonts, part).open();
  const words = drawText(rng, part, 60);
  const grey = drawTextPicture(rng, font, words, {
    shaky: options.tremorLike,
    range: options.range,
    paper: paperOf(options),
  });
  return {
    grey,
    recording: null,
    label: options.tremorLike ? 'tremor-like' : 'regular',
    subject: `font:${font.name}`,
    group: 'writing',
    task: 'text',
    pxPerMm: null,
    bumps: null,
  };
}

function paperOf({ paper, range }: DrawingOptions): Paper {
  return paper ?? range?.paper ?? 'any';
}

function pickFont<Entry extends FontEntry<unknown>>(rng: Rng, fonts: readonly Entry[], part: Part): Entry {
  return rng.pick(fonts.filter((entry) => entry.part === part));
}

interface PenWork {
  readonly task: Task;
  readonly group: TaskGroup;
  readonly subject: string;
  readonly strokes: readonly ShakenStroke[];
  readonly grey: GreyImage;
  readonly pxPerMm: number;
  readonly originPx: readonly [number, number];
}

function finish(options: DrawingOptions, work: PenWork): Drawing {
  const { strokes, pxPerMm, originPx } = work;
  const total = strokes.reduce((sum, stroke) => sum + stroke.xMm.length, 0);
  const bumps = {
    x: new Float64Array(total),
    y: new Float64Array(total),
    bumpPx: new Float64Array(total),
  };
  let at = 0;
  for (const stroke of strokes) {
    for (let i = 0; i < stroke.xMm.length; i++, at++) {
      bumps.x[at] = stroke.xMm[i]! * pxPerMm + originPx[0];
      bumps.y[at] = stroke.yMm[i]! * pxPerMm + originPx[1];
      bumps.bumpPx[at] = stroke.bumpMm[i]! * pxPerMm;
    }
  }
  return {
    grey: work.grey,
    recording: options.withRecording === false ? null : recordingOf(work.task, strokes),
    label: options.tremorLike ? 'tremor-like' : 'regular',
    subject: work.subject,
    group: work.group,
    task: work.task,
    pxPerMm,
    bumps,
  };
}
