import type { LineMask } from './line-mask.ts';
import type { Box } from './ink-layout.ts';

/** A connected piece of ink, in mask pixels; `right` and `bottom` are exclusive. */
export interface Piece extends Box {
  /** Its number in the labels, from 1. */
  readonly label: number;
  /** Inked pixels. */
  readonly area: number;
}

export interface Pieces {
  /** Number of the piece at each pixel, 0 on paper. */
  readonly labels: Int32Array;
  readonly list: readonly Piece[];
}

/**
 * Groups inked pixels that touch each other, corners included.
 *
 * @param inked Places of all inked pixels, where they are known: nothing else is looked at.
 */
export function findPieces({ width, data }: LineMask, inked?: ArrayLike<number>): Pieces {
  const labels = new Int32Array(data.length);
  const list: Piece[] = [];
  const stack: number[] = [];
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const count = inked?.length ?? data.length;
  for (let k = 0; k < count; k++) {
    const start = inked === undefined ? k : inked[k]!;
    if (data[start] === 0 || labels[start] !== 0) continue;
    const label = list.length + 1;
    let area = 0;
    let left = width;
    let right = 0;
    let top = Infinity;
    let bottom = 0;
    labels[start] = label;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      area++;
      const y = Math.floor(at / width);
      const x = at - y * width;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
      for (let k = 0; k < 8; k++) {
        const next = at + around[k]!;
        if (data[next] === 0 || labels[next] !== 0) continue;
        labels[next] = label;
        stack.push(next);
      }
    }
    list.push({ label, area, left, right, top, bottom });
  }
  return { labels, list };
}
