import type { HeatMap } from '../api/types.ts';
import { distanceTo } from './distance.ts';
import { heatColour } from './heat-ramp.ts';

const OPACITY = 0.8;
/** Below this heat the band fades out: nothing to point at. */
const FADE_FROM = 0.02;
const FADE_TO = 0.1;
/** Alpha from which a pixel counts as ink. */
const INK = 64;

export interface BandOptions {
  /** Half width of the band, in pixels. */
  readonly radius: number;
  readonly dark: boolean;
}

/**
 * Paints the heat as a soft-edged band along the ink. The band follows the smoothed path: bays narrower than its own
 * width are closed, so that a wavering line lies inside one even band.
 *
 * @param ink Picture whose alpha is the ink. Not modified.
 * @param heat Grid over the same picture.
 * @returns A picture of the same size, transparent away from the ink.
 */
export function paintHeatBand(ink: ImageData, heat: HeatMap, options: BandOptions): ImageData {
  const { width, height } = ink;
  const marked = new Uint8Array(width * height);
  for (let i = 0; i < marked.length; i++) marked[i] = (ink.data[i * 4 + 3] ?? 0) >= INK ? 1 : 0;
  const closing = options.radius * 0.6;
  const wide = distanceTo(marked, width, height);
  const outside = Uint8Array.from(wide, (distance) => (distance > options.radius + closing ? 1 : 0));
  const inwards = distanceTo(outside, width, height);
  const heatAt = sampler(heat, marked, width, height);

  const band = new ImageData(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const cover = Math.min(1, Math.max(0, (inwards[i] ?? 0) - closing));
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
  return (u: number, v: number): number => {
    const x = u * columns - 0.5;
    const y = v * rows - 0.5;
    let sum = 0;
    let total = 0;
    // Two cells around: a tent of width 2 that reaches the ink from every pixel of the band.
    for (let row = Math.floor(y) - 1; row <= Math.floor(y) + 2; row++) {
      for (let column = Math.floor(x) - 1; column <= Math.floor(x) + 2; column++) {
        if (row < 0 || column < 0 || row >= rows || column >= columns) continue;
        const cell = row * columns + column;
        if ((weight[cell] ?? 0) === 0) continue;
        const near = Math.max(0, 1 - Math.abs(column - x) / 2) * Math.max(0, 1 - Math.abs(row - y) / 2);
        sum += near * (values[cell] ?? 0);
        total += near;
      }
    }
    return total === 0 ? 0 : sum / total;
  };
}
