import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { innerDistances, maskOf } from '../../../src/imaging/line-mask.ts';
import { askPenLine } from '../../../src/imaging/pen-line.ts';
import { measurePenLine } from '../../../src/imaging/pen-line-measures.ts';
import { findPieces } from '../../../src/imaging/pieces.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { drawRecording } from '../../../src/imaging/recording-picture.ts';
import { measureShape } from '../../../src/imaging/shape/shape-features.ts';
import { thinMask } from '../../../src/imaging/skeleton.ts';
import { isTangle } from '../../../src/imaging/tangle.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { makeTrueDrawing } from '../../bench/gate-drawings.ts';
import { NO_WRITING_KINDS } from '../../bench/no-writing/kinds.ts';
import { KNOWN_TASKS, knownRecording } from '../../bench/verdict/known-drawings.ts';
import { inkOf, onPaper, spiralStroke, strokeOf, writtenStrokes } from './drawn.ts';

const fonts = loadFontLibrary();

describe('askPenLine', () => {
  test.each(
    [
      'leaves',
      'bricks',
      'form',
      'printed-page',
      'photograph',
      'checks',
      'bar-chart',
      'rings',
      'map',
      'music',
    ].map((name) => ({ name })),
  )('refuses $name', ({ name }) => {
    const kind = NO_WRITING_KINDS.find((one) => one.name === name)!;
    const grey = kind.make(new Rng(`unit/${name}/0`), fonts);
    const answer = askPenLine(grey, inkMapOf(grey)!, 'writing', null);
    expect(answer.kind).toBe('refuse');
    if (name === 'form') expect(answer).toMatchObject({ reason: 'printed', why: 'twins' });
  });

  test('lets simulated drawings through', () => {
    for (const kind of ['spiral', 'wave', 'handwriting'] as const) {
      for (let i = 0; i < 3; i++) {
        const { grey, group } = makeTrueDrawing(kind, new Rng(`unit/true/${kind}/${i}`), fonts);
        const answer = askPenLine(grey, inkMapOf(grey)!, group, null);
        expect(answer.kind, `${kind} ${i}`).toBe('pass');
      }
    }
  });

  const shaky = { pxPerUnit: 1, penWidthPx: 3, margin: 20 };
  test.each([
    {
      what: 'a faint pencil line',
      grey: onPaper(rasterizeStrokes([spiralStroke(150)], shaky), 235, 14),
      group: 'spiral',
    },
    {
      what: 'a felt pen',
      grey: rasterizeStrokes([spiralStroke(150)], { ...shaky, penWidthPx: 14 }),
      group: 'spiral',
    },
    {
      what: 'a straight line',
      grey: rasterizeStrokes([strokeOf(90, (t) => [400 * t, 0])], shaky),
      group: 'wave',
    },
    {
      what: 'a small word with a thick pen',
      grey: rasterizeStrokes(writtenStrokes(26, 1, 2), { ...shaky, penWidthPx: 9 }),
      group: 'writing',
    },
  ] as const)('lets $what through', ({ grey, group }) => {
    expect(askPenLine(grey, inkMapOf(grey)!, group, null).kind).toBe('pass');
  });
});

describe('recordings drawn as pictures', () => {
  test.each(
    KNOWN_TASKS.flatMap((task) => [0, 4].map((swingMm) => ({ task, swingMm }))).map((one) => ({
      ...one,
      // Letters shaken as far as they are tall: no refusal, but a doubt, which is held inconclusive.
      want: one.task === 'words' && one.swingMm === 4 ? 'doubt' : 'pass',
    })),
  )('$task with $swingMm mm of swing: $want', ({ task, swingMm, want }) => {
    const grey = drawRecording(knownRecording({ task, hz: 5, swingMm, hand: 3 }))!;
    const group = task === 'words' ? 'writing' : task === 'spiral-free' ? 'spiral' : 'wave';
    expect(askPenLine(grey, inkMapOf(grey)!, group, null).kind).toBe(want);
  });

  test('a spiral with 10 mm of tremor, a mass of coils, passes', () => {
    const recording = knownRecording({ task: 'spiral-free', hz: 5, swingMm: 10, hand: 3 });
    const grey = drawRecording(recording)!;
    const ink = inkMapOf(grey)!;
    const answer = askPenLine(grey, ink, 'spiral', measureShape(ink));
    expect(answer.kind).toBe('pass');
    expect(isTangle(ink, answer.measures!)).toBe(false);
  });
});

describe('isTangle', () => {
  test('crossed straight hairs are many lines, a wave of the same pen is one', () => {
    const hairs = Array.from({ length: 30 }, (_, k) => {
      const angle = 2.4 * k;
      const [x, y] = [200 + 90 * Math.cos(5 * k), 200 + 90 * Math.sin(3 * k)];
      return strokeOf(40, (t) => [
        x + 160 * (t - 0.5) * Math.cos(angle),
        y + 160 * (t - 0.5) * Math.sin(angle),
      ]);
    });
    const wave = [strokeOf(400, (t) => [400 * t, 60 * Math.sin(30 * t)])];
    const [many, one] = [hairs, wave].map((strokes) => {
      const grey = rasterizeStrokes(strokes, { pxPerUnit: 1, penWidthPx: 2, margin: 20 });
      const ink = inkMapOf(grey)!;
      return isTangle(ink, measurePenLine(grey, ink)!);
    });
    expect([many, one]).toEqual([true, false]);
  });
});

describe('measures of lines', () => {
  test('distances to the paper inside a bar of 5 × 7', () => {
    const mask = maskOf(inkOf(9, 11, (x, y) => (x >= 2 && x < 7 && y >= 2 && y < 9 ? 1 : 0)));
    const distances = innerDistances(mask);
    // One empty pixel is added around: the middle of the bar lies at (5, 6) of the mask, three pixels from the paper.
    expect(distances[6 * mask.width + 5]).toBe(3);
    expect(distances[3 * mask.width + 3]).toBe(1);
    expect(distances[0]).toBe(0);
  });

  test('distances agree with a search over all pixels', () => {
    const rng = new Rng('distances');
    const mask = maskOf(inkOf(24, 24, () => (rng.chance(0.85) ? 1 : 0)));
    const distances = innerDistances(mask);
    let wrong = 0;
    for (let i = 0; i < mask.data.length; i++) {
      let least = Infinity;
      for (let k = 0; k < mask.data.length; k++) {
        if (mask.data[k] === 1) continue;
        const dx = (i % mask.width) - (k % mask.width);
        const dy = Math.floor(i / mask.width) - Math.floor(k / mask.width);
        least = Math.min(least, Math.sqrt(dx * dx + dy * dy));
      }
      if (Math.abs(least - distances[i]!) > 0.01) wrong++;
    }
    expect(wrong).toBeLessThanOrEqual(3);
  });

  test('a thick bar is thinned to one line, a ring keeps its hole', () => {
    const bar = thinMask(maskOf(inkOf(40, 15, (x, y) => (x >= 4 && x < 36 && y >= 5 && y < 10 ? 1 : 0))));
    const rows = new Set([...bar.places].map((at) => Math.floor(at / bar.mask.width)));
    expect(bar.places.length).toBeGreaterThan(24);
    expect(bar.places.length).toBeLessThan(34);
    expect(rows.size).toBeLessThanOrEqual(3);
    const ring = thinMask(
      maskOf(inkOf(41, 41, (x, y) => (Math.abs(Math.sqrt((x - 20) ** 2 + (y - 20) ** 2) - 13) < 3 ? 1 : 0))),
    );
    const paper = { ...ring.mask, data: ring.mask.data.map((value) => 1 - value) };
    expect(findPieces(ring.mask).list.length).toBe(1);
    expect(ring.places.length).toBeLessThan(2 * Math.PI * 13 * 1.2);
    expect(paper.data.includes(0)).toBe(true);
  });

  test('pieces touch at corners', () => {
    const { list } = findPieces(
      maskOf(inkOf(6, 4, (x, y) => ((x === 1 && y === 1) || (x === 2 && y === 2) || x === 5 ? 1 : 0))),
    );
    expect(list.map(({ area }) => area).sort()).toEqual([2, 4]);
  });

  test('a line 5 px wide and 400 px long', () => {
    const line = rasterizeStrokes([strokeOf(9, (t) => [400 * t, 30 * t])], {
      pxPerUnit: 1,
      penWidthPx: 5,
      margin: 20,
    });
    const measures = measurePenLine(line, inkMapOf(line)!)!;
    expect(measures.widthPx).toBeGreaterThan(4);
    expect(measures.widthPx).toBeLessThan(6.5);
    expect(measures.line).toBeCloseTo(1, 1);
    expect(measures).toMatchObject({ pieces: 1, specks: 0, letters: 0, rings: 0 });
    expect(measures.depth).toBeGreaterThan(200);
  });
});
