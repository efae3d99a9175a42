/**
 * Fits what `strangenessOf` goes by: `node test/bench/fit-drawing-profiles.ts [--seed profiles] [--count 6] [--drawings 60]
 * [--measures FILE] [--out src/imaging/drawing-profiles.ts]`.
 *
 * Simulated drawings of all kinds, drawings of known tremor and the `seen` kinds without handwriting; no drawing of people,
 * and none of the `kept` kinds. Weights are held at 0 or above. Measures are taken once and read from the file where it is there.
 * Printed: how many drawings and how many pictures of kinds that were left out of the fit lie above each level, by turns.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Rng } from '../../src/base/rng.ts';
import { TASK_GROUPS, type TaskGroup } from '../../src/base/words.ts';
import type { GreyImage } from '../../src/imaging/images.ts';
import { PEN_LINE_RULES } from '../../src/imaging/pen-line.ts';
import { measurePenLine, type PenLineMeasures } from '../../src/imaging/pen-line-measures.ts';
import {
  deviationsOf,
  featuresOf,
  sidesOf,
  STRANGENESS_FEATURES,
  strangenessOf,
  type DrawingProfile,
} from '../../src/imaging/strangeness.ts';
import { drawRecording } from '../../src/imaging/recording-picture.ts';
import { measureShape, type ShapeFeatures } from '../../src/imaging/shape/shape-features.ts';
import { mendPage } from '../../src/imaging/upright-sheet.ts';
import { Adam } from '../../src/rvsm/optimisers.ts';
import { GROUP_OF_UNKNOWN, openInk } from '../../src/screening/open-ink.ts';
import { loadFontLibrary } from '../../src/synthetic/font-files.ts';
import { makeTrueDrawing } from './gate-drawings.ts';
import { NO_WRITING_KINDS } from './no-writing/kinds.ts';
import { pageOf } from './page-of.ts';
import { KNOWN_TASKS, knownPicture, knownRecording } from './verdict/known-drawings.ts';

interface Sample {
  readonly kind: string;
  readonly isDrawing: boolean;
  readonly group: TaskGroup | null;
  readonly measures: PenLineMeasures;
  readonly shape: ShapeFeatures;
}
type Profiles = Readonly<Record<TaskGroup, DrawingProfile>>;

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: 'profiles' },
    /** Pictures of each kind without handwriting. */
    count: { type: 'string', default: '6' },
    /** Drawings of each simulated kind. */
    drawings: { type: 'string', default: '60' },
    measures: { type: 'string' },
    out: { type: 'string' },
  },
});
const FOLDS = 8;
const STEPS = 1500;
const RATE = 0.02;
const FIRST_BIAS = -2;
/** Holds weights near 0 where little speaks for them. */
const DECAY = 0.002;
/** So that no feature alone, however far off, makes a drawing strange. */
const MOST_WEIGHT = 0.15;
/** Of features that hardly vary among simulated drawings; they do among real ones. */
const LEAST_SPREAD = 0.04;
const LEVELS = [-2, -1, 0, 1, 2, 3, 4, 5, 6];

const samples = await loadSamples();
report();
if (options.out !== undefined) {
  const profiles = fitAll(samples);
  writeFileSync(options.out, sourceOf(profiles));
}

async function loadSamples(): Promise<readonly Sample[]> {
  const file = options.measures;
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Sample[];
  const measured = measureAll();
  if (file !== undefined) writeFileSync(file, JSON.stringify(measured));
  return measured;
}

function measureAll(): Sample[] {
  const found: Sample[] = [];
  const fonts = loadFontLibrary();
  const add = (kind: string, isDrawing: boolean, given: GreyImage): void => {
    const { grey } = mendPage(given);
    const { ink, group } = openInk(pageOf(grey));
    const measures = ink === null ? null : measurePenLine(grey, ink);
    const shape = ink === null ? null : measureShape(ink);
    if (measures !== null && shape !== null) found.push({ kind, isDrawing, group, measures, shape });
  };
  for (const { name, use, make } of NO_WRITING_KINDS) {
    if (use === 'kept') continue;
    for (let i = 0; i < Number(options.count); i++) {
      add(name, false, make(new Rng(`${options.seed}/${name}/${i}`), fonts));
    }
  }
  for (const kind of ['spiral', 'wave', 'handwriting'] as const) {
    for (let i = 0; i < Number(options.drawings); i++) {
      add(kind, true, makeTrueDrawing(kind, new Rng(`${options.seed}/true/${kind}/${i}`), fonts).grey);
    }
  }
  for (const task of KNOWN_TASKS) {
    for (const hz of [3.5, 5, 8]) {
      for (const swingMm of [0, 1, 2.5, 5])
        add(task, true, knownPicture({ task, hz, swingMm, hand: 900 }).grey);
    }
  }
  // Spirals that tremor of a centimetre makes a mass of coils.
  for (const hand of [3, 11, 12, 13]) {
    for (const swingMm of [8, 10]) {
      const grey = drawRecording(knownRecording({ task: 'spiral-free', hz: 5, swingMm, hand }));
      if (grey !== null) add('spiral-free', true, grey);
    }
  }
  return found;
}

function fitAll(all: readonly Sample[]): Profiles {
  return { spiral: fit('spiral', all), wave: fit('wave', all), writing: fit('writing', all) };
}

/** What nobody knows is judged as writing. */
function groupOf({ group }: Sample): TaskGroup {
  return group ?? GROUP_OF_UNKNOWN;
}

function fit(group: TaskGroup, all: readonly Sample[]): DrawingProfile {
  // Whatever is no drawing may be named as any.
  const own = all.filter((sample) => !sample.isDrawing || groupOf(sample) === group);
  const drawn = own
    .filter(({ isDrawing }) => isDrawing)
    .map(({ measures, shape }) => featuresOf(measures, shape));
  const features = STRANGENESS_FEATURES.map((_, i) => {
    const column = drawn.map((values) => values[i]!).filter((value) => !Number.isNaN(value));
    const mean = average(column);
    const spread = Math.sqrt(average(column.map((value) => (value - mean) ** 2)));
    return [mean, Math.max(LEAST_SPREAD, spread), 0, 0] as [number, number, number, number];
  });
  const inputs = own.map(({ measures, shape }) => {
    const { below, above } = deviationsOf(featuresOf(measures, shape), { features });
    return Float64Array.from([...below, ...above]);
  });
  const counts = new Map<string, number>();
  for (const { kind } of own) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const drawnCount = drawn.length;
  const otherKinds = new Set(own.filter(({ isDrawing }) => !isDrawing).map(({ kind }) => kind)).size;
  // Drawings weigh as much as all else together; every kind of picture as much as any other.
  const importance = own.map(({ kind, isDrawing }) =>
    isDrawing ? 0.5 / drawnCount : 0.5 / otherKinds / counts.get(kind)!,
  );
  const size = 2 * features.length;
  /** Of both sides of every feature, then the bias. */
  const weights = new Float32Array(size + 1);
  weights[size] = FIRST_BIAS;
  const sides = sidesOf(group);
  const mayCount = [
    ...sides.map((side) => side === 'below' || side === 'both'),
    ...sides.map((side) => side === 'above' || side === 'both'),
  ];
  const optimiser = new Adam(size + 1);
  for (let step = 0; step < STEPS; step++) {
    const gradient = new Float64Array(size + 1);
    inputs.forEach((input, k) => {
      let score = weights[size]!;
      for (let i = 0; i < size; i++) score += weights[i]! * input[i]!;
      const error = importance[k]! * (1 / (1 + Math.exp(-score)) - (own[k]!.isDrawing ? 0 : 1));
      for (let i = 0; i < size; i++) gradient[i]! += error * input[i]!;
      gradient[size]! += error;
    });
    for (let i = 0; i < size; i++) gradient[i]! += DECAY * weights[i]!;
    optimiser.step(weights, Float32Array.from(gradient), RATE);
    for (let i = 0; i < size; i++) {
      weights[i] = mayCount[i]! ? Math.min(MOST_WEIGHT, Math.max(0, weights[i]!)) : 0;
    }
  }
  return {
    bias: rounded(weights[size]!),
    features: features.map(([m, spread], i) => [
      rounded(m),
      rounded(spread),
      rounded(weights[i]!),
      rounded(weights[features.length + i]!),
    ]),
  };
}

/** Kinds and drawings are left out by turns; only what passes the gate's rules is counted. */
function report(): void {
  const kinds = [...new Set(samples.filter(({ isDrawing }) => !isDrawing).map(({ kind }) => kind))];
  const foldOf = samples.map(({ kind, isDrawing }, i) => (isDrawing ? i : kinds.indexOf(kind)) % FOLDS);
  const scores = new Float64Array(samples.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const rest = samples.filter((_, i) => foldOf[i] !== fold);
    const profiles = fitAll(rest);
    samples.forEach((sample, i) => {
      if (foldOf[i] === fold)
        scores[i] = strangenessOf(sample.measures, sample.shape, groupOf(sample), profiles);
    });
  }
  for (const group of TASK_GROUPS) {
    const of = (isDrawing: boolean): number[] =>
      samples.flatMap((sample, i) =>
        sample.isDrawing === isDrawing && groupOf(sample) === group && passes(sample) ? [scores[i]!] : [],
      );
    const [drawings, others] = [of(true), of(false)];
    console.log(
      `${group}: ${drawings.length} drawings, ${others.length} other pictures that the rules let through`,
    );
    for (const level of LEVELS) {
      const above = (list: readonly number[]): number => list.filter((score) => score > level).length;
      console.log(`  above ${level}: ${above(drawings)} drawings, ${above(others)} others`);
    }
  }
}

function passes({ measures, group }: Sample): boolean {
  return PEN_LINE_RULES.every(({ speaks }) => !speaks(measures, group));
}

function sourceOf(profiles: Profiles): string {
  const table = ({ bias, features }: DrawingProfile): string =>
    `{\nbias: ${bias},\nfeatures: [\n${features.map((row, i) => `[${row.join(', ')}], // ${STRANGENESS_FEATURES[i]}`).join('\n')}\n],\n}`;
  return [
    "import type { TaskGroup } from '../base/words.ts';",
    "import type { DrawingProfile } from './strangeness.ts';",
    '',
    '/** Fitted on simulation alone by `node test/bench/fit-drawing-profiles.ts`, and needed anew whenever a measure changes. */',
    '// prettier-ignore',
    'export const DRAWING_PROFILES: Readonly<Record<TaskGroup, DrawingProfile>> = {',
    ...TASK_GROUPS.map((group) => `${group}: ${table(profiles[group])},`),
    '};',
    '',
  ].join('\n');
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}
