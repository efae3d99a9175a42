/** How a method looks in a plot: colour, dash and marker, any one of which tells it from the others. */
import type { Method } from '../results.ts';
import { colourOf, type Colour } from './colours.ts';
import { coordinate, element } from './svg.ts';

export type Marker = 'circle' | 'square' | 'diamond' | 'up' | 'down' | 'cross' | 'star' | 'ring';

export interface SeriesLook {
  readonly colour: Colour;
  readonly marker: Marker;
  /** SVG dash array; empty for a whole line. */
  readonly dash: string;
  readonly width: number;
}

const LOOKS: Readonly<Record<Exclude<Method, 'tl1'>, Omit<SeriesLook, 'colour'>>> = {
  dense: { marker: 'ring', dash: '2 4', width: 1.5 },
  l0: { marker: 'circle', dash: '', width: 2.25 },
  l1: { marker: 'square', dash: '8 3', width: 1.75 },
  'paper-l0': { marker: 'star', dash: '', width: 1.75 },
  'paper-l0-momentum': { marker: 'up', dash: '', width: 1.75 },
  'paper-l0-growth': { marker: 'down', dash: '', width: 1.75 },
  'paper-l0-both': { marker: 'ring', dash: '', width: 1.75 },
  'one-shot': { marker: 'cross', dash: '2 3', width: 1.75 },
  gradual: { marker: 'diamond', dash: '7 3 2 3', width: 1.75 },
};
/** Of transformed l1 by the place of its a, smallest first. */
const TL1_LOOKS: readonly Pick<SeriesLook, 'marker' | 'dash'>[] = [
  { marker: 'up', dash: '' },
  { marker: 'down', dash: '5 3' },
  { marker: 'ring', dash: '1.5 2.5' },
];

/** @param shapes Every a of transformed l1 in the same plot, ascending. */
export function seriesLook(method: Method, a: number | null, shapes: readonly (number | null)[]): SeriesLook {
  const colour = colourOf(method);
  if (method !== 'tl1') return { colour, ...LOOKS[method] };
  const place = Math.max(0, shapes.indexOf(a)) % TL1_LOOKS.length;
  return { colour, width: 1.75, ...TL1_LOOKS[place]! };
}

/** A marker around (x, y), about `size` across. */
export function markerAt(x: number, y: number, marker: Marker, size = 8): string {
  const r = size / 2;
  const at = (...points: readonly (readonly [number, number])[]) =>
    points.map(([dx, dy], i) => `${i === 0 ? 'M' : 'L'}${coordinate(x + dx)} ${coordinate(y + dy)}`).join('');
  const solid = { fill: 'currentColor' };
  const hollow = { fill: 'none', stroke: 'currentColor', 'stroke-width': 1.75 };
  switch (marker) {
    case 'circle':
      return element('circle', { cx: x, cy: y, r, ...solid });
    case 'ring':
      return element('circle', { cx: x, cy: y, r: r - 0.5, ...hollow });
    case 'square':
      return element('rect', {
        x: x - 0.88 * r,
        y: y - 0.88 * r,
        width: 1.76 * r,
        height: 1.76 * r,
        ...solid,
      });
    case 'diamond':
      return element('path', {
        d: `${at([0, -1.2 * r], [1.2 * r, 0], [0, 1.2 * r], [-1.2 * r, 0])}Z`,
        ...solid,
      });
    case 'up':
      return element('path', {
        d: `${at([0, -1.15 * r], [1.1 * r, 0.85 * r], [-1.1 * r, 0.85 * r])}Z`,
        ...solid,
      });
    case 'down':
      return element('path', {
        d: `${at([0, 1.15 * r], [1.1 * r, -0.85 * r], [-1.1 * r, -0.85 * r])}Z`,
        ...solid,
      });
    case 'cross':
      return element('path', { d: at([-r, -r], [r, r]) + at([-r, r], [r, -r]), ...hollow });
    case 'star': {
      const points = Array.from({ length: 10 }, (_, i) => {
        const [reach, angle] = [i % 2 === 0 ? 1.5 * r : 0.65 * r, (Math.PI * i) / 5];
        return [reach * Math.sin(angle), -reach * Math.cos(angle)] as const;
      });
      return element('path', { d: `${at(...points)}Z`, ...solid });
    }
  }
}
