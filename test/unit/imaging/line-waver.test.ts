import { describe, expect, test } from 'vitest';
import { measureLineWaver } from '../../../src/imaging/line-waver.ts';
import { rasterizeStrokes } from '../../../src/imaging/rasterize.ts';
import { lineWaverLogOdds } from '../../../src/screening/witness-rule.ts';
import { plainInk, strokeOf } from './drawn.ts';

/** A line of 800 px with a wave of the given half swing and number of crests, turned by `degrees`. */
function lineInk(half: number, crests = 20, degrees = 0, bow = 0) {
  const turn = (degrees * Math.PI) / 180;
  const stroke = strokeOf(1600, (t) => {
    const x = 800 * t;
    const y = half * Math.sin(2 * Math.PI * crests * t) + 4 * bow * t * (1 - t);
    return [x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn)];
  });
  return plainInk(rasterizeStrokes([stroke], { pxPerUnit: 1, penWidthPx: 3, margin: 20 }));
}

describe('measureLineWaver', () => {
  test('is the rms of a sine about the line, over the length', () => {
    // Over the length of the ink: between that of a sine over its base, 1/√2, and that of a zigzag, 1/√3.
    const waver = measureLineWaver(lineInk(16));
    expect(waver).toBeGreaterThan(16 / Math.sqrt(3) / 800);
    expect(waver).toBeLessThan(16 / Math.SQRT2 / 800);
  });

  test('a straight line and a smoothly bowed one have next to none, whatever their direction', () => {
    for (const degrees of [0, 30, 90]) {
      expect(measureLineWaver(lineInk(0, 1, degrees))).toBeLessThan(0.002);
      expect(measureLineWaver(lineInk(0, 1, degrees, 40))).toBeLessThan(0.003);
    }
  });

  test('grows with the swing and does not care for the direction', () => {
    let before = -1;
    for (const half of [0, 4, 8, 16, 32, 64]) {
      const waver = measureLineWaver(lineInk(half));
      expect(waver).toBeGreaterThan(before);
      expect(Math.abs(measureLineWaver(lineInk(half, 20, 25)) - waver)).toBeLessThan(0.08 * waver + 0.0005);
      before = waver;
    }
  });

  test('a printed rule far below the line does not count', () => {
    const ink = lineInk(2);
    const data = Float32Array.from(ink.data);
    data.fill(1, (ink.height - 3) * ink.width, (ink.height - 2) * ink.width - ink.width / 2);
    expect(measureLineWaver({ ...ink, data })).toBeLessThan(2 * measureLineWaver(ink) + 0.001);
  });

  test('two lines are as smooth as one, and a burst on a part of a line counts', () => {
    const [two, burst] = [
      [0, 120].map((y) => strokeOf(400, (t) => [700 * t, y])),
      [strokeOf(1600, (t) => [700 * t, t > 0.4 && t < 0.55 ? 30 * Math.sin(2 * Math.PI * 40 * t) : 0])],
    ].map((strokes) => plainInk(rasterizeStrokes(strokes, { pxPerUnit: 1, penWidthPx: 3, margin: 20 })));
    expect(measureLineWaver(two!)).toBeLessThan(0.002);
    expect(measureLineWaver(burst!)).toBeGreaterThan(0.005);
  });

  test('a thick straight line is no waver', () => {
    const thick = rasterizeStrokes([strokeOf(400, (t) => [400 * t, 0])], {
      pxPerUnit: 1,
      penWidthPx: 16,
      margin: 20,
    });
    expect(measureLineWaver(plainInk(thick))).toBeLessThan(0.005);
  });

  test('nothing is no waver', () => {
    expect(measureLineWaver({ width: 30, height: 30, data: new Float32Array(900) })).toBe(0);
  });
});

test('a waver adds log-odds from 0.005 on, and never fewer for more', () => {
  expect(lineWaverLogOdds(0.0045)).toBe(0);
  expect(lineWaverLogOdds(0.01)).toBeCloseTo(4, 12);
  expect(lineWaverLogOdds(1)).toBe(10);
  for (let waver = 0; waver < 0.1; waver += 0.001) {
    expect(lineWaverLogOdds(waver + 0.001)).toBeGreaterThanOrEqual(lineWaverLogOdds(waver));
  }
});
