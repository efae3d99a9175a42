/**
 * Icons for all systems from the one drawing that the app itself shows (renderer/icon.svg). Made whenever the app is packed
 * and never committed: they cannot fall behind the drawing, and it takes 0.3 s.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

export const ICON_SOURCE = 'renderer/icon.svg';
const PNG_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Types of an .icns whose content is a PNG, by side in pixels; the ones with @2x share a picture. */
const ICNS_TYPES = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];

/**
 * Writes `png/NxN.png`, `icon.ico` and `icon.icns`.
 * @param {string} source An SVG.
 * @param {string} folder Made anew.
 */
export async function makeIcons(source, folder) {
  const svg = readFileSync(source);
  const pictures = new Map();
  for (const size of PNG_SIZES) pictures.set(size, await drawIcon(svg, size));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'png'), { recursive: true });
  for (const [size, png] of pictures) writeFileSync(path.join(folder, `png/${size}x${size}.png`), png);
  writeFileSync(path.join(folder, 'icon.ico'), packIco(ICO_SIZES.map((size) => [size, pictures.get(size)])));
  writeFileSync(
    path.join(folder, 'icon.icns'),
    packIcns(ICNS_TYPES.map(([type, size]) => [type, pictures.get(size)])),
  );
}

/** Drawn at its size, not scaled down from a larger one. */
function drawIcon(svg, size) {
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(svg.toString())?.[1]);
  if (!side) throw new Error(`${ICON_SOURCE} needs a square viewBox that starts at 0 0.`);
  return sharp(svg, { density: (72 * size) / side })
    .resize(size, size)
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** Windows Vista and later read PNG inside of .ico. @param {readonly [number, Buffer][]} pictures */
function packIco(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, [size, png]] of pictures.entries()) {
    const at = 6 + 16 * index;
    head[at] = head[at + 1] = size % 256; // 256 is written as 0
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(([, png]) => png)]);
}

/** @param {readonly [string, Buffer][]} pictures By four-letter type. */
function packIcns(pictures) {
  const entries = pictures.map(([type, png]) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + png.length, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(entries);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}
