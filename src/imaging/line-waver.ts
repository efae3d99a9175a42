/** How far a drawing that was meant to be a line strays from a smooth one: the network cannot tell a row of coils from a wave. */
import type { InkMap } from './images.ts';
import { LINE_INK } from './ink-layout.ts';
import { measureInk } from './measure-ink.ts';
import { findPieces } from './pieces.ts';

/** A piece with less than this share of the ink is a speck. */
const LEAST_SHARE = 0.02;
/** Powers of the smooth line: a bow and a slow turn are no waver. */
const DEGREE = 5;

/**
 * Spread of the ink about the smooth line that fits it best, over the drawing's length: root mean square, both unitless,
 * less the line's own width. It grows with every movement across the line, however large.
 *
 * Each connected piece is measured about a smooth line of its own, so that two lines are no waver and printed rules beside
 * the line are none either: turned into the direction in which it lies, the polynomial of fifth degree of least squares.
 *
 * @returns 0 where there is no ink.
 */
export function measureLineWaver(ink: InkMap): number {
  const measures = measureInk(ink);
  if (measures === null) return 0;
  const { bounds, strokeWidthPx } = measures;
  const length = Math.hypot(bounds.right - bounds.left, bounds.bottom - bounds.top);
  let spread = 0;
  let weight = 0;
  for (const piece of inkPieces(ink)) {
    const { along, across } = turnIntoDirection(piece);
    const polynomial = fitPolynomial(along, across);
    piece.forEach((point, i) => {
      spread += point.ink * (across[i]! - valueOf(polynomial, along[i]!)) ** 2;
      weight += point.ink;
    });
  }
  if (weight === 0) return 0;
  // A band of this width has this variance by itself.
  const own = strokeWidthPx ** 2 / 12;
  return Math.sqrt(Math.max(0, spread / weight - own)) / length;
}

interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly ink: number;
}

/** Inked pixels, piece by piece; specks are left out. */
function inkPieces(ink: InkMap): InkPoint[][] {
  const { width, height, data } = ink;
  const mask = { width, height, data: Uint8Array.from(data, (value) => (value >= LINE_INK ? 1 : 0)) };
  const { labels, list } = findPieces(mask);
  const all = list.reduce((sum, { area }) => sum + area, 0);
  return list
    .filter(({ area }) => area >= LEAST_SHARE * all)
    .map(({ label, left, top, right, bottom }) => {
      const points: InkPoint[] = [];
      for (let y = top; y < bottom; y++) {
        for (let x = left; x < right; x++) {
          if (labels[y * width + x] === label) points.push({ x, y, ink: data[y * width + x]! });
        }
      }
      return points;
    });
}

/** Coordinates along the main axis, −1..1 over the length, and across it in pixels. */
function turnIntoDirection(points: readonly InkPoint[]) {
  let weight = 0;
  let meanX = 0;
  let meanY = 0;
  for (const { x, y, ink } of points) {
    weight += ink;
    meanX += ink * x;
    meanY += ink * y;
  }
  meanX /= weight;
  meanY /= weight;
  let [xx, xy, yy] = [0, 0, 0];
  for (const { x, y, ink } of points) {
    xx += ink * (x - meanX) ** 2;
    xy += ink * (x - meanX) * (y - meanY);
    yy += ink * (y - meanY) ** 2;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = points.map(({ x, y }) => (x - meanX) * cos + (y - meanY) * sin);
  const across = points.map(({ x, y }) => (y - meanY) * cos - (x - meanX) * sin);
  const low = along.reduce((least, value) => Math.min(least, value), Infinity);
  const high = along.reduce((most, value) => Math.max(most, value), -Infinity);
  const length = high - low;
  return { along: along.map((value) => (2 * (value - low)) / (length || 1) - 1), across };
}

/** Coefficients of the polynomial of least squares, by its normal equations. */
function fitPolynomial(u: readonly number[], v: readonly number[]): number[] {
  const size = DEGREE + 1;
  const rows = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  u.forEach((value, i) => {
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) rows[a]![b]! += value ** (a + b);
      rows[a]![size]! += value ** a * v[i]!;
    }
  });
  for (let a = 0; a < size; a++) {
    const pivot = rows[a]![a]! || 1;
    for (let b = a + 1; b < size; b++) {
      const factor = rows[b]![a]! / pivot;
      for (let c = a; c <= size; c++) rows[b]![c]! -= factor * rows[a]![c]!;
    }
  }
  const result = new Array<number>(size).fill(0);
  for (let a = size - 1; a >= 0; a--) {
    let rest = rows[a]![size]!;
    for (let b = a + 1; b < size; b++) rest -= rows[a]![b]! * result[b]!;
    result[a] = rest / (rows[a]![a]! || 1);
  }
  return result;
}

function valueOf(coefficients: readonly number[], u: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * u + coefficient, 0);
}
