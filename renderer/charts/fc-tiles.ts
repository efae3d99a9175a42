/** Side of the map of networks of three convolutions, whose runs do not tell it. */
export const USUAL_SIDE = 16;
const GAP = 1;

export interface FcTiles {
  readonly width: number;
  readonly height: number;
  readonly tiles: readonly { readonly x: number; readonly y: number }[];
  /** SVG path of one unit square for each weight pair that leans to a class; empty text for none. */
  readonly tremorLike: string;
  readonly regular: string;
}

/**
 * Lays the FC weights out as one tile a channel, one square a cell; about twice as many tiles in a row as there are rows.
 *
 * @param signs Sign of tremor-like minus regular for each FC input, −1, 0 or 1, shape [side · side · channels], the channel
 *   running fastest (NHWC flattened). A last, incomplete cell row is left out.
 * @param side Cells along one side of the map that the FC layer sees, ≥ 1.
 */
export function layOutFc(signs: readonly number[], side: number): FcTiles {
  const channels = Math.floor(signs.length / (side * side));
  const perRow = tilesPerRow(channels);
  const pitch = side + GAP;
  const rows = Math.ceil(channels / perRow);
  const tiles = Array.from({ length: channels }, (_, channel) => ({
    x: (channel % perRow) * pitch,
    y: Math.floor(channel / perRow) * pitch,
  }));
  let [tremorLike, regular] = ['', ''];
  signs.forEach((sign, i) => {
    if (sign === 0 || channels === 0) return;
    const cell = Math.floor(i / channels);
    const tile = tiles[i % channels];
    if (!tile || cell >= side * side) return;
    const square = `M${tile.x + (cell % side)} ${tile.y + Math.floor(cell / side)}h1v1h-1z`;
    if (sign > 0) tremorLike += square;
    else regular += square;
  });
  const columns = Math.min(perRow, channels);
  return { width: columns * pitch - GAP, height: rows * pitch - GAP, tiles, tremorLike, regular };
}

function tilesPerRow(channels: number): number {
  return Math.ceil(Math.sqrt(2 * Math.max(1, channels)));
}
