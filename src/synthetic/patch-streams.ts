/** Patches of one kind and label in an order of their own: what can be made apart from all others, on any thread. */
import { Rng } from '../base/rng.ts';
import type { SyntheticKind, TaskGroup } from '../base/words.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import { inkMapOf } from '../imaging/ink-map.ts';
import { DEFAULT_SCALES, extractPatches, type Patch } from '../imaging/patches.ts';
import { leastTremorPx, makeDrawing, type BumpTrace, type Drawing } from './drawing.ts';
import type { FontLibrary, Part } from './font-library.ts';
import type { StudyRange } from './study-range.ts';

/** Says all about a stream but the fonts; plain data. The same stream gives the same patches. */
export interface PatchStream {
  readonly kind: SyntheticKind;
  readonly tremorLike: boolean;
  /** What the drawings range over. Default: the app's own training data. */
  readonly range?: StudyRange | undefined;
  readonly part: Part;
  readonly seed: number;
  /** Patches to make, whole, ≥ 0. */
  readonly count: number;
}

/** The next patches of a stream. */
export interface MadePatches {
  readonly count: number;
  /** Ink, 0..255, shape [count, PATCH_SIDE, PATCH_SIDE], in a buffer of its own. */
  readonly pixels: Uint8Array;
  /** One each. */
  readonly subjects: readonly string[];
  readonly group: TaskGroup;
}

/** A patch of less ink than this says nothing: mean over its pixels. */
const LEAST_INK = 0.012;
/** Patches taken from one picture at each scale, and scales looked at. */
const PER_SCALE = { spiral: 1, wave: 3, writing: 4 } as const;
const SCALES = { spiral: 2, wave: 1, writing: 1 } as const;
/** Drawings in a row that may yield nothing before giving up: a fault of ours, not of the user. */
const MOST_FRUITLESS = 400;
/** Patches that are handed over together: some 100 ms of work, half a megabyte. */
const PATCHES_AT_ONCE = 32;
const PIXELS = PATCH_SIDE * PATCH_SIDE;
/** Some milliseconds a patch: to deal out work, nothing more. */
const COST: Readonly<Record<SyntheticKind, number>> = { fonts: 2.2, handwriting: 3, spiral: 3, wave: 1.6 };

/** How long a stream takes compared with others. */
export function streamCost({ kind, count }: PatchStream): number {
  return COST[kind] * count;
}

/**
 * Makes the patches of a stream, up to {@link PATCHES_AT_ONCE} at a time.
 *
 * @throws Error where {@link MOST_FRUITLESS} drawings in a row give no patch.
 */
export function* makePatches(stream: PatchStream, fonts: FontLibrary): Generator<MadePatches, void> {
  const source = patchSource(stream, fonts);
  for (let made = 0; made < stream.count; made += PATCHES_AT_ONCE) {
    const count = Math.min(PATCHES_AT_ONCE, stream.count - made);
    const pixels = new Uint8Array(count * PIXELS);
    const subjects: string[] = [];
    let group: TaskGroup = 'writing';
    for (let i = 0; i < count; i++) {
      const { patch, drawing } = source.next().value;
      writeBytes(patch.pixels, pixels, i * PIXELS);
      subjects.push(drawing.subject);
      group = drawing.group;
    }
    yield { count, pixels, subjects, group };
  }
}

/** Endless patches of one kind and label. */
function* patchSource(
  { kind, tremorLike, range, part, seed }: PatchStream,
  fonts: FontLibrary,
): Generator<{ patch: Patch; drawing: Drawing }, never> {
  const source = new Rng(`${seed}/${part}/${kind}/${tremorLike ? 'tremor' : 'regular'}`);
  let fruitless = 0;
  for (let index = 0; ; index++) {
    const rng = source.fork(index);
    source.uint32();
    const drawing = makeDrawing(kind, rng, { tremorLike, range, part, fonts, withRecording: false });
    const patches = usefulPatches(rng, drawing, range);
    fruitless = patches.length === 0 ? fruitless + 1 : 0;
    if (fruitless > MOST_FRUITLESS)
      throw new Error(`synthetic ${kind}: no useful patch in ${fruitless} drawings`);
    for (const patch of patches) yield { patch, drawing };
  }
}

/** Patches of a drawing at random scales that hold enough ink and, when tremor-like, tremor that can be seen. */
export function usefulPatches(rng: Rng, drawing: Drawing, range?: StudyRange): Patch[] {
  const ink = inkMapOf(drawing.grey);
  if (ink === null) return [];
  const scales = DEFAULT_SCALES[drawing.group];
  const drawScale = (): number => rng.between(0.96 * Math.min(...scales), 1.04 * Math.max(...scales));
  const knowsSize = drawing.pxPerMm !== null && rng.chance(0.5);
  const patches = extractPatches(ink, drawing.group, {
    scales: Array.from({ length: SCALES[drawing.group] }, drawScale),
    pxPerMm: knowsSize ? drawing.pxPerMm : null,
    maxPatches: PER_SCALE[drawing.group],
    ...(range !== undefined && drawing.bumps === null ? { side: PATCH_SIDE, maxPatches: 1 } : {}),
  });
  return patches.filter(
    (patch) =>
      meanInk(patch.pixels) >= (range?.leastInk ?? LEAST_INK) &&
      (drawing.label === 'regular' ||
        drawing.bumps === null ||
        tremorIn(patch, drawing.bumps) >= leastTremorPx(drawing.group, range)),
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
  for (let i = 0; i < pixels.length; i++) sum += pixels[i]!;
  return sum / pixels.length;
}

/** Ink 0 … 1 as the nearest of 0 … 255. */
function writeBytes(from: Float32Array, to: Uint8Array, offset: number): void {
  for (let i = 0; i < from.length; i++) {
    const value = from[i]!;
    to[offset + i] = value <= 0 ? 0 : value >= 1 ? 255 : 255 * value + 0.5;
  }
}
