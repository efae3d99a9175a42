/** Figures and handwriting of the studies of the reproduction. Their bits are held: a study's figures are of these drawings. */
import type { Rng } from '../base/rng.ts';
import type { Task, TaskGroup } from '../base/words.ts';
import { paperOf, type Drawing, type DrawingOptions } from './drawing-types.ts';
import { moveAlong, shakeHand } from './hand.ts';
import { finishDrawing, pickFont, visibleInFigure, visibleInWriting } from './pen-work.ts';
import { drawPenPicture } from './picture.ts';
import type { Polyline } from './polyline.ts';
import { lineShape, loopsShape, spiralShape, waveShape } from './shapes.ts';
import type { StudyRange } from './study-range.ts';
import { drawPageMarks, unevenHand } from './uneven-hand.ts';
import { drawText } from './word-list.ts';
import { makeWriter, writeBlock, type Writer } from './writer.ts';

/** Options of a study. */
export type StudyOptions = DrawingOptions & { readonly range: StudyRange };

/** Mean speed of drawing and of writing, mm/s. */
const DRAWING_SPEED = [15, 80] as const;
const SHAKY_DRAWING_SPEED = [10, 55] as const;
const WRITING_SPEED = [10, 34] as const;

export function makeStudySpiral(rng: Rng, options: StudyOptions): Drawing {
  return makeFigure(rng, options, 'spiral-free', 'spiral', [unevenHand(rng, spiralShape(rng))]);
}

/** One in five is a line. */
export function makeStudyWave(rng: Rng, options: StudyOptions): Drawing {
  const line = rng.chance(0.2);
  return makeFigure(rng, options, line ? 'line' : 'wave', 'wave', [
    unevenHand(rng, line ? lineShape(rng) : waveShape(rng)),
  ]);
}

function makeFigure(
  rng: Rng,
  options: StudyOptions,
  task: Task,
  group: Exclude<TaskGroup, 'writing'>,
  curves: Polyline[],
): Drawing {
  const [slow, fast] = options.tremorLike ? SHAKY_DRAWING_SPEED : DRAWING_SPEED;
  const strokes = moveAlong(rng, curves, rng.logBetween(slow, fast), 0.2);
  const visible = visibleInFigure(group, curves, options.range);
  const shaken = shakeHand(rng, options.tremorLike, strokes, options.range.penMm, visible);
  const subject = `writer:${task}:${rng.uint32().toString(36)}`;
  const picture = drawPenPicture(rng, shaken, group, null, { paper: paperOf(options) });
  return finishDrawing(options, { task, group, subject, careful: false, strokes: shaken, ...picture });
}

/** Text, or on one page of twelve rows of loops as tall as its letters. */
export function makeStudyHandwriting(rng: Rng, options: StudyOptions): Drawing {
  const part = options.part ?? 'train';
  const entry = pickFont(rng, options.fonts.strokeFonts, part);
  const writer = makeWriter(rng, entry.open());
  const subject = `writer:${entry.name}:${rng.uint32().toString(36)}`;
  const loops = rng.chance(0.08);
  const size = rng.chance(0.2)
    ? { width: rng.between(8, 20), lines: 1 + rng.int(2) }
    : { width: rng.between(11, 18), lines: 3 + rng.int(2) };
  const words = drawText(rng, part, 60);
  const curves = loops
    ? drawLoopRows(rng, writer)
    : [
        ...writeBlock(rng, writer, words, size),
        ...drawPageMarks(rng, size.width * writer.xHeightMm, writer.lineGap * writer.xHeightMm, size.lines),
      ];
  const speed = rng.logBetween(...WRITING_SPEED) * (writer.xHeightMm / 3);
  const strokes = moveAlong(rng, curves, speed, 0.15);
  const visible = visibleInWriting(writer.xHeightMm, options.range);
  const shaken = shakeHand(rng, options.tremorLike, strokes, options.range.penMm, visible);
  const picture = drawPenPicture(rng, shaken, 'writing', writer.xHeightMm, { paper: paperOf(options) });
  return finishDrawing(options, {
    task: loops ? 'loops' : 'text',
    group: 'writing',
    subject,
    careful: false,
    strokes: shaken,
    ...picture,
  });
}

function drawLoopRows(rng: Rng, { xHeightMm, lineGap }: Writer): Polyline[] {
  return Array.from({ length: 1 + rng.int(3) }, (_, i) => {
    const row = loopsShape(rng, xHeightMm, xHeightMm * rng.between(10, 18));
    return { x: row.x, y: row.y.map((v) => v + i * lineGap * xHeightMm) };
  });
}
