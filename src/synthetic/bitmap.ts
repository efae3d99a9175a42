/** A picture of ink and paper. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** 0 or 1, shape [height, width]. */
  readonly data: Uint8Array;
}

/** Places of the ink among the eight pixels around one; row by row. */
export function neighboursOf({ width, data }: Bitmap, i: number): number[] {
  const found: number[] = [];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const next = i + dy * width + dx;
      if ((dx !== 0 || dy !== 0) && data[next] === 1) found.push(next);
    }
  }
  return found;
}
