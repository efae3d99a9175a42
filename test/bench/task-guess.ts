/**
 * How well the task is guessed by shape alone: right, wrong and unknown, by kind, on simulated drawings and on the shared data.
 *
 * Usage: node test/bench/task-guess.ts [--count 60] [--seed bench] [--json]
 *        node test/bench/task-guess.ts --fit 9000 [--seed fit]    fits the guess's network anew, on simulation alone, and writes it
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/base/rng.ts';
import type { InkMap } from '../../src/imaging/images.ts';
import { inkMapOf } from '../../src/imaging/ink-map.ts';
import type { ShapeClass } from '../../src/imaging/shape/shape-classifier.ts';
import { measureShape, SHAPE_FEATURES, type ShapeFeatures } from '../../src/imaging/shape/shape-features.ts';
import { guessShape } from '../../src/imaging/task-guess.ts';
import { loadFontLibrary } from '../../src/synthetic/font-files.ts';
import { fitShapeNetwork, writeShapeNetwork, type ShapeSample } from './fit-shape-network.ts';
import {
  drawShape,
  drawShapes,
  groupOfKind,
  SHAPE_KINDS,
  taskOfKind,
  type ShapeKind,
} from './shape-drawings.ts';
import { findSharedDrawings, SHARED_DATA, taskOfGroup } from './shared-drawings.ts';

const { values: options } = parseArgs({
  options: {
    count: { type: 'string', default: '60' },
    seed: { type: 'string' },
    fit: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const fonts = loadFontLibrary();

interface Tally {
  right: number;
  wrong: number;
  unknown: number;
  sureWrong: number;
  rightTask: number;
}
const tallies = new Map<string, Tally>();
const missed: string[] = [];
let guessMs = 0;
let guesses = 0;

function count(
  row: string,
  name: string,
  ink: InkMap | null,
  group: string | null,
  task: string | null,
): void {
  const tally = tallies.get(row) ?? { right: 0, wrong: 0, unknown: 0, sureWrong: 0, rightTask: 0 };
  tallies.set(row, tally);
  const started = performance.now();
  const guess = ink === null ? { task: null, group: null, sure: false } : guessShape(ink);
  guessMs += performance.now() - started;
  guesses++;
  if (guess.task === task) tally.rightTask++;
  if (guess.group === group) tally.right++;
  else if (guess.group === null) tally.unknown++;
  else {
    tally.wrong++;
    if (guess.sure) tally.sureWrong++;
  }
  if (guess.group !== group) missed.push(`${row}: ${name} taken for ${guess.group ?? 'nothing'}`);
}

const SWINGS = [0, 1, 3, 6, 10];
const HZ = [3.5, 5, 8];

function measureSimulation(perKind: number, seed: string): void {
  for (const kind of SHAPE_KINDS) {
    for (let k = 0; k < perKind; k++) {
      const name = `${seed}/${kind}/${k}`;
      const { grey, swingMm } = drawShape(new Rng(name), kind, { fonts, part: 'test' });
      const ink = inkMapOf(grey);
      const band = swingMm >= 3 ? ', swing from 3 mm' : '';
      count(`varied ${kind}${band}`, name, ink, groupOfKind(kind), taskOfKind(kind));
    }
  }
  // As the app records them: whole and upright, every swing and rate of the dose table.
  for (const kind of ['spiral', 'wave', 'line', 'loops', 'word'] as const) {
    for (const swingMm of SWINGS) {
      for (const hz of HZ) {
        for (let hand = 0; hand < Math.max(1, Math.round(perKind / 20)); hand++) {
          const name = `${seed}/${kind}/${swingMm}/${hz}/${hand}`;
          const choice = { fonts, part: 'test', swingMm, hz, varied: false } as const;
          const ink = inkMapOf(drawShape(new Rng(name), kind, choice).grey);
          count(`${kind}, ${swingMm} mm`, name, ink, groupOfKind(kind), taskOfKind(kind));
        }
      }
    }
  }
}

async function measureSharedData(): Promise<void> {
  const drawings = findSharedDrawings();
  if (drawings.length === 0) console.warn(`SKIPPED: there is no shared data in ${SHARED_DATA}.`);
  for (const { set, name, group, open } of drawings) {
    count(`data ${set}`, name, await open(), group, taskOfGroup(group));
  }
}

function shapeOfKind(kind: ShapeKind): ShapeClass {
  return kind === 'word' || kind === 'sentence' || kind === 'text' || kind === 'print' ? 'writing' : kind;
}

function valuesOf(features: ShapeFeatures): number[] {
  return SHAPE_FEATURES.map((name) => Number(features[name].toFixed(5)));
}

function fit(wanted: number, seed: string): void {
  const samples: ShapeSample[] = [];
  for (const { kind, grey } of drawShapes(seed, { fonts, part: 'train' })) {
    const ink = inkMapOf(grey);
    const features = ink === null ? null : measureShape(ink);
    if (features !== null) samples.push({ shape: shapeOfKind(kind), values: valuesOf(features) });
    if (samples.length === wanted) break;
  }
  const file = path.resolve(import.meta.dirname, '../../src/imaging/shape/shape-network.ts');
  writeFileSync(file, writeShapeNetwork(fitShapeNetwork(samples, { seed })));
  console.log(`fitted on ${samples.length} simulated drawings, seed ${seed}: ${file}`);
}

if (options.fit !== undefined) {
  fit(Number(options.fit), options.seed ?? 'fit');
} else {
  const seed = options.seed ?? 'bench';
  measureSimulation(Number(options.count), seed);
  await measureSharedData();
  const rows = [...tallies].map(([row, tally]) => ({
    row,
    of: tally.right + tally.wrong + tally.unknown,
    ...tally,
  }));
  if (options.json) {
    console.log(JSON.stringify({ bench: 'task-guess', seed, msPerGuess: guessMs / guesses, rows }));
  } else {
    console.log(`seed ${seed}; ${(guessMs / guesses).toFixed(1)} ms a guess\n`);
    console.log(`${'drawings'.padEnd(34)}    of  right  wrong  (sure)  unknown  right task`);
    const isNone = (row: string): boolean => row.startsWith('varied other');
    const sums = (name: string, part: typeof rows) => ({
      row: name,
      ...(['of', 'right', 'wrong', 'sureWrong', 'unknown', 'rightTask'] as const).reduce(
        (sum, key) => ({ ...sum, [key]: part.reduce((total, row) => total + row[key], 0) }),
        { of: 0, right: 0, wrong: 0, sureWrong: 0, unknown: 0, rightTask: 0 },
      ),
    });
    const all = [
      ...rows,
      sums(
        'ALL simulated',
        rows.filter(({ row }) => !row.startsWith('data') && !isNone(row)),
      ),
      sums(
        'ALL data',
        rows.filter(({ row }) => row.startsWith('data')),
      ),
    ];
    for (const { row, of, right, wrong, sureWrong, unknown, rightTask } of all) {
      const share = of === 0 ? '' : `${((100 * right) / of).toFixed(1)} %`;
      console.log(
        `${row.padEnd(34)} ${String(of).padStart(5)} ${share.padStart(8)} ${String(wrong).padStart(4)} ` +
          `${String(sureWrong).padStart(7)} ${String(unknown).padStart(8)} ${String(rightTask).padStart(9)}`,
      );
    }
    console.log(`\n${missed.join('\n')}`);
  }
}
