/** Simulated drawings to calibrate on, cut into patches as screening cuts them: what can be made without the model, on any thread. */
import { Rng } from '../base/rng.ts';
import { TASK_GROUPS, taskGroupOf, type SyntheticKind, type TaskGroup } from '../base/words.ts';
import type { Patch } from '../imaging/patches.ts';
import { LEAST_TREMOR_PX, makeDrawing, type BumpTrace } from '../synthetic/drawing.ts';
import type { FontLibrary, Part } from '../synthetic/font-library.ts';
import { gateInk } from './gates.ts';
import { cutInk, scalesOf } from './judge-ink.ts';
import { openInk } from './open-ink.ts';

/** Drawings of one group and label in an order of their own; plain data. The same stream gives the same drawings. */
export interface DrawingStream {
  readonly group: TaskGroup;
  /** Of this group; taken in turn. */
  readonly kinds: readonly SyntheticKind[];
  readonly tremorLike: boolean;
  /** Fonts, words and writers come from this part. */
  readonly part: Exclude<Part, 'train'>;
  readonly seed: number;
  /** Drawings to make, whole, ≥ 0. */
  readonly count: number;
}

/** A drawing that the gates let through, ready for the network. */
export interface PreparedDrawing {
  readonly group: TaskGroup;
  readonly tremorLike: boolean;
  /** Regular, or its tremor can be seen well: at least {@link CLEAR} times the least that may be called tremor-like. */
  readonly clear: boolean;
  readonly subject: string;
  readonly patches: readonly Pick<Patch, 'pixels' | 'scale'>[];
}

const KINDS_OF_GROUP: Readonly<Record<TaskGroup, readonly SyntheticKind[]>> = {
  spiral: ['spiral'],
  wave: ['wave'],
  writing: ['handwriting', 'fonts'],
};
const CLEAR = 2;
/** Drawings in a row that may not be screenable before giving up: a fault of ours. */
const MOST_FRUITLESS = 50;

/** Groups that a recipe's kinds can be calibrated for. */
export function groupsOf(kinds: readonly SyntheticKind[]): TaskGroup[] {
  return TASK_GROUPS.filter((group) => KINDS_OF_GROUP[group].some((kind) => kinds.includes(kind)));
}

/** Streams of each group and label, regular first. @param perLabel Drawings of each. */
export function drawingStreams(
  kinds: readonly SyntheticKind[],
  { part, seed, perLabel }: Pick<DrawingStream, 'part' | 'seed'> & { readonly perLabel: number },
): DrawingStream[] {
  return groupsOf(kinds).flatMap((group) =>
    [false, true].map((tremorLike) => ({
      group,
      kinds: KINDS_OF_GROUP[group].filter((kind) => kinds.includes(kind)),
      tremorLike,
      part,
      seed,
      count: perLabel,
    })),
  );
}

/**
 * Makes the drawings of a stream. All tremor amplitudes of training, faint ones too; paper from the rough half of the
 * training range, since real paper is rougher than simulated paper.
 *
 * @throws Error where {@link MOST_FRUITLESS} in a row cannot be screened.
 */
export function* makeDrawings(stream: DrawingStream, fonts: FontLibrary): Generator<PreparedDrawing, void> {
  const { kinds, group, part, seed, tremorLike, count } = stream;
  const source = new Rng(`${seed}/calibration/${part}/${group}/${tremorLike ? 'tremor' : 'regular'}`);
  for (let index = 0, made = 0, fruitless = 0; made < count; index++) {
    const kind = kinds[index % kinds.length];
    if (kind === undefined || fruitless >= MOST_FRUITLESS)
      throw new Error(`calibration: ${fruitless} drawings of ${group} in a row could not be screened`);
    const drawing = prepareOne(kind, source.fork(index), stream, fonts);
    fruitless = drawing === null ? fruitless + 1 : 0;
    if (drawing === null) continue;
    made++;
    yield drawing;
  }
}

/** null where the drawing cannot be screened, or where its tremor cannot be seen at the size the network looks at. */
function prepareOne(
  kind: SyntheticKind,
  rng: Rng,
  { part, tremorLike }: DrawingStream,
  fonts: FontLibrary,
): PreparedDrawing | null {
  const drawing = makeDrawing(kind, rng, { tremorLike, part, fonts, paper: 'rough', withRecording: false });
  const knowsSize = rng.chance(0.5);
  const group = taskGroupOf(drawing.task);
  const { ink, pxPerMm } = openInk({ ...drawing, pxPerMm: knowsSize ? drawing.pxPerMm : null });
  if (ink === null || gateInk(drawing.grey, ink, group, pxPerMm).kind === 'stop') return null;
  const patches = cutInk(ink, group, { pxPerMm });
  const tremorPx = tremorLike ? visibleTremor(drawing.bumps, scalesOf(patches)) : Infinity;
  const least = LEAST_TREMOR_PX[group];
  if (tremorPx < least) return null;
  return {
    group,
    tremorLike,
    clear: tremorPx >= CLEAR * least,
    subject: drawing.subject,
    patches: patches.map(({ pixels, scale }) => ({ pixels, scale })),
  };
}

/** rms of the bumps, patch pixels at the group's middle scale; printed letters are always shaken clearly. */
function visibleTremor(bumps: BumpTrace | null, scales: readonly number[]): number {
  if (bumps === null || bumps.bumpPx.length === 0) return Infinity;
  const power = bumps.bumpPx.reduce((sum, value) => sum + value * value, 0) / bumps.bumpPx.length;
  return Math.sqrt(power) * (scales[Math.floor(scales.length / 2)] ?? 1);
}
