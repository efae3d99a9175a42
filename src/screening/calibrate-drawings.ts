/** Calibration on whole drawings: what a model says of simulated drawings on the screener's own way. */
import { Rng } from '../base/rng.ts';
import { TASK_GROUPS, type SyntheticKind, type TaskGroup } from '../base/words.ts';
import { PATCH_SIDE } from '../imaging/images.ts';
import type { PatchSet } from '../imaging/patch-set.ts';
import { LEAST_TREMOR_PX, makeDrawing, type Drawing } from '../synthetic/drawing.ts';
import type { FontLibrary, Part } from '../synthetic/font-library.ts';
import { judgePatches, type InkJudgement } from './judge-ink.ts';
import { screenInk, type InkSubject, type LoadedModel } from './screen-ink.ts';

/** A whole drawing as the model sees it. */
export interface JudgedDrawing {
  readonly group: TaskGroup;
  /** Aggregated over patches, scales and views; not calibrated. */
  readonly logit: number;
  readonly tremorLike: boolean;
  /** Regular, or its tremor can be seen well: at least {@link CLEAR} times the least that may be called tremor-like. */
  readonly clear: boolean;
  readonly subject: string;
}

export interface DrawingPlan {
  readonly kinds: readonly SyntheticKind[];
  /** Fonts, words and writers come from this part. */
  readonly part: Exclude<Part, 'train'>;
  /** Drawings of each group and label. */
  readonly perLabel: number;
  readonly seed: number;
  readonly fonts: FontLibrary;
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

/**
 * Makes drawings and screens each as any scan: ink map, gates, patches at all scales, views, aggregate. All tremor
 * amplitudes of training, faint ones too; paper from the rough half of the training range, since real paper is rougher
 * than simulated paper. The same plan and model give the same logits.
 *
 * @param pause Called between batches of patches; may throw to stop.
 * @yields How many are judged so far.
 */
export async function* judgeDrawings(
  model: LoadedModel,
  plan: DrawingPlan,
  pause: () => Promise<void>,
): AsyncGenerator<number, JudgedDrawing[]> {
  const judged: JudgedDrawing[] = [];
  for (const group of groupsOf(plan.kinds)) {
    const kinds = KINDS_OF_GROUP[group].filter((kind) => plan.kinds.includes(kind));
    for (const tremorLike of [false, true]) {
      const source = new Rng(
        `${plan.seed}/calibration/${plan.part}/${group}/${tremorLike ? 'tremor' : 'regular'}`,
      );
      const wanted = judged.length + plan.perLabel;
      for (let index = 0, fruitless = 0; judged.length < wanted; index++) {
        const kind = kinds[index % kinds.length];
        if (kind === undefined || fruitless >= MOST_FRUITLESS)
          throw new Error(`calibration: ${fruitless} drawings of ${group} in a row could not be screened`);
        const answer = await judgeOne(model, kind, source.fork(index), { ...plan, tremorLike }, pause);
        fruitless = answer === null ? fruitless + 1 : 0;
        if (answer === null) continue;
        judged.push(answer);
        yield judged.length;
      }
    }
  }
  return judged;
}

/** null where the drawing cannot be screened, or where its tremor cannot be seen at the size the network looks at. */
async function judgeOne(
  model: LoadedModel,
  kind: SyntheticKind,
  rng: Rng,
  { part, fonts, tremorLike }: DrawingPlan & { readonly tremorLike: boolean },
  pause: () => Promise<void>,
): Promise<JudgedDrawing | null> {
  const drawing = makeDrawing(kind, rng, { tremorLike, part, fonts, paper: 'rough', withRecording: false });
  const knowsSize = rng.chance(0.5);
  const subject: InkSubject = {
    kind: 'scan',
    grey: drawing.grey,
    original: drawing.grey,
    pxPerMm: knowsSize ? drawing.pxPerMm : null,
    task: drawing.task,
    tremor: null,
    warnings: [],
  };
  await pause();
  const { judgement } = await screenInk(model, subject, { pause });
  if (judgement === null) return null;
  const tremorPx = tremorLike ? visibleTremor(drawing, judgement) : Infinity;
  const least = LEAST_TREMOR_PX[drawing.group];
  if (tremorPx < least) return null;
  return {
    group: drawing.group,
    logit: judgement.logit,
    tremorLike,
    clear: tremorPx >= CLEAR * least,
    subject: drawing.subject,
  };
}

/** rms of the bumps, patch pixels at the group's middle scale; printed letters are always shaken clearly. */
function visibleTremor({ bumps }: Drawing, { scales }: InkJudgement): number {
  if (bumps === null || bumps.bumpPx.length === 0) return Infinity;
  const power = bumps.bumpPx.reduce((sum, value) => sum + value * value, 0) / bumps.bumpPx.length;
  return Math.sqrt(power) * (scales[Math.floor(scales.length / 2)] ?? 1);
}

/**
 * The same for own held-out samples, which come as patches: what one person drew of one group under one label is judged
 * together and counts as one drawing. Clear, since a person saw it.
 */
export async function judgeOwn(
  model: Pick<LoadedModel, 'predictor' | 'blank'>,
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
    const { logit } = await judgePatches(model.predictor, model.blank, patches, group, { pause });
    const subject = set.subjects[first] ?? '';
    judged.push({ group, logit, tremorLike: set.labels[first] === 1, clear: true, subject });
  }
  return judged;
}
