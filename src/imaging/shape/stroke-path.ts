import { vectorLength } from '../../base/vector-length.ts';
import { neighbourOffsets } from '../line-mask.ts';
import { labelPieces } from './little-picture.ts';

/** What counts as a gap and as an end, in pixels. */
export interface PathScale {
  /** Ends farther apart are not of one broken line. */
  readonly longestGap: number;
  /** Steps back from an end that give the direction in which the line ran out. */
  readonly endSteps: number;
  /** Shorter branches are roughness of the line, not ends. */
  readonly shortestBranch: number;
}

/** Pieces of fewer skeleton pixels are not joined. */
const SHORTEST_PIECE = 4;

/** The lines of a drawing, and the longest way along them after the pieces of broken lines are joined. */
export interface StrokePath {
  /** Skeleton pixels of all lines. */
  readonly length: number;
  /** Ends of branches that are no roughness. */
  readonly ends: number;
  /** Pixels where three or more lines meet. */
  readonly junctions: number;
  /** Pixels of the longest way without detours; shape [n] each. */
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Share of the skeleton that hangs together with that way. */
  readonly joinedShare: number;
  /** Gaps that were bridged on the whole, and how well the ends point at each other: −1 … 1, 1 without gaps. */
  readonly joins: number;
  readonly joinFit: number;
}

interface End {
  readonly at: number;
  readonly piece: number;
  /** Unit vector out of the line. */
  readonly dx: number;
  readonly dy: number;
}

/** @param skeleton Of {@link thinMask}, with an empty border. */
export function tracePath(skeleton: Uint8Array, width: number, height: number, scale: PathScale): StrokePath {
  const around = neighbourOffsets(width);
  const nextOf = (i: number): number[] => {
    const found: number[] = [];
    for (const by of around) if (skeleton[i + by] === 1) found.push(i + by);
    return found;
  };
  const { labels, sizes } = labelPieces(skeleton, width, height);
  const pixels: number[] = [];
  let junctions = 0;
  const ends: End[] = [];
  for (let i = 0; i < skeleton.length; i++) {
    if (skeleton[i] === 0) continue;
    pixels.push(i);
    const next = nextOf(i);
    if (next.length >= 3) junctions++;
    if (next.length !== 1) continue;
    const branch = walkFromEnd(i, nextOf, scale);
    if (branch.isShort) continue;
    const dx = (i % width) - (branch.back % width);
    const dy = Math.floor(i / width) - Math.floor(branch.back / width);
    const size = vectorLength(dx, dy) || 1;
    ends.push({ at: i, piece: labels[i]!, dx: dx / size, dy: dy / size });
  }
  const { bridges, groupOf, fit } = joinEnds(ends, sizes, width, scale.longestGap);
  const groupSizes = sizes.map(() => 0);
  sizes.forEach((size, piece) => (groupSizes[groupOf(piece)]! += size));
  const largest = groupSizes.indexOf(Math.max(...groupSizes));
  const start = pixels.find((i) => groupOf(labels[i]!) === largest) ?? pixels[0] ?? 0;
  const linked = (i: number): number[] => {
    const bridge = bridges.get(i);
    return bridge === undefined ? nextOf(i) : [...nextOf(i), bridge];
  };
  const way = pixels.length === 0 ? [] : longestWay(start, linked, skeleton.length);
  return {
    length: pixels.length,
    ends: ends.length,
    junctions,
    x: Float64Array.from(way, (i) => i % width),
    y: Float64Array.from(way, (i) => Math.floor(i / width)),
    joinedShare: pixels.length === 0 ? 0 : groupSizes[largest]! / pixels.length,
    joins: bridges.size / 2,
    joinFit: fit,
  };
}

/** Walks from an end along its branch. `back`: the pixel a few steps inwards. */
function walkFromEnd(
  end: number,
  nextOf: (i: number) => number[],
  { endSteps, shortestBranch }: PathScale,
): { back: number; isShort: boolean } {
  let before = end;
  let at = nextOf(end)[0]!;
  for (let steps = 1; steps < endSteps; steps++) {
    const next = nextOf(at);
    if (next.length > 2) return { back: at, isShort: steps < shortestBranch };
    const on = next.find((i) => i !== before);
    if (on === undefined) break;
    before = at;
    at = on;
  }
  return { back: at, isShort: false };
}

/** Bridges gaps between pieces, the nearest and best aligned ends first; every end once, and never within what already hangs together. */
function joinEnds(ends: readonly End[], sizes: readonly number[], width: number, longestGap: number) {
  const candidates: { a: End; b: End; cost: number; fit: number }[] = [];
  for (const [k, a] of ends.entries()) {
    if (sizes[a.piece]! < SHORTEST_PIECE) continue;
    for (const b of ends.slice(k + 1)) {
      if (a.piece === b.piece || sizes[b.piece]! < SHORTEST_PIECE) continue;
      const x = (b.at % width) - (a.at % width);
      const y = Math.floor(b.at / width) - Math.floor(a.at / width);
      const gap = vectorLength(x, y);
      if (gap > longestGap) continue;
      const fit = ((a.dx - b.dx) * x + (a.dy - b.dy) * y) / (2 * gap);
      candidates.push({ a, b, fit, cost: gap * (1.6 - fit) });
    }
  }
  candidates.sort((one, other) => one.cost - other.cost);
  const parent = sizes.map((_, piece) => piece);
  const groupOf = (piece: number): number => {
    let root = piece;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  const bridges = new Map<number, number>();
  let fitSum = 0;
  for (const { a, b, fit } of candidates) {
    if (bridges.has(a.at) || bridges.has(b.at) || groupOf(a.piece) === groupOf(b.piece)) continue;
    parent[groupOf(a.piece)] = groupOf(b.piece);
    bridges.set(a.at, b.at).set(b.at, a.at);
    fitSum += fit;
  }
  return { bridges, groupOf, fit: bridges.size === 0 ? 1 : fitSum / (bridges.size / 2) };
}

/** The longest of the shortest ways: from any pixel to the farthest, and from there to the farthest again. */
function longestWay(start: number, nextOf: (i: number) => number[], count: number): number[] {
  const first = spread(start, nextOf, count);
  const { from, last } = spread(first.last, nextOf, count);
  const way: number[] = [];
  for (let at = last; at !== -2; at = from[at]!) way.push(at);
  return way;
}

/** Breadth first. `from`: the pixel before each, −1 where none came, −2 at the start. */
function spread(start: number, nextOf: (i: number) => number[], count: number) {
  const from = new Int32Array(count).fill(-1);
  const queue = [start];
  from[start] = -2;
  for (let head = 0; head < queue.length; head++) {
    for (const next of nextOf(queue[head]!)) {
      if (from[next] !== -1) continue;
      from[next] = queue[head]!;
      queue.push(next);
    }
  }
  return { from, last: queue[queue.length - 1]! };
}
