import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { SyntheticKind } from '../../../src/base/words.ts';
import { PATCH_SIDE } from '../../../src/imaging/images.ts';
import type { PatchSet } from '../../../src/imaging/patch-set.ts';
import { TYPICAL_CELLS } from '../../../src/screening/aggregate.ts';
import {
  drawingsHere,
  judgeDrawings,
  judgeOwn,
  type JudgedDrawing,
} from '../../../src/screening/calibrate-drawings.ts';
import {
  drawingStreams,
  groupsOf,
  handStreams,
  makeDrawings,
} from '../../../src/screening/calibration-drawings.ts';
import { screenInk } from '../../../src/screening/screen-ink.ts';
import { makeDrawing } from '../../../src/synthetic/drawing.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { BIAS, linearPredictor, modelWith } from './linear-predictor.ts';

const fonts = loadFontLibrary();
const PLAN = {
  kinds: ['wave', 'handwriting'] as readonly SyntheticKind[],
  part: 'validation' as 'validation' | 'test',
  perLabel: 2,
  seed: 4,
};
const noPause = (): Promise<void> => Promise.resolve();
const makeModel = () => modelWith(linearPredictor((row, column) => 0.01 * (row - column) + 0.02));

async function allOf(
  plan: typeof PLAN,
  pause = noPause,
): Promise<{ counts: number[]; drawings: JudgedDrawing[] }> {
  const counts: number[] = [];
  const drawings = await judgeDrawings(await makeModel(), drawingStreams(plan.kinds, plan), {
    maker: drawingsHere(fonts),
    pause,
    onJudged: (count) => counts.push(count),
  });
  return { counts, drawings };
}

test('as many drawings of each group and label as planned, counted one by one', async () => {
  const { counts, drawings } = await allOf(PLAN);
  expect(counts).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const tally = (group: string, tremorLike: boolean) =>
    drawings.filter((drawing) => drawing.group === group && drawing.tremorLike === tremorLike).length;
  for (const group of ['wave', 'writing']) {
    expect([tally(group, false), tally(group, true)], group).toEqual([2, 2]);
  }
  expect(drawings.every(({ tremorLike, clear }) => tremorLike || clear)).toBe(true);
  expect(drawings.every(({ logit }) => Number.isFinite(logit))).toBe(true);
  expect(new Set(drawings.map(({ subject }) => subject)).size).toBe(8);
});

test('the same seed gives the same logits, another seed others, another part other people', async () => {
  const waves = { ...PLAN, kinds: ['wave' as const] };
  const first = await allOf(waves);
  expect(await allOf(waves)).toEqual(first);
  const other = await allOf({ ...waves, seed: 5 });
  expect(other.drawings.map(({ logit }) => logit)).not.toEqual(first.drawings.map(({ logit }) => logit));
  const held = await allOf({ ...waves, part: 'test' });
  const people = new Set(first.drawings.map(({ subject }) => subject));
  expect(held.drawings.filter(({ subject }) => people.has(subject))).toEqual([]);
});

test('handwriting is written in fonts of the part alone', async () => {
  const { drawings } = await allOf({ ...PLAN, kinds: ['handwriting'] });
  const names = fonts.strokeFonts.filter(({ part }) => part === 'validation').map(({ name }) => name);
  for (const { subject } of drawings) expect(names).toContain(subject.split(':')[1]);
});

test('a pause that throws ends it at once', async () => {
  let pauses = 0;
  const stop = (): Promise<void> => (++pauses === 5 ? Promise.reject(new Error('stopped')) : noPause());
  await expect(allOf(PLAN, stop)).rejects.toThrow('stopped');
  expect(pauses).toBe(5);
});

test('a drawing gets the logit that screening gives its picture', async () => {
  const { drawings } = await allOf({ ...PLAN, kinds: ['spiral'], perLabel: 1 });
  const rng = new Rng('4/calibration/validation/spiral/regular').fork(0);
  const drawing = makeDrawing('spiral', rng, {
    tremorLike: false,
    part: 'validation',
    fonts,
    paper: 'rough',
  });
  const pxPerMm = rng.chance(0.5) ? drawing.pxPerMm : null;
  const { grey, task } = drawing;
  const subject = {
    kind: 'scan',
    grey,
    original: grey,
    pxPerMm,
    task,
    tremor: null,
    clock: null,
    warnings: [],
  } as const;
  const { judgement } = await screenInk(await makeModel(), subject, { pause: noPause });
  expect(drawings[0]?.subject).toBe(drawing.subject);
  expect(drawings[0]?.logit).toBe(judgement?.logit);
});

test('letters of fonts are nobody’s hand, and where they take their turn as many shaky hands are added', () => {
  const plan = { part: 'validation', seed: 4 } as const;
  const kinds: SyntheticKind[] = ['handwriting', 'fonts'];
  const [, shaky] = drawingStreams(kinds, { ...plan, perLabel: 4 });
  const hands = [...makeDrawings(shaky!, fonts)].map(({ byHand }) => byHand);
  expect(hands).toEqual([true, false, true, false]);
  const onPaper = (all: SyntheticKind[]) =>
    handStreams(all, { ...plan, count: 4 }).filter(
      ({ medium, tremorLike }) => medium === 'scan' && tremorLike,
    );
  expect(onPaper(['spiral', 'handwriting'])).toEqual([]);
  const [added, ...others] = onPaper(['spiral', ...kinds]);
  expect(others).toEqual([]);
  expect(added).toMatchObject({ group: 'writing', kinds: ['handwriting'], count: 2, forLimits: true });
  // Other hands than those of the stream that they are added to.
  const [one] = makeDrawings(added!, fonts);
  const [known] = makeDrawings(shaky!, fonts);
  expect(one!.patches[0]!.pixels).not.toEqual(known!.patches[0]!.pixels);
}, 30_000);

test('fonts alone calibrate writing alone', () => {
  expect(groupsOf(['fonts'])).toEqual(['writing']);
  expect(groupsOf(['wave', 'spiral'])).toEqual(['spiral', 'wave']);
  expect(groupsOf([])).toEqual([]);
});

test('what one person drew under one label counts as one drawing, judged by the density of its ink', async () => {
  const size = PATCH_SIDE * PATCH_SIDE;
  const pixels = new Uint8Array(3 * size);
  /** Fills the first `cells` cells of 8 × 8 pixels in the top row of a patch. */
  const fill = (patch: number, cells: number, value: number): void => {
    for (let row = 0; row < 8; row++)
      pixels.fill(value, patch * size + row * PATCH_SIDE, patch * size + row * PATCH_SIDE + 8 * cells);
  };
  fill(0, 1, 255);
  fill(1, 2, 255);
  fill(2, 1, 51);
  const set: PatchSet = {
    count: 3,
    pixels,
    labels: Uint8Array.of(1, 0, 1),
    subjects: ['person:a', 'person:a', 'person:a'],
    groups: ['spiral', 'spiral', 'spiral'],
  };
  const model = await modelWith(linearPredictor(() => 0.1));
  const judged = await judgeOwn(model, set, noPause);
  expect(judged.map(({ tremorLike, subject, clear }) => [tremorLike, subject, clear])).toEqual([
    [true, 'person:a', true],
    [false, 'person:a', true],
  ]);
  const blank = BIAS + 256 * 0.01;
  // Patches 1 and 3: 64 pixels at 1 and 64 at 0.2, over two cells; patch 2: 128 at 1 over two cells.
  expect(judged[0]?.logit).toBeCloseTo(blank + (TYPICAL_CELLS.spiral * 0.1 * 64 * 1.2) / 2, 2);
  expect(judged[1]?.logit).toBeCloseTo(blank + (TYPICAL_CELLS.spiral * 0.1 * 128) / 2, 2);
});
