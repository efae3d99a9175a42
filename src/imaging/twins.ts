import type { LineMask } from './line-mask.ts';
import type { Piece, Pieces } from './pieces.ts';

/** Pieces compared at most: enough to know a page of print, few enough to be quick. */
const MOST_COMPARED = 200;
/** Overlap over union from which two pieces are the same letter of a type. */
const SAME = 0.8;
/** Pixels that boxes of twins may differ in width and height, and that one is shifted to fit the other. */
const SLACK = 1;

/**
 * Share of the letter-like pieces that have a twin: another of the same size and nearly the same pixels. Types repeat
 * their letters exactly; no hand does.
 *
 * @returns `letters`: pieces that were compared.
 */
export function measureTwins(
  mask: LineMask,
  pieces: Pieces,
  widthPx: number,
): { letters: number; share: number } {
  const letters = lettersOf(pieces.list, widthPx);
  let twins = 0;
  letters.forEach((letter, i) => {
    const found = letters.some((other, j) => i !== j && isTwin(mask, pieces.labels, letter, other));
    if (found) twins++;
  });
  return { letters: letters.length, share: letters.length === 0 ? 0 : twins / letters.length };
}

/** Pieces of the commonest heights, neither dots nor long lines. */
function lettersOf(list: readonly Piece[], widthPx: number): readonly Piece[] {
  const plausible = list.filter((piece) => {
    const width = piece.right - piece.left;
    const height = piece.bottom - piece.top;
    const least = Math.max(5, 2.5 * widthPx);
    const box = width * height;
    return (
      Math.min(width, height) >= 3 &&
      Math.max(width, height) >= least &&
      width < 4 * height &&
      height < 6 * width &&
      piece.area > 0.12 * box
    );
  });
  if (plausible.length <= MOST_COMPARED) return plausible;
  // Twins are of one size: pieces that stand next to each other by size, taken from the middle.
  const bySize = [...plausible].sort((a, b) => heightOf(a) - heightOf(b));
  const from = Math.floor((bySize.length - MOST_COMPARED) / 2);
  return bySize.slice(from, from + MOST_COMPARED);
}

function heightOf({ top, bottom }: Piece): number {
  return bottom - top;
}

function isTwin({ width, data }: LineMask, labels: Int32Array, a: Piece, b: Piece): boolean {
  const wide = Math.abs(a.right - a.left - (b.right - b.left));
  const high = Math.abs(heightOf(a) - heightOf(b));
  if (wide > SLACK || high > SLACK || Math.min(a.area, b.area) < SAME * Math.max(a.area, b.area))
    return false;
  for (let dy = -SLACK; dy <= SLACK; dy++) {
    for (let dx = -SLACK; dx <= SLACK; dx++) {
      const offset = (b.top - a.top + dy) * width + b.left - a.left + dx;
      let both = 0;
      for (let y = a.top; y < a.bottom; y++) {
        for (let at = y * width + a.left, end = y * width + a.right; at < end; at++) {
          const to = at + offset;
          if (labels[at] === a.label && to >= 0 && to < data.length && labels[to] === b.label) both++;
        }
      }
      if (both >= SAME * (a.area + b.area - both)) return true;
    }
  }
  return false;
}
