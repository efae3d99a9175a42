import { describe, expect, test } from 'vitest';
import { inkMapOf } from '../../../src/imaging/ink-map.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { gateInk, gateRate } from '../../../src/screening/gates.ts';
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
    expect(gate).toEqual({
      kind: 'stop',
      refusal: { reason: 'too-little-ink', found: 2, needed: 30, unit: 'mm' },
    });
  });

  test('stops a C in place of a spiral', () => {
    const arc = draw([strokeOf(90, (t) => [100 * Math.cos(4 * t), 100 * Math.sin(4 * t)])]);
    const gate = gateInk(arc, inkMapOf(arc), 'spiral', null);
    expect(gate).toMatchObject({ refusal: { reason: 'too-little-ink', unit: 'px' } });
  });

  test('stops blank paper and tiny pictures, naming their size', () => {
    const paper = { width: 300, height: 200, data: new Uint8Array(60_000).fill(240) };
    expect(gateInk(paper, inkMapOf(paper), 'spiral', null)).toMatchObject({ refusal: { reason: 'blank' } });
    const dot = { width: 1, height: 1, data: Uint8Array.of(0) };
    expect(gateInk(dot, inkMapOf(dot), 'spiral', null)).toMatchObject({
      refusal: { reason: 'too-small', what: 'picture', widthPx: 1, heightPx: 1 },
    });
    const small = draw([spiralStroke(20)]);
    const page = { width: 200, height: 200, data: new Uint8Array(40_000).fill(255) };
    for (let y = 0; y < small.height; y++) {
      page.data.set(small.data.subarray(y * small.width, (y + 1) * small.width), y * 200);
    }
    const gate = gateInk(page, inkMapOf(page), 'spiral', null);
    expect(gate).toMatchObject({ refusal: { reason: 'too-small', what: 'drawing' } });
    const side = gate.kind === 'stop' && gate.refusal.reason === 'too-small' ? gate.refusal.widthPx : NaN;
    // A radius of 20 and a pen of 2.5.
    expect(side).toBeGreaterThan(39);
    expect(side).toBeLessThan(44);
  });

  test('warns of a spiral with few pixels', () => {
    const small = draw([spiralStroke(35)]);
    expect(gateInk(small, inkMapOf(small), 'spiral', null)).toEqual({ kind: 'pass', lowResolution: true });
  });

  test('stops recordings below 25 samples a second', () => {
    expect(gateRate(18)).toMatchObject({
      refusal: { reason: 'sampled-too-slowly', rateHz: 18, neededHz: 25 },
    });
    expect(gateRate(25).kind).toBe('pass');
    expect(gateRate(null).kind).toBe('pass');
  });
});
