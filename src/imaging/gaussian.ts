/** Gaussian blur of float planes: exact taps for small radii, three box passes for large ones. */

/** From this sigma on, three box passes stand in for the Gaussian: within 2 % of its range (5 % beside a border), any radius at one price. */
const BOX_FROM_SIGMA = 3;

/**
 * Blurs a plane; borders continue with their last pixel.
 *
 * @param source Shape [height, width], row by row. Not modified.
 * @param sigma Standard deviation in pixels, ≥ 0; 0 copies.
 * @returns New plane of the same shape.
 */
export function blurGaussian(
  source: Float32Array,
  width: number,
  height: number,
  sigma: number,
): Float32Array {
  if (!(sigma >= 0)) throw new RangeError(`blurGaussian: sigma must be ≥ 0, got ${sigma}`);
  if (sigma === 0) return source.slice();
  if (sigma < BOX_FROM_SIGMA) {
    return convolve(source, width, height, gaussianTaps(sigma));
  }
  let plane = source;
  for (const radius of boxRadii(sigma)) {
    plane = boxColumns(boxRows(plane, width, height, radius), width, height, radius);
  }
  return plane;
}

/** Taps −r … r that sum to 1. */
function gaussianTaps(sigma: number): Float32Array {
  const radius = Math.max(1, Math.ceil(3.3 * sigma));
  const taps = new Float32Array(2 * radius + 1);
  let sum = 0;
  for (let i = -radius; i <= radius; i++) {
    const value = Math.exp(-(i * i) / (2 * sigma * sigma));
    taps[i + radius] = value;
    sum += value;
  }
  return taps.map((value) => value / sum);
}

/**
 * Radii of three box passes whose variances add up to sigma² as nearly as whole radii allow.
 * Source: P. Kovesi, "Fast Almost-Gaussian Filtering" (DICTA 2010), §II.
 */
function boxRadii(sigma: number): readonly number[] {
  const passes = 3;
  const ideal = Math.sqrt((12 * sigma * sigma) / passes + 1);
  let low = Math.floor(ideal);
  if (low % 2 === 0) low--;
  const lows = Math.round(
    (12 * sigma * sigma - passes * low * low - 4 * passes * low - 3 * passes) / (-4 * low - 4),
  );
  return Array.from({ length: passes }, (_, i) => (i < lows ? low - 1 : low + 1) / 2);
}

/** Convolves along rows, then along columns; each sum is rounded to 32 bits after every tap. */
function convolve(source: Float32Array, width: number, height: number, taps: Float32Array): Float32Array {
  const slots = taps.length;
  const radius = (slots - 1) / 2;
  const [addRow, addColumns] = slots === 5 ? [convolveFive, combineFive] : [convolveRow, combineRows];
  const out = new Float32Array(source.length);
  const padded = new Float32Array(width + 2 * radius);
  // The last rows convolved along themselves: row y lies in slot y mod 2r + 1.
  const ready = Array.from({ length: slots }, () => new Float32Array(width));
  const near = ready.slice();
  let made = 0;
  for (let y = 0; y < height; y++) {
    for (; made <= Math.min(height - 1, y + radius); made++) {
      padRow(source, made * width, radius, padded);
      addRow(padded, taps, ready[made % slots]!);
    }
    for (let k = 0; k < slots; k++) {
      near[k] = ready[Math.min(height - 1, Math.max(0, y + k - radius)) % slots]!;
    }
    addColumns(near, taps, out, y * width);
  }
  return out;
}

/** Copies a row and continues its first and last pixel by `radius`. */
function padRow(source: Float32Array, from: number, radius: number, padded: Float32Array): void {
  const width = padded.length - 2 * radius;
  padded.set(source.subarray(from, from + width), radius);
  padded.fill(source[from]!, 0, radius);
  padded.fill(source[from + width - 1]!, radius + width);
}

function convolveRow(padded: Float32Array, taps: Float32Array, out: Float32Array): void {
  for (let x = 0; x < out.length; x++) {
    let sum = 0;
    for (let k = 0; k < taps.length; k++) sum = Math.fround(sum + taps[k]! * padded[x + k]!);
    out[x] = sum;
  }
}

/** {@link convolveRow} for five taps, those of the ink map: twice as fast. */
function convolveFive(padded: Float32Array, taps: Float32Array, out: Float32Array): void {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = taps;
  for (let x = 0; x < out.length; x++) {
    let sum = Math.fround(a * padded[x]!);
    sum = Math.fround(sum + b * padded[x + 1]!);
    sum = Math.fround(sum + c * padded[x + 2]!);
    sum = Math.fround(sum + d * padded[x + 3]!);
    out[x] = sum + e * padded[x + 4]!;
  }
}

function combineRows(rows: readonly Float32Array[], taps: Float32Array, out: Float32Array, to: number): void {
  rows.forEach((row, k) => {
    const tap = taps[k]!;
    for (let x = 0; x < row.length; x++) out[to + x] = out[to + x]! + tap * row[x]!;
  });
}

function combineFive(rows: readonly Float32Array[], taps: Float32Array, out: Float32Array, to: number): void {
  const [a = 0, b = 0, c = 0, d = 0, e = 0] = taps;
  const [p, q, r, s, t] = rows as readonly [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let x = 0; x < p.length; x++) {
    let sum = Math.fround(a * p[x]!);
    sum = Math.fround(sum + b * q[x]!);
    sum = Math.fround(sum + c * r[x]!);
    sum = Math.fround(sum + d * s[x]!);
    out[to + x] = sum + e * t[x]!;
  }
}

function boxRows(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(source.length);
  const scale = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const last = row + width - 1;
    let sum = source[row]! * (radius + 1);
    for (let k = 1; k <= radius; k++) sum += source[Math.min(last, row + k)]!;
    for (let x = 0; x < width; x++) {
      out[row + x] = sum * scale;
      sum += source[Math.min(last, row + x + radius + 1)]! - source[Math.max(row, row + x - radius)]!;
    }
  }
  return out;
}

function boxColumns(source: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(source.length);
  const scale = 1 / (2 * radius + 1);
  const sums = new Float64Array(width);
  const addRow = (y: number, factor: number) => {
    const from = Math.min(height - 1, Math.max(0, y)) * width;
    for (let x = 0; x < width; x++) sums[x]! += factor * source[from + x]!;
  };
  for (let k = -radius; k <= radius; k++) addRow(k, 1);
  for (let y = 0; y < height; y++) {
    for (let x = 0, to = y * width; x < width; x++, to++) out[to] = sums[x]! * scale;
    addRow(y + radius + 1, 1);
    addRow(y - radius, -1);
  }
  return out;
}
