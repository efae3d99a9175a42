import type { HeatMap } from '../api/types.ts';
import { distanceTo } from './distance.ts';
import { heatColour } from './heat-ramp.ts';

const OPACITY = 0.8;
/** Below this heat the band fades out: nothing to point at. */
const FADE_FROM = 0.02;
const FADE_TO = 0.1;
/** Alpha from which a pixel counts as ink. */
const INK = 64;

/** The distance counts up to this many radii; further away nothing changes the band. */
const REACH = 2.5;
/** Half width of the tent that evens out the heat, as a share of the grid's long side. */
const SPREAD = 0.06;
/** Half width of the smoothing box, in radii. */
const SMOOTHING = 0.45;

export interface BandOptions {
  /** Half width of the band, in pixels. */
  readonly radius: number;
  readonly dark: boolean;
}

/**
 * Paints the heat as a soft-edged band along the ink. The band follows the smoothed path: it is a level of the blurred
 * distance to the ink, so that a wavering line lies inside one even band.
 *
 * @param ink Picture whose alpha is the ink. Not modified.
 * @param heat Grid over the same picture.
 * @returns A picture of the same size, transparent away from the ink.
 */
export function paintHeatBand(ink: ImageData, heat: HeatMap, options: BandOptions): ImageData {
  const { width, height } = ink;
  const { radius } = options;
  const marked = new Uint8Array(width * height);
  for (let i = 0; i < marked.length; i++) marked[i] = (ink.data[i * 4 + 3] ?? 0) >= INK ? 1 : 0;
  const distance = distanceTo(marked, width, height).map((value) => Math.min(value, radius * REACH));
  const smooth = blur(distance, width, height, Math.max(1, Math.round(radius * SMOOTHING)));
  const heatAt = sampler(heat, marked, width, height);

  const band = new ImageData(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const cover = Math.min(1, Math.max(0, radius - (smooth[i] ?? 0) + 0.5));
      if (cover === 0) continue;
      const value = heatAt((x + 0.5) / width, (y + 0.5) / height);
      const shown = Math.min(1, Math.max(0, (value - FADE_FROM) / (FADE_TO - FADE_FROM)));
      if (shown === 0) continue;
      const [red, green, blue] = heatColour(value, options.dark);
      band.data[i * 4] = red;
      band.data[i * 4 + 1] = green;
      band.data[i * 4 + 2] = blue;
      band.data[i * 4 + 3] = Math.round(255 * OPACITY * cover * shown);
    }
  }
  return band;
}

/** Three box means in each direction: nearly a Gaussian of deviation √3 · half. Beyond the picture its edge goes on. */
function blur(field: Float32Array, width: number, height: number, half: number): Float32Array {
  let from = field;
  for (let pass = 0; pass < 3; pass++) {
    const across = boxMean(from, { count: height, length: width, stride: 1, step: width }, half);
    from = boxMean(across, { count: width, length: height, stride: width, step: 1 }, half);
  }
  return from;
}

interface Lines {
  readonly count: number;
  readonly length: number;
  /** From one place of a line to the next, and from one line to the next. */
  readonly stride: number;
  readonly step: number;
}

function boxMean(field: Float32Array, lines: Lines, half: number): Float32Array {
  const out = new Float32Array(field.length);
  const { length, stride } = lines;
  for (let line = 0; line < lines.count; line++) {
    const start = line * lines.step;
    const at = (place: number) => field[start + Math.min(length - 1, Math.max(0, place)) * stride] ?? 0;
    let sum = 0;
    for (let place = -half; place <= half; place++) sum += at(place);
    for (let place = 0; place < length; place++) {
      out[start + place * stride] = sum / (2 * half + 1);
      sum += at(place + half + 1) - at(place - half);
    }
  }
  return out;
}

/**
 * Reads the grid between its cell centres. Cells without ink hold 0 because there was nothing to judge, so they are
 * left out of the mean instead of dimming the edge of the ink.
 */
function sampler(heat: HeatMap, marked: Uint8Array, width: number, height: number) {
  const { columns, rows, values } = heat;
  const weight = new Float32Array(columns * rows);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(rows - 1, Math.floor((y / height) * rows));
    for (let x = 0; x < width; x++, i++) {
      if (marked[i] === 0) continue;
      const cell = row * columns + Math.min(columns - 1, Math.floor((x / width) * columns));
      weight[cell] = (weight[cell] ?? 0) + 1;
    }
  }
  // In cells: neighbouring patches differ by chance, so the tent spans a good piece of the line, and at least 2 cells.
  const reach = Math.max(2, SPREAD * Math.max(columns, rows));
  return (u: number, v: number): number => {
    const x = u * columns - 0.5;
    const y = v * rows - 0.5;
    let sum = 0;
    let total = 0;
    for (let row = Math.max(0, Math.ceil(y - reach)); row <= Math.min(rows - 1, y + reach); row++) {
      for (
        let column = Math.max(0, Math.ceil(x - reach));
        column <= Math.min(columns - 1, x + reach);
        column++
      ) {
        const cell = row * columns + column;
        if ((weight[cell] ?? 0) === 0) continue;
        const near = (1 - Math.abs(column - x) / reach) * (1 - Math.abs(row - y) / reach);
        sum += near * (values[cell] ?? 0);
        total += near;
      }
    }
    return total === 0 ? 0 : sum / total;
  };
}
