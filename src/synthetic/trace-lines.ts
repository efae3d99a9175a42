/** From lines one pixel wide to paths between their meeting points. */
import { vectorLength } from '../base/vector-length.ts';
import type { Bitmap } from './bitmap.ts';
import { halfWidths } from './half-widths.ts';
import { dropSpurs, lineGraph, meetingsOf, mergeBridges } from './line-graph.ts';
import type { Polyline } from './polyline.ts';

export interface TracedLine {
  /** Meeting points at both ends; −1 where the line just ends. */
  readonly from: number;
  readonly to: number;
  /** In pixels, one point a pixel, with the meeting points at its ends. */
  readonly path: Polyline;
}

/** A spur or a bridge between two meetings that is shorter than this many times half the pen's width is thinning's own work. */
const SPUR = 1.6;
const BRIDGE = 2.2;
/** How far from an end its direction is taken, pixels, and how much narrower the ink may be where the pen still went. */
const DIRECTION_PX = 5;
const SAME_WIDTH = 0.8;

/**
 * Paths between meeting points, without what is not the pen's but thinning's.
 *
 * @param lines As thinning gives them.
 * @param ink What was thinned: says how wide the pen was.
 */
export function traceLines(lines: Bitmap, ink: Bitmap): TracedLine[] {
  const { width } = lines;
  const halfWidth = halfWidths(ink);
  const whole = lineGraph(lines);
  const penAt = whole.nodes.map((pixels) => Math.max(1, ...pixels.map((i) => halfWidth[i]!)));
  const timesPen = (share: number): number[] => penAt.map((pen) => share * pen);
  const graph = mergeBridges(dropSpurs(whole, timesPen(SPUR)), timesPen(BRIDGE));
  const isMeeting = meetingsOf(graph);
  const centres = graph.nodes.map((pixels) => centreOf(pixels, width));
  return graph.edges.map(({ from, to, pixels }) => {
    const ends = (node: number) => (node < 0 ? [] : [centres[node]!]);
    const points = [
      ...ends(from),
      ...pixels.map((i) => ({ x: i % width, y: Math.floor(i / width) })),
      ...ends(to),
    ];
    // A dot.
    if (points.length === 1) points.push({ x: points[0]!.x + 1, y: points[0]!.y + 1 });
    let path: Polyline = {
      x: Float64Array.from(points, ({ x }) => x),
      y: Float64Array.from(points, ({ y }) => y),
    };
    if (from >= 0 && isMeeting[from] === false) path = lengthen(path, false, halfWidth, width);
    if (to >= 0 && isMeeting[to] === false) path = lengthen(path, true, halfWidth, width);
    const meeting = (node: number): number => (node >= 0 && isMeeting[node] === true ? node : -1);
    return { from: meeting(from), to: meeting(to), path };
  });
}

function centreOf(pixels: readonly number[], width: number): { readonly x: number; readonly y: number } {
  return {
    x: pixels.reduce((sum, i) => sum + (i % width), 0) / pixels.length,
    y: pixels.reduce((sum, i) => sum + Math.floor(i / width), 0) / pixels.length,
  };
}

/** Thinning also eats away at the ends: straight on, as far as the pen's middle went. */
function lengthen(line: Polyline, atEnd: boolean, halfWidth: Float32Array, width: number): Polyline {
  const count = line.x.length;
  if (count < 4) return line;
  const end = atEnd ? count - 1 : 0;
  const before = atEnd ? Math.max(0, count - 1 - DIRECTION_PX) : Math.min(count - 1, DIRECTION_PX);
  const dx = line.x[end]! - line.x[before]!;
  const dy = line.y[end]! - line.y[before]!;
  const length = vectorLength(dx, dy);
  if (length === 0) return line;
  const widthAt = (x: number, y: number): number => halfWidth[Math.round(y) * width + Math.round(x)] ?? 0;
  const least = Math.max(1, SAME_WIDTH * widthAt(line.x[before]!, line.y[before]!));
  const xs: number[] = [];
  const ys: number[] = [];
  for (let step = 1; ; step++) {
    const x = line.x[end]! + (step * dx) / length;
    const y = line.y[end]! + (step * dy) / length;
    if (widthAt(x, y) < least) break;
    xs.push(x);
    ys.push(y);
  }
  return atEnd
    ? { x: Float64Array.from([...line.x, ...xs]), y: Float64Array.from([...line.y, ...ys]) }
    : {
        x: Float64Array.from([...xs.reverse(), ...line.x]),
        y: Float64Array.from([...ys.reverse(), ...line.y]),
      };
}
