import { blurGaussian } from '../gaussian.ts';
import type { LittlePicture } from './little-picture.ts';
import { findAxes } from './principal-axes.ts';

/**
 * Blur before the gradient and window of the structure tensor, for fine lines and for shaken ones; in pixels of the little picture
 * at half its size, which has all that directions need.
 */
const SCALES = [
  { blur: 0.6, window: 2.5 },
  { blur: 2, window: 4 },
] as const;
/** A squashed spiral is stretched back by at most this much. */
const MOST_STRETCH = 2.2;
const ROUNDS = 4;
const SECTORS = 16;
/** Nearer to the middle, in rms radii, a line has no direction about it. */
const INNER = 0.25;

/** How well the lines go round one middle, each 0 … 1. */
export interface SpiralScore {
  /** Mean squared sine between line and radius: 1 on circles about the middle, ½ for lines of any direction. */
  readonly around: number;
  /** The same of the third-poorest of 16 sectors. */
  readonly aroundLow: number;
  /** Share of the sectors that hold ink. */
  readonly covered: number;
  /** How far the middle lies from the ink's centre, in rms radii. */
  readonly offCentre: number;
}

/**
 * Scores at two scales. Lines' directions come from the structure tensor; places and directions are stretched until the ink
 * spreads equally to all sides; the middle is the point that most normals pass through (weighted least squares, {@link ROUNDS} rounds).
 */
export function scoreSpiral(picture: LittlePicture): readonly [SpiralScore, SpiralScore] {
  const half = halve(picture);
  return [scoreAt(half, SCALES[0]), scoreAt(half, SCALES[1])];
}

type Plane = Pick<LittlePicture, 'width' | 'height' | 'ink' | 'mask'>;

/** Every pixel is the mean of four, and has ink where one of them has. */
function halve({ width: fullWidth, height: fullHeight, ink: fullInk, mask: fullMask }: LittlePicture): Plane {
  const width = fullWidth >> 1;
  const height = fullHeight >> 1;
  const ink = new Float32Array(width * height);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const a = 2 * y * fullWidth + 2 * x;
      const c = a + fullWidth;
      const at = y * width + x;
      ink[at] = (fullInk[a]! + fullInk[a + 1]! + fullInk[c]! + fullInk[c + 1]!) / 4;
      mask[at] = fullMask[a]! | fullMask[a + 1]! | fullMask[c]! | fullMask[c + 1]!;
    }
  }
  return { width, height, ink, mask };
}

/** Ink with its line's direction, in stretched coordinates. */
interface Points {
  readonly count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Unit vector along the line. */
  readonly tx: Float64Array;
  readonly ty: Float64Array;
  /** Ink times coherence. */
  readonly weight: Float64Array;
}

function scoreAt(picture: Plane, scale: (typeof SCALES)[number]): SpiralScore {
  const points = pointsOf(picture, scale);
  const middle = findMiddle(points);
  let radiusPower = 0;
  let inkX = 0;
  let inkY = 0;
  let total = 0;
  for (let i = 0; i < points.count; i++) {
    const w = points.weight[i]!;
    radiusPower += w * ((points.x[i]! - middle.x) ** 2 + (points.y[i]! - middle.y) ** 2);
    inkX += w * points.x[i]!;
    inkY += w * points.y[i]!;
    total += w;
  }
  if (total === 0) return { around: 0, aroundLow: 0, covered: 0, offCentre: 0 };
  const radius = Math.sqrt(radiusPower / total) || 1;
  const sums = new Float64Array(SECTORS);
  const weights = new Float64Array(SECTORS);
  for (let i = 0; i < points.count; i++) {
    const x = points.x[i]! - middle.x;
    const y = points.y[i]! - middle.y;
    const r = Math.sqrt(x * x + y * y);
    if (r < INNER * radius) continue;
    const cos = (x * points.tx[i]! + y * points.ty[i]!) / r;
    const turn = Math.floor(((Math.atan2(y, x) + Math.PI) / (2 * Math.PI)) * SECTORS);
    const sector = Math.min(SECTORS - 1, turn);
    sums[sector]! += points.weight[i]! * (1 - cos * cos);
    weights[sector]! += points.weight[i]!;
  }
  const all = weights.reduce((sum, w) => sum + w, 0);
  const means = Array.from(sums, (sum, k) => (weights[k]! > 0.004 * all ? sum / weights[k]! : 0));
  return {
    around: all === 0 ? 0 : sums.reduce((sum, value) => sum + value, 0) / all,
    aroundLow: means.toSorted((a, b) => a - b)[2]!,
    covered: means.filter((mean) => mean > 0).length / SECTORS,
    offCentre: Math.sqrt((inkX / total - middle.x) ** 2 + (inkY / total - middle.y) ** 2) / radius,
  };
}

function pointsOf({ width, height, ink, mask }: Plane, scale: (typeof SCALES)[number]): Points {
  const smooth = blurGaussian(ink, width, height, scale.blur);
  const xx = new Float32Array(ink.length);
  const xy = new Float32Array(ink.length);
  const yy = new Float32Array(ink.length);
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const gx = smooth[i + 1]! - smooth[i - 1]!;
      const gy = smooth[i + width]! - smooth[i - width]!;
      xx[i] = gx * gx;
      xy[i] = gx * gy;
      yy[i] = gy * gy;
    }
  }
  const [jxx, jxy, jyy] = [xx, xy, yy].map((plane) => blurGaussian(plane, width, height, scale.window)) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const axes = findAxes(mask, width);
  const stretch = Math.min(MOST_STRETCH, axes.long / Math.max(axes.short, 1e-6));
  const cos = Math.cos(axes.angle);
  const sin = Math.sin(axes.angle);
  const most = mask.reduce((sum, value) => sum + value, 0);
  const points = {
    x: new Float64Array(most),
    y: new Float64Array(most),
    tx: new Float64Array(most),
    ty: new Float64Array(most),
    weight: new Float64Array(most),
  };
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    if (mask[i] === 0) continue;
    const trace = jxx[i]! + jyy[i]!;
    if (trace <= 1e-12) continue;
    const difference = jxx[i]! - jyy[i]!;
    const coherence = Math.sqrt(difference * difference + 4 * jxy[i]! * jxy[i]!) / trace;
    // The line runs across the gradient.
    const angle = 0.5 * Math.atan2(2 * jxy[i]!, difference) + Math.PI / 2;
    const along = Math.cos(angle - axes.angle);
    const across = stretch * Math.sin(angle - axes.angle);
    const length = Math.sqrt(along * along + across * across) || 1;
    const x = (i % width) - axes.x;
    const y = Math.floor(i / width) - axes.y;
    points.x[count] = cos * x + sin * y;
    points.y[count] = stretch * (cos * y - sin * x);
    points.tx[count] = along / length;
    points.ty[count] = across / length;
    points.weight[count] = ink[i]! * coherence;
    count++;
  }
  return { count, ...points };
}

function findMiddle({ count, x, y, tx, ty, weight }: Points): { readonly x: number; readonly y: number } {
  let middle = { x: 0, y: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    let [xx, xy, yy, px, py] = [0, 0, 0, 0, 0];
    for (let i = 0; i < count; i++) {
      const dx = x[i]! - middle.x;
      const dy = y[i]! - middle.y;
      const r = Math.max(1, Math.sqrt(dx * dx + dy * dy));
      const cos = (dx * tx[i]! + dy * ty[i]!) / r;
      const w = weight[i]! / r / (1 + (cos / 0.5) ** 2);
      const a = w * tx[i]! * tx[i]!;
      const b = w * tx[i]! * ty[i]!;
      const c = w * ty[i]! * ty[i]!;
      xx += a;
      xy += b;
      yy += c;
      px += a * x[i]! + b * y[i]!;
      py += b * x[i]! + c * y[i]!;
    }
    const determinant = xx * yy - xy * xy;
    if (!(determinant > 1e-6 * (xx + yy) ** 2)) break;
    middle = { x: (yy * px - xy * py) / determinant, y: (xx * py - xy * px) / determinant };
  }
  return middle;
}
