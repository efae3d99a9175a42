/** Writes the pictures that the library and the overlays show. */
import type { GreyImage, InkMap } from './images.ts';
import { loadSharp } from './sharp-library.ts';

/** Long side of the pictures that are stored. */
export const PAGE_LONG_SIDE = 1600;
export const THUMB_LONG_SIDE = 320;

/** A picture of opaque colours, 3 bytes a pixel, row by row. */
export interface ColourImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface EncodedPicture {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** The grey page as WebP, reduced to `longSide`. */
export async function encodeGreyWebp(grey: GreyImage, longSide: number): Promise<EncodedPicture> {
  const sharp = await loadSharp();
  const raw = { width: grey.width, height: grey.height, channels: 1 as const };
  const { data, info } = await sharp(grey.data, { raw })
    .resize({ width: longSide, height: longSide, fit: 'inside', withoutEnlargement: true, kernel: 'linear' })
    .webp({ quality: 82, effort: 2 })
    .toBuffer({ resolveWithObject: true });
  return { bytes: new Uint8Array(data), width: info.width, height: info.height };
}

/** Black PNG whose alpha is the ink, fitted into the given box (never enlarged). */
export async function encodeInkPng(
  ink: InkMap,
  size: { readonly width: number; readonly height: number },
): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const alpha = new Uint8Array(ink.data.length);
  for (let i = 0; i < alpha.length; i++) alpha[i] = Math.round(255 * ink.data[i]!);
  const raw = { width: ink.width, height: ink.height, channels: 1 as const };
  const resized = await sharp(alpha, { raw })
    .resize({ width: size.width, height: size.height, fit: 'fill', kernel: 'linear' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const pixels = new Uint8Array(resized.info.width * resized.info.height * 2);
  const step = resized.info.channels;
  for (let i = 0; i * 2 < pixels.length; i++) pixels[2 * i + 1] = resized.data[i * step]!;
  const data = await sharp(pixels, {
    raw: { width: resized.info.width, height: resized.info.height, channels: 2 },
  })
    .png({ compressionLevel: 6 })
    .toBuffer();
  return new Uint8Array(data);
}

/** @param image Interleaved RGB, 8 bits, shape [height, width, 3]. @returns A PNG file of the same size. */
export async function encodeColourPng(image: ColourImage): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const raw = { width: image.width, height: image.height, channels: 3 as const };
  return new Uint8Array(await sharp(image.data, { raw }).png({ compressionLevel: 6 }).toBuffer());
}

/** The size with the same shape whose long side is at most `longSide`. */
export function fitInside(
  size: { readonly width: number; readonly height: number },
  longSide: number,
): { width: number; height: number } {
  const factor = Math.min(1, longSide / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}
