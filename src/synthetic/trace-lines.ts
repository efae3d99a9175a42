/** From lines one pixel wide to paths between their meeting points. */
import { vectorLength } from '../base/vector-length.ts';
import type { Polyline } from './polyline.ts';

/** A picture of ink and paper. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  /** 0 or 1, shape [height, width]. */
  readonly data: Uint8Array;
}

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

interface Edge {
  from: number;
  to: number;
  readonly pixels: number[];
}

/**
 * Paths between meeting points. Spurs that thinning leaves at corners and thick ends are dropped; where two lines cross, the bridge
 * that it leaves between two forks becomes one meeting.
 *
 * @param lines As thinning gives them.
 * @param ink What was thinned: says how wide the pen was.
 */
export function traceLines(lines: Bitmap, ink: Bitmap): TracedLine[] {
  const { width } = lines;
  const { nodeOf, nodes } = findNodes(lines);
  let edges = findEdges(lines, nodeOf, nodes);
  const halfWidth = halfWidths(ink);
  const widthAt = (pixels: readonly number[]): number => Math.max(1, ...pixels.map((i) => halfWidth[i]!));
  const widths = nodes.map(widthAt);
  const degree = (node: number): number =>
    edges.reduce((sum, { from, to }) => sum + Number(from === node) + Number(to === node), 0);

  // Spurs: one end free, the other at a meeting of three or more.
  edges = edges.filter(({ from, to, pixels }) => {
    const [free, met] = isFree(from) ? [from, to] : [to, from];
    return !(isFree(free) && !isFree(met) && pixels.length < SPUR * widths[met]!);
  });
  function isFree(node: number): boolean {
    return node >= 0 && nodes[node]!.length === 1 && degree(node) <= 1;
  }

  // Bridges: the two meetings become one, halfway.
  const mergedInto = nodes.map((_, i) => i);
  const rootOf = (node: number): number => {
    let root = node;
    while (mergedInto[root] !== root) root = mergedInto[root]!;
    return root;
  };
  edges = edges.filter(({ from, to, pixels }) => {
    if (from < 0 || to < 0 || rootOf(from) === rootOf(to)) return true;
    if (degree(from) < 3 || degree(to) < 3) return true;
    if (pixels.length >= BRIDGE * Math.min(widths[from]!, widths[to]!)) return true;
    mergedInto[rootOf(to)] = rootOf(from);
    return false;
  });
  const members = new Map<number, number[]>();
  nodes.forEach((pixels, node) => {
    const root = rootOf(node);
    members.set(root, [...(members.get(root) ?? []), ...pixels]);
  });
  const centres = new Map(
    [...members].map(([root, pixels]) => [
      root,
      {
        x: pixels.reduce((sum, i) => sum + (i % width), 0) / pixels.length,
        y: pixels.reduce((sum, i) => sum + Math.floor(i / width), 0) / pixels.length,
      },
    ]),
  );
  const ends = new Map<number, number>();
  for (const { from, to } of edges) {
    for (const node of [from, to]) if (node >= 0) ends.set(rootOf(node), (ends.get(rootOf(node)) ?? 0) + 1);
  }
  return edges.map(({ from, to, pixels }) => {
    const xs = pixels.map((i) => i % width);
    const ys = pixels.map((i) => Math.floor(i / width));
    for (const [node, atEnd] of [
      [from, false],
      [to, true],
    ] as const) {
      if (node < 0) continue;
      const { x, y } = centres.get(rootOf(node))!;
      if (atEnd) {
        xs.push(x);
        ys.push(y);
      } else {
        xs.unshift(x);
        ys.unshift(y);
      }
    }
    if (xs.length === 1) {
      // A dot.
      xs.push(xs[0]! + 1);
      ys.push(ys[0]! + 1);
    }
    const meeting = (node: number): number =>
      node >= 0 && (ends.get(rootOf(node)) ?? 0) > 1 ? rootOf(node) : -1;
    const path = { x: Float64Array.from(xs), y: Float64Array.from(ys) };
    const isRing = from < 0 && to < 0;
    const whole = [meeting(from), meeting(to)].reduce<Polyline>(
      (line, node, end) => (node >= 0 || isRing ? line : lengthen(line, end === 1, halfWidth, width)),
      path,
    );
    return { from: meeting(from), to: meeting(to), path: whole };
  });
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

/** Ends and meetings: pixels that do not have just two neighbours; meetings that touch are one. */
function findNodes(lines: Bitmap): { readonly nodeOf: Int32Array; readonly nodes: number[][] } {
  const { width, data } = lines;
  const nodeOf = new Int32Array(data.length).fill(-1);
  const isNode = (i: number): boolean => data[i] === 1 && neighboursOf(lines, i).length !== 2;
  const nodes: number[][] = [];
  for (let i = width; i < data.length - width; i++) {
    if (!isNode(i) || nodeOf[i]! >= 0) continue;
    const pixels = [i];
    nodeOf[i] = nodes.length;
    for (const pixel of pixels) {
      for (const next of neighboursOf(lines, pixel)) {
        if (!isNode(next) || nodeOf[next]! >= 0) continue;
        if (neighboursOf(lines, pixel).length < 3 || neighboursOf(lines, next).length < 3) continue;
        nodeOf[next] = nodes.length;
        pixels.push(next);
      }
    }
    nodes.push(pixels);
  }
  return { nodeOf, nodes };
}

function findEdges(lines: Bitmap, nodeOf: Int32Array, nodes: readonly number[][]): Edge[] {
  const seen = new Uint8Array(nodeOf.length);
  const edges: Edge[] = [];
  /** Rather to another meeting than on, rather on than back to where the line began, and not back there at once. */
  const nextOf = (from: number, length: number, before: number, at: number): number | undefined => {
    const near = neighboursOf(lines, at).filter((i) => i !== before);
    return (
      near.find((i) => nodeOf[i]! >= 0 && nodeOf[i] !== from) ??
      near.find((i) => nodeOf[i]! < 0 && seen[i] === 0) ??
      (length > 2 ? near.find((i) => nodeOf[i] === from) : undefined)
    );
  };
  const walk = (from: number, start: number, first: number): void => {
    const pixels: number[] = [];
    let [before, at] = [start, first];
    while (nodeOf[at]! < 0) {
      seen[at] = 1;
      pixels.push(at);
      const next = nextOf(from, pixels.length, before, at);
      if (next === undefined) {
        edges.push({ from, to: -1, pixels });
        return;
      }
      [before, at] = [at, next];
    }
    edges.push({ from, to: nodeOf[at]!, pixels });
  };
  nodes.forEach((pixels, node) => {
    if (pixels.length === 1 && neighboursOf(lines, pixels[0]!).length === 0) {
      edges.push({ from: -1, to: -1, pixels: [...pixels] });
    }
    for (const pixel of pixels) {
      for (const next of neighboursOf(lines, pixel)) {
        const other = nodeOf[next]!;
        if (other === node || (other < 0 && seen[next] === 1)) continue;
        if (other >= 0) {
          // Two nodes side by side: one edge without pixels between.
          if (node < other) edges.push({ from: node, to: other, pixels: [] });
        } else walk(node, pixel, next);
      }
    }
  });
  // What is left are rings without a meeting.
  for (let i = 0; i < nodeOf.length; i++) {
    if (lines.data[i] !== 1 || seen[i] === 1 || nodeOf[i]! >= 0) continue;
    const ring: Edge = { from: -1, to: -1, pixels: [] };
    let at: number | undefined = i;
    while (at !== undefined) {
      seen[at] = 1;
      ring.pixels.push(at);
      at = neighboursOf(lines, at).find((next) => seen[next] === 0);
    }
    ring.pixels.push(i);
    edges.push(ring);
  }
  return edges;
}

function neighboursOf({ width, data }: Bitmap, i: number): number[] {
  const found: number[] = [];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const next = i + dy * width + dx;
      if ((dx !== 0 || dy !== 0) && data[next] === 1) found.push(next);
    }
  }
  return found;
}

/** Distance of each pixel of ink to the nearest paper, pixels; the chamfer of 1 and √2. */
function halfWidths({ width, height, data }: Bitmap): Float32Array {
  const distance = Float32Array.from(data, (v) => (v === 1 ? Infinity : 0));
  const pass = (order: readonly number[], ys: readonly number[], xs: readonly number[]): void => {
    for (const y of ys) {
      for (const x of xs) {
        const i = y * width + x;
        for (const by of order) {
          const straight = Math.abs(by) === 1 || Math.abs(by) === width;
          distance[i] = Math.min(distance[i]!, distance[i + by]! + (straight ? 1 : Math.SQRT2));
        }
      }
    }
  };
  const ys = Array.from({ length: height - 2 }, (_, i) => i + 1);
  const xs = Array.from({ length: width - 2 }, (_, i) => i + 1);
  pass([-1, -width - 1, -width, -width + 1], ys, xs);
  pass([1, width + 1, width, width - 1], ys.toReversed(), xs.toReversed());
  return distance;
}
