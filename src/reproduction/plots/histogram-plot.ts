import type { DatasetResult, NetworkPicture } from '../results.ts';
import { countText, DATASET_TITLES, inPercent, methodTitle, targetText } from '../wording.ts';
import { findRun } from './pictured-run.ts';
import { element, MARGIN, polyline, svgFile, textAt, WIDTH } from './svg.ts';

const COLUMNS = 2;
const GAP = 32;
const PANEL = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
/** Of a panel: its head, its bars, its axis. */
const HEAD = 46;
const BARS = 130;
const PITCH = HEAD + BARS + 58;
/** Left of the bars, for the counts. */
const COUNTS = 52;

/** How large the FC weights w are when RVSM ends, one panel a network; null where none was kept. */
export function histogramPlot(dataset: DatasetResult): string | null {
  const pictures = dataset.pictures.filter(({ histogram }) => weightsOf(histogram.counts) > 0);
  if (pictures.length === 0) return null;
  const rows = Math.ceil(pictures.length / COLUMNS);
  return svgFile({
    title: `${DATASET_TITLES[dataset.name]}: the FC weights w`,
    note: 'When RVSM, or training without it, ends; in 41 bins, counted on a log axis. Between the dashed lines weights are cut: they are exactly zero in u. A bin is grey where its middle lies between them.',
    height: rows * PITCH - 12,
    body: pictures
      .map((picture, i) => {
        const [x, y] = [MARGIN + (i % COLUMNS) * (PANEL + GAP), Math.floor(i / COLUMNS) * PITCH];
        return element('g', { transform: `translate(${x} ${y})` }, panel(dataset, picture));
      })
      .join(''),
  });
}

function weightsOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

function panel(dataset: DatasetResult, picture: NetworkPicture): string {
  const { spec, histogram, threshold } = picture;
  const { counts } = histogram;
  const limit = histogram.limit === 0 ? 1 : histogram.limit;
  const bottom = HEAD + BARS;
  const most = Math.log1p(Math.max(...counts));
  const tall = (count: number) => (Math.log1p(count) / most) * BARS;
  const x = (value: number) => COUNTS + ((value / limit + 1) / 2) * (PANEL - COUNTS);
  const wide = (PANEL - COUNTS) / counts.length;
  const middle = (i: number) => (2 * (i + 0.5) * limit) / counts.length - limit;
  const powers = [0, 10, 100, 1000, 10_000, 100_000].filter((count) => Math.log1p(count) <= most);
  // Within the middle bin both lines would lie on one another.
  const narrow = threshold > 0 && threshold < limit / counts.length;
  const cuts = threshold > 0 && threshold < limit && !narrow ? [-threshold, threshold] : [];
  const cut = cutShare(dataset, picture);
  const target = spec.target > 0 ? `, ${targetText(spec.target)} zeros asked for` : '';
  return [
    textAt(0, 14, `${methodTitle(spec)}${target}`, { size: 13, weight: 600, colour: 'text' }),
    textAt(0, 32, shareText(picture, cut)),
    ...powers.map((count) => {
      const y = bottom - tall(count);
      return (
        element('line', { class: 'grid', x1: COUNTS, x2: PANEL, y1: y, y2: y, stroke: 'currentColor' }) +
        textAt(COUNTS - 8, y + 4, countText(count), { anchor: 'end' })
      );
    }),
    ...counts.map((count, i) =>
      count === 0
        ? ''
        : element('rect', {
            class: cut > 0 && Math.abs(middle(i)) <= threshold ? 'quiet' : 'accent',
            x: COUNTS + i * wide + 0.5,
            y: bottom - tall(count),
            width: wide - 1,
            height: tall(count),
            fill: 'currentColor',
          }),
    ),
    element('line', {
      class: 'quiet',
      x1: COUNTS,
      x2: PANEL,
      y1: bottom,
      y2: bottom,
      stroke: 'currentColor',
    }),
    ...cuts.map((cut) =>
      polyline(
        [
          [x(cut), HEAD - 6],
          [x(cut), bottom],
        ],
        {
          class: 'text',
          'stroke-width': 1.25,
          'stroke-dasharray': '4 3',
        },
      ),
    ),
    narrow ? textAt(PANEL, HEAD + 8, 'cut in the middle bin', { anchor: 'end', colour: 'text' }) : '',
    ...[-limit, 0, limit].map((value) =>
      textAt(x(value), bottom + 18, value.toFixed(2).replace('-', '−'), {
        anchor: value < 0 ? 'start' : value > 0 ? 'end' : 'middle',
      }),
    ),
    textAt(x(0), bottom + 36, 'value of a weight of w', { anchor: 'middle' }),
    textAt(-6, bottom - BARS / 2, 'weights in a bin', { anchor: 'middle', turn: -90 }),
  ].join('');
}

/** The share that is cut: u's zeros where its run is known, or else the weights in the bins within the threshold. */
function cutShare(
  dataset: DatasetResult,
  { spec, histogram: { counts, limit }, threshold }: NetworkPicture,
): number {
  const within = counts.filter(
    (_, i) => Math.abs((2 * (i + 0.5) * limit) / counts.length - limit) <= threshold,
  );
  return findRun(dataset, spec)?.zeros ?? (threshold > 0 ? weightsOf(within) / weightsOf(counts) : 0);
}

function shareText({ histogram, threshold }: NetworkPicture, cut: number): string {
  const weights = countText(weightsOf(histogram.counts));
  if (cut === 0) return `none of ${weights} weights is cut`;
  const at = threshold > 0 ? `, threshold ${threshold.toPrecision(2)}` : '';
  return `${inPercent(cut, 1)} % of ${weights} weights are cut${at}`;
}
