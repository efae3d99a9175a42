import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { openPicture, readBounded } from '../../../src/imaging/decode.ts';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { rasterizeStrokes, type DrawnStroke } from '../../../src/imaging/rasterize.ts';
import { guessShape } from '../../../src/imaging/task-guess.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { drawShape } from '../../bench/shape-drawings.ts';
import { inkOf, plainInk, spiralStroke, strokeOf, textStrokes } from './drawn.ts';
import { sharedFiles } from './shared-data.ts';

interface Look {
  readonly size?: number;
  readonly turnRad?: number;
  readonly mirror?: boolean;
  readonly pen?: number;
}

/** @param size Pixels per unit of the strokes. */
function draw(
  strokes: readonly DrawnStroke[],
  { size = 1, turnRad = 0, mirror = false, pen = 3 }: Look = {},
) {
  const cos = Math.cos(turnRad);
  const sin = Math.sin(turnRad);
  const sign = mirror ? -1 : 1;
  const turned = strokes.map(({ samples }) => ({
    samples: samples.map(({ x, y }) => ({ x: sign * (cos * x - sin * y), y: sin * x + cos * y })),
  }));
  return plainInk(
    rasterizeStrokes(turned, { pxPerUnit: size, penWidthPx: pen * Math.sqrt(size), margin: 15 }),
  );
}

const wave = [strokeOf(600, (t) => [600 * t, 40 * Math.sin(30 * t)])];
const loops = [strokeOf(900, (t) => [500 * t - 25 * Math.sin(60 * t), 60 * Math.cos(60 * t)])];
/** A wave of half the paper's height that leans and fades: as drawn free hand on paper. */
const tallWave = [
  strokeOf(900, (t) => [500 * t + 30 * Math.sin(19 * t), (130 - 60 * t) * Math.sin(19 * t) + 60 * t]),
];
const shakyLine = [
  strokeOf(3000, (t) => [900 * t + 30 * Math.sin(190 * t), 4 * Math.sin(3 * t) + 45 * Math.cos(190 * t)]),
];

describe('guessShape tells by shape', () => {
  test.each([
    { what: 'a spiral', strokes: [spiralStroke(150)], task: 'spiral-free' },
    { what: 'a spiral of two turns', strokes: [spiralStroke(150, 2)], task: 'spiral-free' },
    { what: 'a shaky spiral', strokes: [spiralStroke(150, 3, 4)], task: 'spiral-free' },
    {
      what: 'a spiral whose swing reaches the next turn',
      strokes: [spiralStroke(150, 3, 26)],
      task: 'spiral-free',
    },
    { what: 'a wave', strokes: wave, task: 'wave' },
    { what: 'a tall wave that fades', strokes: tallWave, task: 'wave' },
    { what: 'an upright line', strokes: [strokeOf(90, (t) => [10 * t, 400 * t])], task: 'line' },
    { what: 'a sloping line', strokes: [strokeOf(90, (t) => [400 * t, 300 * t])], task: 'line' },
    { what: 'linked loops', strokes: loops, task: 'loops' },
    { what: 'lines of text', strokes: textStrokes(25, 5), task: 'page' },
  ] as const)('$what', ({ strokes, task }) => {
    expect(guessShape(draw(strokes)).task).toBe(task);
  });

  test('a line shaken into a row of coils is a figure, not writing', () => {
    expect(guessShape(draw(shakyLine)).group).toBe('wave');
  });

  test.each([
    { size: 0.5 },
    { size: 3 },
    { turnRad: 0.26 },
    { turnRad: -0.26 },
    { mirror: true },
    { pen: 1.5 },
    { pen: 8 },
  ])('whatever the size, turn and pen: %j', (look) => {
    expect(guessShape(draw([spiralStroke(150)], look))).toMatchObject({
      task: 'spiral-free',
      group: 'spiral',
      sure: true,
    });
    expect(guessShape(draw(wave, look))).toMatchObject({ group: 'wave', sure: true });
    expect(guessShape(draw(textStrokes(25, 5), look))).toMatchObject({ group: 'writing', sure: true });
  });

  test('parts of a figure are still that figure', () => {
    const [spiral] = [spiralStroke(150, 4)];
    const most = { samples: spiral.samples.slice(0, 560) };
    expect(guessShape(draw([most])).group).toBe('spiral');
    const half = { samples: wave[0]!.samples.slice(0, 360) };
    expect(guessShape(draw([half])).group).toBe('wave');
  });

  test('a wave in eight faint pieces is still a wave', () => {
    const pieces = Array.from({ length: 8 }, (_, k) => ({
      samples: wave[0]!.samples.slice(75 * k, 75 * k + 70),
    }));
    expect(guessShape(draw(pieces)).group).toBe('wave');
  });

  test.each([
    { what: 'blank paper', ink: inkOf(300, 300, () => 0) },
    {
      what: 'a cross',
      ink: draw([strokeOf(90, (t) => [200 * t, 200 * t]), strokeOf(90, (t) => [200 * t, 200 - 200 * t])]),
    },
    { what: 'a ring', ink: draw([strokeOf(400, (t) => [150 * Math.cos(6.3 * t), 150 * Math.sin(6.3 * t)])]) },
  ])('$what is unknown', ({ ink }) => {
    expect(guessShape(ink)).toMatchObject({ task: null, group: null, sure: false });
  });
});

test.each([
  ['spiral', 'spiral'],
  ['wave', 'wave'],
  ['line', 'wave'],
  ['loops', 'wave'],
  ['word', 'writing'],
  ['sentence', 'writing'],
  ['text', 'writing'],
] as const)(
  'simulated %s: of 6 drawings at most one is not known, and none is surely another',
  (kind, group) => {
    const fonts = loadFontLibrary();
    const guesses = Array.from({ length: 6 }, (_, k) => {
      const ink = inkMapOf(drawShape(new Rng(`unit/${kind}/${k}`), kind, { fonts, part: 'validation' }).grey);
      if (ink === null) throw new Error(`drawing ${k} is blank`);
      return guessShape(ink);
    });
    expect(guesses.filter((guess) => guess.group !== group).length).toBeLessThanOrEqual(1);
    expect(guesses.filter((guess) => guess.sure && guess.group !== group)).toEqual([]);
  },
);

async function guessFile(file: string) {
  const page = await (await openPicture(await readBounded(file), file)).readPage(1);
  const ink = inkMapOf(page.grey);
  return ink === null ? 'blank' : guessShape(ink).group;
}

/** Every third of the many: `test/bench/task-guess.ts` looks at all. */
test.each([
  { pattern: 'zham_spiral/*/*/*.png', group: 'spiral', step: 3, most: 1 },
  { pattern: 'zham_wave/*/*/*.png', group: 'wave', step: 3, most: 0 },
  { pattern: 'scanned_pages/*/*.jpg', group: 'writing', step: 2, most: 0 },
])(
  'on paper: $pattern',
  async ({ pattern, group, step, most }) => {
    const files = sharedFiles(pattern).filter((_, i) => i % step === 0);
    const wrong: string[] = [];
    for (const file of files) {
      const guess = await guessFile(file);
      if (guess !== group) wrong.push(`${path.basename(file)}: ${guess}`);
    }
    expect(wrong.length, wrong.join(', ')).toBeLessThanOrEqual(most);
  },
  120_000,
);
