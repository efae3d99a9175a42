import { countText, DATASET_TITLES, inPercent, manyText, methodTitle } from '../wording.ts';
import type { DatasetResult } from '../results.ts';
import type { Cell, DatasetSummary } from '../summarise.ts';
import { markerAt, seriesLook, type SeriesLook } from './series-look.ts';
import {
  axesOf,
  BOTTOM,
  clampToFrame,
  grid,
  LEFT,
  paperEdge,
  paperGround,
  RIGHT,
  TOP,
  type Axes,
} from './accuracy-axes.ts';
import { coordinate, element, polyline, svgFile, textAt, textWidth, WIDTH } from './svg.ts';

const LEGEND = RIGHT + 22;
interface Series {
  readonly title: string;
  readonly look: SeriesLook;
  readonly cells: readonly Cell[];
}

/**
 * Accuracy of u against the share of zeros, one line a method and a, with a band from the worst seed to the best. Both axes are
 * logarithmic in what is left, weights and errors, so that 86 to 99 % and 99 to 99.9 % can be read.
 */
export function accuracyPlot(dataset: DatasetResult, { cells }: DatasetSummary): string {
  const shapes = [...new Set(cells.flatMap(({ method, a }) => (method === 'tl1' ? [a] : [])))];
  const series = [...new Set(cells.map(methodTitle))].map((title): Series => {
    const own = cells.filter((cell) => methodTitle(cell) === title);
    return { title, look: seriesLook(own[0]!.method, own[0]!.a, shapes), cells: own };
  });
  const axes = axesOf(cells, dataset.test);
  const seeds = Math.max(0, ...cells.map(({ accuracy }) => accuracy.n));
  const over =
    seeds > 1
      ? `Means of ${manyText(seeds, 'seed')}; bands reach from the worst seed to the best, for the dense network two dotted lines. `
      : 'One seed, so without bands. ';
  // l0 last, above the others.
  const drawn = series.toSorted((one, other) => rank(one) - rank(other));
  return svgFile({
    title: `${DATASET_TITLES[dataset.name]}: accuracy against sparsity`,
    note: `${over}Accuracy of the sparse network u on ${countText(dataset.test)} test patches. Both axes are logarithmic in what is left: weights to the right, errors upwards.`,
    height: BOTTOM + 52,
    body: [
      paperGround(axes),
      grid(cells, axes),
      paperEdge(axes),
      ...drawn.map((one) => bandOf(one, axes)),
      ...drawn.map((one) => lineOf(one, axes)),
      ...series.map((one, i) => legendEntry(one, TOP + 8 + 26 * i)),
    ].join(''),
  });
}

function rank({ cells: [cell] }: Series): number {
  return cell?.method === 'l0' ? 1 : 0;
}

function pointsOf({ cells }: Series, { x }: Axes, at: (cell: Cell) => number): [number, number][] {
  if (cells[0]?.method === 'dense') return [LEFT, RIGHT].map((px) => [px, at(cells[0]!)]);
  // The paper's own form may lie outside.
  return cells.map((cell) => {
    const place = clampToFrame(x(cell.zeros.mean), at(cell));
    return [place.x, place.y];
  });
}

function bandOf(series: Series, axes: Axes): string {
  const low = pointsOf(series, axes, ({ accuracy }) => axes.y(accuracy.least));
  const high = pointsOf(series, axes, ({ accuracy }) => axes.y(accuracy.most));
  if (low.every(([, y], i) => y === high[i]![1])) return '';
  const { colour } = series.look;
  if (series.cells[0]?.method === 'dense') {
    // No area: that is for what the paper reports, and would lie below all others.
    const dotted = { class: colour, 'stroke-width': 1, 'stroke-dasharray': '1 4' };
    return polyline(low, dotted) + polyline(high, dotted);
  }
  if (low.length === 1) {
    return polyline([low[0]!, high[0]!], { class: colour, 'stroke-width': 6, 'stroke-opacity': 0.25 });
  }
  const d = [...low, ...high.reverse()]
    .map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${coordinate(x)} ${coordinate(y)}`)
    .join('');
  return element('path', { class: colour, d: `${d}Z`, fill: 'currentColor', 'fill-opacity': 0.12 });
}

function lineOf(series: Series, axes: Axes): string {
  const points = pointsOf(series, axes, ({ accuracy }) => axes.y(accuracy.mean));
  const { colour, marker, dash, width } = series.look;
  const marks = series.cells[0]?.method === 'dense' ? [] : points;
  return element(
    'g',
    { class: colour },
    element('title', {}, series.cells.map(({ accuracy }) => inPercent(accuracy.mean)).join(', ')),
    polyline(points, { 'stroke-width': width, 'stroke-dasharray': dash === '' ? undefined : dash }),
    ...marks.map(([x, y]) => markerAt(x, y, marker)),
    ...series.cells.map((cell) => outsideLabel(cell, axes)),
  );
}

/** What a mark at the edge of the plot stands for. */
function outsideLabel({ method, zeros, accuracy }: Cell, axes: Axes): string {
  const { x, y, outside } = clampToFrame(axes.x(zeros.mean), axes.y(accuracy.mean));
  if (method === 'dense' || !outside) return '';
  const text = `outside: ${inPercent(accuracy.mean, 1)} % at ${inPercent(zeros.mean, 1)} % zeros`;
  // Lines fall to the right: there is more room to the left.
  const toLeft = x - 10 - textWidth(text) > LEFT;
  const down = y > BOTTOM - 8 ? -8 : y < TOP + 12 ? 16 : 4;
  return textAt(toLeft ? x - 10 : x + 10, y + down, text, {
    anchor: toLeft ? 'end' : 'start',
    colour: 'text',
  });
}

function legendEntry({ title, look, cells }: Series, y: number): string {
  const { colour, marker, dash, width } = look;
  const [from, to] = [LEGEND, LEGEND + 36];
  const single = cells.length === 1 && cells[0]!.method !== 'dense';
  const marked = cells[0]?.method !== 'dense';
  const size = textWidth(title) > WIDTH - to - 10 - 8 ? 11 : 12;
  return element(
    'g',
    { class: colour },
    single
      ? ''
      : polyline(
          [
            [from, y],
            [to, y],
          ],
          { 'stroke-width': width, 'stroke-dasharray': dash === '' ? undefined : dash },
        ),
    marked ? markerAt((from + to) / 2, y, marker) : '',
    textAt(to + 10, y + 4, title, { colour: 'text', size }),
  );
}
