/** What the bench looks at: always the same simulated drawings and patches. */
import { Rng } from '../../base/rng.ts';
import { SYNTHETIC_KINDS } from '../../base/words.ts';
import type { GreyImage } from '../../imaging/images.ts';
import { loadSharp } from '../../imaging/sharp-library.ts';
import { makeExamples } from '../../synthetic/examples.ts';
import { loadFontLibrary } from '../../synthetic/font-files.ts';
import { moveAlong, shakeHand } from '../../synthetic/hand.ts';
import { drawPenPicture } from '../../synthetic/picture.ts';
import { makeSyntheticPatches } from '../../synthetic/synthetic-patches.ts';
import { drawText } from '../../synthetic/word-list.ts';
import { makeWriter, writeBlock } from '../../synthetic/writer.ts';
import { BENCH_BATCH } from './bench-types.ts';
import type { BenchBatch } from './network-bench-protocol.ts';

const DPI = 300;
const PX_PER_MM = DPI / 25.4;
/** A4 at 300 dpi. */
const PAGE = { width: 2480, height: 3508 } as const;
const PAGE_GREY = 246;
const MARGIN_MM = 20;
const X_HEIGHT_MM = 3;
const LINES = 25;
/** Of the text, in x-heights: what is left of 210 mm between the margins. */
const TEXT_WIDTH = (210 - 2 * MARGIN_MM) / X_HEIGHT_MM;

/** A batch as training sees it: all kinds, both labels. */
export async function makeBenchBatch(): Promise<BenchBatch> {
  const patches = await makeSyntheticPatches({
    count: BENCH_BATCH,
    kinds: SYNTHETIC_KINDS,
    seed: 1,
    part: 'train',
  });
  return { images: Float32Array.from(patches.pixels, (value) => value / 255), labels: patches.labels };
}

/** The example spiral with tremor, as PNG. */
export function makeSpiralPng(): Promise<Uint8Array> {
  const spiral = makeExamples().find(({ name }) => name === 'spiral-tremor');
  if (spiral === undefined) throw new Error('there is no example called spiral-tremor');
  return encodePng(spiral.grey, spiral.pxPerMm);
}

/** An A4 page at 300 dpi, 2480 × 3508, full of regular writing in ball-pen, as PNG. */
export function makePagePng(): Promise<Uint8Array> {
  const rng = new Rng('bench/page');
  const font = loadFontLibrary().strokeFonts[0];
  if (font === undefined) throw new Error('the font library has no single-stroke font');
  const writer = { ...makeWriter(rng, font.open()), xHeightMm: X_HEIGHT_MM, lineGap: 3 };
  const words = drawText(rng, 'train', 300);
  const curves = writeBlock(rng, writer, words, { width: TEXT_WIDTH, lines: LINES });
  const strokes = shakeHand(rng, false, moveAlong(rng, curves, 24, 0.15), [0.18, 0.48], {
    windowMm: 1.1 * X_HEIGHT_MM,
    leastMm: 0,
  });
  const { grey } = drawPenPicture(rng, strokes, 'writing', X_HEIGHT_MM, {
    pxPerMm: PX_PER_MM,
    pen: 'ballpoint',
  });
  return encodePng(placeOnPage(grey), PX_PER_MM);
}

/** What does not fit is cut off. */
function placeOnPage(block: GreyImage): GreyImage {
  const data = new Uint8Array(PAGE.width * PAGE.height).fill(PAGE_GREY);
  const margin = Math.round(MARGIN_MM * PX_PER_MM);
  const width = Math.min(block.width, PAGE.width - margin);
  const height = Math.min(block.height, PAGE.height - margin);
  for (let y = 0; y < height; y++) {
    const row = block.data.subarray(y * block.width, y * block.width + width);
    data.set(row, (y + margin) * PAGE.width + margin);
  }
  return { ...PAGE, data };
}

async function encodePng({ data, width, height }: GreyImage, pxPerMm: number): Promise<Uint8Array> {
  const sharp = await loadSharp();
  const png = await sharp(data, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .withMetadata({ density: 25.4 * pxPerMm })
    .png()
    .toBuffer();
  return new Uint8Array(png);
}
