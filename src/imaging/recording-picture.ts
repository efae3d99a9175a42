import { taskGroupOf, type TaskGroup } from '../base/words.ts';
import type { Recording } from '../ink/recording.ts';
import { SPIRAL_SIDE, WAVE_LONG_SIDE, WAVE_PX_PER_MM, WRITING_X_HEIGHT } from './patches.ts';
import { rasterizeStrokes, strokeBounds, type DrawnStroke, type StrokePicture } from './rasterize.ts';
import { inkMapOf, WORKING_LONG_SIDE } from './ink-map.ts';
import { estimateXHeight } from './text-size.ts';
import { guessShape } from './task-guess.ts';

/** Paper around the ink, of its long side. */
const MARGIN_SHARE = 0.06;
/** Picture pixels per patch pixel: the line is drawn finer than the network sees it, then averaged down. */
const OVERSAMPLING: Readonly<Record<TaskGroup, number>> = { spiral: 3, wave: 3, writing: 2 };
/** Width of an ordinary pen's line, mm. */
const PEN_MM = 0.5;
/** Size of what is drawn where nobody knows it, mm: across a spiral, along a wave; and the height of small letters. */
const USUAL_MM: Readonly<Record<TaskGroup, number>> = { spiral: 70, wave: 100, writing: 3 };
/** Line widths that networks learn from, patch pixels at scale 1. */
const LEAST_PEN = 0.8;
const MOST_PEN = 2.2;

/** A drawn recording, as the screening pipeline sees it. */
export interface RecordingPicture extends StrokePicture {
  /** Pixels of the picture per millimetre; null where the physical size is unknown. */
  readonly pxPerMm: number | null;
}

/**
 * Draws a recording as an ordinary pen on paper would look, at the size its task is screened at: half a millimetre wide,
 * so that the same strokes scanned from paper look the same to the network. The picture covers the strokes' bounds plus a
 * margin of 6 % of their long side on every side. Where the task is not known, the shape says the group, and writing is
 * taken where it does not.
 *
 * @returns null where no sample was drawn.
 */
export function drawRecording(recording: Recording): RecordingPicture | null {
  const bounds = strokeBounds(recording.strokes);
  if (bounds === null) return null;
  const group = recording.task === null ? groupByShape(recording) : taskGroupOf(recording.task);
  const longSide = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top, 1e-6);
  const { patchPx, unitPerMm } = sizeOf(recording, group, longSide);
  const widest = WORKING_LONG_SIDE / (longSide * (1 + 2 * MARGIN_SHARE) * 1.05);
  const pxPerUnit = Math.min(patchPx * OVERSAMPLING[group], widest);
  const penPatchPx = Math.min(MOST_PEN, Math.max(LEAST_PEN, PEN_MM * unitPerMm * patchPx));
  const picture = rasterizeStrokes(recording.strokes, {
    pxPerUnit,
    penWidthPx: Math.max(1, (penPatchPx * pxPerUnit) / patchPx),
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

interface DrawnSize {
  /** Patch pixels per unit of the recording at the group's normal size. */
  readonly patchPx: number;
  /** Units of the recording per millimetre; of what is usual where nobody knows. */
  readonly unitPerMm: number;
}

function sizeOf(recording: Recording, group: TaskGroup, longSide: number): DrawnSize {
  const { mmPerUnit } = recording;
  const knownUnitPerMm = mmPerUnit === null ? null : 1 / mmPerUnit;
  switch (group) {
    case 'spiral':
      return { patchPx: SPIRAL_SIDE / longSide, unitPerMm: knownUnitPerMm ?? longSide / USUAL_MM.spiral };
    case 'wave': {
      const unitPerMm = knownUnitPerMm ?? longSide / USUAL_MM.wave;
      return {
        patchPx: mmPerUnit === null ? WAVE_LONG_SIDE / longSide : WAVE_PX_PER_MM / unitPerMm,
        unitPerMm,
      };
    }
    case 'writing': {
      const height = xHeightOf(recording, longSide);
      return { patchPx: WRITING_X_HEIGHT / height, unitPerMm: knownUnitPerMm ?? height / USUAL_MM.writing };
    }
  }
}

/**
 * Height of small letters in the recording's unit, by the same measure as of a scan: drawn once at a guessed size, for
 * the strokes alone do not tell small letters from tall ones.
 */
function xHeightOf(recording: Recording, longSide: number): number {
  const guess = letterHeight(recording, longSide);
  const widest = WORKING_LONG_SIDE / (longSide * (1 + 2 * MARGIN_SHARE) * 1.05);
  const pxPerUnit = Math.min((WRITING_X_HEIGHT * OVERSAMPLING.writing) / guess, widest);
  const penWidthPx = Math.max(1, (pxPerUnit * guess) / 6);
  const picture = rasterizeStrokes(recording.strokes, { pxPerUnit, penWidthPx, margin: 4 });
  const ink = inkMapOf(picture);
  const xHeight = ink === null ? null : estimateXHeight(ink);
  return xHeight === null || ink === null ? guess : (xHeight * (picture.width / ink.width)) / pxPerUnit;
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
