import type { Bitmap } from './bitmap.ts';

/**
 * Distance of each pixel of ink to the nearest paper, pixels: the chamfer distance with steps of 1 and √2 (Borgefors 1986, Computer Vision,
 * Graphics and Image Processing 34).
 *
 * @param ink With a margin of at least one empty pixel.
 * @returns Shape [height, width], 0 on paper.
 */
export function halfWidths({ width, height, data }: Bitmap): Float32Array {
  const distance = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) distance[i] = data[i] === 1 ? Infinity : 0;
  const first = width + 1;
  const last = (height - 1) * width - 2;
  for (let i = first; i <= last; i++) lower(distance, i, -1, -width);
  for (let i = last; i >= first; i--) lower(distance, i, 1, width);
  return distance;
}

/** From the neighbour beside and the three in the next row. */
function lower(distance: Float32Array, i: number, beside: number, row: number): void {
  if (distance[i] === 0) return;
  const straight = Math.min(distance[i + beside]!, distance[i + row]!) + 1;
  const slanting = Math.min(distance[i + row - 1]!, distance[i + row + 1]!) + Math.SQRT2;
  distance[i] = Math.min(distance[i]!, straight, slanting);
}
