/** Axes, grid and the paper's figure of the plot of accuracy against sparsity. */
import { PAPER } from '../requirements.ts';
import { isPaperMethod } from '../results.ts';
import type { Cell } from '../summarise.ts';
import { targetText } from '../wording.ts';
import { apart, errorScale, spread } from './error-scale.ts';
import { markerAt } from './series-look.ts';
import { element, MARGIN, polyline, textAt, textWidth, WIDTH } from './svg.ts';

export const LEFT = 74;
export const RIGHT = 586;
export const TOP = 24;
export const BOTTOM = 384;
/** Zeros that are shown where no method asks for any. */
const PLAIN_RANGE = [0.8, 0.99] as const;
/** Least weights left that the axis can hold. */
const LEAST_LEFT = 1e-4;
/** Between labels, px. */
const ROW_DISTANCE = 20;
const COLUMN_DISTANCE = 34;

/** Places on both log axes: decades of weights left to the right, decades of errors left upwards. */
export interface Axes {
  readonly x: (zeros: number) => number;
  readonly y: (accuracy: number) => number;
  /** Accuracies, ascending. */
  readonly ticks: readonly number[];
}

/**
 * Axes that hold every mean and seed but those of the paper's own form: so far off as it may lie, it would press the others together.
 * @param test Number of test patches.
 */
export function axesOf(cells: readonly Cell[], test: number): Axes {
  const others = cells.filter(({ method }) => !isPaperMethod(method));
  const shown = others.length === 0 ? cells : others;
  const zeros = shown.flatMap((cell) => (cell.method === 'dense' ? [] : [cell.zeros.mean]));
  const decades = (share: number) => -Math.log10(Math.max(LEAST_LEFT, 1 - share));
  const [first, last] = spread((zeros.length === 0 ? PLAIN_RANGE : zeros).map(decades), 0.06, 0.3);
  const accuracies = shown.flatMap(({ accuracy }) => [accuracy.least, accuracy.most]);
  return {
    x: (share) => LEFT + ((decades(share) - first) / (last - first)) * (RIGHT - LEFT),
    ...errorScale(accuracies, test, { top: TOP, bottom: BOTTOM }, ROW_DISTANCE),
  };
}

/** The nearest place inside the frame, and whether that is another one. */
export function clampToFrame(x: number, y: number): { x: number; y: number; outside: boolean } {
  const [inX, inY] = [Math.min(RIGHT, Math.max(LEFT, x)), Math.min(BOTTOM, Math.max(TOP, y))];
  return { x: inX, y: inY, outside: inX !== x || inY !== y };
}

/** The corner of the plot that the paper reports, as much as is inside; below the grid. */
export function paperGround({ x, y }: Axes): string {
  const corner = clampToFrame(x(PAPER.zeros), y(PAPER.accuracy));
  const [width, height] = [RIGHT - corner.x, corner.y - TOP];
  if (width === 0 || height === 0) return '';
  return element('rect', { class: 'band', x: corner.x, y: TOP, width, height, fill: 'currentColor' });
}

/** Its edges and what it is, or a mark at the edge of the plot beyond which it lies; above the grid. */
export function paperEdge({ x, y }: Axes): string {
  const { x: left, y: bottom } = clampToFrame(x(PAPER.zeros), y(PAPER.accuracy));
  const beyond = [...(bottom === TOP ? ['above'] : []), ...(left === RIGHT ? ['to the right'] : [])];
  const what = `The paper: over ${targetText(PAPER.accuracy)} at over ${targetText(PAPER.zeros)} zeros (l0)`;
  const text = beyond.length === 0 ? what : `${what}, lies ${beyond.join(' and ')}`;
  const from = beyond.length === 0 ? left : left + 10;
  const fits = from + textWidth(text) < WIDTH - MARGIN;
  const label = textAt(fits ? from : RIGHT - (left === RIGHT ? 10 : 0), TOP - 13, text, {
    anchor: fits ? 'start' : 'end',
  });
  if (beyond.length > 0) {
    return element('g', { class: 'text-2' }, markerAt(left, TOP - 9, 'up')) + label;
  }
  const edge = polyline(
    [
      [left, TOP - 8],
      [left, bottom],
      [RIGHT, bottom],
    ],
    { class: 'text-2', 'stroke-dasharray': '4 3' },
  );
  return edge + label;
}

/** Frame, grid lines and labels. */
export function grid(cells: readonly Cell[], { x, y, ticks }: Axes): string {
  const targets = [...new Set(cells.flatMap(({ target }) => (target > 0 ? [target] : [])))].sort(
    (a, b) => a - b,
  );
  const usual = targets.length === 0 ? [0.8, PAPER.zeros, 0.9, 0.95, 0.99, 0.999, 0.9999] : targets;
  const inside = usual.filter((tick) => x(tick) >= LEFT && x(tick) <= RIGHT);
  const columns = apart(inside, x, COLUMN_DISTANCE);
  return [
    ...columns.map((tick, i) => [
      line(x(tick), TOP, x(tick), BOTTOM),
      textAt(x(tick), BOTTOM + 20, i === columns.length - 1 ? targetText(tick) : inShort(tick), {
        anchor: 'middle',
      }),
    ]),
    ...ticks.map((tick, i) => [
      line(LEFT, y(tick), RIGHT, y(tick)),
      textAt(LEFT - 8, y(tick) + 4, i === ticks.length - 1 ? targetText(tick) : inShort(tick), {
        anchor: 'end',
      }),
    ]),
    element('rect', {
      class: 'quiet',
      x: LEFT,
      y: TOP,
      width: RIGHT - LEFT,
      height: BOTTOM - TOP,
      fill: 'none',
      stroke: 'currentColor',
    }),
    textAt((LEFT + RIGHT) / 2, BOTTOM + 44, 'zeros among the FC weights of u, %', { anchor: 'middle' }),
    textAt(MARGIN - 2, (TOP + BOTTOM) / 2, 'accuracy of u on test, %', { anchor: 'middle', turn: -90 }),
  ]
    .flat()
    .join('');
}

function inShort(share: number): string {
  return targetText(share).replace(' %', '');
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return element('line', { class: 'grid', x1, y1, x2, y2, stroke: 'currentColor' });
}
