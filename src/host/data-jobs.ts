/** What a data thread does for a run: makes patches to learn from, or drawings to calibrate on. */
import { makeDrawings, type DrawingStream, type PreparedDrawing } from '../screening/calibration-drawings.ts';
import { loadFontLibrary } from '../synthetic/font-files.ts';
import { makePatches, streamCost, type MadePatches, type PatchStream } from '../synthetic/patch-streams.ts';

export type DataJob =
  | { readonly kind: 'patches'; readonly stream: PatchStream }
  | { readonly kind: 'drawings'; readonly stream: DrawingStream };

/** A piece of what a job makes. */
export type DataPart =
  | { readonly kind: 'patches'; readonly made: MadePatches }
  | { readonly kind: 'drawing'; readonly drawing: PreparedDrawing };

/**
 * To a thread: one job at a time. `taken` answers each part and brings its memory back: who makes pictures all the time sweeps
 * often, while the receiver would gather them.
 */
export type DataRequest =
  { readonly kind: 'start'; readonly job: DataJob } | { readonly kind: 'taken'; readonly part: DataPart };

/** From a thread: `ready` once, then the parts of each job and its end. A fault is thrown and ends the thread. */
export type DataReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'part'; readonly part: DataPart }
  | { readonly kind: 'ended' };

/** Some milliseconds a drawing: to deal out work, nothing more. */
const DRAWING_COST = { spiral: 8, wave: 6, writing: 10 } as const;

/** Makes the parts of a job in their order; the same job gives the same bytes. */
export function* partsOf(job: DataJob): Generator<DataPart, void> {
  const fonts = loadFontLibrary();
  switch (job.kind) {
    case 'patches':
      for (const made of makePatches(job.stream, fonts)) yield { kind: 'patches', made };
      return;
    case 'drawings':
      for (const drawing of makeDrawings(job.stream, fonts)) yield { kind: 'drawing', drawing };
  }
}

/** How long a job takes compared with others. */
export function costOf(job: DataJob): number {
  return job.kind === 'patches' ? streamCost(job.stream) : DRAWING_COST[job.stream.group] * job.stream.count;
}

/** The memory of a part, which moves to the receiver instead of being copied. */
export function buffersOf(part: DataPart): ArrayBuffer[] {
  const arrays =
    part.kind === 'patches' ? [part.made.pixels] : part.drawing.patches.map(({ pixels }) => pixels);
  return arrays.map(({ buffer }) => buffer as ArrayBuffer); // ours, never shared
}
