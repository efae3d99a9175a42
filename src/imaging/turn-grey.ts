import type { GreyImage } from './images.ts';

/** Mirrors a picture along its diagonal: rows become columns. */
export function transposeGrey({ width, height, data }: GreyImage): GreyImage {
  const out = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) out[x * height + y] = data[at]!;
  }
  return { width: height, height: width, data: out };
}

/** Turns a picture by a quarter, clockwise. */
export function turnQuarter({ width, height, data }: GreyImage): GreyImage {
  const out = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) out[x * height + (height - 1 - y)] = data[at]!;
  }
  return { width: height, height: width, data: out };
}
