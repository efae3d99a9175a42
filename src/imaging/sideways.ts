import type { InkMap } from './images.ts';
import { maskOf, reduceInk } from './line-mask.ts';
import { findPieces, type Piece } from './pieces.ts';

const LOOKED_AT_SIDE = 700;
/** Pieces that vote at most, and least for an answer. */
const MOST_PIECES = 400;
const LEAST_PIECES = 5;
/** Votes beyond this are sure: 25 unsure and 7 wrong of 576 simulated pages in the prototype. */
const SURE = 0.8;
const NEIGHBOUR_WEIGHT = 2.2;
const LONG_BOX = 2.2;

/**
 * Whether lines of writing run along the picture's rows or up and down. Neighbouring letters and words are nearer than
 * neighbouring lines; lines make the row sums rise and fall; a short text is longer than high.
 */
export function guessSideways(ink: InkMap): 'upright' | 'sideways' | 'unsure' {
  const vote = voteUpright(ink);
  if (vote === null || Math.abs(vote) <= SURE) return 'unsure';
  return vote > 0 ? 'upright' : 'sideways';
}

/** Logarithm of the odds for upright; null with too few pieces. */
export function voteUpright(ink: InkMap): number | null {
  const small = reduceInk(ink, LOOKED_AT_SIDE);
  const { list } = findPieces(maskOf(small));
  const large = list
    .filter(({ area }) => area >= 8)
    .sort((a, b) => b.area - a.area)
    .slice(0, MOST_PIECES);
  const box = {
    left: Math.min(...large.map(({ left }) => left)),
    right: Math.max(...large.map(({ right }) => right)),
    top: Math.min(...large.map(({ top }) => top)),
    bottom: Math.max(...large.map(({ bottom }) => bottom)),
  };
  const aspect = (box.right - box.left) / (box.bottom - box.top);
  // Few pieces have few neighbours: then only a box that is plainly long tells.
  if (large.length < LEAST_PIECES)
    return large.length > 0 && aspect > LONG_BOX ? Math.log(aspect) + SURE : null;
  const share = (0.5 + large.length * acrossShare(large)) / (1 + large.length);
  const long = Math.abs(Math.log(aspect)) > Math.log(LONG_BOX) ? Math.log(aspect) : 0;
  return NEIGHBOUR_WEIGHT * Math.log(share / (1 - share)) + Math.log(profileContrast(small)) + long;
}

/** Share of pieces whose nearest neighbour lies beside them rather than above or below. */
function acrossShare(pieces: readonly Piece[]): number {
  let across = 0;
  for (const piece of pieces) {
    let nearest = Infinity;
    let beside = 0;
    for (const other of pieces) {
      if (other === piece) continue;
      const dx = Math.max(0, other.left - piece.right, piece.left - other.right);
      const dy = Math.max(0, other.top - piece.bottom, piece.top - other.bottom);
      const gap = dx * dx + dy * dy;
      if (gap >= nearest) continue;
      nearest = gap;
      const x = (other.left + other.right - piece.left - piece.right) / 2;
      const y = (other.top + other.bottom - piece.top - piece.bottom) / 2;
      beside = x * x > y * y ? 1 : 0;
    }
    across += beside;
  }
  return across / pieces.length;
}

/** Variation of the row sums over that of the column sums, each against its own mean. */
function profileContrast({ width, height, data }: InkMap): number {
  const rows = new Float64Array(height);
  const columns = new Float64Array(width);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      rows[y]! += data[at]!;
      columns[x]! += data[at]!;
    }
  }
  return variation(rows) / Math.max(1e-6, variation(columns));
}

/** Of a profile within the ink, the share of its power that changes faster than its own length over six. */
function variation(profile: Float64Array): number {
  const first = profile.findIndex((value) => value > 0);
  const inside = profile.slice(Math.max(0, first));
  while (inside.length > 0 && inside[inside.length - 1] === 0) return variation(trimEnd(inside));
  const mean = inside.reduce((sum, value) => sum + value, 0) / Math.max(1, inside.length);
  const variance = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, inside.length);
  return Math.max(1e-3, Math.sqrt(variance) / Math.max(1e-9, mean));
}

function trimEnd(values: Float64Array): Float64Array {
  let end = values.length;
  while (end > 0 && values[end - 1] === 0) end--;
  return values.slice(0, end);
}
