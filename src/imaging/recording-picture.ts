import { taskGroupOf, type TaskGroup } from '../base/words.ts';
import type { Recording } from '../ink/recording.ts';
import { SPIRAL_SIDE, WAVE_LONG_SIDE, WAVE_PX_PER_MM, WRITING_X_HEIGHT } from './patches.ts';
import { rasterizeStrokes, strokeBounds, type DrawnStroke, type StrokePicture } from './rasterize.ts';
import { inkMapOf, WORKING_LONG_SIDE } from './ink-map.ts';
import { guessShape } from './task-guess.ts';

/** Paper around the ink, of its long side. */
const MARGIN_SHARE = 0.06;
/** Picture pixels per patch pixel: the line is drawn finer than the network sees it, then averaged down. */
const OVERSAMPLING: Readonly<Record<TaskGroup, number>> = { spiral: 3, wave: 3, writing: 2 };
/** Line width in patch pixels at scale 1, as an ordinary pen gives it on paper. */
const PEN_WIDTH: Readonly<Record<TaskGroup, number>> = { spiral: 1.4, wave: 1.4, writing: 2 };

/** A drawn recording, as the screening pipeline sees it. */
export interface RecordingPicture extends StrokePicture {
  /** Pixels of the picture per millimetre; null where the physical size is unknown. */
  readonly pxPerMm: number | null;
}

/**
 * Draws a recording as a pen on paper would look at the size its task is screened at. The picture covers the
 * strokes' bounds plus a margin of 6 % of their long side on every side. Where the task is not known, the shape says the
 * group, and writing is taken where it does not.
 *
 * @returns null where no sample was drawn.
 */
export function drawRecording(recording: Recording): RecordingPicture | null {
  const bounds = strokeBounds(recording.strokes);
  if (bounds === null) return null;
  const group = recording.task === null ? groupByShape(recording) : taskGroupOf(recording.task);
  const longSide = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 1e-6);
  const normal = patchPxPerUnit(recording, group, longSide);
  const widest = WORKING_LONG_SIDE / (longSide * (1 + 2 * MARGIN_SHARE) * 1.05);
  const pxPerUnit = Math.min(normal * OVERSAMPLING[group], widest);
  const picture = rasterizeStrokes(recording.strokes, {
    pxPerUnit,
    penWidthPx: Math.max(1, (PEN_WIDTH[group] * pxPerUnit) / normal),
    margin: Math.max(4, MARGIN_SHARE * longSide * pxPerUnit),
  });
  return { ...picture, pxPerMm: recording.mmPerUnit === null ? null : pxPerUnit / recording.mmPerUnit };
}

/** Long side of the strokes, and their width, on a picture that only shape is told by. */
const NEUTRAL_SIDE = 560;
const NEUTRAL_PEN = 4;

/** Draws strokes for their shape alone, whatever their size; null where no sample was drawn. */
export function drawStrokesNeutrally(strokes: readonly DrawnStroke[]): StrokePicture | null {
  const bounds = strokeBounds(strokes);
  if (bounds === null) return null;
  const longSide = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 1e-6);
  return rasterizeStrokes(strokes, {
    pxPerUnit: NEUTRAL_SIDE / longSide,
    penWidthPx: NEUTRAL_PEN,
    margin: MARGIN_SHARE * NEUTRAL_SIDE,
  });
}

function groupByShape(recording: Recording): TaskGroup {
  const picture = drawStrokesNeutrally(recording.strokes);
  const ink = picture === null ? null : inkMapOf(picture);
  return (ink === null ? null : guessShape(ink).group) ?? 'writing';
}

/** Patch pixels per unit of the recording at the group's normal size, before the ink itself is looked at. */
function patchPxPerUnit(recording: Recording, group: TaskGroup, longSide: number): number {
  switch (group) {
    case 'spiral':
      return SPIRAL_SIDE / longSide;
    case 'wave':
      return recording.mmPerUnit === null ? WAVE_LONG_SIDE / longSide : WAVE_PX_PER_MM * recording.mmPerUnit;
    case 'writing':
      return WRITING_X_HEIGHT / letterHeight(recording, longSide);
  }
}

/**
 * x-height guessed from the strokes alone, good enough to choose a resolution: half the median height of strokes that
 * are not dots, weighted by length.
 */
function letterHeight(recording: Recording, longSide: number): number {
  const heights = recording.strokes
    .map(({ samples }) => {
      const ys = samples.map(({ y }) => y);
      return ys.reduce((a, b) => Math.max(a, b), -Infinity) - ys.reduce((a, b) => Math.min(a, b), Infinity);
    })
    .filter((height) => height > longSide / 200)
    .sort((a, b) => a - b);
  const median = heights[Math.floor(heights.length / 2)] ?? longSide / 10;
  return Math.max(median / 2, longSide / 150);
}
