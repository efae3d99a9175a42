/** Places of the eight neighbours, clockwise from the top, as bits 0 … 7 of a code. */
const CLOCKWISE = [
  [0, -1],
  [1, -1],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
] as const;

/** Offsets of the neighbours in a plane, clockwise from the top. */
export function neighbourOffsets(width: number): readonly number[] {
  return CLOCKWISE.map(([x, y]) => y * width + x);
}

const bit = (code: number, k: number): number => (code >> (k & 7)) & 1;

/** Neighbours with ink. */
const COUNT = Uint8Array.from({ length: 256 }, (_, code) => {
  let count = 0;
  for (let k = 0; k < 8; k++) count += bit(code, k);
  return count;
});
/** Whether Zhang and Suen's first (1) and second (2) half-round would take the pixel away. */
const MAY_GO = Uint8Array.from({ length: 256 }, (_, code) => {
  let changes = 0;
  for (let k = 0; k < 8; k++) if (bit(code, k) === 0 && bit(code, k + 1) === 1) changes++;
  if (COUNT[code]! < 2 || COUNT[code]! > 6 || changes !== 1) return 0;
  const [n, e, s, w] = [0, 2, 4, 6].map((k) => bit(code, k)) as [number, number, number, number];
  return (n * e * s === 0 && e * s * w === 0 ? 1 : 0) + (n * e * w === 0 && n * s * w === 0 ? 2 : 0);
});
/** Whether the neighbours hold together without the pixel (Yokoi's number is 1) and it is no end. */
const IS_SPARE = Uint8Array.from({ length: 256 }, (_, code) => {
  let parts = 0;
  for (let k = 0; k < 8; k += 2) {
    const paper = 1 - bit(code, k);
    parts += paper - paper * (1 - bit(code, k + 1)) * (1 - bit(code, k + 2));
  }
  return COUNT[code]! >= 2 && parts === 1 ? 1 : 0;
});
/** Between two neighbours that touch each other at their corners: the step of a staircase. */
const IS_STEP = Uint8Array.from({ length: 256 }, (_, code) =>
  (bit(code, 0) || bit(code, 4)) && (bit(code, 2) || bit(code, 6)) ? 1 : 0,
);

/**
 * Thins ink to lines one pixel wide that keep its pieces and holes (Zhang and Suen 1984, with every pixel asked again before it
 * goes, so that lines of two pixels stay).
 *
 * @param mask Shape [height, width], 0 or 1, with an empty border. Not modified.
 */
export function thinToSkeleton(mask: Uint8Array, width: number): Uint8Array {
  const out = mask.slice();
  const around = neighbourOffsets(width);
  const codeAt = (i: number): number => {
    let code = 0;
    for (let k = 0; k < 8; k++) code |= out[i + around[k]!]! << k;
    return code;
  };
  let live: number[] = [];
  for (let i = 0; i < out.length; i++) if (out[i] === 1) live.push(i);
  const drop = (chosen: readonly number[]): boolean => {
    let dropped = false;
    for (const i of chosen) {
      if (IS_SPARE[codeAt(i)] === 0) continue;
      out[i] = 0;
      dropped = true;
    }
    if (dropped) live = live.filter((i) => out[i] === 1);
    return dropped;
  };
  for (let changed = true; changed;) {
    changed = false;
    for (const half of [1, 2]) {
      if (drop(live.filter((i) => (MAY_GO[codeAt(i)]! & half) !== 0))) changed = true;
    }
  }
  drop(live.filter((i) => IS_STEP[codeAt(i)] === 1));
  return out;
}
