/** Heat, little to much, as red, green, blue: the same stops as --heat-0 … --heat-5 in tokens.css. */
const LIGHT = ['fdebb0', 'fbc13a', 'f5871f', 'de5238', 'b5345c', '7a1d6d'].map(parseHex);
const DARK = ['2b0b57', '6a176e', 'a52c60', 'dd513a', 'fb9b06', 'f7e27a'].map(parseHex);

export type Rgb = readonly [number, number, number];

/** Colour of a heat value 0..1, straight between the stops. The ramp runs away from the page. */
export function heatColour(value: number, dark: boolean): Rgb {
  const stops = dark ? DARK : LIGHT;
  const position = Math.min(1, Math.max(0, value)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(position));
  const from = stops[index] ?? [0, 0, 0];
  const to = stops[index + 1] ?? from;
  const part = position - index;
  return [
    Math.round(from[0] + (to[0] - from[0]) * part),
    Math.round(from[1] + (to[1] - from[1]) * part),
    Math.round(from[2] + (to[2] - from[2]) * part),
  ];
}

/** Ink on a canvas: the same as --ink in tokens.css. */
export function inkColourOn(dark: boolean): string {
  return dark ? '#e9e8e2' : '#20242b';
}

function parseHex(hex: string): Rgb {
  const value = Number.parseInt(hex, 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}
