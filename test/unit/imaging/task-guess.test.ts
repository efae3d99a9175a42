import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openPicture, readBounded } from '../../../src/imaging/decode.ts';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { rasterizeStrokes, type DrawnStroke } from '../../../src/imaging/rasterize.ts';
import { guessTaskGroup } from '../../../src/imaging/task-guess.ts';
import { plainInk, spiralStroke, strokeOf, textStrokes } from './drawn.ts';
import { sharedFiles } from './shared-data.ts';

const draw = (strokes: readonly DrawnStroke[]) =>
  plainInk(rasterizeStrokes(strokes, { pxPerUnit: 1, penWidthPx: 3, margin: 15 }));

describe('guessTaskGroup tells by shape', () => {
  test.each([
    { what: 'a spiral', strokes: [spiralStroke(150)], group: 'spiral' },
    { what: 'a spiral of two turns', strokes: [spiralStroke(150, 2)], group: 'spiral' },
    { what: 'a shaky spiral', strokes: [spiralStroke(150, 3, 4)], group: 'spiral' },
    {
      what: 'a wave',
      strokes: [strokeOf(600, (t) => [600 * t, 40 * Math.sin(30 * t)])],
      group: 'wave',
    },
    { what: 'an upright line', strokes: [strokeOf(90, (t) => [10 * t, 400 * t])], group: 'wave' },
    { what: 'a sloping line', strokes: [strokeOf(90, (t) => [400 * t, 300 * t])], group: 'wave' },
    { what: 'lines of text', strokes: textStrokes(25, 5), group: 'writing' },
    { what: 'one line of text', strokes: textStrokes(25, 1), group: 'writing' },
    {
      what: 'linked loops',
      strokes: [strokeOf(900, (t) => [500 * t - 25 * Math.sin(60 * t), 60 * Math.cos(60 * t)])],
      group: 'writing',
    },
  ] as const)('$what', ({ strokes, group }) => {
    expect(guessTaskGroup(draw(strokes))).toBe(group);
  });
});

async function guessFile(file: string) {
  const page = await (await openPicture(await readBounded(file), file)).readPage(1);
  const ink = inkMapOf(page.grey);
  return ink === null ? 'blank' : guessTaskGroup(ink);
}

const spirals = sharedFiles('zham_spiral/*/*/*.png');
test.skipIf(spirals.length === 0)('at least 98 % of spirals on paper are spirals', async () => {
  const wrong: string[] = [];
  for (const file of spirals) if ((await guessFile(file)) !== 'spiral') wrong.push(path.basename(file));
  expect(wrong.length).toBeLessThanOrEqual(0.02 * spirals.length);
});

const pages = sharedFiles('scanned_pages/*/*.jpg');
test.skipIf(pages.length === 0)('scanned pages are writing', async () => {
  const wrong: string[] = [];
  for (const file of pages) if ((await guessFile(file)) !== 'writing') wrong.push(path.basename(file));
  expect(wrong).toEqual([]);
});
