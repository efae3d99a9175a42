import { UserError } from '../base/errors.ts';
import type { TaskGroup } from '../base/words.ts';
import { PATCH_SIDE, type InkMap } from '../imaging/images.ts';
import { DEFAULT_SCALES, extractPatches, type Patch } from '../imaging/patches.ts';
import { aggregateLogits, DEFAULT_AGGREGATE, type Aggregate } from './aggregate.ts';
import { gatherHeat, type HeatGrid, type PatchHeat } from './heat-grid.ts';
import { addFromView, ALL_VIEWS, writeView, type View } from './patch-views.ts';

/** The part of src/model/predictor.ts that screening needs. */
export interface PatchPredictor {
  predict(
    pixels: Float32Array,
    count: number,
  ): Promise<{ readonly logits: Float32Array; readonly cells: Float32Array }>;
}

/** Turns and mirrors that are averaged. A page has many patches, so that few views per patch are steady enough. */
const VIEWS: Readonly<Record<TaskGroup, readonly View[]>> = {
  spiral: ALL_VIEWS,
  wave: [0, 3, 1, 2],
  writing: [0, 3],
};
/** Patches per call of the network; between calls a cancel is heard. */
const BATCH = 32;

export interface JudgeOptions {
  /** Of the ink map. */
  readonly pxPerMm: number | null;
  readonly scales?: readonly number[];
  readonly aggregate?: Aggregate;
  readonly views?: readonly View[];
  readonly maxPatches?: number;
  /** Lets other messages in; called between batches. */
  readonly pause?: () => Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

export interface JudgedPatch {
  readonly logit: number;
  readonly ink: number;
  readonly scale: number;
}

export interface InkJudgement {
  /** Tremor-like minus regular, over all patches, scales and views; not calibrated. */
  readonly logit: number;
  readonly patches: readonly JudgedPatch[];
  /** Patch pixels per ink-map pixel, one per scale. */
  readonly scales: readonly number[];
  readonly heat: HeatGrid;
}

/**
 * Asks the network about a picture's ink: patches at several scales, each seen in several turns and mirrors.
 *
 * @param blankCells The network's cells for an empty patch ({@link cellsOfBlank}). Heat is what the ink adds to them.
 * @returns null where there is no ink to cut patches from.
 * @throws UserError `cancelled` when the signal fires between batches.
 */
export async function judgeInk(
  predictor: PatchPredictor,
  blankCells: Float32Array,
  ink: InkMap,
  group: TaskGroup,
  options: JudgeOptions,
): Promise<InkJudgement | null> {
  const patches = extractPatches(ink, group, {
    scales: options.scales ?? DEFAULT_SCALES[group],
    pxPerMm: options.pxPerMm,
    ...(options.maxPatches === undefined ? {} : { maxPatches: options.maxPatches }),
  });
  if (patches.length === 0) return null;
  const views = options.views ?? VIEWS[group];
  const { logits, cells } = await predictViews(predictor, patches, views, options);
  const judged = patches.map((patch, i) => ({
    logit: logits[i]!,
    ink: patch.pixels.reduce((sum, value) => sum + value, 0),
    scale: patch.scale,
  }));
  const blank = meanOverViews(blankCells, views);
  const heats = patches.map(({ x, y, side }, i): PatchHeat => ({
    x,
    y,
    side,
    cells: cells[i]!.map((value, at) => value - blank[at]!),
  }));
  return {
    logit: aggregateLogits(judged, options.aggregate ?? DEFAULT_AGGREGATE[group]),
    patches: judged,
    scales: [...new Set(patches.map(({ side }) => PATCH_SIDE / side))],
    heat: gatherHeat(ink, heats),
  };
}

/** Mean logit and mean cells of each patch over its views. */
async function predictViews(
  predictor: PatchPredictor,
  patches: readonly Patch[],
  views: readonly View[],
  { pause, signal }: JudgeOptions,
): Promise<{ logits: Float32Array; cells: readonly Float32Array[] }> {
  const jobs = patches.flatMap((_, index) => views.map((view) => ({ index, view })));
  const logits = new Float32Array(patches.length);
  const cells: Float32Array[] = [];
  const size = PATCH_SIDE * PATCH_SIDE;
  for (let start = 0; start < jobs.length; start += BATCH) {
    await pause?.();
    if (signal?.aborted === true) throw new UserError('cancelled', 'Screening was cancelled.');
    const batch = jobs.slice(start, start + BATCH);
    const pixels = new Float32Array(batch.length * size);
    batch.forEach(({ index, view }, i) =>
      writeView(patches[index]!.pixels, PATCH_SIDE, view, pixels, i * size),
    );
    const answer = await predictor.predict(pixels, batch.length);
    const perPatch = answer.cells.length / batch.length;
    const side = Math.sqrt(perPatch);
    batch.forEach(({ index, view }, i) => {
      logits[index] = logits[index]! + answer.logits[i]! / views.length;
      cells[index] ??= new Float32Array(perPatch);
      addFromView(answer.cells.subarray(i * perPatch, (i + 1) * perPatch), side, view, cells[index]);
    });
  }
  for (const sum of cells) sum.forEach((value, at) => (sum[at] = value / views.length));
  return { logits, cells };
}

/** What the network's cells hold for an empty patch, shape [cellSide, cellSide]. */
export async function cellsOfBlank(predictor: PatchPredictor): Promise<Float32Array> {
  return (await predictor.predict(new Float32Array(PATCH_SIDE * PATCH_SIDE), 1)).cells;
}

/** An empty patch looks the same in every view, but its cells are laid back differently. */
function meanOverViews(cells: Float32Array, views: readonly View[]): Float32Array {
  const side = Math.sqrt(cells.length);
  const sum = new Float32Array(cells.length);
  for (const view of views) addFromView(cells, side, view, sum);
  return sum.map((value) => value / views.length);
}
