import type { Bitmap } from './bitmap.ts';

/**
 * Thins ink to lines one pixel wide that keep its shape and its holes. Pixels are chosen as Zhang and Suen do (1984, Communications
 * of the ACM 27(3)), but asked once more one after the other before they go: all at once, squares and slanting lines of two pixels
 * would go whole. Then the corners of staircases go, so that a pixel inside a line has just two neighbours.
 *
 * @param ink With a margin of at least one empty pixel.
 */
export function thin(ink: Bitmap): Bitmap {
  const { width, height } = ink;
  const data = ink.data.slice();
  const around = [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1];
  let live: number[] = [];
  for (let i = 0; i < data.length; i++) if (data[i] === 1) live.push(i);
  const drop = (chosen: readonly number[]): boolean => {
    const before = live.length;
    for (const i of chosen) if (isSpare(data, i, around)) data[i] = 0;
    live = live.filter((i) => data[i] === 1);
    return live.length < before;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const first of [true, false]) {
      if (drop(live.filter((i) => mayGo(data, i, around, first)))) changed = true;
    }
  }
  drop(live.filter((i) => isCorner(data, i, around)));
  return { width, height, data };
}

/** Whether a pixel lies at the side of the ink that this half of a round takes away. */
function mayGo(data: Uint8Array, i: number, around: readonly number[], first: boolean): boolean {
  let neighbours = 0;
  let changes = 0;
  for (let k = 0; k < 8; k++) {
    const here = data[i + around[k]!]!;
    neighbours += here;
    if (here === 0 && data[i + around[(k + 1) % 8]!] === 1) changes++;
  }
  if (neighbours < 2 || neighbours > 6 || changes !== 1) return false;
  const n = data[i + around[0]!]!;
  const e = data[i + around[2]!]!;
  const s = data[i + around[4]!]!;
  const w = data[i + around[6]!]!;
  return first ? n * e * s === 0 && e * s * w === 0 : n * e * w === 0 && n * s * w === 0;
}

/** Between two neighbours that touch each other at their corners. */
function isCorner(data: Uint8Array, i: number, around: readonly number[]): boolean {
  const [n, , e, , s, , w] = around.map((by) => data[i + by]!);
  return (n === 1 || s === 1) && (e === 1 || w === 1);
}

/** Not an end, and its neighbours hold together without it: Yokoi's connectivity number for lines that may slant is 1. */
function isSpare(data: Uint8Array, i: number, around: readonly number[]): boolean {
  let neighbours = 0;
  let parts = 0;
  for (let k = 0; k < 8; k++) {
    const paper = 1 - data[i + around[k]!]!;
    neighbours += 1 - paper;
    if (k % 2 === 1) continue;
    parts += paper - paper * (1 - data[i + around[k + 1]!]!) * (1 - data[i + around[(k + 2) % 8]!]!);
  }
  return neighbours >= 2 && parts === 1;
}
