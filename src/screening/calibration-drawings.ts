/** Simulated drawings to calibrate on, cut into patches as screening cuts them: what can be made without the model, on any thread. */
import { Rng } from '../base/rng.ts';
import { TASK_GROUPS, taskGroupOf, type SyntheticKind, type TaskGroup } from '../base/words.ts';
import type { GreyImage } from '../imaging/images.ts';
import { measureLineWaver } from '../imaging/line-waver.ts';
import type { Patch } from '../imaging/patches.ts';
import { drawRecording } from '../imaging/recording-picture.ts';
import { readClock } from '../ink/clock-evidence.ts';
import { LEAST_TREMOR_PX, makeDrawing, type Drawing } from '../synthetic/drawing.ts';
import type { FontLibrary, Part } from '../synthetic/font-library.ts';
import { readingOf } from './clock-witness.ts';
import { placesOf } from './count-places.ts';
import type { ReadClock } from './decide.ts';
import { gateInk } from './gates.ts';
import { cutInk, scalesOf } from './judge-ink.ts';
import { openInk } from './open-ink.ts';
import { lineWaverLogOdds } from './witness-rule.ts';

/** On paper, or by a pen whose times are known. */
export type Medium = 'scan' | 'recording';

/** Drawings of one group and label in an order of their own; plain data. The same stream gives the same drawings. */
export interface DrawingStream {
  readonly medium: Medium;
  /** `careful`: slow, correcting hands alone. */
  readonly hand: 'any' | 'careful';
  readonly group: TaskGroup;
  /** Of this group; taken in turn. */
  readonly kinds: readonly SyntheticKind[];
  readonly tremorLike: boolean;
  /** Fonts, words and writers come from this part. */
  readonly part: Exclude<Part, 'train'>;
  readonly seed: number;
  /** Drawings to make, whole, ≥ 0. */
  readonly count: number;
  /** Only working points rest on it, neither the line nor the metrics. */
  readonly forLimits: boolean;
}

/** A drawing that the gates let through, ready for the network. */
export interface PreparedDrawing {
  readonly medium: Medium;
  readonly group: TaskGroup;
  readonly tremorLike: boolean;
  readonly careful: boolean;
  /** Letters of printing fonts and of fonts that look like handwriting are nobody's hand. */
  readonly byHand: boolean;
  /** Of recordings; null for pictures, and where the pen's times tell nothing. */
  readonly clock: ReadClock | null;
  /** Regular, or its tremor can be seen well: at least {@link CLEAR} times the least that may be called tremor-like. */
  readonly clear: boolean;
  readonly subject: string;
  /** There is more than one place to look at. */
  readonly manyPlaces: boolean;
  /** Log-odds that the waver of a line adds to the picture's, ≥ 0. */
  readonly waverLogOdds: number;
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
      medium: 'scan',
      hand: 'any',
      group,
      kinds: KINDS_OF_GROUP[group].filter((kind) => kinds.includes(kind)),
      tremorLike,
      part,
      seed,
      count: perLabel,
      forLimits: false,
    })),
  );
}

/**
 * What working points are chosen on, of each group that a hand draws: careful regular hands on paper, and careful regular
 * and shaky hands by pen. Shaky hands on paper are those of {@link drawingStreams}. Where fonts take
 * turns, as many more handwritten ones are added as fonts displaced.
 *
 * @param count Drawings of each stream.
 */
export function handStreams(
  kinds: readonly SyntheticKind[],
  { part, seed, count }: Pick<DrawingStream, 'part' | 'seed' | 'count'>,
): DrawingStream[] {
  const drawn: readonly SyntheticKind[] = kinds.filter((kind) => kind !== 'fonts');
  const shared = { part, seed, forLimits: true };
  return groupsOf(drawn).flatMap((group): DrawingStream[] => {
    const printed = KINDS_OF_GROUP[group].filter((kind) => kinds.includes(kind) && !drawn.includes(kind));
    const own = { ...shared, group, kinds: KINDS_OF_GROUP[group].filter((kind) => drawn.includes(kind)) };
    return [
      { ...own, medium: 'scan', hand: 'careful', tremorLike: false, count },
      { ...own, medium: 'recording', hand: 'careful', tremorLike: false, count },
      { ...own, medium: 'recording', hand: 'any', tremorLike: true, count },
      ...(printed.length === 0
        ? []
        : [{ ...own, medium: 'scan', hand: 'any', tremorLike: true, count: Math.floor(count / 2) } as const]),
    ];
  });
}

/**
 * Makes the drawings of a stream. All tremor amplitudes of training, faint ones too; paper from the rough half of the
 * training range, since real paper is rougher than simulated paper.
 *
 * @throws Error where {@link MOST_FRUITLESS} in a row cannot be screened.
 */
export function* makeDrawings(stream: DrawingStream, fonts: FontLibrary): Generator<PreparedDrawing, void> {
  const { kinds, group, part, seed, tremorLike, count, medium, hand } = stream;
  const label = tremorLike ? 'tremor' : 'regular';
  const own = stream.forLimits ? `/${medium}/${hand}` : '';
  const source = new Rng(`${seed}/calibration/${part}/${group}/${label}${own}`);
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
  { part, tremorLike, medium, hand }: DrawingStream,
  fonts: FontLibrary,
): PreparedDrawing | null {
  const byPen = medium === 'recording';
  const drawing = makeDrawing(kind, rng, {
    tremorLike,
    part,
    fonts,
    paper: 'rough',
    withRecording: byPen,
    hand,
    // A pen's clock is asked for a rhythm: hands that shake without any are not what it is fitted on.
    ...(byPen ? { rhythm: 'periodic' as const } : {}),
  });
  const knowsSize = rng.chance(0.5);
  const picture = byPen ? pictureOfPen(drawing) : { grey: drawing.grey, pxPerMm: drawing.pxPerMm };
  if (picture === null) return null;
  const group = taskGroupOf(drawing.task);
  const { ink, pxPerMm } = openInk({
    grey: picture.grey,
    task: drawing.task,
    pxPerMm: byPen || knowsSize ? picture.pxPerMm : null,
  });
  if (ink === null || gateInk(picture.grey, ink, group, pxPerMm).kind === 'stop') return null;
  const patches = cutInk(ink, group, { pxPerMm });
  const scales = scalesOf(patches).map((scale) => (scale * ink.width) / picture.grey.width);
  const tremorPx = tremorLike ? visibleTremor(drawing, scales) * magnification(drawing, picture) : Infinity;
  const least = LEAST_TREMOR_PX[group];
  if (tremorPx < least) return null;
  return {
    medium,
    group,
    tremorLike,
    careful: drawing.careful,
    byHand: kind !== 'fonts',
    clear: tremorPx >= CLEAR * least,
    subject: drawing.subject,
    clock: drawing.recording === null ? null : readingOf(readClock(drawing.recording, group)),
    manyPlaces: placesOf(patches, ink, group) > 1,
    waverLogOdds: drawing.task === 'line' ? lineWaverLogOdds(measureLineWaver(ink)) : 0,
    patches: patches.map(({ pixels, scale }) => ({ pixels, scale })),
  };
}

interface Pictured {
  readonly grey: GreyImage;
  readonly pxPerMm: number | null;
}

/** As screening draws a recording; null for printed text. */
function pictureOfPen({ recording }: Drawing): Pictured | null {
  const picture = recording === null ? null : drawRecording(recording);
  return picture === null ? null : { grey: picture, pxPerMm: picture.pxPerMm };
}

/** Pixels of a picture for one of the drawing's own: its bumps are known in those. */
function magnification(drawing: Drawing, picture: Pictured): number {
  return drawing.pxPerMm === null || picture.pxPerMm === null ? 1 : picture.pxPerMm / drawing.pxPerMm;
}

/** rms of the bumps, patch pixels at the group's middle scale; printed letters are always shaken clearly. */
function visibleTremor({ bumps }: Drawing, scales: readonly number[]): number {
  if (bumps === null || bumps.bumpPx.length === 0) return Infinity;
  const power = bumps.bumpPx.reduce((sum, value) => sum + value * value, 0) / bumps.bumpPx.length;
  return Math.sqrt(power) * (scales[Math.floor(scales.length / 2)] ?? 1);
}
