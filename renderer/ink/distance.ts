/**
 * Exact Euclidean distance to the nearest marked pixel, by two passes of lower envelopes.
 * Source: Felzenszwalb and Huttenlocher, Distance Transforms of Sampled Functions (2012).
 *
 * @param marked Shape [height · width], row by row; non-zero where marked.
 * @returns Distances in pixels, same shape; Infinity everywhere when nothing is marked.
 */
export function distanceTo(marked: Uint8Array, width: number, height: number): Float32Array {
  const field = Float64Array.from(marked, (value) => (value === 0 ? FAR : 0));
  const longest = Math.max(width, height);
  const line = new Float64Array(longest);
  const scratch = { parabola: new Int32Array(longest), edge: new Float64Array(longest + 1) };
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) line[y] = field[y * width + x] ?? FAR;
    envelope(line.subarray(0, height), scratch, (y, value) => (field[y * width + x] = value));
  }
  for (let y = 0; y < height; y++) {
    line.set(field.subarray(y * width, (y + 1) * width));
    envelope(line.subarray(0, width), scratch, (x, value) => (field[y * width + x] = value));
  }
  return Float32Array.from(field, (squared) => (squared >= FAR ? Infinity : Math.sqrt(squared)));
}

const FAR = 1e12;

interface Scratch {
  readonly parabola: Int32Array;
  readonly edge: Float64Array;
}

/** One-dimensional squared distance of sampled function `f`: the lower envelope of parabolas. */
function envelope(f: Float64Array, scratch: Scratch, write: (at: number, value: number) => void): void {
  const { parabola, edge } = scratch;
  const at = (index: number) => f[index] ?? FAR;
  let last = 0;
  parabola[0] = 0;
  edge[0] = -Infinity;
  edge[1] = Infinity;
  for (let q = 1; q < f.length; q++) {
    let crossing = meet(at, parabola[last] ?? 0, q);
    while (crossing <= (edge[last] ?? 0)) {
      last--;
      crossing = meet(at, parabola[last] ?? 0, q);
    }
    last++;
    parabola[last] = q;
    edge[last] = crossing;
    edge[last + 1] = Infinity;
  }
  const values = new Float64Array(f.length);
  let current = 0;
  for (let q = 0; q < f.length; q++) {
    while ((edge[current + 1] ?? Infinity) < q) current++;
    const vertex = parabola[current] ?? 0;
    values[q] = (q - vertex) ** 2 + at(vertex);
  }
  values.forEach((value, q) => write(q, value));
}

function meet(at: (index: number) => number, vertex: number, q: number): number {
  return (at(q) + q * q - (at(vertex) + vertex * vertex)) / (2 * (q - vertex));
}
