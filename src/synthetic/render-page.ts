/** Ink on paper under a scanner: texture, tone, printed lines, blur and noise, row by row. */
import type { Rng } from '../base/rng.ts';
import type { GreyImage } from '../imaging/images.ts';
import { noiseTiles, tilePlace, tileOffset, tileRow, type NoiseTiles } from './noise-tiles.ts';
import type { PageLook, Ruling } from './page-look.ts';
import type { InkLayer } from './paint-strokes.ts';

/** Turns a layer of ink into a grey picture that looks scanned. */
export function renderPage(rng: Rng, layer: InkLayer, look: PageLook): GreyImage {
  const { width, height } = layer;
  const noise = noiseTiles();
  const page = openPage(rng, layer, look, noise);
  const sensor = tileOffset(rng);
  const data = new Uint8Array(width * height);
  const rowAt = blurredRows(page, width, height, look.blurPx);
  for (let y = 0; y < height; y++) scanRow(rowAt(y), y, look.noise, noise.white, sensor, data);
  return { width, height, data };
}

function scanRow(
  row: Float32Array,
  y: number,
  strength: number,
  white: Float32Array,
  sensor: number,
  out: Uint8Array,
): void {
  const width = row.length;
  const from = tileRow(y, sensor);
  for (let x = 0, at = y * width; x < width; x++, at++) {
    const value = row[x]! + strength * white[tilePlace(from, x)]!;
    out[at] = value < 0 ? 0 : value > 255 ? 255 : value + 0.5;
  }
}

/** Writes row y of a page to `out`, shape [width]. */
type PageRows = (y: number, out: Float32Array) => void;

/** The page before the scanner; draws where the paper's texture is read from. */
function openPage(rng: Rng, { width, height, data }: InkLayer, look: PageLook, noise: NoiseTiles): PageRows {
  const fine = tileOffset(rng);
  const soft = tileOffset(rng);
  const cloud = tileOffset(rng);
  const contrast = look.paperGrey - look.inkGrey;
  const { grain, clouds, tooth } = look;
  const tone = new Float64Array(width);
  for (let x = 0; x < width; x++) tone[x] = look.paperGrey + look.slopeX * (x / width - 0.5);
  const printedAt = look.ruling === null ? () => null : printedRows(look.ruling, width);
  return (y, out) => {
    const slope = look.slopeY * (y / height - 0.5);
    const [fineRow, softRow, cloudRow] = [tileRow(y, fine), tileRow(y, soft), tileRow(y >> 2, cloud)];
    const printed = printedAt(y);
    for (let x = 0, at = y * width; x < width; x++, at++) {
      let grey = tone[x]! + slope;
      grey += grain * noise.soft[tilePlace(softRow, x)]!;
      grey += clouds * noise.cloud[tilePlace(cloudRow, x >> 2)]!;
      let ink = data[at]!;
      if (ink > 0) {
        // Graphite catches on the paper's high spots: faint ink breaks up first.
        const spot = 0.5 + 0.33 * noise.soft[tilePlace(fineRow, x)]!;
        ink *= 1 - tooth * (spot < 0 ? 0 : spot > 1 ? 1 : spot);
      }
      if (printed !== null && printed[x]! > ink) ink = printed[x]!;
      out[x] = grey - contrast * ink;
    }
  };
}

/** Ink of printed lines along a row; null for a row without any. */
function printedRows({ gapPx, offsetPx, squared, strength }: Ruling, width: number) {
  const isNear = (place: number): boolean => (((place + offsetPx) % gapPx) + gapPx) % gapPx < 1;
  const line = new Float64Array(width).fill(strength);
  const across = squared ? line.map((ink, x) => (isNear(x) ? ink : 0)) : null;
  return (y: number): Float64Array | null => (isNear(y) ? line : across);
}

/**
 * 3-tap blur each way, of the variance wanted (up to 0.85 px sigma).
 *
 * @returns Gives rows 0, 1, … in this order; each is the same array again.
 */
function blurredRows(
  page: PageRows,
  width: number,
  height: number,
  sigma: number,
): (y: number) => Float32Array {
  const out = new Float32Array(width);
  const side = Math.min(0.33, (sigma * sigma) / 2);
  if (side < 0.01) {
    return (y) => {
      page(y, out);
      return out;
    };
  }
  const [above, here, below] = [out.slice(), out.slice(), out.slice()];
  const make = (y: number, row: Float32Array): void => {
    page(y, row);
    blurRow(row, side);
  };
  make(0, below);
  above.set(below);
  return (y) => {
    if (y > 0) above.set(here);
    here.set(below);
    if (y + 1 < height) make(y + 1, below);
    blurColumns(above, here, below, side, out);
    return out;
  };
}

function blurRow(row: Float32Array, side: number): void {
  const centre = 1 - 2 * side;
  let before = row[0]!;
  for (let x = 0; x < row.length; x++) {
    const here = row[x]!;
    row[x] = centre * here + side * (before + (x + 1 < row.length ? row[x + 1]! : here));
    before = here;
  }
}

function blurColumns(
  above: Float32Array,
  here: Float32Array,
  below: Float32Array,
  side: number,
  out: Float32Array,
): void {
  const centre = 1 - 2 * side;
  for (let x = 0; x < out.length; x++) out[x] = centre * here[x]! + side * (above[x]! + below[x]!);
}
