/** Lines one pixel wide as a graph of their ends, their meetings and the pixels between them. */
import { neighboursOf, type Bitmap } from './bitmap.ts';

/** Pixels between two nodes, theirs not counted; −1 for an end of a ring or dot. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  readonly pixels: readonly number[];
}

export interface LineGraph {
  /** Pixels of each end or meeting. */
  readonly nodes: readonly (readonly number[])[];
  readonly edges: readonly Edge[];
}

/** @param lines As thinning gives them. */
export function lineGraph(lines: Bitmap): LineGraph {
  const { nodeOf, nodes } = findNodes(lines);
  return { nodes, edges: findEdges(lines, nodeOf, nodes) };
}

/** How many edges end at each node. */
function degreesOf({ nodes, edges }: LineGraph): Uint32Array {
  const degrees = new Uint32Array(nodes.length);
  for (const { from, to } of edges) {
    if (from >= 0) degrees[from]!++;
    if (to >= 0) degrees[to]!++;
  }
  return degrees;
}

/**
 * Without the short arms that thinning leaves at corners and thick ends.
 *
 * @param longest From this length on the arm of a meeting stays, pixels, for each node.
 */
export function dropSpurs(graph: LineGraph, longest: readonly number[]): LineGraph {
  const degrees = degreesOf(graph);
  const isFree = (node: number): boolean =>
    node >= 0 && graph.nodes[node]!.length === 1 && degrees[node]! <= 1;
  const edges = graph.edges.filter(({ from, to, pixels }) => {
    const met = isFree(from) ? to : from;
    const isArm = isFree(from) !== isFree(to) && met >= 0;
    return !(isArm && pixels.length < longest[met]!);
  });
  return { ...graph, edges };
}

/**
 * Where two lines cross, thinning leaves two forks with a bridge between them: they become one meeting.
 *
 * @param longest From this length on an edge at a node is no bridge, pixels.
 */
export function mergeBridges(graph: LineGraph, longest: readonly number[]): LineGraph {
  const degrees = degreesOf(graph);
  const mergedInto = graph.nodes.map((_, node) => node);
  const rootOf = (node: number): number => {
    let root = node;
    while (root >= 0 && mergedInto[root] !== root) root = mergedInto[root]!;
    return root;
  };
  const edges = graph.edges.filter(({ from, to, pixels }) => {
    if (from < 0 || to < 0 || rootOf(from) === rootOf(to)) return true;
    if (degrees[from]! < 3 || degrees[to]! < 3) return true;
    if (pixels.length >= Math.min(longest[from]!, longest[to]!)) return true;
    mergedInto[rootOf(to)] = rootOf(from);
    return false;
  });
  const nodes = graph.nodes.map((): number[] => []);
  graph.nodes.forEach((pixels, node) => nodes[rootOf(node)]!.push(...pixels));
  return { nodes, edges: edges.map((edge) => ({ ...edge, from: rootOf(edge.from), to: rootOf(edge.to) })) };
}

/** Whether lines meet at a node, or one just ends there. */
export function meetingsOf(graph: LineGraph): readonly boolean[] {
  return Array.from(degreesOf(graph), (degree) => degree > 1);
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
    const ring: number[] = [];
    let at: number | undefined = i;
    while (at !== undefined) {
      seen[at] = 1;
      ring.push(at);
      at = neighboursOf(lines, at).find((next) => seen[next] === 0);
    }
    ring.push(i);
    edges.push({ from: -1, to: -1, pixels: ring });
  }
  return edges;
}
