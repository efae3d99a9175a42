import type { GreyImage, InkMap } from './images.ts';
import { innerDistances, maskOf, neighbourOffsets, reduceInk, type LineMask } from './line-mask.ts';
import { dilateBox } from './morphology.ts';
import { findPieces, type Piece } from './pieces.ts';
import { measureTraits, type LineTraits } from './line-traits.ts';
import { measurePaper } from './paper-noise.ts';
import { reduceGrey } from './resample.ts';
import { ringOf, thinMask } from './skeleton.ts';
import { measureTwins } from './twins.ts';

/** Long side at which lines are measured, pixels. */
const MEASURED_SIDE = 1000;

/** What tells a pen line on a plain sheet from all else; lengths in pixels of a long side of at most 1000. */
export interface PenLineMeasures extends LineTraits {
  /** Median depth of the line below the paper, grey levels. */
  readonly depth: number;
  /** Typical deviation of the paper over that depth. */
  readonly noise: number;
  /** The 95th percentile of the paper's deviation over that depth. */
  readonly noise95: number;
  /** Share of the sheet that is darker than half the line's depth. */
  readonly darkShare: number;
  /** Share of the sheet that is line. */
  readonly inkShare: number;
  /** Median width of the line. */
  readonly widthPx: number;
  /** Standard deviation of the width over its mean. */
  readonly widthVariation: number;
  /** 98th percentile of the width over its median. */
  readonly widest: number;
  /** Share of the ink in pieces smaller than three widths squared. */
  readonly specks: number;
  readonly pieces: number;
  /** Line length over the long side of the ink's box. */
  readonly line: number;
  /** Ink over the area of its box. */
  readonly fill: number;
  /** Share of the ink's mass that lies on soft pixels away from the line. */
  readonly soft: number;
  /** Mean length of line between crossings or ends, widths. */
  readonly branch: number;
  /** Crossings a width of line. */
  readonly crossings: number;
  /** Share of the line that runs straight along an axis. */
  readonly straight: number;
  /** Share of the ink deeper inside than three quarters of the median half-width's triple: solid areas. */
  readonly solid: number;
  readonly letters: number;
  readonly twins: number;
  /** Share of line in closed rings without crossing. */
  readonly rings: number;
  readonly ends: number;
}

/** @returns null where no line ink is left at this size. */
export function measurePenLine(grey: GreyImage, ink: InkMap): PenLineMeasures | null {
  const small = reduceInk(ink, MEASURED_SIDE);
  const mask = maskOf(small);
  const area = countInk(mask);
  if (area === 0) return null;
  const sheet = reduceGrey(grey, Math.max(small.width, small.height));
  const paper = measurePaper(sheet, small);
  const distances = innerDistances(mask);
  const skeleton = thinMask(mask);
  const pieces = findPieces(mask);
  const widths = Float32Array.from(skeleton.places, (at) => Math.max(1, 2 * distances[at]! - 1)).sort();
  const widthPx = widths[Math.floor(widths.length / 2)]!;
  const mean = widths.reduce((sum, value) => sum + value, 0) / widths.length;
  const variance = widths.reduce((sum, value) => sum + (value - mean) ** 2, 0) / widths.length;
  const graph = measureGraph(skeleton.mask, skeleton.places);
  const box = boxOf(pieces.list);
  const side = Math.max(box.right - box.left, box.bottom - box.top);
  const speck = Math.max(6, 3 * widthPx * widthPx);
  const inSpecks = pieces.list.reduce((sum, piece) => sum + (piece.area < speck ? piece.area : 0), 0);
  const { letters, share } = measureTwins(mask, pieces, widthPx);
  return {
    ...paper,
    inkShare: area / (small.width * small.height),
    widthPx,
    widthVariation: Math.sqrt(variance) / mean,
    widest: widths[Math.floor(0.98 * (widths.length - 1))]! / widthPx,
    specks: inSpecks / area,
    pieces: pieces.list.length,
    line: graph.length / side,
    fill: area / ((box.right - box.left) * (box.bottom - box.top)),
    soft: softShare(small, mask, Math.max(2, Math.round(widthPx))),
    branch: graph.length / Math.max(1, graph.branches) / widthPx,
    crossings: (graph.junctions * widthPx) / graph.length,
    straight: straightShare(
      skeleton.mask,
      skeleton.places.length,
      Math.max(12, Math.round(Math.max(small.width, small.height) / 60)),
    ),
    solid: solidShare(distances, area, widthPx),
    letters,
    twins: share,
    rings: ringShare(skeleton.mask, skeleton.places),
    ends: graph.ends,
    ...measureTraits(small, mask, pieces, skeleton, widthPx),
  };
}

function countInk({ data }: LineMask): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) count += data[i]!;
  return count;
}

function boxOf(list: readonly Piece[]) {
  const box = { left: Infinity, top: Infinity, right: 0, bottom: 0 };
  for (const { left, top, right, bottom } of list) {
    box.left = Math.min(box.left, left);
    box.top = Math.min(box.top, top);
    box.right = Math.max(box.right, right);
    box.bottom = Math.max(box.bottom, bottom);
  }
  return box;
}

/** Length by steps (1 or √2), ends, meeting points (touching ones are one) and the lines between them. */
function measureGraph({ width, height, data }: LineMask, places: Int32Array) {
  const around = neighbourOffsets(width);
  let length = 0;
  let ends = 0;
  const meeting = new Uint8Array(data.length);
  let degrees = 0;
  for (const at of places) {
    const ring = ringOf(data, at, around);
    let count = 0;
    for (let k = 0; k < 8; k++) {
      if (((ring >> k) & 1) === 0) continue;
      count++;
      if (k < 4) length += k % 2 === 0 ? 1 : Math.SQRT2;
    }
    if (count <= 1) ends++;
    if (count >= 3) {
      meeting[at] = 1;
      degrees += count - 2;
    }
  }
  const junctions = findPieces({ width, height, data: meeting }, places).list.length;
  return {
    length: Math.max(1, length),
    ends,
    junctions,
    branches: junctions + (ends + Math.min(degrees, 2 * junctions)) / 2,
  };
}

/** Share of skeleton pixels in runs along a row or column of at least `least` pixels. */
function straightShare({ width, height, data }: LineMask, count: number, least: number): number {
  const straight = new Uint8Array(data.length);
  const down = new Int32Array(width);
  const mark = (at: number, run: number, step: number): void => {
    if (run === least) for (let k = 0; k < least; k++) straight[at - k * step] = 1;
    else if (run > least) straight[at] = 1;
  };
  for (let y = 1; y < height - 1; y++) {
    let across = 0;
    for (let x = 1, at = y * width + 1; x < width - 1; x++, at++) {
      if (data[at] === 0) {
        across = 0;
        down[x] = 0;
        continue;
      }
      across++;
      down[x]!++;
      mark(at, across, 1);
      mark(at, down[x]!, width);
    }
  }
  let sum = 0;
  for (let i = 0; i < straight.length; i++) sum += straight[i]!;
  return sum / count;
}

/** Ink on pixels below the line's ink and farther than `reach` from any line, over all ink. */
function softShare({ width, height, data }: InkMap, mask: LineMask, reach: number): number {
  const near = dilateBox(mask, reach).data;
  let all = 0;
  let soft = 0;
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0, to = (y + 1) * mask.width + 1; x < width; x++, at++, to++) {
      const value = data[at]!;
      if (value === 0) continue;
      all += value;
      if (near[to] === 0) soft += value;
    }
  }
  return all === 0 ? 0 : soft / all;
}

/** Share of the ink deeper inside than 1.5 median half-widths. */
function solidShare(distances: Float32Array, area: number, widthPx: number): number {
  const deep = 0.75 * (widthPx + 1);
  let count = 0;
  for (let i = 0; i < distances.length; i++) if (distances[i]! > deep) count++;
  return count / area;
}

/** Share of the skeleton in pieces without end or crossing. */
function ringShare(skeleton: LineMask, places: Int32Array): number {
  const { labels, list } = findPieces(skeleton, places);
  const around = neighbourOffsets(skeleton.width);
  const plain = new Uint8Array(list.length + 1).fill(1);
  for (const at of places) {
    let count = 0;
    for (let bits = ringOf(skeleton.data, at, around); bits > 0; bits &= bits - 1) count++;
    if (count !== 2) plain[labels[at]!] = 0;
  }
  const closed = list.reduce((sum, { label, area }) => sum + (plain[label] === 1 && area > 20 ? area : 0), 0);
  return places.length === 0 ? 0 : closed / places.length;
}
