/**
 * What verdicts are worth: `node test/bench/verdict.ts [--model FILE] [--only dose,real,...] [--hands 5] [--drawings 520] [--data DIR]`.
 *
 * Known tremor in drawings of formulas, real drawings and recordings of the shared data folder with intervals over people,
 * pictures that are no handwriting, the same drawing at other sizes and turns, and times. Nothing here is tuned on:
 * seeds and sets are those that docs/verdict.md names.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openEngine } from '../../src/model/open-engine.ts';
import { loadModelFile } from '../../src/screening/load-model.ts';
import { printDose } from './verdict/dose.ts';
import { printNoWriting } from './verdict/no-writing.ts';
import { printPages } from './verdict/pages.ts';
import { printPaper } from './verdict/paper.ts';
import { printPen } from './verdict/pen.ts';
import { writePictures } from './verdict/pictures.ts';
import { printSameDrawing } from './verdict/same-drawing.ts';
import { printTasks } from './verdict/tasks.ts';
import { printTimes } from './verdict/times.ts';
import type { Bench } from './verdict/bench.ts';

const SECTIONS = {
  dose: printDose,
  paper: printPaper,
  tasks: printTasks,
  pen: printPen,
  pages: printPages,
  'no-writing': printNoWriting,
  same: printSameDrawing,
  times: printTimes,
} as const;

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'assets/models/factory.spm' },
    data: { type: 'string', default: '../shared/data' },
    only: { type: 'string', default: Object.keys(SECTIONS).join(',') },
    hands: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    /** Writes the pictures of docs/verdict.md there, and measures nothing. */
    pictures: { type: 'string' },
    drawings: { type: 'string', default: '520' },
  },
});
const engine = await openEngine('cpu');
const bytes = readFileSync(values.model);
const model = await loadModelFile(engine, bytes, values.model);
const bench: Bench = {
  model,
  modelFile: values.model,
  data: values.data,
  hands: Number(values.hands),
  seed: Number(values.seed),
  drawings: Number(values.drawings),
};
const sections = values.pictures === undefined ? values.only.split(',') : [];
if (values.pictures !== undefined) await writePictures(bench, values.pictures);
for (const name of sections) {
  const print = SECTIONS[name as keyof typeof SECTIONS];
  if (print === undefined) throw new Error(`--only takes ${Object.keys(SECTIONS).join(', ')}, not ${name}`);
  console.log(`\n## ${name}`);
  await print(bench);
}
engine.close?.();
