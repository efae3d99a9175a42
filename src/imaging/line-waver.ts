/** How far a drawing that was meant to be a line strays from a smooth one: the network cannot tell a row of coils from a wave. */
import type { InkMap } from './images.ts';
import { inkBounds, LINE_INK } from './ink-layout.ts';

/** Columns along the line that the smooth one is fitted to. */
const COLUMNS = 240;
/** Powers of the smooth line: a bow and a slow turn are no waver. */
const DEGREE = 5;

/**
 * Spread of the ink about the smooth line that fits it best, over the line's length: root mean square, both unitless. A
 * line's own width counts too, and is below 0.01. It grows with every movement across the line, however large.
 *
 * The ink is turned into the direction in which it lies; the smooth line is the polynomial of fifth degree of least squares; what lies far
 * off it is left out.
 *
 * @returns 0 where there is no ink.
 */
export function measureLineWaver(ink: InkMap): number {
  const points = inkPoints(ink);
  if (points.length === 0) return 0;
  const { along, across, length } = turnIntoDirection(points);
  if (length === 0) return 0;
  const first = residuals(along, across, fitPolynomial(along, across));
  const typical = median(first.map(Math.abs));
  const isLine = first.map((value) => Math.abs(value) <= STRAY * typical + 1);
  const [u, v, weight] = [along, across, points.map((point) => point.ink)].map((values) =>
    values.filter((_, i) => isLine[i]),
  ) as [number[], number[], number[]];
  const rest = residuals(u, v, fitPolynomial(u, v));
  const spread = rest.reduce((sum, value, i) => sum + weight[i]! * value ** 2, 0);
  return Math.sqrt(spread / weight.reduce((sum, value) => sum + value, 0)) / length;
}

/** Ink this many times farther out than half of the ink is not of the line: printed rules, specks. A coil has none so far out. */
const STRAY = 4;

function residuals(u: readonly number[], v: readonly number[], polynomial: readonly number[]): number[] {
  return v.map((value, i) => value - valueOf(polynomial, u[i]!));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

interface InkPoint {
  readonly x: number;
  readonly y: number;
  readonly ink: number;
}

/** Inked pixels within the bounds; thinned out on large maps. */
function inkPoints(ink: InkMap): InkPoint[] {
  const bounds = inkBounds(ink);
  if (bounds === null) return [];
  const step = Math.max(1, Math.floor((bounds.right - bounds.left) / COLUMNS / 2));
  const points: InkPoint[] = [];
  for (let y = bounds.top; y < bounds.bottom; y += step) {
    for (let x = bounds.left; x < bounds.right; x += step) {
      const value = ink.data[y * ink.width + x]!;
      if (value >= LINE_INK) points.push({ x, y, ink: value });
    }
  }
  return points;
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
  return { along: along.map((value) => (2 * (value - low)) / (length || 1) - 1), across, length };
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
