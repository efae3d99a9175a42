import type { DatasetResult, EpochPoint, RunResult } from '../results.ts';
import { nearestCell, type DatasetSummary } from '../summarise.ts';
import { DATASET_TITLES, inPercent, methodTitle, targetText } from '../wording.ts';
import { errorScale, type ErrorScale } from './error-scale.ts';
import { markerAt } from './series-look.ts';
import { element, MARGIN, polyline, svgFile, textAt, WIDTH } from './svg.ts';

const LEFT = 70;
const GAP = 18;
const KEY = 8;
const TOP = 66;
const ACCURACY = { top: TOP, bottom: TOP + 210 };
const ZEROS = { top: TOP + 238, bottom: TOP + 328 };
/** Between labels, px. */
const ROW_DISTANCE = 20;
/** Targets of RVSM are shown near this share where the paper's own form was not run. */
const USUAL_ZEROS = 0.9;

/** u beside w over the epochs, and below it the zeros of u: the paper's own form, l0, Tl1 and l1; null without epochs. */
export function epochsPlot(dataset: DatasetResult, summary: DatasetSummary): string | null {
  const runs = chosenRuns(summary);
  if (runs.length === 0) return null;
  const wide = (WIDTH - LEFT - MARGIN - (runs.length - 1) * GAP) / runs.length;
  const values = runs.flatMap(({ epochs }) => epochs.flatMap((e) => [e.accuracyU, e.accuracyW]));
  const accuracy = errorScale(values, dataset.validation, ACCURACY, ROW_DISTANCE);
  return svgFile({
    title: `${DATASET_TITLES[dataset.name]}: u beside w`,
    note: 'On validation patches after each epoch; one run each, its first seed. Accuracy is on an axis logarithmic in the errors that are left. Only u, the sparse network, is saved and used.',
    height: ZEROS.bottom + 46,
    body: [
      key(),
      rowOf('accuracy, %', ACCURACY, accuracy.ticks, accuracy.y),
      rowOf('zeros of u, %', ZEROS, [0, 0.5, 1], zerosY),
      ...runs.map((run, i) => panel(run, LEFT + i * (wide + GAP), wide, accuracy)),
    ].join(''),
  });
}

/** First seed of the paper's form, and of RVSM at the target nearest to its zeros, a by validation; else the dense network. */
function chosenRuns({ cells }: DatasetSummary): RunResult[] {
  const shown = cells.filter(({ runs: [run] }) => run !== undefined && run.epochs.length > 0);
  const paper = shown.find(({ method }) => method === 'paper-l0');
  const zeros = paper?.zeros.mean ?? USUAL_ZEROS;
  const rvsm = (['l0', 'tl1', 'l1'] as const).flatMap((method) => nearestCell(shown, method, zeros) ?? []);
  const chosen = [...(paper === undefined ? [] : [paper]), ...rvsm];
  return (chosen.length > 0 ? chosen : shown.slice(0, 1)).map((cell) => cell.runs[0]!);
}

function key(): string {
  return [
    keyEntry(LEFT, 'u', 'u, saved'),
    keyEntry(LEFT + 130, 'w', 'w, trained'),
    polyline(
      [
        [LEFT + 270, KEY - 8],
        [LEFT + 270, KEY + 8],
      ],
      { class: 'quiet', 'stroke-dasharray': '3 3' },
    ),
    textAt(LEFT + 280, KEY + 4, 'fine-tuning begins', { colour: 'text' }),
  ].join('');
}

function keyEntry(x: number, which: 'u' | 'w', text: string): string {
  const line = element(
    'g',
    { class: LOOK[which].class },
    seriesOf(
      [
        [x, KEY],
        [x + 30, KEY],
      ],
      which,
      [[x + 15, KEY]],
    ),
  );
  return line + textAt(x + 38, KEY + 4, text, { colour: 'text' });
}

const LOOK = {
  u: { class: 'accent', marker: 'circle', width: 2.25, dash: undefined },
  w: { class: 'text-2', marker: 'square', width: 1.5, dash: '5 3' },
} as const;

type Points = readonly (readonly [number, number])[];

function seriesOf(points: Points, which: 'u' | 'w', marks: Points = points): string {
  const { marker, width, dash } = LOOK[which];
  return (
    polyline(points, { 'stroke-width': width, 'stroke-dasharray': dash }) +
    marks.map(([x, y]) => markerAt(x, y, marker, 5.5)).join('')
  );
}

interface Band {
  readonly top: number;
  readonly bottom: number;
}

function zerosY(share: number): number {
  return ZEROS.bottom - share * (ZEROS.bottom - ZEROS.top);
}

/** Labels and grid lines, all the way across. */
function rowOf(label: string, band: Band, ticks: readonly number[], y: (share: number) => number): string {
  return [
    textAt(MARGIN - 2, (band.top + band.bottom) / 2, label, { anchor: 'middle', turn: -90 }),
    ...ticks.map((tick, i) =>
      textAt(
        LEFT - 8,
        y(tick) + 4,
        i === ticks.length - 1 ? targetText(tick) : targetText(tick).replace(' %', ''),
        {
          anchor: 'end',
        },
      ),
    ),
    ...ticks.map((tick) =>
      element('line', {
        class: 'grid',
        x1: LEFT,
        x2: WIDTH - MARGIN,
        y1: y(tick),
        y2: y(tick),
        stroke: 'currentColor',
      }),
    ),
  ].join('');
}

function panel(run: RunResult, left: number, wide: number, accuracy: ErrorScale): string {
  const { epochs } = run;
  const first = epochs[0]!.epoch;
  const last = epochs.at(-1)!.epoch;
  const x = (epoch: number) =>
    left + 8 + (last === first ? 0.5 : (epoch - first) / (last - first)) * (wide - 16);
  const points = (y: (e: EpochPoint) => number): Points => epochs.map((e) => [x(e.epoch), y(e)]);
  const fine = epochs.find(({ phase }) => phase === 'fine-tune');
  const cut = fine === undefined || fine.epoch === first ? null : x(fine.epoch - 0.5);
  const middle = last - first > 3 ? [Math.round((first + last) / 2)] : [];
  const asked =
    run.target > 0 ? `${targetText(run.target)} zeros asked for` : `${inPercent(run.zeros, 1)} % zeros`;
  return [
    textAt(left, TOP - 28, methodTitle(run), { size: 12, weight: 600, colour: 'text' }),
    textAt(left, TOP - 11, asked),
    ...[ACCURACY, ZEROS].map(({ top, bottom }) =>
      element('rect', {
        class: 'quiet',
        x: left,
        y: top,
        width: wide,
        height: bottom - top,
        fill: 'none',
        stroke: 'currentColor',
      }),
    ),
    ...(cut === null ? [] : [ACCURACY, ZEROS]).map(({ top, bottom }) =>
      polyline(
        [
          [cut!, top],
          [cut!, bottom],
        ],
        { class: 'quiet', 'stroke-dasharray': '3 3' },
      ),
    ),
    element(
      'g',
      { class: 'text-2' },
      seriesOf(
        points((e) => accuracy.y(e.accuracyW)),
        'w',
      ),
    ),
    element(
      'g',
      { class: 'accent' },
      seriesOf(
        points((e) => accuracy.y(e.accuracyU)),
        'u',
      ),
    ),
    element(
      'g',
      { class: 'accent' },
      seriesOf(
        points((e) => zerosY(e.zeros)),
        'u',
      ),
    ),
    ...[...new Set([first, ...middle, last])].map((epoch) =>
      textAt(x(epoch), ZEROS.bottom + 18, String(epoch), { anchor: 'middle' }),
    ),
    textAt(left + wide / 2, ZEROS.bottom + 38, 'epoch', { anchor: 'middle' }),
  ].join('');
}
