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
    const taps = gaussianTaps(sigma);
    return convolveColumns(convolveRows(source, width, height, taps), width, height, taps);
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

function convolveRows(source: Float32Array, width: number, height: number, taps: Float32Array): Float32Array {
  const radius = (taps.length - 1) / 2;
  const out = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let k = -radius; k <= radius; k++) {
      const tap = taps[k + radius]!;
      for (let x = 0; x < width; x++) {
        const at = x + k;
        out[row + x]! += tap * source[row + (at < 0 ? 0 : at >= width ? width - 1 : at)]!;
      }
    }
  }
  return out;
}

function convolveColumns(
  source: Float32Array,
  width: number,
  height: number,
  taps: Float32Array,
): Float32Array {
  const radius = (taps.length - 1) / 2;
  const out = new Float32Array(source.length);
  for (let y = 0; y < height; y++) {
    for (let k = -radius; k <= radius; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k)) * width;
      const tap = taps[k + radius]!;
      for (let x = 0, to = y * width; x < width; x++, to++) out[to]! += tap * source[from + x]!;
    }
  }
  return out;
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
