/** The pictures of docs/verdict.md: drawings of known tremor that are judged rightly and wrongly, with what is said of them. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadSharp } from '../../../src/imaging/sharp-library.ts';
import { screenGrey, screenRecording, type Bench } from './bench.ts';
import { knownPicture, knownRecording, type KnownDrawing } from './known-drawings.ts';

const SHOWN: readonly (KnownDrawing & { readonly name: string })[] = [
  { name: 'spiral-still', task: 'spiral-free', hz: 5, swingMm: 0, hand: 101 },
  { name: 'spiral-faint', task: 'spiral-free', hz: 5, swingMm: 0.6, hand: 101 },
  { name: 'spiral-clear', task: 'spiral-free', hz: 5, swingMm: 2, hand: 101 },
  { name: 'line-coils', task: 'line', hz: 3.5, swingMm: 4, hand: 100 },
  { name: 'loops-slow', task: 'loops', hz: 3.5, swingMm: 1.5, hand: 101 },
  { name: 'words-clear', task: 'words', hz: 5, swingMm: 1.5, hand: 101 },
  { name: 'words-missed', task: 'words', hz: 3.5, swingMm: 3, hand: 103 },
];

/** Writes the pictures into a folder and prints a row of a table for each. */
export async function writePictures(bench: Bench, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const sharp = await loadSharp();
  for (const { name, ...drawing } of SHOWN) {
    const { grey } = knownPicture(drawing);
    const raw = { width: grey.width, height: grey.height, channels: 1 } as const;
    const png = await sharp(grey.data, { raw })
      .resize({ width: 420, withoutEnlargement: true })
      .png()
      .toBuffer();
    writeFileSync(path.join(folder, `${name}.png`), png);
    const scan = await screenGrey(bench, grey, drawing.task);
    const pen = await screenRecording(bench, knownRecording(drawing), null);
    const clock =
      pen.clock?.state === 'measured' ? `${pen.clock.says}, ${pen.clock.peakHz ?? '–'} Hz` : 'not measured';
    console.log(
      `| ![](verdict/${name}.png) | ${drawing.hz} Hz, ${drawing.swingMm} mm | ${scan.verdict}, ${scan.probability?.toFixed(2)} | ${clock} | ${pen.verdict}, ${pen.probability?.toFixed(2)} |`,
    );
  }
}
