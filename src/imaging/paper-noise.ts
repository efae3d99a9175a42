import type { GreyImage, InkMap } from './images.ts';
import { LINE_INK } from './ink-layout.ts';
import { paperToneOf } from './paper-tone.ts';

export interface PaperMeasures {
  readonly depth: number;
  readonly noise: number;
  readonly noise95: number;
  readonly darkShare: number;
}

/**
 * How deep the line lies below the paper's own tone, and how uneven the paper is beside it.
 *
 * @param ink Of the same size as the sheet.
 */
export function measurePaper(sheet: GreyImage, ink: InkMap): PaperMeasures {
  const { width, height, data } = sheet;
  const toneAt = paperToneOf(sheet);
  // Depths −256 … 255 below the paper, counted.
  const onLine = new Uint32Array(512);
  const onPaper = new Uint32Array(512);
  for (let y = 0, at = 0; y < height; y++) {
    const tone = toneAt(y);
    for (let x = 0; x < width; x++, at++) {
      const depth = Math.round(tone[x]! - data[at]!) + 256;
      const value = ink.data[at]!;
      if (value >= LINE_INK) onLine[depth]!++;
      else if (value === 0) onPaper[depth]!++;
    }
  }
  const depth = Math.max(1, rankOf(onLine, 0.5) - 256);
  const middle = rankOf(onPaper, 0.5);
  const deviations = new Uint32Array(512);
  onPaper.forEach((count, at) => (deviations[Math.abs(at - middle)]! += count));
  let dark = 0;
  for (let at = 256 + Math.ceil(depth / 2); at < 512; at++) dark += onLine[at]! + onPaper[at]!;
  return {
    depth,
    noise: rankOf(deviations, 0.5) / depth,
    noise95: rankOf(deviations, 0.95) / depth,
    darkShare: dark / (width * height),
  };
}

/** First bin at which the counted share is reached. */
function rankOf(bins: Uint32Array, fraction: number): number {
  const rank = fraction * bins.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (let at = 0; at < bins.length; at++) {
    seen += bins[at]!;
    if (seen > rank) return at;
  }
  return bins.length - 1;
}
