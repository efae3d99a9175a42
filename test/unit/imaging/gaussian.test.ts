import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { blurGaussian } from '../../../src/imaging/gaussian.ts';

/** The definition, in two dimensions at once, borders continued. */
function slowBlur(source: Float32Array, width: number, height: number, sigma: number): Float32Array {
  const r = Math.ceil(4 * sigma);
  const out = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let weights = 0;
      for (let dy = -r; dy <= r; dy++) {
        for (let dx = -r; dx <= r; dx++) {
          const weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
          const sx = Math.min(width - 1, Math.max(0, x + dx));
          const sy = Math.min(height - 1, Math.max(0, y + dy));
          sum += weight * source[sy * width + sx]!;
          weights += weight;
        }
      }
      out[y * width + x] = sum / weights;
    }
  }
  return out;
}

describe('blurGaussian', () => {
  test.each([
    { sigma: 0.6, within: 0.002 },
    { sigma: 1.7, within: 0.002 },
    { sigma: 5, within: 0.02 },
    { sigma: 8, within: 0.02 },
  ])('sigma $sigma stays within $within of a true Gaussian', ({ sigma, within }) => {
    const margin = sigma < 3 ? 0 : Math.ceil(2.5 * sigma);
    const width = 40 + 2 * margin;
    const height = 20 + 2 * margin;
    const rng = new Rng('blur');
    const source = Float32Array.from({ length: width * height }, (_, i) =>
      i % width > 20 + margin ? 1 : rng.next() * 0.5,
    );
    const fast = blurGaussian(source, width, height, sigma);
    const slow = slowBlur(source, width, height, sigma);
    const off = fast.map((value, i) => Math.abs(value - slow[i]!));
    const inside = (i: number) =>
      Math.min(i % width, width - 1 - (i % width)) >= margin &&
      Math.min(Math.floor(i / width), height - 1 - Math.floor(i / width)) >= margin;
    expect(off.reduce((high, value, i) => (inside(i) ? Math.max(high, value) : high), 0)).toBeLessThan(
      within,
    );
    expect(Math.max(...off)).toBeLessThan(0.06);
  });

  test('sigma 0 copies, and the source is never changed', () => {
    const source = Float32Array.of(1, 2, 3, 4);
    expect([...blurGaussian(source, 2, 2, 0)]).toEqual([1, 2, 3, 4]);
    blurGaussian(source, 2, 2, 4);
    expect([...source]).toEqual([1, 2, 3, 4]);
  });

  test('a negative or unknown sigma is refused by name', () => {
    expect(() => blurGaussian(Float32Array.of(1), 1, 1, -1)).toThrow('got -1');
    expect(() => blurGaussian(Float32Array.of(1), 1, 1, NaN)).toThrow('NaN');
  });
});
