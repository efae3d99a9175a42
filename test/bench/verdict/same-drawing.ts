/** The same drawing at other sizes, turns, qualities and lights: how often the verdict stays. */
import { Rng } from '../../../src/base/rng.ts';
import type { SyntheticKind } from '../../../src/base/words.ts';
import { openPicture } from '../../../src/imaging/decode.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import { loadSharp } from '../../../src/imaging/sharp-library.ts';
import { makeDrawing } from '../../../src/synthetic/drawing.ts';
import { loadFontLibrary } from '../../../src/synthetic/font-files.ts';
import { percent, screenGrey, type Bench } from './bench.ts';

const KINDS: readonly SyntheticKind[] = ['spiral', 'wave', 'handwriting'];
const PER_KIND_AND_LABEL = 8;

interface Change {
  readonly name: string;
  readonly apply: (grey: GreyImage) => Promise<GreyImage>;
}

export async function printSameDrawing(bench: Bench): Promise<void> {
  const sharp = await loadSharp();
  const raw = (grey: GreyImage) =>
    sharp(grey.data, { raw: { width: grey.width, height: grey.height, channels: 1 } }).toColourspace('b-w');
  const decoded = async (png: Uint8Array): Promise<GreyImage> =>
    (await (await openPicture(png, 'x.png')).readPage(1)).grey;
  const resized = (factor: number): Change => ({
    name: `${Math.round(100 * factor)} %`,
    apply: async (grey) =>
      decoded(
        await raw(grey)
          .resize(Math.round(grey.width * factor), Math.round(grey.height * factor))
          .png()
          .toBuffer(),
      ),
  });
  const turned = (degrees: number): Change => ({
    name: `${degrees}°`,
    apply: async (grey) =>
      decoded(
        await raw(grey)
          .rotate(degrees, { background: paperOf(grey) })
          .png()
          .toBuffer(),
      ),
  });
  const jpeg = (quality: number): Change => ({
    name: `JPEG ${quality}`,
    apply: async (grey) => decoded(await raw(grey).jpeg({ quality }).toBuffer()),
  });
  const lit = (factor: number): Change => ({
    name: `brightness ${factor}`,
    apply: (grey) =>
      Promise.resolve({ ...grey, data: grey.data.map((value) => Math.min(255, Math.round(value * factor))) }),
  });
  const changes = [0.5, 0.75, 1.5, 2, 3]
    .map(resized)
    .concat([-5, 5].map(turned), [40, 70, 95].map(jpeg), [0.7, 0.85, 1.1].map(lit));
  const fonts = loadFontLibrary();
  const kept = new Map(changes.map(({ name }) => [name, { kept: 0, flipped: 0, count: 0 }]));
  for (const kind of KINDS) {
    for (const tremorLike of [false, true]) {
      for (let i = 0; i < PER_KIND_AND_LABEL; i++) {
        const rng = new Rng(`same/${bench.seed}/${kind}/${tremorLike}/${i}`);
        const { grey } = makeDrawing(kind, rng, { tremorLike, fonts, part: 'test', withRecording: false });
        const before = (await screenGrey(bench, grey, null)).verdict;
        for (const { name, apply } of changes) {
          const { verdict } = await screenGrey(bench, await apply(grey), null);
          const row = kept.get(name)!;
          row.count++;
          if (verdict === before) row.kept++;
          else if (verdict !== 'inconclusive' && before !== 'inconclusive') row.flipped++;
        }
      }
    }
  }
  let all = 0;
  let count = 0;
  for (const [name, row] of kept) {
    all += row.kept;
    count += row.count;
    console.log(`${name.padEnd(16)} kept ${row.kept} of ${row.count}, flipped or refused ${row.flipped}`);
  }
  console.log(`all: kept ${all} of ${count} (${percent(all / count)}; must 95 %, aim 99 %)`);
}

/** The paper's grey: the median. */
function paperOf(grey: GreyImage): { r: number; g: number; b: number } {
  const value = [...grey.data].sort((a, b) => a - b)[Math.floor(grey.data.length / 2)]!;
  return { r: value, g: value, b: value };
}
