/** Side of one FC tile: the last pooled map is 16 × 16 cells. */
export const TILE_SIDE = 16;
const COLUMNS = 8;
const GAP = 1;
const PITCH = TILE_SIDE + GAP;

export interface FcTiles {
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly { readonly x: number; readonly y: number }[];
  /** SVG path of one unit square for each weight pair that leans to a class; empty text for none. */
  readonly tremorLike: string;
  readonly regular: string;
}

/**
 * Lays the FC weights out as one tile a channel, eight tiles a row, one square a cell.
 *
 * @param signs Sign of tremor-like minus regular for each FC input, −1, 0 or 1, shape [16 · 16 · channels], the channel
 *   running fastest (NHWC flattened). A last, incomplete cell row is left out.
 */
export function layOutFc(signs: readonly number[]): FcTiles {
  const channels = Math.floor(signs.length / (TILE_SIDE * TILE_SIDE));
  const rows = Math.ceil(channels / COLUMNS);
  const tiles = Array.from({ length: channels }, (_, channel) => ({
    x: (channel % COLUMNS) * PITCH,
    y: Math.floor(channel / COLUMNS) * PITCH,
  }));
  let [tremorLike, regular] = ['', ''];
  signs.forEach((sign, i) => {
    if (sign === 0 || channels === 0) return;
    const cell = Math.floor(i / channels);
    const tile = tiles[i % channels];
    if (!tile || cell >= TILE_SIDE * TILE_SIDE) return;
    const square = `M${tile.x + (cell % TILE_SIDE)} ${tile.y + Math.floor(cell / TILE_SIDE)}h1v1h-1z`;
    if (sign > 0) tremorLike += square;
    else regular += square;
  });
  const columns = Math.min(COLUMNS, channels);
  return { width: columns * PITCH - GAP, height: rows * PITCH - GAP, tiles, tremorLike, regular };
}
