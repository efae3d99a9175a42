import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Rng } from '../base/rng.ts';
import { SYNTHETIC_KINDS } from '../base/words.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import { csvLine } from './screen-lines.ts';

export const command: Command = {
  name: 'synth',
  usage: '--kind KIND[,KIND] --count N --out DIR [options]',
  summary: 'Writes synthetic drawings, half of them tremor-like, their recordings and a manifest.',
  details:
    'DIR/images holds PNG files, DIR/recordings the pen movements behind them (none for printed fonts), and\n' +
    'DIR/manifest.csv has path,label,subject,kind,task,recording. The same seed gives the same files.',
  options: {
    kind: { type: 'string', value: 'KIND', help: `one or more of ${SYNTHETIC_KINDS.join(', ')}` },
    count: { type: 'string', value: 'N', help: 'drawings to make, shared over the kinds; 20 unless given' },
    seed: { type: 'string', value: 'N', help: '0 unless given' },
    out: { type: 'string', value: 'DIR', help: 'where to write; made when missing' },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const kinds = given.choices('kind', SYNTHETIC_KINDS) ?? SYNTHETIC_KINDS;
    const count = given.whole('count', 1, 100_000) ?? 20;
    const seed = given.whole('seed', 0, Number.MAX_SAFE_INTEGER) ?? 0;
    const out = given.text('out');
    if (out === undefined) throw new UsageError('--out DIR is missing: where should the files go?');
    const [{ makeDrawing }, { loadFontLibrary }, { default: sharp }] = await Promise.all([
      import('../synthetic/drawing.ts'),
      import('../synthetic/font-files.ts'),
      import('sharp'),
    ]);
    const folder = path.resolve(terminal.cwd, out);
    await makeFolders(folder, out);
    const fonts = loadFontLibrary();
    const rows = ['path,label,subject,kind,task,recording'];
    for (let index = 0; index < count; index++) {
      if (terminal.signal.aborted) {
        terminal.note(`Stopped after ${index} of ${count} drawings; there is no manifest.`);
        return EXIT.interrupted;
      }
      const kind = kinds[index % kinds.length]!;
      const tremorLike = Math.floor(index / kinds.length) % 2 === 1;
      const drawing = makeDrawing(kind, new Rng(`${seed}/synth/${index}`), { tremorLike, fonts });
      const name = `${String(index + 1).padStart(5, '0')}-${kind}-${drawing.label}`;
      const image = `images/${name}.png`;
      const { data, width, height } = drawing.grey;
      const picture = sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w');
      const sized =
        drawing.pxPerMm === null ? picture : picture.withMetadata({ density: drawing.pxPerMm * 25.4 });
      await sized.png().toFile(path.join(folder, image));
      const recording = drawing.recording === null ? null : `recordings/${name}.json`;
      if (recording !== null) {
        await writeFile(path.join(folder, recording), JSON.stringify(drawing.recording));
      }
      const { label, subject, task } = drawing;
      rows.push(csvLine([image, label, subject, kind, task, recording]));
      terminal.record({ path: path.join(out, image), label, subject, kind, task, recording });
      terminal.progress(`${index + 1} of ${count}`);
    }
    await writeFile(path.join(folder, 'manifest.csv'), `${rows.join('\n')}\n`);
    terminal.print(`${count} drawings in ${out}, listed in ${path.join(out, 'manifest.csv')}.`);
    return EXIT.done;
  },
};

async function makeFolders(folder: string, name: string): Promise<void> {
  try {
    await mkdir(path.join(folder, 'images'), { recursive: true });
    await mkdir(path.join(folder, 'recordings'), { recursive: true });
  } catch (fault) {
    const reason = fault instanceof Error ? fault.message : String(fault);
    throw new UsageError(`--out: nothing can be written to ${name} (${reason}).`);
  }
}
