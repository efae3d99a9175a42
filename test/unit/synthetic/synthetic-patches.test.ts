import { expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import type { SyntheticKind } from '../../../src/base/words.ts';
import { PATCH_SIDE } from '../../../src/imaging/images.ts';
import { STUDIES } from '../../../src/reproduction/studies.ts';
import { LEAST_TREMOR_PX, makeDrawing, type Drawing } from '../../../src/synthetic/drawing.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { PARTS, type Part } from '../../../src/synthetic/font-library.ts';
import { tremorIn, usefulPatches } from '../../../src/synthetic/patch-streams.ts';
import type { StudyRange } from '../../../src/synthetic/study-range.ts';
import { dataHash, makeSyntheticPatches } from '../../../src/synthetic/synthetic-patches.ts';
import { wordsOf } from '../../../src/synthetic/word-list.ts';

const ALL: readonly SyntheticKind[] = ['fonts', 'handwriting', 'spiral', 'wave'];
const fonts = loadFontLibrary();

test('the same options give the same bytes, another seed others', async () => {
  const options = { count: 24, kinds: ALL, seed: 5, part: 'train' } as const;
  const [a, b, c] = await Promise.all([
    makeSyntheticPatches(options),
    makeSyntheticPatches(options),
    makeSyntheticPatches({ ...options, seed: 6 }),
  ]);
  expect(dataHash(a)).toBe(dataHash(b));
  expect(a.subjects).toEqual(b.subjects);
  expect(dataHash(c)).not.toBe(dataHash(a));
});

/** Six regular patches and six tremor-like ones each, as they are made now (x64): a change of a byte is a change of what is learnt. */
const BYTES: readonly (readonly [SyntheticKind, Part, string])[] = [
  ['fonts', 'train', 'f42ec6030fffcd5d'],
  ['fonts', 'validation', '3e8b769a8a7ec117'],
  ['fonts', 'test', '63cc350af2588e20'],
  ['handwriting', 'train', 'e0118a7a6d591f24'],
  ['handwriting', 'validation', '3980df235c816fc0'],
  ['handwriting', 'test', 'accbb2987db28de6'],
  ['spiral', 'train', 'e3a22224032ba816'],
  ['spiral', 'validation', '3fecad5bbf6c75ec'],
  ['spiral', 'test', '0928ff13628c992a'],
  ['wave', 'train', '79dadb1a97437205'],
  ['wave', 'validation', 'ef9f2d5e7fbae8a5'],
  ['wave', 'test', '2bdd2a29ce781873'],
];

test.each(BYTES)('%s of the %s part are what the factory model learnt from', async (kind, part, hash) => {
  expect(dataHash(await makeSyntheticPatches({ count: 12, kinds: [kind], seed: 1, part }))).toBe(hash);
});

test('labels and kinds have equal shares, in mixed order, and every patch holds ink', async () => {
  const set = await makeSyntheticPatches({ count: 40, kinds: ALL, seed: 1, part: 'validation' });
  expect(set.pixels).toHaveLength(40 * PATCH_SIDE * PATCH_SIDE);
  expect(set.labels.reduce((sum, label) => sum + label, 0)).toBe(20);
  expect(set.groups.filter((group) => group === 'spiral')).toHaveLength(10);
  expect(set.groups.filter((group) => group === 'wave')).toHaveLength(10);
  expect(set.groups.filter((group) => group === 'writing')).toHaveLength(20);
  const first = [...set.labels.subarray(0, 20)].reduce((sum, label) => sum + label, 0);
  expect(first).toBeGreaterThan(2);
  expect(first).toBeLessThan(18);
  for (let i = 0; i < set.count; i++) {
    const patch = set.pixels.subarray(i * PATCH_SIDE ** 2, (i + 1) * PATCH_SIDE ** 2);
    expect(patch.filter((value) => value > 100).length, `patch ${i}`).toBeGreaterThan(50);
  }
});

test('no font, word or subject is in two parts, and every part has fonts of each sort', async () => {
  const sets = await Promise.all(
    PARTS.map((part) => makeSyntheticPatches({ count: 32, kinds: ALL, seed: 2, part })),
  );
  const seen = new Map<string, string>();
  const claim = (thing: string, part: string): void => {
    expect(seen.get(thing) ?? part, thing).toBe(part);
    seen.set(thing, part);
  };
  PARTS.forEach((part, i) => {
    for (const subject of sets[i]!.subjects) claim(subject, part);
    for (const word of wordsOf(part)) claim(`word ${word}`, part);
    const names = [...fonts.strokeFonts, ...fonts.outlineFonts]
      .filter((entry) => entry.part === part)
      .map((entry) => entry.name);
    for (const name of names) claim(`font ${name}`, part);
    expect(fonts.outlineFonts.filter((e) => e.part === part && e.handwriting).length).toBeGreaterThan(0);
    expect(fonts.outlineFonts.filter((e) => e.part === part && !e.handwriting).length).toBeGreaterThan(0);
    expect(fonts.strokeFonts.filter((e) => e.part === part).length).toBeGreaterThan(0);
    expect(wordsOf(part).length).toBeGreaterThan(60);
  });
});

test('a patch called tremor-like shows tremor, a regular one hardly any', () => {
  for (const kind of ['spiral', 'wave', 'handwriting'] as const) {
    for (const tremorLike of [false, true]) {
      for (let i = 0; i < 4; i++) {
        const rng = new Rng(`${kind}/${i}`);
        const drawing = makeDrawing(kind, rng, { tremorLike, fonts });
        for (const patch of usefulPatches(rng, drawing)) {
          const tremor = tremorIn(patch, drawing.bumps!);
          if (tremorLike) expect(tremor).toBeGreaterThanOrEqual(LEAST_TREMOR_PX[drawing.group]);
          else expect(tremor).toBeLessThan(0.5 * LEAST_TREMOR_PX[drawing.group]);
        }
      }
    }
  }
});

test('tremor in a patch is counted in patch pixels and inside its square only', () => {
  const bumps = {
    x: Float64Array.of(10, 20, 90),
    y: Float64Array.of(10, 20, 10),
    bumpPx: Float64Array.of(3, -4, 100),
  };
  const patch = { pixels: new Float32Array(0), x: 0, y: 0, side: 64, scale: 1 };
  // √((9 + 16) / 2) picture pixels, twice as many patch pixels.
  expect(tremorIn(patch, bumps)).toBeCloseTo(2 * Math.sqrt(12.5), 12);
  expect(tremorIn({ ...patch, x: 200 }, bumps)).toBe(0);
});

test('progress ends at the total, and a signal cancels', async () => {
  const calls: number[] = [];
  const options = { count: 130, kinds: ['wave'], seed: 3, part: 'train' } as const;
  await makeSyntheticPatches({ ...options, onProgress: (done) => calls.push(done) });
  // Two streams of 65, made 32 at a time, one after the other here.
  expect(calls).toEqual([32, 64, 65, 97, 129, 130]);
  await expect(makeSyntheticPatches({ ...options, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'cancelled',
  });
});

test.each([{ count: -1 }, { count: 1.5 }, { count: 4, kinds: [] }])('refuses %o', async (wrong) => {
  const options = { kinds: ['wave'] as SyntheticKind[], seed: 1, part: 'train', ...wrong } as const;
  await expect(makeSyntheticPatches(options)).rejects.toMatchObject({ code: 'bad-argument' });
});

/** As they were when the figures of docs/reproduction.md were made (x64): the app's own data may change, these may not. */
const STUDY_BYTES: readonly (readonly [
  'fonts' | 'handwriting' | 'handwriting-1mm',
  SyntheticKind,
  string,
])[] = [
  ['fonts', 'fonts', 'f7c050b8dfa9397a'],
  ['handwriting', 'handwriting', '763a91c5544f2cf9'],
  ['handwriting', 'spiral', 'cc1dc80962ad11c4'],
  ['handwriting', 'wave', '5405a4110834034c'],
  ['handwriting-1mm', 'handwriting', '557e4e1aabb97377'],
  ['handwriting-1mm', 'spiral', '6faf01cac9cdbc0f'],
  ['handwriting-1mm', 'wave', '3a3e8108580d279a'],
];

test.each(STUDY_BYTES)('%s of the reproduction keep their bytes: %s', async (name, kind, hash) => {
  const { range } = STUDIES[name];
  expect(
    dataHash(await makeSyntheticPatches({ count: 24, kinds: [kind], seed: 1, part: 'train', range })),
  ).toBe(hash);
});

const STUDY: StudyRange = {
  penMm: [1, 2.5],
  leastPx: 0.8,
  leastInk: 0.02,
  letterPx: [28, 56],
  outlinePx: [1.7, 3.2],
  outlineWavelengthPx: [6, 16],
  paper: 'plain',
};

test('a study shakes its pens as far as it says, in mm whatever the size of the letters', () => {
  let letters = 0;
  for (let seed = 0; seed < 12; seed++) {
    const study = makeDrawing('handwriting', new Rng(seed), { tremorLike: true, range: STUDY, fonts });
    const own = makeDrawing('handwriting', new Rng(seed), { tremorLike: true, fonts });
    const rmsMm = ({ bumps, pxPerMm }: Drawing): number =>
      Math.sqrt(bumps!.bumpPx.reduce((sum, bump) => sum + bump * bump, 0) / bumps!.bumpPx.length) / pxPerMm!;
    if (rmsMm(study) > rmsMm(own)) letters++;
    // Half a swing of 1 mm is 0.7 mm rms along its axis; half of it or more goes along the line or comes in bursts.
    expect(rmsMm(study)).toBeGreaterThan(0.15);
  }
  expect(letters).toBe(12);
});

test("a study's printed letters have the size it says, one text to a patch", async () => {
  const made = await makeSyntheticPatches({
    count: 40,
    kinds: ['fonts'],
    seed: 2,
    part: 'test',
    range: STUDY,
  });
  const inkOf = (i: number) => made.pixels.subarray(i * 16_384, (i + 1) * 16_384);
  for (let i = 0; i < made.count; i++) {
    const ink = inkOf(i);
    expect(ink.reduce((sum, value) => sum + value, 0) / 255 / 16_384).toBeGreaterThan(0.02);
    if (made.labels[i] === 1) continue;
    // Regular text at 28 px and more reaches over at least that many rows.
    const rows = Array.from({ length: 128 }, (_, y) => ink.subarray(y * 128, (y + 1) * 128)).filter((row) =>
      row.some((value) => value > 128),
    );
    expect(rows.length).toBeGreaterThanOrEqual(26);
  }
});
