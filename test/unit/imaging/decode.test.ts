import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError, type ErrorCode } from '../../../src/base/errors.ts';
import { openPicture, readBounded } from '../../../src/imaging/decode.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'steadypen-decode-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function refusalOf(work: Promise<unknown>): Promise<UserError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(outcome instanceof UserError)) throw new Error(`expected a refusal, got ${String(outcome)}`);
  return outcome;
}

/** A dark bar, 40 × 10 at (20, 30), on white, 100 × 60. */
function barPixels(channels: 1 | 3 | 4): {
  data: Buffer;
  raw: { width: number; height: number; channels: 1 | 3 | 4 };
} {
  const data = Buffer.alloc(100 * 60 * channels, 255);
  for (let y = 30; y < 40; y++) {
    for (let x = 20; x < 60; x++) {
      for (let c = 0; c < Math.min(3, channels); c++) data[(y * 100 + x) * channels + c] = 20;
    }
  }
  return { data, raw: { width: 100, height: 60, channels } };
}

async function pageOf(bytes: Uint8Array, page = 1) {
  const picture = await openPicture(bytes, 'bar');
  return { pages: picture.pages, ...(await picture.readPage(page)) };
}

/** A PNG whose header claims any size, with `rows` of real zero data behind it. */
function claimedPng(width: number, height: number): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const frame = Buffer.alloc(body.length + 8);
    frame.writeUInt32BE(data.length, 0);
    body.copy(frame, 4);
    frame.writeUInt32BE(crc32(body), body.length + 4);
    return frame;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('openPicture reads', () => {
  const { data, raw } = barPixels(3);
  test.each([
    { format: 'PNG', bytes: () => sharp(data, { raw }).png().toBuffer() },
    { format: 'interlaced PNG', bytes: () => sharp(data, { raw }).png({ progressive: true }).toBuffer() },
    { format: '16-bit PNG', bytes: () => sharp(data, { raw }).toColourspace('rgb16').png().toBuffer() },
    { format: 'palette PNG', bytes: () => sharp(data, { raw }).png({ palette: true }).toBuffer() },
    { format: 'JPEG', bytes: () => sharp(data, { raw }).jpeg({ quality: 95 }).toBuffer() },
    { format: 'CMYK JPEG', bytes: () => sharp(data, { raw }).toColourspace('cmyk').jpeg().toBuffer() },
    { format: 'TIFF', bytes: () => sharp(data, { raw }).tiff({ compression: 'lzw' }).toBuffer() },
    {
      format: 'one-bit TIFF',
      bytes: () =>
        sharp(data, { raw }).toColourspace('b-w').tiff({ bitdepth: 1, compression: 'none' }).toBuffer(),
    },
    { format: 'WebP', bytes: () => sharp(data, { raw }).webp().toBuffer() },
    { format: 'GIF', bytes: () => sharp(data, { raw }).gif().toBuffer() },
  ])('$format to the same grey', async ({ bytes }) => {
    const { grey, pages, originalWidth, originalHeight } = await pageOf(await bytes());
    expect([pages, originalWidth, originalHeight]).toEqual([1, 100, 60]);
    expect([grey.width, grey.height, grey.data.length]).toEqual([100, 60, 6000]);
    expect(grey.data[35 * 100 + 40]).toBeLessThan(45);
    expect(grey.data[5 * 100 + 5]).toBeGreaterThan(240);
    expect(grey.data[35 * 100 + 70]).toBeGreaterThan(225);
  });

  test('what is transparent as white', async () => {
    const { data: rgba, raw: rgbaRaw } = barPixels(4);
    for (let i = 0; i < rgba.length; i += 4) if (rgba[i] === 255) rgba.set([0, 0, 0, 0], i);
    const { grey } = await pageOf(await sharp(rgba, { raw: rgbaRaw }).png().toBuffer());
    expect(grey.data[0]).toBe(255);
    expect(grey.data[35 * 100 + 40]).toBe(20);
  });

  test('a photo turned by its EXIF mark upright', async () => {
    const turned = await sharp(data, { raw })
      .jpeg({ quality: 95 })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const { grey } = await pageOf(turned);
    expect([grey.width, grey.height]).toEqual([60, 100]);
    // Orientation 6: shown turned right by 90°, (x, y) → (height − 1 − y, x).
    expect(grey.data[40 * 60 + (59 - 35)]).toBeLessThan(45);
  });

  test('a BMP of 24 bits, bottom row first', async () => {
    const bmp = Buffer.alloc(54 + 8 * 2);
    bmp.write('BM', 'latin1');
    bmp.writeUInt32LE(54, 10);
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(2, 18);
    bmp.writeInt32LE(2, 22);
    bmp.writeUInt16LE(1, 26);
    bmp.writeUInt16LE(24, 28);
    // Rows from the bottom, blue first, padded to four bytes: bottom red and white, top black and blue.
    bmp.set([0, 0, 255, 255, 255, 255, 0, 0], 54);
    bmp.set([0, 0, 0, 255, 0, 0, 0, 0], 62);
    const { grey } = await pageOf(bmp);
    expect([...grey.data]).toEqual([0, 18, 54, 255]);
    expect((await refusalOf(pageOf(bmp.subarray(0, 60)))).code).toBe('damaged');
  });

  test('the pages of a TIFF one by one', async () => {
    const pages = Buffer.concat([
      Buffer.alloc(50 * 40, 200),
      Buffer.alloc(50 * 40, 90),
      Buffer.alloc(50 * 40, 10),
    ]);
    const tiff = await sharp(pages, { raw: { width: 50, height: 120, channels: 1, pageHeight: 40 } })
      .tiff({ compression: 'none' })
      .toBuffer();
    const picture = await openPicture(tiff, 'pages.tif');
    expect(picture.pages).toBe(3);
    const greys = [];
    for (const page of [1, 2, 3]) greys.push((await picture.readPage(page)).grey.data[0]);
    expect(greys).toEqual([200, 90, 10]);
  });

  test('the first frame of an animation', async () => {
    const frames = Buffer.concat([Buffer.alloc(20 * 20 * 3, 10), Buffer.alloc(20 * 20 * 3, 240)]);
    const gif = await sharp(frames, { raw: { width: 20, height: 40, channels: 3, pageHeight: 20 } })
      .gif()
      .toBuffer();
    const { pages, grey } = await pageOf(gif);
    expect([pages, grey.width, grey.height]).toEqual([1, 20, 20]);
    expect(grey.data[0]).toBeLessThan(20);
  });

  test('a large scan reduced, with the resolution of what is left', async () => {
    const large = await sharp({ create: { width: 3600, height: 4800, channels: 3, background: '#fff' } })
      .jpeg()
      .withMetadata({ density: 300 })
      .toBuffer();
    const { grey, pxPerMm, originalHeight } = await pageOf(large);
    expect([grey.width, grey.height, originalHeight]).toEqual([1800, 2400, 4800]);
    expect(pxPerMm).toBeCloseTo(150 / 25.4, 3);
  });

  test('one pixel', async () => {
    const dot = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#000' } })
      .png()
      .toBuffer();
    const { grey, pxPerMm } = await pageOf(dot);
    expect([grey.width, grey.height, [...grey.data], pxPerMm]).toEqual([1, 1, [0], null]);
  });
});

describe('openPicture refuses', () => {
  const text = (value: string) => Buffer.from(value);
  test.each<{ what: string; name: string; bytes: Uint8Array; code: ErrorCode; says: string }>([
    { what: 'an empty file', name: 'a.png', bytes: text(''), code: 'empty-file', says: '0 bytes' },
    {
      what: 'text named .png',
      name: 'a.png',
      bytes: text('Dear diary, today'),
      code: 'not-an-image',
      says: 'text',
    },
    {
      what: 'noise named .jpg',
      name: 'a.jpg',
      bytes: Buffer.from([0, 1, 2, 3, 0, 9]),
      code: 'not-an-image',
      says: 'not a picture',
    },
    {
      what: 'an unknown file',
      name: 'a.xyz',
      bytes: Buffer.from([0, 1, 2, 3]),
      code: 'unsupported-format',
      says: 'PNG',
    },
    { what: 'a PDF', name: 'a.pdf', bytes: text('%PDF-1.7\n%âã'), code: 'unsupported-format', says: 'PDF' },
    {
      what: 'a PDF named .png',
      name: 'a.png',
      bytes: text('%PDF-1.7'),
      code: 'unsupported-format',
      says: 'PDF',
    },
    {
      what: 'an SVG',
      name: 'a.svg',
      bytes: text('<?xml version="1.0"?><svg width="9"/>'),
      code: 'unsupported-format',
      says: 'SVG',
    },
    {
      what: 'a HEIC photo',
      name: 'a.heic',
      bytes: text('\0\0\0\x18ftypheic'),
      code: 'unsupported-format',
      says: 'HEIC',
    },
    {
      what: '60,000 × 60,000 pixels',
      name: 'huge.png',
      bytes: claimedPng(60_000, 60_000),
      code: 'too-large',
      says: '60000 × 60000',
    },
    {
      what: 'a PNG with rows missing',
      name: 'cut.png',
      bytes: claimedPng(900, 900),
      code: 'damaged',
      says: 'cut.png',
    },
  ])('$what', async ({ name, bytes, code, says }) => {
    const refusal = await refusalOf(openPicture(bytes, name).then((picture) => picture.readPage(1)));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toContain(says);
    expect(refusal.message).toContain(name);
    expect(refusal.subject).toBe(name);
  });

  test('a JPEG cut off in the middle', async () => {
    const noise = Buffer.from(Array.from({ length: 300 * 300 * 3 }, (_, i) => (i * 7919) % 251));
    const whole = await sharp(noise, { raw: { width: 300, height: 300, channels: 3 } })
      .jpeg()
      .toBuffer();
    const refusal = await refusalOf(pageOf(whole.subarray(0, Math.floor(whole.length / 2))));
    expect(refusal.code).toBe('damaged');
    const beheaded = await refusalOf(pageOf(whole.subarray(0, 20)));
    expect(beheaded.code).toBe('damaged');
    expect(beheaded.message).toMatch(
      /is damaged or cut off \([^()]*[^():\s]\)\. Scan, save or copy it again\.$/,
    );
    expect(beheaded.message).not.toMatch(/buffer/i);
  });

  test('a TIFF with too many pages', async () => {
    const tall = Buffer.alloc(2 * 2 * 201, 255);
    const tiff = await sharp(tall, { raw: { width: 2, height: 402, channels: 1, pageHeight: 2 } })
      .tiff({ compression: 'none' })
      .toBuffer();
    const refusal = await refusalOf(openPicture(tiff, 'many.tif'));
    expect([refusal.code, refusal.message]).toEqual(['too-large', expect.stringContaining('201 pages')]);
  });
});

describe('readBounded refuses', () => {
  test('a missing path, a folder, a pipe', async () => {
    const missing = path.join(folder, 'missing.png');
    const refusal = await refusalOf(readBounded(missing));
    expect([refusal.code, refusal.subject]).toEqual(['not-found', missing]);
    await mkdir(path.join(folder, 'sub'));
    expect((await refusalOf(readBounded(path.join(folder, 'sub')))).message).toContain('folder');
  });

  test.skipIf(process.platform === 'win32')('a device', async () => {
    expect((await refusalOf(readBounded('/dev/zero'))).message).toContain('device');
  });

  test.skipIf(process.platform !== 'linux')('a file above 200 MB, without reading it', async () => {
    const large = path.join(folder, 'large.png');
    execFileSync('truncate', ['-s', '300M', large]);
    const refusal = await refusalOf(readBounded(large));
    expect([refusal.code, refusal.message]).toEqual(['too-large', expect.stringContaining('300 MB')]);
  });

  test('nothing that is fine', async () => {
    const file = path.join(folder, 'some.txt');
    await writeFile(file, 'ok');
    expect(new TextDecoder().decode(await readBounded(file))).toBe('ok');
  });
});
