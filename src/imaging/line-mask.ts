import type { InkMap } from './images.ts';
import { LINE_INK } from './ink-layout.ts';
import { resampleWindow } from './resample.ts';

/** Where there is line ink, 1 or 0, row by row, with a border of one empty pixel on every side. */
export interface LineMask {
  /** With the border. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Brings an ink map to a long side of at most `longSide` pixels; smaller ones come back as they are. */
export function reduceInk(ink: InkMap, longSide: number): InkMap {
  const factor = longSide / Math.max(ink.width, ink.height);
  if (factor >= 1) return ink;
  const width = Math.max(1, Math.round(ink.width * factor));
  const height = Math.max(1, Math.round(ink.height * factor));
  const whole = { x: 0, y: 0, width: ink.width, height: ink.height };
  return { width, height, data: resampleWindow(ink.data, ink.width, ink.height, whole, width, height) };
}

/** @param least Ink from which a pixel belongs to a line. */
export function maskOf({ width, height, data }: InkMap, least = LINE_INK): LineMask {
  const mask = new Uint8Array((width + 2) * (height + 2));
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0, to = (y + 1) * (width + 2) + 1; x < width; x++, from++, to++) {
      if (data[from]! >= least) mask[to] = 1;
    }
  }
  return { width: width + 2, height: height + 2, data: mask };
}

/** The eight neighbours' offsets, clockwise from above. */
export function neighbourOffsets(width: number): readonly number[] {
  return [-width, 1 - width, 1, width + 1, width, width - 1, -1, -width - 1];
}

/**
 * Distance of each inked pixel's centre to that of the nearest pixel of paper, pixels; 0 on paper. Exact but for rare
 * corners (Danielsson 1980: nearest paper handed on from neighbour to neighbour, two passes).
 */
export function innerDistances({ width, height, data }: LineMask): Float32Array {
  const dx = new Int16Array(data.length);
  const dy = new Int16Array(data.length);
  const squared = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) if (data[i] === 1) squared[i] = Infinity;
  const take = (at: number, from: number, stepX: number, stepY: number): void => {
    const u = dx[from]! + stepX;
    const v = dy[from]! + stepY;
    const distance = squared[from] === Infinity ? Infinity : u * u + v * v;
    if (distance >= squared[at]!) return;
    squared[at] = distance;
    dx[at] = u;
    dy[at] = v;
  };
  for (let y = 1; y < height - 1; y++) {
    const row = y * width;
    for (let x = 1; x < width - 1; x++) {
      const at = row + x;
      if (data[at] === 0) continue;
      take(at, at - 1, 1, 0);
      take(at, at - width, 0, 1);
      take(at, at - width - 1, 1, 1);
      take(at, at - width + 1, 1, 1);
    }
    for (let x = width - 2; x > 0; x--) if (data[row + x] === 1) take(row + x, row + x + 1, 1, 0);
  }
  for (let y = height - 2; y > 0; y--) {
    const row = y * width;
    for (let x = width - 2; x > 0; x--) {
      const at = row + x;
      if (data[at] === 0) continue;
      take(at, at + 1, 1, 0);
      take(at, at + width, 0, 1);
      take(at, at + width + 1, 1, 1);
      take(at, at + width - 1, 1, 1);
    }
    for (let x = 1; x < width - 1; x++) if (data[row + x] === 1) take(row + x, row + x - 1, 1, 0);
  }
  for (let i = 0; i < squared.length; i++) if (data[i] === 1) squared[i] = Math.sqrt(squared[i]!);
  return squared;
}
