import type { Rng } from '../base/rng.ts';
import type { TaskGroup } from '../base/words.ts';
import type { PatchSet } from './dataset.ts';

/** Turns and flips that keep a patch a plausible drawing of its group. */
type Turn = (row: number, column: number, last: number) => readonly [row: number, column: number];

const KEEP: Turn = (row, column) => [row, column];
const MIRRORED: readonly Turn[] = [
  KEEP,
  (row, column, last) => [row, last - column],
  (row, column, last) => [last - row, column],
  (row, column, last) => [last - row, last - column],
];
const DIHEDRAL: readonly Turn[] = [
  ...MIRRORED,
  (row, column) => [column, row],
  (row, column, last) => [column, last - row],
  (row, column, last) => [last - column, row],
  (row, column, last) => [last - column, last - row],
];

/** A spiral may be drawn at any angle; lines of writing and waves run along the page, so these are only flipped. */
const TURNS: Readonly<Record<TaskGroup, readonly Turn[]>> = {
  spiral: DIHEDRAL,
  wave: MIRRORED,
  writing: MIRRORED,
};

export interface Batch {
  /** Ink × 255, shape [n, side, side]. */
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
}

/**
 * The patches at `indices`, each turned at random as its group allows.
 * @param rng null leaves them as they are.
 */
export function makeBatch(set: PatchSet, indices: Uint32Array, side: number, rng: Rng | null): Batch {
  const size = side * side;
  const images = new Uint8Array(indices.length * size);
  const labels = new Uint8Array(indices.length);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    labels[i] = set.labels[index]!;
    const turn = rng === null ? KEEP : rng.pick(TURNS[set.groups[index]!]);
    const patch = set.pixels.subarray(index * size, (index + 1) * size);
    writeTurned(patch, side, turn, images.subarray(i * size, (i + 1) * size));
  }
  return { images, labels };
}

/** Turned copies of one patch set's images for averaging: flip number 0..3 (as is, left–right, up–down, both). */
export function makeFlipped(set: PatchSet, indices: Uint32Array, side: number, flip: number): Uint8Array {
  const size = side * side;
  const images = new Uint8Array(indices.length * size);
  const turn = MIRRORED[flip] ?? KEEP;
  for (let i = 0; i < indices.length; i++) {
    const start = indices[i]! * size;
    writeTurned(
      set.pixels.subarray(start, start + size),
      side,
      turn,
      images.subarray(i * size, (i + 1) * size),
    );
  }
  return images;
}

/** out(row, column) = patch(turn(row, column)). Every turn is affine, so it is read off from three corners. */
function writeTurned(patch: Uint8Array, side: number, turn: Turn, out: Uint8Array): void {
  const last = side - 1;
  const place = ([row, column]: readonly [number, number]): number => row * side + column;
  const origin = place(turn(0, 0, last));
  const perRow = place(turn(1, 0, last)) - origin;
  const perColumn = place(turn(0, 1, last)) - origin;
  for (let row = 0; row < side; row++) {
    let from = origin + row * perRow;
    const to = row * side;
    if (perColumn === 1) out.set(patch.subarray(from, from + side), to);
    else for (let i = to; i < to + side; i++, from += perColumn) out[i] = patch[from]!;
  }
}
