import type { GreyImage } from '../imaging/images.ts';
import type { ColourImage } from '../imaging/encode.ts';
import type { HeatMap } from './screen-result.ts';

/** Little to much; runs away from a light page. */
const RAMP = ['fdebb0', 'fbc13a', 'f5871f', 'de5238', 'b5345c', '7a1d6d'].map((hex) => {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255] as const;
});
const OPACITY = 0.8;
/** Heat from which the colour shows, and from which it is whole. */
const SHOWN_FROM = 0.02;
const SHOWN_WHOLE = 0.1;

/** Paints the heat over the grey page, ink on top: multiplied, so that lines stay dark. */
export function paintOverlay(page: GreyImage, heat: HeatMap | null): ColourImage {
  const { width, height } = page;
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) {
      const value = heat === null ? 0 : heatAt(heat, (x + 0.5) / width, (y + 0.5) / height);
      const shown = OPACITY * Math.min(1, Math.max(0, (value - SHOWN_FROM) / (SHOWN_WHOLE - SHOWN_FROM)));
      const colour = rampColour(value);
      const grey = page.data[at]!;
      for (let c = 0; c < 3; c++) {
        data[at * 3 + c] = Math.round(grey * (1 - shown + (shown * colour[c]!) / 255));
      }
    }
  }
  return { width, height, data };
}

function rampColour(value: number): readonly number[] {
  const position = Math.min(1, Math.max(0, value)) * (RAMP.length - 1);
  const index = Math.min(RAMP.length - 2, Math.floor(position));
  const from = RAMP[index]!;
  const to = RAMP[index + 1]!;
  return from.map((part, c) => part + (to[c]! - part) * (position - index));
}

/** Heat at a place of the picture, 0..1 each way; linear between cell centres. */
function heatAt({ columns, rows, values }: HeatMap, u: number, v: number): number {
  const x = Math.min(columns - 1, Math.max(0, u * columns - 0.5));
  const y = Math.min(rows - 1, Math.max(0, v * rows - 0.5));
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(columns - 1, left + 1);
  const bottom = Math.min(rows - 1, top + 1);
  const at = (column: number, row: number) => values[row * columns + column] ?? 0;
  const upper = at(left, top) * (1 - x + left) + at(right, top) * (x - left);
  const lower = at(left, bottom) * (1 - x + left) + at(right, bottom) * (x - left);
  return upper + (lower - upper) * (y - top);
}
