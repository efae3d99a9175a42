import { describe, expect, test } from 'vitest';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { gateInk, gateRate } from '../../../src/screening/gates.ts';
import { disagreement, sentenceOf } from '../../../src/screening/verdict-words.ts';
import { spiralStroke, strokeOf, textStrokes } from '../imaging/drawn.ts';

const draw = (strokes: Parameters<typeof rasterizeStrokes>[0], pxPerUnit = 1) =>
  rasterizeStrokes(strokes, { pxPerUnit, penWidthPx: 2.5, margin: 20 });

describe('gateInk', () => {
  const line = draw([strokeOf(60, (t) => [40 * t, 0])], 4);

  test.each([
    { what: 'a spiral', picture: draw([spiralStroke(110)]), group: 'spiral' },
    { what: 'a shaky spiral', picture: draw([spiralStroke(110, 3, 4)]), group: 'spiral' },
    { what: 'a 40 mm line', picture: line, group: 'wave', pxPerMm: 4 },
    { what: 'four words', picture: draw(textStrokes(20, 1, 16)), group: 'writing' },
  ] as const)('lets $what through', ({ picture, group, ...rest }) => {
    const pxPerMm = 'pxPerMm' in rest ? rest.pxPerMm : null;
    expect(gateInk(picture, inkMapOf(picture), group, pxPerMm)).toEqual({
      kind: 'pass',
      lowResolution: false,
    });
  });

  test('stops a line of 2 mm and says how much is needed', () => {
    const short = draw([strokeOf(9, (t) => [2 * t, 0])], 40);
    const gate = gateInk(short, inkMapOf(short), 'wave', 40);
    expect(gate).toMatchObject({
      kind: 'stop',
      reason: 'too-little-ink',
      sentence: 'Too little ink: 2 mm of line, 30 mm needed.',
    });
  });

  test('stops a C in place of a spiral', () => {
    const arc = draw([strokeOf(90, (t) => [100 * Math.cos(4 * t), 100 * Math.sin(4 * t)])]);
    expect(gateInk(arc, inkMapOf(arc), 'spiral', null)).toMatchObject({ reason: 'too-little-ink' });
  });

  test('stops blank paper and tiny pictures, naming their size', () => {
    const paper = { width: 300, height: 200, data: new Uint8Array(60_000).fill(240) };
    expect(gateInk(paper, inkMapOf(paper), 'spiral', null)).toMatchObject({ reason: 'blank' });
    const dot = { width: 1, height: 1, data: Uint8Array.of(0) };
    expect(gateInk(dot, inkMapOf(dot), 'spiral', null)).toMatchObject({
      reason: 'too-small',
      sentence: expect.stringContaining('1 × 1 pixels'),
    });
    const small = draw([spiralStroke(20)]);
    const page = { width: 200, height: 200, data: new Uint8Array(40_000).fill(255) };
    for (let y = 0; y < small.height; y++) {
      page.data.set(small.data.subarray(y * small.width, (y + 1) * small.width), y * 200);
    }
    expect(gateInk(page, inkMapOf(page), 'spiral', null)).toMatchObject({
      reason: 'too-small',
      sentence: expect.stringMatching(/4\d pixels long/),
    });
  });

  test('warns of a spiral with few pixels', () => {
    const small = draw([spiralStroke(35)]);
    expect(gateInk(small, inkMapOf(small), 'spiral', null)).toEqual({ kind: 'pass', lowResolution: true });
  });

  test('stops recordings below 25 samples a second', () => {
    expect(gateRate(18)).toMatchObject({
      reason: 'sampled-too-slowly',
      sentence: expect.stringContaining('18 times'),
    });
    expect(gateRate(25).kind).toBe('pass');
    expect(gateRate(null).kind).toBe('pass');
  });
});

describe('words', () => {
  const measured = {
    peakHz: 5.07,
    peakRatio: 20,
    amplitudeMmRms: 0.424,
    amplitudePxRms: null,
    rateHz: 200,
    durationS: 12,
    meanSpeedMmS: 30,
  };
  const none = { ...measured, peakHz: null, amplitudeMmRms: 0.02 };

  test.each([
    {
      seen: { verdict: 'tremor-like', group: 'spiral', place: 'outer', tremor: null },
      says: 'The line looks shaky, mostly in the outer turns.',
    },
    {
      seen: { verdict: 'tremor-like', group: 'spiral', place: 'outer', tremor: measured },
      says: 'The line wavers 5.1 times a second, by about 1.2 mm.',
    },
    {
      seen: { verdict: 'regular', group: 'spiral', place: null, tremor: none },
      says: 'Nothing between 4 and 12 times a second stands out.',
    },
    {
      seen: { verdict: 'regular', group: 'writing', place: null, tremor: null },
      says: 'The writing looks even.',
    },
    {
      seen: { verdict: 'inconclusive', group: 'writing', place: null, tremor: null },
      says: 'The writing is neither clearly even nor clearly shaky.',
    },
  ] as const)('$says', ({ seen, says }) => {
    expect(sentenceOf(seen)).toBe(says);
  });

  test('swing in pixels where the size is unknown', () => {
    const inPixels = { ...measured, amplitudeMmRms: null, amplitudePxRms: 4 };
    expect(sentenceOf({ verdict: 'tremor-like', group: 'wave', place: null, tremor: inPixels })).toContain(
      'about 11 pixels',
    );
  });

  test('model and measures that contradict each other are named', () => {
    expect(disagreement('regular', measured)?.code).toBe('measures-disagree');
    expect(disagreement('tremor-like', none)?.code).toBe('measures-disagree');
    expect(disagreement('tremor-like', measured)).toBeNull();
    expect(disagreement('regular', none)).toBeNull();
    expect(disagreement('tremor-like', null)).toBeNull();
    const unmeasured = { ...none, amplitudeMmRms: null };
    expect(disagreement('tremor-like', unmeasured)).toBeNull();
  });
});
