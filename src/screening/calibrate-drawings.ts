/** Calibration on whole drawings: what a model says of simulated drawings on the screener's own way. */
import { PATCH_SIDE } from '../imaging/images.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import type { FontLibrary } from '../synthetic/font-library.ts';
import { makeDrawings, type DrawingStream, type PreparedDrawing } from './calibration-drawings.ts';
import { judgePatches } from './judge-ink.ts';
import type { LoadedModel } from './screen-ink.ts';

/** A whole drawing as the model sees it. */
export interface JudgedDrawing extends Omit<PreparedDrawing, 'patches'> {
  /** Of a stream that only working points rest on. */
  readonly forLimits: boolean;
  /** Aggregated over patches, scales and views; not calibrated. */
  readonly logit: number;
}

/**
 * Makes the drawings of streams and hands them over, in each stream's order; the streams may go side by side.
 *
 * @param take Called with a stream's place in `streams`. Few drawings are made ahead of it; it may throw to stop.
 */
export type DrawingMaker = (
  streams: readonly DrawingStream[],
  take: (stream: number, drawing: PreparedDrawing) => Promise<void>,
) => Promise<void>;

export interface JudgeDrawingsOptions {
  readonly maker: DrawingMaker;
  /** Called between batches of patches; may throw to stop. */
  readonly pause: () => Promise<void>;
  /** How many are judged so far. */
  readonly onJudged?: (count: number) => void;
}

/**
 * Screens drawings as any scan: patches at all scales, views, aggregate. The same streams and model give the same logits,
 * whoever makes the drawings.
 *
 * @returns The drawings, stream by stream.
 */
export async function judgeDrawings(
  model: Pick<LoadedModel, 'networkFor'>,
  streams: readonly DrawingStream[],
  { maker, pause, onJudged }: JudgeDrawingsOptions,
): Promise<JudgedDrawing[]> {
  const judged = streams.map((): JudgedDrawing[] => []);
  let count = 0;
  // One after the other, also where drawings come from several sides at once.
  let before = Promise.resolve();
  const judge = async (stream: number, { patches, ...drawing }: PreparedDrawing): Promise<void> => {
    const { predictor, blank } = model.networkFor(drawing.group);
    const { logit } = await judgePatches(predictor, blank, patches, drawing.group, { pause });
    judged[stream]!.push({ ...drawing, forLimits: streams[stream]!.forLimits, logit });
    onJudged?.(++count);
  };
  await maker(streams, (stream, drawing) => (before = before.then(() => judge(stream, drawing))));
  return judged.flat();
}

/** Makes one stream after the other on this thread. */
export function drawingsHere(fonts: FontLibrary): DrawingMaker {
  return async (streams, take) => {
    for (const [index, stream] of streams.entries()) {
      for (const drawing of makeDrawings(stream, fonts)) await take(index, drawing);
    }
  };
}

/**
 * The same for own held-out samples, which come as patches: what one person drew of one group under one label is judged
 * together and counts as one drawing. Clear, since a person saw it.
 */
export async function judgeOwn(
  model: Pick<LoadedModel, 'networkFor'>,
  set: PatchSet,
  pause: () => Promise<void>,
): Promise<JudgedDrawing[]> {
  const members = new Map<string, number[]>();
  for (let i = 0; i < set.count; i++) {
    const key = JSON.stringify([set.subjects[i], set.groups[i], set.labels[i]]);
    const indices = members.get(key);
    if (indices === undefined) members.set(key, [i]);
    else indices.push(i);
  }
  const judged: JudgedDrawing[] = [];
  const size = PATCH_SIDE * PATCH_SIDE;
  for (const indices of members.values()) {
    const [first = 0] = indices;
    const group = set.groups[first] ?? 'writing';
    const patches = indices.map((i) => ({
      pixels: Float32Array.from(set.pixels.subarray(i * size, (i + 1) * size), (value) => value / 255),
      scale: 1,
    }));
    const { predictor, blank } = model.networkFor(group);
    const { logit } = await judgePatches(predictor, blank, patches, group, { pause });
    const subject = set.subjects[first] ?? '';
    judged.push({
      medium: 'scan',
      forLimits: false,
      group,
      logit,
      tremorLike: set.labels[first] === 1,
      careful: false,
      byHand: true,
      clear: true,
      clock: null,
      // Patches do not tell how they lay, nor what a line asked for.
      manyPlaces: true,
      waverLogOdds: 0,
      subject,
    });
  }
  return judged;
}
