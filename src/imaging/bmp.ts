import { UserError } from '../base/errors.ts';
import type { GreyImage } from './images.ts';

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly pixelsAt: number;
  readonly paletteAt: number;
  readonly paletteSize: number;
}

/** Size in pixels, from the header alone. Throws as {@link decodeBmp}. */
export function bmpSize(bytes: Uint8Array, name: string): { width: number; height: number } {
  const { width, height } = readHeader(bytes, name);
  return { width, height };
}

/**
 * Decodes an uncompressed Windows bitmap of 1, 4, 8, 24 or 32 bits to grey. libvips, which reads the other formats,
 * is built without it.
 *
 * @throws UserError `unsupported-format` for compressed or rare kinds, `damaged` where bytes are missing.
 */
export function decodeBmp(bytes: Uint8Array, name: string): GreyImage {
  const header = readHeader(bytes, name);
  const { width, height, bits, pixelsAt } = header;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (pixelsAt + stride * height > bytes.length) throw damaged(name, 'its end is missing');
  const palette = readPalette(bytes, header);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = pixelsAt + stride * (header.topDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++) data[y * width + x] = greyAt(bytes, row, x, header, palette);
  }
  return { width, height, data };
}

function readHeader(bytes: Uint8Array, name: string): BmpHeader {
  if (bytes.length < 54) throw damaged(name, 'its header is cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerSize = view.getUint32(14, true);
  const rows = view.getInt32(22, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  // 3 and 6: bit masks, read only where they are the usual blue, green, red order.
  const masked = compression === 3 || compression === 6;
  const usual = !masked || (bits === 32 && view.getUint32(54, true) === 0x00ff0000);
  if (headerSize < 40 || ![1, 4, 8, 24, 32].includes(bits) || (compression !== 0 && !masked) || !usual) {
    throw new UserError(
      'unsupported-format',
      `${name} is a compressed or rare kind of bitmap, which cannot be read. Save it as PNG.`,
      name,
    );
  }
  const width = view.getInt32(18, true);
  if (width <= 0 || rows === 0) throw damaged(name, 'its size is not possible');
  const colours = view.getUint32(46, true);
  return {
    width,
    height: Math.abs(rows),
    topDown: rows < 0,
    bits,
    pixelsAt: view.getUint32(10, true),
    paletteAt: 14 + headerSize,
    paletteSize: bits <= 8 ? Math.min(1 << bits, colours === 0 ? 1 << bits : colours) : 0,
  };
}

function readPalette(bytes: Uint8Array, header: BmpHeader): Uint8Array {
  const palette = new Uint8Array(256);
  for (let i = 0; i < header.paletteSize; i++) {
    const at = header.paletteAt + 4 * i;
    palette[i] = luma(bytes[at + 2] ?? 0, bytes[at + 1] ?? 0, bytes[at] ?? 0);
  }
  return palette;
}

function greyAt(bytes: Uint8Array, row: number, x: number, { bits }: BmpHeader, palette: Uint8Array): number {
  if (bits <= 8) {
    const bit = x * bits;
    const byte = bytes[row + (bit >> 3)]!;
    return palette[(byte >> (8 - bits - (bit & 7))) & ((1 << bits) - 1)]!;
  }
  const at = row + x * (bits / 8);
  return luma(bytes[at + 2]!, bytes[at + 1]!, bytes[at]!);
}

/** Rec. 709 luma of 8-bit values, rounded. */
function luma(red: number, green: number, blue: number): number {
  return Math.round(0.2126 * red + 0.7152 * green + 0.0722 * blue);
}

function damaged(name: string, how: string): UserError {
  return new UserError('damaged', `${name} is damaged: ${how}. Save or copy it again.`, name);
}
