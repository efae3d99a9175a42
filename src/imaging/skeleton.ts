import { neighbourOffsets, type LineMask } from './line-mask.ts';

/** For each ring of eight neighbours (bit k: the k-th, clockwise from above) whether a pixel may be taken away. */
interface ThinningTables {
  /** At the lower right or upper left side of the ink (Zhang and Suen 1984). */
  readonly first: Uint8Array;
  readonly second: Uint8Array;
  /** No end, and its neighbours hang together without it. */
  readonly spare: Uint8Array;
  /** A step of a staircase: two neighbours touch each other at their corners. */
  readonly corner: Uint8Array;
}

const TABLES = makeTables();

function makeTables(): ThinningTables {
  const first = new Uint8Array(256);
  const second = new Uint8Array(256);
  const spare = new Uint8Array(256);
  const corner = new Uint8Array(256);
  for (let ring = 0; ring < 256; ring++) {
    const bit = (k: number): number => (ring >> (k & 7)) & 1;
    let count = 0;
    let changes = 0;
    let parts = 0;
    for (let k = 0; k < 8; k++) {
      count += bit(k);
      if (bit(k) === 0 && bit(k + 1) === 1) changes++;
      if (k % 2 === 0) parts += (1 - bit(k)) * (1 - (1 - bit(k + 1)) * (1 - bit(k + 2)));
    }
    const [n, e, s, w] = [bit(0), bit(2), bit(4), bit(6)];
    if (count >= 2 && count <= 6 && changes === 1) {
      if (n * e * s === 0 && e * s * w === 0) first[ring] = 1;
      if (n * e * w === 0 && n * s * w === 0) second[ring] = 1;
    }
    if (count >= 2 && parts === 1) spare[ring] = 1;
    if ((n === 1 || s === 1) && (e === 1 || w === 1)) corner[ring] = 1;
  }
  return { first, second, spare, corner };
}

/**
 * Thins ink to lines one pixel wide that keep its pieces and its holes (Zhang and Suen 1984, each pixel asked once
 * more before it goes).
 *
 * @returns Places of the skeleton's pixels in the mask, and the mask of them.
 */
export function thinMask({ width, height, data }: LineMask): { mask: LineMask; places: Int32Array } {
  const thin = data.slice();
  const around = neighbourOffsets(width);
  let live: Int32Array = new Int32Array(thin.reduce((sum, value) => sum + value, 0));
  for (let i = 0, at = 0; i < thin.length; i++) if (thin[i] === 1) live[at++] = i;
  const chosen = new Int32Array(live.length);
  const drop = (table: Uint8Array): boolean => {
    let count = 0;
    for (const i of live) if (table[ringOf(thin, i, around)] === 1) chosen[count++] = i;
    let gone = 0;
    for (let k = 0; k < count; k++) {
      const i = chosen[k]!;
      if (TABLES.spare[ringOf(thin, i, around)] === 0) continue;
      thin[i] = 0;
      gone++;
    }
    if (gone > 0) {
      let left = 0;
      for (const i of live) if (thin[i] === 1) live[left++] = i;
      live = live.subarray(0, left);
    }
    return gone > 0;
  };
  for (let changed = true; changed;) {
    const a = drop(TABLES.first);
    const b = drop(TABLES.second);
    changed = a || b;
  }
  drop(TABLES.corner);
  return { mask: { width, height, data: thin }, places: live };
}

/** The neighbours of a pixel as bits, clockwise from above. */
export function ringOf(data: Uint8Array, i: number, around: readonly number[]): number {
  return (
    data[i + around[0]!]! |
    (data[i + around[1]!]! << 1) |
    (data[i + around[2]!]! << 2) |
    (data[i + around[3]!]! << 3) |
    (data[i + around[4]!]! << 4) |
    (data[i + around[5]!]! << 5) |
    (data[i + around[6]!]! << 6) |
    (data[i + around[7]!]! << 7)
  );
}
