import type { HeatMap, Task } from '../api/types.ts';
import { paintHeatBand } from './heat-band.ts';

/** Long side of the grid on which the band is worked out; it is soft and may be enlarged. */
const BAND_SIDE = 560;

export interface Picture {
  /** Alpha is the ink. */
  readonly ink: ImageBitmap;
  /** The grey page of a scan; null for drawings, which have none. */
  readonly page: ImageBitmap | null;
}

export interface PaintOptions {
  readonly heat: HeatMap | null;
  /** Half width of the band, as a share of the picture's long side. */
  readonly bandShare: number;
  /** Ramp and ink for a dark page. */
  readonly dark: boolean;
  /** CSS colour of the ink. */
  readonly inkColour: string;
}

/** Paints page, heat band and ink, in this order, over the whole canvas. The canvas keeps the picture's proportions. */
export function paintPicture(canvas: HTMLCanvasElement, picture: Picture, options: PaintOptions): void {
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { width, height } = canvas;
  context.imageSmoothingQuality = 'high';
  context.clearRect(0, 0, width, height);
  if (picture.page) context.drawImage(picture.page, 0, 0, width, height);
  if (options.heat) context.drawImage(bandOf(picture.ink, options.heat, options), 0, 0, width, height);
  if (picture.page && !options.heat) return;
  context.drawImage(tinted(picture.ink, width, height, options.inkColour), 0, 0);
}

const BAND_SHARES: Readonly<Record<Task, number>> = {
  'spiral-traced': 0.032,
  'spiral-free': 0.032,
  wave: 0.032,
  line: 0.032,
  loops: 0.018,
  words: 0.01,
  sentence: 0.01,
  text: 0.01,
  page: 0.01,
};

/** Half width of the band as a share of the picture's long side. Lines of writing stand close: a wide band melts them. */
export function bandShareOf(task: Task | null): number {
  return task === null ? BAND_SHARES.page : BAND_SHARES[task];
}

/** The band alone, at most BAND_SIDE on its long side. */
export function bandOf(
  ink: ImageBitmap,
  heat: HeatMap,
  options: Pick<PaintOptions, 'bandShare' | 'dark'>,
): OffscreenCanvas {
  const scale = Math.min(1, BAND_SIDE / Math.max(ink.width, ink.height));
  const width = Math.max(1, Math.round(ink.width * scale));
  const height = Math.max(1, Math.round(ink.height * scale));
  const small = new OffscreenCanvas(width, height);
  const context = small.getContext('2d', { willReadFrequently: true });
  if (context === null) return small;
  context.imageSmoothingQuality = 'high';
  context.drawImage(ink, 0, 0, width, height);
  const band = paintHeatBand(context.getImageData(0, 0, width, height), heat, {
    radius: Math.max(2, options.bandShare * Math.max(width, height)),
    dark: options.dark,
  });
  context.putImageData(band, 0, 0);
  return small;
}

/** Where the ink lies in its picture, as shares 0..1; null for a blank one. */
export function inkBounds(
  ink: ImageBitmap,
): { left: number; top: number; right: number; bottom: number } | null {
  const canvas = new OffscreenCanvas(ink.width, ink.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(ink, 0, 0);
  const { data } = context.getImageData(0, 0, ink.width, ink.height);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let y = 0, i = 3; y < ink.height; y++) {
    for (let x = 0; x < ink.width; x++, i += 4) {
      if ((data[i] ?? 0) < 64) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  if (right < left) return null;
  return {
    left: left / ink.width,
    right: right / ink.width,
    top: top / ink.height,
    bottom: bottom / ink.height,
  };
}

function tinted(ink: ImageBitmap, width: number, height: number, colour: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) return canvas;
  context.imageSmoothingQuality = 'high';
  // Much reduced, a thin line fades to grey: laid over itself it stays a line.
  const passes = Math.min(4, Math.max(1, Math.round(ink.width / width / 1.5)));
  for (let pass = 0; pass < passes; pass++) context.drawImage(ink, 0, 0, width, height);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return canvas;
}
