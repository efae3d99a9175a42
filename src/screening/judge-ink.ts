import { UserError } from '../base/errors.ts';
import type { TaskGroup } from '../base/words.ts';
import { PATCH_SIDE, type InkMap } from '../imaging/images.ts';
import { DEFAULT_SCALES, extractPatches, type Patch } from '../imaging/patches.ts';
import {
  aggregateLogits,
  DEFAULT_AGGREGATE,
  TYPICAL_CELLS,
  type Aggregate,
  type PatchLogit,
} from './aggregate.ts';
import { placesOf } from './count-places.ts';
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
/** Side of the squares of a patch that are asked whether they hold ink, patch pixels; the same for networks of any map. */
const INK_CELL = 8;
/** From this much ink on such a square holds a line: two pixels of it. */
const LEAST_CELL_INK = 2;

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

export interface JudgedPatch extends PatchLogit {
  readonly scale: number;
}

/** The network's answer to an empty patch. */
export interface BlankAnswer {
  readonly logit: number;
  /** Shape [cellSide, cellSide]. */
  readonly cells: Float32Array;
}

export interface InkJudgement {
  /** Tremor-like minus regular, over all patches, scales and views; not calibrated. */
  readonly logit: number;
  readonly patches: readonly JudgedPatch[];
  /** Patch pixels per ink-map pixel, one per scale. */
  readonly scales: readonly number[];
  /** How many places of the drawing were looked at; {@link placesOf}. */
  readonly places: number;
  readonly heat: HeatGrid;
}

/**
 * Asks the network about a picture's ink: patches at several scales, each seen in several turns and mirrors.
 *
 * @param blank From {@link askBlank}. Heat is what the ink adds to its cells.
 * @returns null where there is no ink to cut patches from.
 * @throws UserError `cancelled` when the signal fires between batches, or what the predictor throws.
 */
export async function judgeInk(
  predictor: PatchPredictor,
  blank: BlankAnswer,
  ink: InkMap,
  group: TaskGroup,
  options: JudgeOptions,
): Promise<InkJudgement | null> {
  const patches = cutInk(ink, group, options);
  if (patches.length === 0) return null;
  const { logit, judged, added } = await judgePatches(predictor, blank, patches, group, options);
  const heats = patches.map(({ x, y, side }, i): PatchHeat => ({ x, y, side, cells: added[i]! }));
  return {
    logit,
    patches: judged,
    scales: scalesOf(patches),
    places: placesOf(patches, ink, group),
    heat: gatherHeat(ink, heats),
  };
}

/** The patches that the network is asked about. */
export function cutInk(
  ink: InkMap,
  group: TaskGroup,
  options: Pick<JudgeOptions, 'pxPerMm' | 'scales' | 'maxPatches'>,
): Patch[] {
  return extractPatches(ink, group, {
    scales: options.scales ?? DEFAULT_SCALES[group],
    pxPerMm: options.pxPerMm,
    ...(options.maxPatches === undefined ? {} : { maxPatches: options.maxPatches }),
  });
}

/** Patch pixels per ink-map pixel, one per scale. */
export function scalesOf(patches: readonly Pick<Patch, 'side'>[]): number[] {
  return [...new Set(patches.map(({ side }) => PATCH_SIDE / side))];
}

/**
 * The same for patches that are cut already.
 *
 * @returns `added`: what each patch's ink adds to its cells, shape [cellSide, cellSide] each.
 * @throws RangeError where there is no patch; UserError `cancelled`; what the predictor throws.
 */
export async function judgePatches(
  predictor: PatchPredictor,
  blank: BlankAnswer,
  patches: readonly Pick<Patch, 'pixels' | 'scale'>[],
  group: TaskGroup,
  options: Pick<JudgeOptions, 'aggregate' | 'views' | 'pause' | 'signal'>,
): Promise<{ logit: number; judged: readonly JudgedPatch[]; added: readonly Float32Array[] }> {
  const views = options.views ?? VIEWS[group];
  const { logits, cells } = await predictViews(predictor, patches, views, options);
  const blankCells = meanOverViews(blank.cells, views);
  const added = patches.map((_, i) => cells[i]!.map((value, at) => value - blankCells[at]!));
  const judged = patches.map(({ pixels, scale }, i): JudgedPatch => {
    const ink = inkPerCell(pixels);
    return {
      logit: logits[i]!,
      ink: sumOf(ink),
      added: sumOf(added[i]!),
      inkedCells: ink.reduce((count, value) => count + (value >= LEAST_CELL_INK ? 1 : 0), 0),
      scale,
    };
  });
  const how = options.aggregate ?? DEFAULT_AGGREGATE[group];
  return { logit: aggregateLogits(judged, how, blank.logit, TYPICAL_CELLS[group]), judged, added };
}

/** Mean logit and mean cells of each patch over its views. */
async function predictViews(
  predictor: PatchPredictor,
  patches: readonly Pick<Patch, 'pixels'>[],
  views: readonly View[],
  { pause, signal }: Pick<JudgeOptions, 'pause' | 'signal'>,
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

/** What the network says of a patch without ink: the base from which a patch's own ink is counted. One prediction. */
export async function askBlank(predictor: PatchPredictor): Promise<BlankAnswer> {
  const { logits, cells } = await predictor.predict(new Float32Array(PATCH_SIDE * PATCH_SIDE), 1);
  return { logit: logits[0]!, cells };
}

/** An empty patch looks the same in every view, but its cells are laid back differently. */
function meanOverViews(cells: Float32Array, views: readonly View[]): Float32Array {
  const side = Math.sqrt(cells.length);
  const sum = new Float32Array(cells.length);
  for (const view of views) addFromView(cells, side, view, sum);
  return sum.map((value) => value / views.length);
}

/** Ink in each square of a patch, in patch pixels. */
function inkPerCell(pixels: Float32Array): Float32Array {
  const perRow = PATCH_SIDE / INK_CELL;
  const sums = new Float32Array(perRow * perRow);
  for (let row = 0, at = 0; row < PATCH_SIDE; row++) {
    const first = Math.floor(row / INK_CELL) * perRow;
    for (let column = 0; column < PATCH_SIDE; column++, at++) {
      const to = first + Math.floor(column / INK_CELL);
      sums[to] = sums[to]! + pixels[at]!;
    }
  }
  return sums;
}

function sumOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
