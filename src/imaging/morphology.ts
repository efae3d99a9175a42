/** A picture of 0 and 1, row by row. */
export interface BinaryPlane {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** 1 where any pixel of the box of half-sides `reachX`, `reachY` around is 1; beyond the border lies 0. */
export function dilateBox(
  { width, height, data }: BinaryPlane,
  reachX: number,
  reachY = reachX,
): BinaryPlane {
  const rows = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) spreadRow(data, rows, y * width, width, reachX);
  // Down the columns, but row by row, as memory lies: how far each column's last 1 reaches.
  const out = new Uint8Array(data.length);
  const until = new Int32Array(width).fill(-1);
  for (let y = 0; y < height + reachY; y++) {
    const from = y * width;
    const to = (y - reachY) * width;
    if (y < height) {
      for (let x = 0; x < width; x++) if (rows[from + x] === 1) until[x] = y + 2 * reachY;
    }
    if (to >= 0) for (let x = 0; x < width; x++) if (y <= until[x]!) out[to + x] = 1;
  }
  return { width, height, data: out };
}

/** 1 where the whole box around is 1; beyond the border lies 1. */
export function erodeBox(plane: BinaryPlane, reachX: number, reachY = reachX): BinaryPlane {
  return flip(dilateBox(flip(plane), reachX, reachY));
}

function flip({ width, height, data }: BinaryPlane): BinaryPlane {
  return { width, height, data: data.map((value) => 1 - value) };
}

function spreadRow(from: Uint8Array, to: Uint8Array, start: number, count: number, reach: number): void {
  let until = -1;
  for (let i = 0; i < count + reach; i++) {
    if (i < count && from[start + i] === 1) until = i + 2 * reach;
    const at = i - reach;
    if (at >= 0 && i <= until) to[start + at] = 1;
  }
}
