/** Opens untrusted picture files, bounded in bytes, pixels, pages and memory. The only file of this folder that touches files. */
import { readFile, stat } from 'node:fs/promises';
import type { Metadata, Sharp } from 'sharp';
import { UserError } from '../base/errors.ts';
import { bmpSize, decodeBmp } from './bmp.ts';
import type { GreyImage } from './images.ts';
import { WORKING_LONG_SIDE } from './ink-map.ts';
import { sniffPicture, type PictureFormat } from './picture-format.ts';
import { reduceGrey } from './resample.ts';
import { loadSharp } from './sharp-library.ts';

export const MAX_FILE_BYTES = 200 * 1024 * 1024;
export const MAX_PIXELS = 120_000_000;
export const MAX_PAGES = 200;
/** Interlaced and progressive pictures are held whole while they are decoded. */
const MAX_BUFFERED_BYTES = 400 * 1024 * 1024;

/** One page, as grey, its long side at most {@link WORKING_LONG_SIDE}. */
export interface DecodedPage {
  readonly grey: GreyImage;
  /** Of the file, before reduction and rotation. */
  readonly originalWidth: number;
  readonly originalHeight: number;
  /** Pixels of `grey` per millimetre; null where the file does not say or what it says is not believable. */
  readonly pxPerMm: number | null;
}

export interface Picture {
  readonly pages: number;
  /**
   * @param page From 1.
   * @throws UserError naming the file: `too-large`, `damaged`.
   */
  readPage(page: number): Promise<DecodedPage>;
}

/**
 * Reads a file into memory.
 *
 * @param limit Bytes.
 * @throws UserError `not-found`, `no-access`, `too-large`, or `not-an-image` for folders and devices.
 */
export async function readBounded(path: string, limit = MAX_FILE_BYTES): Promise<Uint8Array<ArrayBuffer>> {
  try {
    // Looked at before it is opened: opening a pipe would wait for its other end.
    const info = await stat(path);
    if (info.isDirectory()) {
      throw new UserError('not-an-image', `${path} is a folder, not a picture. Choose files in it.`, path);
    }
    if (!info.isFile()) {
      throw new UserError('not-an-image', `${path} is a device or pipe, not a file. Choose a file.`, path);
    }
    if (info.size > limit) {
      const [size, most] = [info.size, limit].map((bytes) => Math.ceil(bytes / 1024 / 1024));
      throw new UserError(
        'too-large',
        `${path} has ${size} MB; the limit is ${most} MB. Save it with lower resolution or as JPEG.`,
        path,
      );
    }
    return await readFile(path);
  } catch (error) {
    throw explainFileError(error, path);
  }
}

function explainFileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (error instanceof UserError) return error;
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return new UserError('not-found', `There is no file ${path}. Check the path.`, path, { cause: error });
  }
  if (code === 'EACCES' || code === 'EPERM') {
    const message = `${path} may not be read. Check the file's permissions.`;
    return new UserError('no-access', message, path, { cause: error });
  }
  if (code === 'EISDIR') {
    return new UserError('not-an-image', `${path} is a folder, not a picture. Choose files in it.`, path);
  }
  return error;
}

/**
 * Looks at a file's header: format by content, pages, size. Nothing is decoded yet.
 *
 * @param name For messages: the path or the dropped file's name.
 * @throws UserError naming the file and the limit or reason.
 */
export async function openPicture(bytes: Uint8Array, name: string): Promise<Picture> {
  const format = sniffPicture(bytes, name);
  if (format === 'bmp') return openBmp(bytes, name);
  const first = await readHeader(bytes, name, 0);
  checkPixels(first, format, name);
  const pages = format === 'tiff' ? (first.pages ?? 1) : 1;
  if (pages > MAX_PAGES) {
    const message = `${name} has ${pages} pages; the limit is ${MAX_PAGES}. Split it into several files.`;
    throw new UserError('too-large', message, name);
  }
  return {
    pages,
    readPage: async (page) => {
      const header = page === 1 ? first : await readHeader(bytes, name, page - 1);
      checkPixels(header, format, name);
      return decodePage(bytes, name, page - 1, header);
    },
  };
}

function openBmp(bytes: Uint8Array, name: string): Picture {
  const size = bmpSize(bytes, name);
  checkPixels(size, 'bmp', name);
  return {
    pages: 1,
    readPage: () => {
      const grey = reduceGrey(decodeBmp(bytes, name), WORKING_LONG_SIDE);
      return Promise.resolve({
        grey,
        originalWidth: size.width,
        originalHeight: size.height,
        pxPerMm: null,
      });
    },
  };
}

async function readHeader(bytes: Uint8Array, name: string, page: number): Promise<Metadata> {
  const sharp = await loadSharp();
  try {
    // Pixels are checked by us, with a message that names the limit.
    return await sharp(bytes, { page, limitInputPixels: false }).metadata();
  } catch (error) {
    throw damaged(name, error);
  }
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly isProgressive?: boolean;
  readonly channels?: number;
  readonly depth?: string;
}

function checkPixels(size: Size, format: PictureFormat, name: string): void {
  const { width, height } = size;
  if (width * height > MAX_PIXELS) {
    const limit = MAX_PIXELS / 1e6;
    throw new UserError(
      'too-large',
      `${name} has ${width} × ${height} pixels; the limit is ${limit} million. Scan at 300 dpi or crop it.`,
      name,
    );
  }
  const whole = size.isProgressive === true || format === 'webp' || format === 'gif';
  const bytesPerPixel = (size.channels ?? 4) * (format === 'jpeg' || size.depth === 'ushort' ? 2 : 1);
  if (whole && width * height * bytesPerPixel > MAX_BUFFERED_BYTES) {
    throw new UserError(
      'too-large',
      `${name} has ${width} × ${height} pixels in a form that must be held in memory at once. Save it again without interlacing, or smaller.`,
      name,
    );
  }
}

async function decodePage(
  bytes: Uint8Array,
  name: string,
  page: number,
  header: Metadata,
): Promise<DecodedPage> {
  const sharp = await loadSharp();
  try {
    const image = sharp(bytes, {
      page,
      pages: 1,
      limitInputPixels: MAX_PIXELS,
      sequentialRead: true,
      failOn: 'error',
    });
    const { data, info } = await toGrey(image).toBuffer({ resolveWithObject: true });
    const grey = { width: info.width, height: info.height, data: new Uint8Array(data) };
    const { width: originalWidth, height: originalHeight } = header;
    const factor = Math.max(grey.width, grey.height) / Math.max(originalWidth, originalHeight);
    return { grey, originalWidth, originalHeight, pxPerMm: pxPerMmOf(header, factor) };
  } catch (error) {
    throw damaged(name, error);
  }
}

/** Upright, on white, one channel of 8 bits, reduced to the working size. */
function toGrey(image: Sharp): Sharp {
  return image
    .autoOrient()
    .flatten({ background: '#ffffff' })
    .resize({
      width: WORKING_LONG_SIDE,
      height: WORKING_LONG_SIDE,
      fit: 'inside',
      withoutEnlargement: true,
      kernel: 'linear',
    })
    .toColourspace('b-w')
    .extractChannel(0)
    .raw({ depth: 'uchar' });
}

/** Cameras and screens write 72 or 96 for want of a better number: only a scanner's resolution is believed. */
function pxPerMmOf({ density, width, height }: Metadata, factor: number): number | null {
  if (density === undefined || density < 100 || density > 2400) return null;
  const longSideMm = (Math.max(width, height) / density) * 25.4;
  return longSideMm >= 20 && longSideMm <= 1200 ? (density / 25.4) * factor : null;
}

function damaged(name: string, error: unknown): UserError {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  // The library speaks of its buffer, and ends with a colon where it knows no more.
  const reason = first
    .replace(/^Input buffer has corrupt header/, 'its header cannot be read')
    .replace(/:\s*$/, '');
  return new UserError(
    'damaged',
    `${name} is damaged or cut off (${reason}). Scan, save or copy it again.`,
    name,
    { cause: error },
  );
}
