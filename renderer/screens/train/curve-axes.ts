import type { Axis } from '../../charts/scale.ts';
import { roundStep } from '../../charts/scale.ts';
import type { CurvePoint } from '../../state/run-view.ts';
import { formatCount, formatFixed } from '../../words/format.ts';

/** A relative gap ‖w − u‖ / ‖w‖ above this has cost accuracy. */
export const GAP_LIMIT = 0.01;

const axis = (ticks: readonly number[], text: (at: number) => string = formatCount): Axis => ({
  min: ticks[0] ?? 0,
  max: ticks.at(-1) ?? 1,
  ticks: ticks.map((at) => ({ at, text: text(at) })),
});

/** Height of one curve, pixels: four of them and the maps below fit a window 800 high; taller windows give them more. */
export function curveHeight(windowHeight: number): number {
  return Math.round(Math.max(84, Math.min(124, 84 + (windowHeight - 800) / 8)));
}

/** Of the histogram of weights, pixels: as high as the map beside it. */
export function histogramHeight(windowHeight: number): number {
  return Math.round(Math.max(134, Math.min(230, 134 + (windowHeight - 800) / 3)));
}

/** Per cent. */
export const SHARE_AXIS = axis([0, 50, 100]);

export const GAP_AXIS: Axis = { ...axis([0.001, 0.01, 0.1, 1], String), log: true };

/** Per cent; starts at 50, which guessing reaches, unless a curve falls below. */
export function accuracyAxis(...curves: readonly (readonly CurvePoint[])[]): Axis {
  const below = curves.some((points) => points.some(({ y }) => y < 50));
  return axis(below ? [0, 50, 100] : [50, 75, 100]);
}

export function lossAxis(points: readonly CurvePoint[]): Axis {
  const top = Math.max(0.1, ...points.map(({ y }) => y).filter(Number.isFinite));
  const step = roundStep(top, 2);
  const ticks = top > step ? [0, step, 2 * step] : [0, step];
  return axis(ticks, (at) => (at === 0 ? '0' : formatFixed(at, step < 0.1 ? 2 : step < 1 ? 1 : 0)));
}
