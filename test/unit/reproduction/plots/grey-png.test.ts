import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeGreyPng } from '../../../../src/reproduction/plots/grey-png.ts';

describe('grey PNG', () => {
  test.each([
    ['one pixel', 1, 1, () => 200],
    ['one value: runs longer than deflate can say at once', 300, 40, () => 7],
    ['every value, no runs', 64, 32, (i: number) => (i * 37) % 256],
    ['runs of every length', 251, 251, (i: number) => Math.floor(Math.sqrt(i)) % 256],
  ])('%s comes back bit for bit', async (_, width, height, value) => {
    const pixels = Uint8Array.from({ length: width * height }, (_v, i) => value(i));
    const { data, info } = await sharp(encodeGreyPng(pixels, width, height))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    const wrong = pixels.findIndex((pixel, i) => data[i * info.channels] !== pixel);
    expect(wrong).toBe(-1);
  });

  test('refuses a size that is not the pixels’', () => {
    expect(() => encodeGreyPng(new Uint8Array(5), 2, 3)).toThrow(RangeError);
  });
});
