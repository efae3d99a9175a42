import type { DatasetResult, NetworkPicture } from '../results.ts';
import { countText, DATASET_TITLES, manyText, methodTitle, targetText } from '../wording.ts';
import type { Colour } from './colours.ts';
import { findRun } from './pictured-run.ts';
import { coordinate, element, MARGIN, svgFile, textAt, WIDTH } from './svg.ts';

const COLUMNS = 8;
const GAP = 6;
const TILE = (WIDTH - 2 * MARGIN - (COLUMNS - 1) * GAP) / COLUMNS;
const KEY_ROOM = 44;
/** Opacity of weights up to a quarter, a half, three quarters and the whole of the key's end. */
const OPACITIES = [0.35, 0.55, 0.8, 1];
/** The key ends at this quantile of |weight|: single large ones would leave all others pale. */
const KEY_QUANTILE = 0.98;

/** The FC weights that survive, one tile a channel, one square a cell: where u looks and which way that counts. */
export function mapPlot(dataset: DatasetResult, picture: NetworkPicture): string {
  const { spec, mapChannels, mapSide, fcDifference } = picture;
  if (fcDifference.length !== mapSide * mapSide * mapChannels) {
    throw new RangeError(
      `a map of ${mapSide} × ${mapSide} × ${mapChannels} has ${fcDifference.length} weights`,
    );
  }
  // Of the picture that reaches furthest: maps of one data set can be laid beside each other.
  const end = Math.max(...[picture, ...dataset.pictures].map((shown) => keyEnd(shown.fcDifference)));
  const asked = spec.target > 0 ? `, ${targetText(spec.target)} zeros` : '';
  const rows = Math.ceil(mapChannels / COLUMNS);
  return svgFile({
    title: `${DATASET_TITLES[dataset.name]}: FC weights of u, ${methodTitle(spec)}${asked}`,
    note: `${leftText(dataset, picture)} One tile for each of ${manyText(mapChannels, 'channel')}, ${mapSide} × ${mapSide} places of the picture; what is zero is background. All maps of the data set have one scale of colours.`,
    height: KEY_ROOM + rows * (TILE + GAP) - GAP,
    body: [
      key(end),
      element(
        'g',
        { 'shape-rendering': 'crispEdges' },
        ...Array.from({ length: mapChannels }, (_, channel) => tile(picture, channel, end)),
      ),
    ].join(''),
  });
}

function leftText(dataset: DatasetResult, { spec, fcDifference }: NetworkPicture): string {
  const places = fcDifference.length;
  const left = fcDifference.reduce((count, weight) => (weight === 0 ? count : count + 1), 0);
  const zeros = findRun(dataset, spec)?.zeros;
  const of = `${countText(left)} of ${countText(places)} places`;
  if (zeros === undefined) return `Weights are left at ${of}.`;
  return `${countText((1 - zeros) * 2 * places)} of ${countText(2 * places)} weights are left, at ${of}.`;
}

/** 0 for a network without weights. */
function keyEnd(weights: readonly number[]): number {
  const sizes = weights.flatMap((weight) => (weight === 0 ? [] : [Math.abs(weight)])).sort((a, b) => a - b);
  return sizes[Math.min(sizes.length - 1, Math.floor(KEY_QUANTILE * sizes.length))] ?? 0;
}

/** 0 for a zero; else ±1 … ±4, the sign that of the weight. */
function levelOf(weight: number, end: number): number {
  if (weight === 0) return 0;
  const level = Math.min(
    OPACITIES.length,
    Math.max(1, Math.ceil((Math.abs(weight) / end) * OPACITIES.length)),
  );
  return Math.sign(weight) * level;
}

function tile({ fcDifference, mapSide, mapChannels }: NetworkPicture, channel: number, end: number): string {
  const [left, top] = [
    MARGIN + (channel % COLUMNS) * (TILE + GAP),
    KEY_ROOM + Math.floor(channel / COLUMNS) * (TILE + GAP),
  ];
  const cell = TILE / mapSide;
  const paths = new Map<number, string>();
  for (let row = 0; row < mapSide; row++) {
    for (let column = 0; column < mapSide;) {
      const level = levelOf(fcDifference[(row * mapSide + column) * mapChannels + channel]!, end);
      const from = column;
      do column++;
      while (
        column < mapSide &&
        levelOf(fcDifference[(row * mapSide + column) * mapChannels + channel]!, end) === level
      );
      if (level === 0) continue;
      const wide = coordinate((column - from) * cell);
      const square = `M${coordinate(left + from * cell)} ${coordinate(top + row * cell)}h${wide}v${coordinate(cell)}h-${wide}z`;
      paths.set(level, (paths.get(level) ?? '') + square);
    }
  }
  const ground = element('rect', {
    class: 'sunken',
    x: left,
    y: top,
    width: TILE,
    height: TILE,
    fill: 'currentColor',
  });
  return ground + [...paths].map(([level, d]) => element('path', { ...look(level), d })).join('');
}

function look(level: number): { class: Colour; fill: string; 'fill-opacity'?: number } {
  if (level === 0) return { class: 'sunken', fill: 'currentColor' };
  return {
    class: level > 0 ? 'tremor' : 'regular',
    fill: 'currentColor',
    'fill-opacity': OPACITIES[Math.abs(level) - 1]!,
  };
}

function key(end: number): string {
  const levels = [-4, -3, -2, -1, 0, 1, 2, 3, 4];
  const size = 18;
  const from = (WIDTH - levels.length * size) / 2;
  const to = from + levels.length * size;
  const [below, above] =
    end === 0 ? ['', ''] : [`, −${end.toPrecision(2)} and below`, `${end.toPrecision(2)} and above, `];
  return [
    textAt(from - 10, 15, `towards regular${below}`, { anchor: 'end' }),
    ...levels.map((level, i) =>
      element('rect', { ...look(level), x: from + i * size, y: 2, width: size, height: size }),
    ),
    textAt(to + 10, 15, `${above}towards tremor-like`),
  ].join('');
}
