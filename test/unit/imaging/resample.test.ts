import { describe, expect, test } from 'vitest';
import { reduceGrey, resampleWindow } from '../../../src/imaging/resample.ts';

describe('resampleWindow', () => {
  test('halving takes the mean of each 2 × 2 square', () => {
    const source = Float32Array.of(1, 3, 0, 0, 5, 7, 0, 8);
    const whole = { x: 0, y: 0, width: 4, height: 2 };
    expect([...resampleWindow(source, 4, 2, whole, 2, 1)]).toEqual([4, 2]);
  });

  test('a step of 1.5 pixels shares the middle pixel', () => {
    const out = resampleWindow(Float32Array.of(3, 6, 12), 3, 1, { x: 0, y: 0, width: 3, height: 1 }, 2, 1);
    expect(out[0]).toBeCloseTo((3 + 6 / 2) / 1.5, 5);
    expect(out[1]).toBeCloseTo((12 + 6 / 2) / 1.5, 5);
  });

  test('beyond the plane there is nothing', () => {
    const out = resampleWindow(Float32Array.of(8), 1, 1, { x: -1, y: 0, width: 2, height: 1 }, 2, 1);
    expect([...out]).toEqual([0, 8]);
    const away = resampleWindow(Float32Array.of(8), 1, 1, { x: 5, y: 5, width: 2, height: 2 }, 2, 2);
    expect([...away]).toEqual([0, 0, 0, 0]);
  });

  test('enlarging interpolates between pixel centres', () => {
    const out = resampleWindow(Float32Array.of(0, 4), 2, 1, { x: 0.5, y: 0, width: 1, height: 1 }, 2, 1);
    expect([...out]).toEqual([1, 3]);
  });
});

describe('reduceGrey', () => {
  test('keeps the shape of the picture and its mean', () => {
    const data = Uint8Array.from({ length: 600 }, (_, i) => (i % 30 < 15 ? 200 : 100));
    const small = reduceGrey({ width: 30, height: 20, data }, 15);
    expect([small.width, small.height]).toEqual([15, 10]);
    expect(small.data[0]).toBe(200);
    expect(small.data[14]).toBe(100);
  });

  test('leaves small pictures alone', () => {
    const grey = { width: 2, height: 1, data: Uint8Array.of(1, 2) };
    expect(reduceGrey(grey, 2)).toBe(grey);
  });
});
