/** Labelled patches for training, from drawings that went through the same ink map and cutting as any scan. */
import { UserError } from '../base/errors.ts';
import { Rng } from '../base/rng.ts';
import type { SyntheticKind } from '../base/words.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import { inkMapOf } from '../imaging/ink-map.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import { DEFAULT_SCALES, extractPatches, type Patch } from '../imaging/patches.ts';
import { LEAST_TREMOR_PX, makeDrawing, type BumpTrace, type Drawing } from './drawing.ts';
import { loadFontLibrary } from './font-files.ts';
import type { FontLibrary, Part } from './font-library.ts';

export { dataHash } from './data-hash.ts';
export { LEAST_TREMOR_PX } from './drawing.ts';

export interface SyntheticPatchOptions {
  /** Patches wanted, shared evenly over kinds and, within a kind, over both labels. */
  readonly count: number;
  readonly kinds: readonly SyntheticKind[];
  readonly seed: number;
  readonly part: Part;
  readonly fonts?: FontLibrary;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Patches of the same size to stand behind the made ones in the result, for callers that would join the two; not changed. */
  readonly behind?: PatchSet | null;
}

/** A patch of less ink than this says nothing: mean over its pixels. */
const LEAST_INK = 0.012;
/** Patches taken from one picture at each scale, and scales looked at. */
const PER_SCALE = { spiral: 1, wave: 3, writing: 4 } as const;
const SCALES = { spiral: 2, wave: 1, writing: 1 } as const;
/** Drawings in a row that may yield nothing before giving up: a fault of ours, not of the user. */
const MOST_FRUITLESS = 400;
/** Patches between two turns of the event loop. */
const PATCHES_PER_TURN = 64;

/**
 * Makes patches: both labels and all kinds equally often, in random order. The same options give the same bytes.
 *
 * @returns `count` patches, then those of `behind`.
 * @throws UserError `bad-argument` for a count or kinds that make no sense; `cancelled` when the signal fires.
 */
export async function makeSyntheticPatches(options: SyntheticPatchOptions): Promise<PatchSet> {
  const { count, kinds, seed, part } = options;
  if (!Number.isInteger(count) || count < 0) {
    throw new UserError(
      'bad-argument',
      `The number of synthetic patches must be a whole number, 0 or more; it is ${count}.`,
    );
  }
  if (count > 0 && kinds.length === 0) {
    throw new UserError('bad-argument', 'Choose at least one kind of synthetic data.');
  }
  const fonts = options.fonts ?? loadFontLibrary();
  const size = PATCH_SIDE * PATCH_SIDE;
  const behind = options.behind ?? null;
  const pixels = new Uint8Array((count + (behind?.count ?? 0)) * size);
  const labels = new Uint8Array(count + (behind?.count ?? 0));
  const subjects = new Array<string>(count).fill('');
  const groups = new Array<Drawing['group']>(count).fill('writing');
  // Places are dealt out first, so that the order is random and every share exact.
  const places = new Rng(`${seed}/${part}/order`).shuffle(Array.from({ length: count }, (_, i) => i));
  let done = 0;
  for (const [kindIndex, kind] of kinds.entries()) {
    for (const tremorLike of [false, true]) {
      const share = shareOf(count, 2 * kinds.length, 2 * kindIndex + (tremorLike ? 1 : 0));
      const source = patchSource(kind, tremorLike, part, seed, fonts);
      for (let i = 0; i < share; i++) {
        const { patch, drawing } = source.next().value;
        const place = places[done]!;
        writeBytes(patch.pixels, pixels, place * size);
        labels[place] = tremorLike ? 1 : 0;
        subjects[place] = drawing.subject;
        groups[place] = drawing.group;
        done++;
        if (done % PATCHES_PER_TURN === 0) {
          options.onProgress?.(done, count);
          await nextTurn();
          if (options.signal?.aborted === true) {
            throw new UserError('cancelled', 'Making synthetic samples was cancelled.');
          }
        }
      }
    }
  }
  options.onProgress?.(count, count);
  if (behind === null) return { count, pixels, labels, subjects, groups };
  pixels.set(behind.pixels, count * size);
  labels.set(behind.labels, count);
  return {
    count: count + behind.count,
    pixels,
    labels,
    subjects: [...subjects, ...behind.subjects],
    groups: [...groups, ...behind.groups],
  };
}

/** Endless patches of one kind and label. */
function* patchSource(
  kind: SyntheticKind,
  tremorLike: boolean,
  part: Part,
  seed: number,
  fonts: FontLibrary,
): Generator<{ patch: Patch; drawing: Drawing }, never> {
  const source = new Rng(`${seed}/${part}/${kind}/${tremorLike ? 'tremor' : 'regular'}`);
  let fruitless = 0;
  for (let index = 0; ; index++) {
    const rng = source.fork(index);
    source.uint32();
    const drawing = makeDrawing(kind, rng, { tremorLike, part, fonts, withRecording: false });
    const patches = usefulPatches(rng, drawing);
    fruitless = patches.length === 0 ? fruitless + 1 : 0;
    if (fruitless > MOST_FRUITLESS)
      throw new Error(`synthetic ${kind}: no useful patch in ${fruitless} drawings`);
    for (const patch of patches) yield { patch, drawing };
  }
}

/** Patches of a drawing at random scales that hold enough ink and, when tremor-like, tremor that can be seen. */
export function usefulPatches(rng: Rng, drawing: Drawing): Patch[] {
  const ink = inkMapOf(drawing.grey);
  if (ink === null) return [];
  const scales = DEFAULT_SCALES[drawing.group];
  const drawScale = (): number => rng.between(0.96 * Math.min(...scales), 1.04 * Math.max(...scales));
  const knowsSize = drawing.pxPerMm !== null && rng.chance(0.5);
  const patches = extractPatches(ink, drawing.group, {
    scales: Array.from({ length: SCALES[drawing.group] }, drawScale),
    pxPerMm: knowsSize ? drawing.pxPerMm : null,
    maxPatches: PER_SCALE[drawing.group],
  });
  return patches.filter(
    (patch) =>
      meanInk(patch.pixels) >= LEAST_INK &&
      (drawing.label === 'regular' ||
        drawing.bumps === null ||
        tremorIn(patch, drawing.bumps) >= LEAST_TREMOR_PX[drawing.group]),
  );
}

/** rms of the visible bumps inside a patch, patch pixels. */
export function tremorIn(patch: Patch, bumps: BumpTrace): number {
  let power = 0;
  let count = 0;
  for (let i = 0; i < bumps.x.length; i++) {
    const x = bumps.x[i]! - patch.x;
    const y = bumps.y[i]! - patch.y;
    if (x < 0 || y < 0 || x >= patch.side || y >= patch.side) continue;
    power += bumps.bumpPx[i]! ** 2;
    count++;
  }
  return count === 0 ? 0 : Math.sqrt(power / count) * (PATCH_SIDE / patch.side);
}

function meanInk(pixels: Float32Array): number {
  let sum = 0;
  for (const value of pixels) sum += value;
  return sum / pixels.length;
}

function writeBytes(from: Float32Array, to: Uint8Array, offset: number): void {
  for (let i = 0; i < from.length; i++) to[offset + i] = Math.round(255 * Math.min(1, Math.max(0, from[i]!)));
}

/** Whole shares of a total that add up to it. */
function shareOf(total: number, shares: number, index: number): number {
  return Math.floor((total * (index + 1)) / shares) - Math.floor((total * index) / shares);
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
