/** Writes assets/examples: the samples that ship with the app, from our own synthesis. Run: node scripts/make-examples.ts */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { writeSteadypenJson } from '../src/ink/formats/steadypen-json.ts';
import { makeExamples, type Example } from '../src/synthetic/examples.ts';

const folder = path.join(import.meta.dirname, '..', 'assets', 'examples');

/** Figures ship as recordings and as scans, sentences as scans: their recordings are large and look the same. */
async function writeExample(example: Example): Promise<{ name: string; title: string; task: string }[]> {
  const { name, title, task, grey } = example;
  const files = [{ name: `${name}.png`, title: `${title} (scan)`, task }];
  const raw = { width: grey.width, height: grey.height, channels: 1 as const };
  await sharp(grey.data, { raw })
    .png({ compressionLevel: 9 })
    .toFile(path.join(folder, `${name}.png`));
  if (task === 'sentence') return files;
  await writeFile(path.join(folder, `${name}.json`), writeSteadypenJson(example.recording));
  return [{ name: `${name}.json`, title, task }, ...files];
}

await mkdir(folder, { recursive: true });
const list = (await Promise.all(makeExamples().map(writeExample))).flat();
await writeFile(path.join(folder, 'examples.json'), `${JSON.stringify(list, null, 2)}\n`);
console.log(`${list.length} examples in ${path.relative(process.cwd(), folder)}`);
