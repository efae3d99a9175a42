/** From strokes on paper to the sample that is handed on; shared by the app's own data and the studies'. */
import type { Rng } from '../base/rng.ts';
import type { Task, TaskGroup } from '../base/words.ts';
import type { GreyImage } from '../imaging/images.ts';
import { SPIRAL_SIDE, WAVE_PX_PER_MM, WRITING_X_HEIGHT } from '../imaging/patches.ts';
import { leastTremorPx, type BumpTrace, type Drawing, type DrawingOptions } from './drawing-types.ts';
import type { FontEntry, Part } from './font-library.ts';
import { recordingOf } from './pen-recording.ts';
import { boundsOf, type Polyline } from './polyline.ts';
import type { ShakenStroke } from './shaken-pen.ts';
import type { StudyRange } from './study-range.ts';

/** Bumps up to about this long count as visible: 22 and 15 patch pixels at the groups' normal sizes. */
const WINDOW_MM = 8;
const WINDOW_X_HEIGHTS = 1.1;

/** How long bumps may be, and their least rms, mm, to be seen at the group's normal size. */
export interface Visible {
  readonly windowMm: number;
  readonly leastMm: number;
}

export function visibleInFigure(
  group: Exclude<TaskGroup, 'writing'>,
  curves: readonly Polyline[],
  range: StudyRange | undefined,
): Visible {
  const { left, right, top, bottom } = boundsOf(curves);
  const patchPxPerMm =
    group === 'spiral' ? SPIRAL_SIDE / Math.max(right - left, bottom - top) : WAVE_PX_PER_MM;
  return { windowMm: WINDOW_MM, leastMm: leastTremorPx(group, range) / patchPxPerMm };
}

export function visibleInWriting(xHeightMm: number, range: StudyRange | undefined): Visible {
  return {
    windowMm: WINDOW_X_HEIGHTS * xHeightMm,
    leastMm: (leastTremorPx('writing', range) * xHeightMm) / WRITING_X_HEIGHT,
  };
}

/** Any of the part's. */
export function pickFont<Entry extends FontEntry<unknown>>(
  rng: Rng,
  fonts: readonly Entry[],
  part: Part,
): Entry {
  return rng.pick(fonts.filter((entry) => entry.part === part));
}

export interface PenWork {
  readonly task: Task;
  readonly group: TaskGroup;
  readonly subject: string;
  readonly careful: boolean;
  readonly strokes: readonly ShakenStroke[];
  readonly grey: GreyImage;
  readonly pxPerMm: number;
  readonly originPx: readonly [number, number];
}

/** Adds where tremor shows, and the recording where it is wanted. */
export function finishDrawing(options: DrawingOptions, work: PenWork): Drawing {
  return {
    grey: work.grey,
    recording: options.withRecording === false ? null : recordingOf(work.task, work.strokes),
    label: options.tremorLike ? 'tremor-like' : 'regular',
    careful: work.careful,
    subject: work.subject,
    group: work.group,
    task: work.task,
    pxPerMm: work.pxPerMm,
    bumps: traceBumps(work),
  };
}

function traceBumps({ strokes, pxPerMm, originPx }: PenWork): BumpTrace {
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
  return bumps;
}
