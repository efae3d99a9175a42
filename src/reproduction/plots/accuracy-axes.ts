/** Axes, grid and the paper's figure of the plot of accuracy against sparsity. */
import { PAPER } from '../requirements.ts';
import type { Cell } from '../summarise.ts';
import { targetText } from '../wording.ts';
import { element, MARGIN, polyline, textAt, textWidth, WIDTH } from './svg.ts';

export const LEFT = 74;
export const RIGHT = 586;
export const TOP = 24;
export const BOTTOM = 384;
/** Zeros that are shown where no method asks for any. */
const PLAIN_RANGE = [0.8, 0.99] as const;
const ACCURACY_TICKS = [0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 0.9998, 0.9999];
/** Least weights left that the axis can hold. */
const LEAST_LEFT = 1e-4;
/** Between labels, px. */
const ROW_DISTANCE = 20;
const COLUMN_DISTANCE = 34;

/** Places on both log axes: decades of weights left to the right, decades of errors left upwards. */
export interface Axes {
  readonly x: (zeros: number) => number;
  readonly y: (accuracy: number) => number;
  /** The highest accuracy of any seed. */
  readonly most: number;
}

/** Axes that hold every mean and seed, and the paper's figure. @param test Number of test patches. */
export function axesOf(cells: readonly Cell[], test: number): Axes {
  const zeros = cells.flatMap((cell) => (cell.method === 'dense' ? [] : [cell.zeros.mean]));
  const decades = (share: number) => -Math.log10(Math.max(LEAST_LEFT, 1 - share));
  const [first, last] = spread(
    [...(zeros.length === 0 ? PLAIN_RANGE : zeros), PAPER.zeros].map(decades),
    0.06,
  );
  // Half a patch: nearer to 100 % the test set cannot see.
  const errorDecades = (accuracy: number) => -Math.log10(Math.max(0.5 / test, 1 - accuracy));
  const accuracies = cells.flatMap(({ accuracy }) => [accuracy.least, accuracy.most]);
  const least = Math.min(PAPER.accuracy, ...accuracies);
  const most = Math.max(0.995, ...accuracies);
  const [low, high] = spread([least, most].map(errorDecades), 0.05);
  return {
    x: (share) => LEFT + ((decades(share) - first) / (last - first)) * (RIGHT - LEFT),
    y: (accuracy) => BOTTOM - ((errorDecades(accuracy) - low) / (high - low)) * (BOTTOM - TOP),
    most,
  };
}

function spread(values: readonly number[], pad: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = pad * Math.max(0.3, high - low);
  return [low - room, high + room];
}

/** The corner of the plot that the paper reports; below the grid. */
export function paperGround({ x, y }: Axes): string {
  const [left, bottom] = [x(PAPER.zeros), y(PAPER.accuracy)];
  const box = { x: left, y: TOP, width: RIGHT - left, height: bottom - TOP };
  return element('rect', { class: 'band', ...box, fill: 'currentColor' });
}

/** Its edges and what it is; above the grid. */
export function paperEdge({ x, y }: Axes): string {
  const [left, bottom] = [x(PAPER.zeros), y(PAPER.accuracy)];
  const text = `The paper: over ${targetText(PAPER.accuracy)} at over ${targetText(PAPER.zeros)} zeros (l0)`;
  const fits = left + textWidth(text) < WIDTH - MARGIN;
  const edge = polyline(
    [
      [left, TOP - 8],
      [left, bottom],
      [RIGHT, bottom],
    ],
    { class: 'text-2', 'stroke-dasharray': '4 3' },
  );
  return edge + textAt(fits ? left : RIGHT, TOP - 13, text, { anchor: fits ? 'start' : 'end' });
}

/** Frame, grid lines and labels. */
export function grid(cells: readonly Cell[], { x, y, most }: Axes): string {
  const targets = [...new Set(cells.flatMap(({ target }) => (target > 0 ? [target] : [])))].sort(
    (a, b) => a - b,
  );
  const columns = apart(
    targets.length === 0 ? [0.8, PAPER.zeros, 0.9, 0.95, 0.99] : targets,
    x,
    COLUMN_DISTANCE,
  );
  const whole = most === 1 ? [1] : [];
  const highest = most === 1 ? y(1) + ROW_DISTANCE : TOP + 8;
  const inside = ACCURACY_TICKS.filter((tick) => y(tick) >= highest && y(tick) <= BOTTOM);
  const all = [...apart(inside, (tick) => -y(tick), ROW_DISTANCE), ...whole];
  return [
    ...columns.map((tick, i) => [
      line(x(tick), TOP, x(tick), BOTTOM),
      textAt(x(tick), BOTTOM + 20, i === columns.length - 1 ? targetText(tick) : inShort(tick), {
        anchor: 'middle',
      }),
    ]),
    ...all.map((tick, i) => [
      line(LEFT, y(tick), RIGHT, y(tick)),
      textAt(LEFT - 8, y(tick) + 4, i === all.length - 1 ? targetText(tick) : inShort(tick), {
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

/** Those that keep `distance` px from the one before; the last always stays. */
function apart(ticks: readonly number[], at: (tick: number) => number, distance: number): number[] {
  return ticks.reduceRight<number[]>(
    (kept, tick) => (kept.length === 0 || at(kept[0]!) - at(tick) >= distance ? [tick, ...kept] : kept),
    [],
  );
}

function inShort(share: number): string {
  return targetText(share).replace(' %', '');
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return element('line', { class: 'grid', x1, y1, x2, y2, stroke: 'currentColor' });
}
