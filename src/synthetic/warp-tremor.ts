import type { Rng } from '../base/rng.ts';
import type { GreyImage } from '../imaging/images.ts';
import { makePlaneField } from './smooth-noise.ts';

export interface InkWarp {
  readonly pxPerMm: number;
  /** Half of the swing of the tremor, mm. */
  readonly amplitudeMm: number;
  /** Tremor frequency and mean writing speed: their quotient is the length of the bumps on paper. */
  readonly hz: number;
  readonly speedMmS: number;
}

/** Plane waves per axis: enough that no direction of stroke is spared. */
const WAVES = 8;
/** Grid points a bump; the field between them is interpolated. */
const GRID_PER_WAVE = 10;

/**
 * Bends a scanned page as if its ink had been drawn with tremor: the positive control that a page called regular is
 * found tremor-like once there is tremor in it.
 *
 * The whole picture is displaced by a smooth random field whose wavelengths lie around speed / frequency, with rms
 * amplitude / √2 along each axis; a stroke that runs through it wobbles with bumps of about that length.
 *
 * Approximations: the field depends on place, not on time, so that strokes crossing one spot are bent alike; the bumps
 * are as long in fast strokes as in slow ones; the paper's texture and printed lines are bent too; and where the
 * amplitude exceeds about a sixth of the bump length the picture folds, which pens do not do.
 *
 * @returns A new picture of the same size.
 */
export function warpInk(grey: GreyImage, rng: Rng, warp: InkWarp): GreyImage {
  for (const [name, value] of Object.entries(warp) as [string, number][]) {
    if (!(value > 0)) throw new RangeError(`warpInk: ${name} must be > 0, got ${value}`);
  }
  const { width, height } = grey;
  const wavePx = (warp.speedMmS / warp.hz) * warp.pxPerMm;
  const rmsPx = (warp.amplitudeMm * warp.pxPerMm) / Math.SQRT2;
  const field = makePlaneField(rng, 0.75 * wavePx, 1.4 * wavePx, rmsPx, WAVES);
  const cell = Math.max(1, wavePx / GRID_PER_WAVE);
  const columns = Math.ceil(width / cell) + 2;
  const rows = Math.ceil(height / cell) + 2;
  const shiftX = new Float32Array(columns * rows);
  const shiftY = new Float32Array(columns * rows);
  const out: [number, number] = [0, 0];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      field.shift(column * cell, row * cell, out);
      [shiftX[row * columns + column], shiftY[row * columns + column]] = out;
    }
  }
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = x / cell;
      const v = y / cell;
      const dx = bilinear(shiftX, columns, rows, u, v);
      const dy = bilinear(shiftY, columns, rows, u, v);
      data[y * width + x] = Math.round(bilinear(grey.data, width, height, x - dx, y - dy));
    }
  }
  return { width, height, data };
}

/** Value between four neighbours; places outside take the nearest border. */
function bilinear(
  plane: Uint8Array | Float32Array,
  width: number,
  height: number,
  x: number,
  y: number,
): number {
  const cx = Math.min(width - 1, Math.max(0, x));
  const cy = Math.min(height - 1, Math.max(0, y));
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const right = Math.min(width - 1, left + 1);
  const bottom = Math.min(height - 1, top + 1);
  const u = cx - left;
  const v = cy - top;
  const upper = plane[top * width + left]! * (1 - u) + plane[top * width + right]! * u;
  const lower = plane[bottom * width + left]! * (1 - u) + plane[bottom * width + right]! * u;
  return upper * (1 - v) + lower * v;
}
