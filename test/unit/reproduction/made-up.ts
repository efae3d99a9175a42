/**
 * Made-up results for the tests of the report and the plots: no figure in here was measured.
 */
import { Rng } from '../../../src/base/rng.ts';
import {
  isPaperMethod,
  type DatasetName,
  type DatasetResult,
  type EpochPoint,
  type ExampleImage,
  type NetworkPicture,
  type Reproduction,
  type RunResult,
  type RunSpec,
} from '../../../src/reproduction/results.ts';

const MACHINE = 'Made-up CPU, 2 cores';

/** A run with plain figures; whatever matters to a test is given. */
export function madeUpRun(given: Partial<RunResult>): RunResult {
  const accuracy = given.accuracy ?? 0.9;
  return {
    dataset: 'fonts',
    method: 'l0',
    a: null,
    target: 0,
    seed: 1,
    zeros: given.target ?? 0,
    accuracy,
    sensitivity: accuracy,
    specificity: accuracy,
    auc: accuracy,
    accuracyByKind: { fonts: accuracy },
    validationAccuracy: accuracy,
    gap: 0,
    epochs: [],
    seconds: 10,
    recipe: '{}',
    commit: null,
    machine: MACHINE,
    ...given,
  };
}

/** Runs of one method and target over seeds 1, 2, …, one for each accuracy. */
export function madeUpRuns(given: Partial<RunResult>, accuracies: readonly number[]): RunResult[] {
  return accuracies.map((accuracy, i) => madeUpRun({ ...given, accuracy, seed: i + 1 }));
}

export function madeUpDataset(given: Partial<DatasetResult>): DatasetResult {
  return {
    name: 'fonts',
    description: 'Made-up patches; outlines displaced by 1.7 to 3.2 px.',
    channels: [8, 16, 32],
    train: 8000,
    validation: 1000,
    test: 2500,
    testSubjects: 12,
    dataHash: 'made-up',
    epochs: 8,
    fineTuneEpochs: 3,
    runs: [],
    failures: [],
    pictures: [],
    examples: [],
    ...given,
  };
}

export function madeUpReproduction(
  datasets: readonly DatasetResult[],
  given: Partial<Reproduction> = {},
): Reproduction {
  return {
    schemaVersion: 2,
    version: '0.1.0',
    createdAt: '2026-11-25T10:20:30.000Z',
    commit: '0123456789abcdef0123456789abcdef01234567',
    machine: MACHINE,
    quick: false,
    datasets,
    ...given,
  };
}

const TARGETS = [0.5, 0.8, 0.86, 0.9, 0.95, 0.97, 0.98, 0.99];
/** Share of errors of a dense network, and how steeply each method loses with log(1 / weights left). */
const FLOORS: Readonly<Record<DatasetName, number>> = {
  fonts: 0.004,
  handwriting: 0.045,
  'handwriting-1mm': 0.011,
  'fonts-paper-net': 0.006,
  'handwriting-paper-net': 0.05,
};
const SLOPES = { l0: 1, l1: 1.75, tl1: 1.15, 'one-shot': 2.4, gradual: 1.04 } as const;

/** Like a whole reproduction: every method, eight targets, three seeds, pictures and examples. Always the same. */
export function madeUpWhole(seeds: readonly number[] = [1, 2, 3]): Reproduction {
  const names = ['fonts', 'handwriting', 'handwriting-1mm'] as const;
  return madeUpReproduction(names.map((name) => wholeDataset(name, seeds)));
}

function wholeDataset(name: DatasetName, seeds: readonly number[]): DatasetResult {
  const specs: Omit<RunSpec, 'seed' | 'dataset'>[] = [
    { method: 'dense', a: null, target: 0 },
    { method: 'paper-l0', a: null, target: 0 },
    { method: 'paper-l0', a: null, target: 0.86 },
    { method: 'paper-l0-growth', a: null, target: 0.86 },
    ...TARGETS.flatMap((target) => [
      ...(['l0', 'l1', 'one-shot', 'gradual'] as const).map((method) => ({ method, a: null, target })),
      ...[0.01, 0.1, 1].map((a) => ({ method: 'tl1' as const, a, target })),
    ]),
  ];
  const kinds = name === 'fonts' ? ['fonts'] : ['handwriting', 'spiral', 'wave'];
  const runs = specs.flatMap((spec) =>
    seeds.map((seed) => wholeRun({ ...spec, seed, dataset: name }, kinds)),
  );
  const pictured = runs.filter(
    ({ method, target, seed, a }) =>
      seed === seeds[0] &&
      (target === 0.9 || (method === 'paper-l0' && target === 0)) &&
      (a === null || a === 0.1),
  );
  return madeUpDataset({
    name,
    description:
      name === 'fonts'
        ? 'Letters of outline fonts; tremor moves the outline by 1.7 to 3.2 px, wavelength 6 to 16 px.'
        : 'Words, spirals and waves of single-stroke fonts; tremor of 0.4 to 2.5 mm at 4 to 12 Hz on the pen’s path.',
    runs,
    pictures: pictured.map(wholePicture),
    examples: kinds.flatMap(wholeExamples),
  });
}

function wholeRun(spec: RunSpec, kinds: readonly string[]): RunResult {
  const rng = new Rng(`${JSON.stringify(spec)}`);
  const paper = isPaperMethod(spec.method);
  const slope = spec.method === 'dense' || isPaperMethod(spec.method) ? 1 : SLOPES[spec.method];
  const hard = Math.max(0, -Math.log10(1 - spec.target) - 0.6) ** 2;
  const worse = paper ? 14 : 1 + 0.9 * slope ** 3 * hard * (spec.a === 1 ? 1.6 : 1);
  const error = Math.min(0.5, FLOORS[spec.dataset] * worse * (1 + 0.1 * rng.normal()));
  const zeros = Math.ceil((paper ? 0.9 + 0.01 * rng.normal() : spec.target) * 16384 - 1e-9) / 16384;
  const rvsm = paper || spec.method === 'l0' || spec.method === 'l1' || spec.method === 'tl1';
  return madeUpRun({
    ...spec,
    zeros,
    accuracy: Math.round((1 - error) * 2500) / 2500,
    accuracyByKind: Object.fromEntries(kinds.map((kind, i) => [kind, 1 - error * (0.7 + 0.3 * i)])),
    validationAccuracy: 1 - error * 0.95,
    gap: paper ? 0.31 : rvsm ? 0.003 : 0,
    epochs: wholeEpochs(error, zeros, paper, rvsm),
  });
}

function wholeEpochs(error: number, zeros: number, paper: boolean, rvsm: boolean): EpochPoint[] {
  return Array.from({ length: 11 }, (_, i) => {
    const fine = i >= 8;
    const reached = Math.min(1, (i + 1) / 6);
    const learned = 0.3 * Math.exp(-(i + 1) / 1.5);
    const w = 1 - (paper ? error / 14 : error) - learned;
    const lost = paper ? 0.11 + 0.2 * Math.exp(-i / 2) : rvsm ? 0.12 * (1 - reached) : 0;
    return {
      epoch: i + 1,
      phase: fine ? 'fine-tune' : 'rvsm',
      loss: 0.02 + learned,
      accuracyU: fine && !paper ? 1 - error : Math.max(0.5, w - Math.max(0, lost)),
      accuracyW: fine && !paper ? 1 - error : w,
      zeros: zeros * (1 - (1 - reached) ** 3),
      gap: paper ? 0.31 : 0.3 * (1 - reached) + 0.003,
    };
  });
}

function wholePicture(spec: RunResult): NetworkPicture {
  const rng = new Rng(`picture ${spec.dataset} ${spec.method}`);
  const counts = Array.from({ length: 41 }, (_, i) =>
    Math.round(16384 * (1 - spec.zeros) * 0.09 * Math.exp(-(((i - 20) / 8) ** 2))),
  );
  const rvsm = spec.method !== 'dense' && spec.method !== 'gradual' && spec.method !== 'one-shot';
  if (rvsm && spec.method !== 'paper-l0') counts.fill(0, 16, 25);
  counts[20] = 0;
  counts[20] = 16384 - counts.reduce((sum, count) => sum + count, 0);
  const { dataset, method, a, target, seed } = spec;
  return {
    spec: { dataset, method, a, target, seed },
    histogram: { limit: 0.21, counts },
    threshold: rvsm ? 0.044 : 0,
    fcDifference: Array.from({ length: 16 * 16 * 32 }, () =>
      rng.next() < spec.zeros ** 2 ? 0 : 0.1 * rng.normal(),
    ),
    mapSide: 16,
    mapChannels: 32,
  };
}

function wholeExamples(kind: string): ExampleImage[] {
  const amplitudes = kind === 'fonts' ? ['1.7 px', '2.4 px', '3.2 px'] : ['0.4 mm', '1.2 mm', '2.5 mm'];
  return [null, null, ...amplitudes].map((amplitude, i) => ({
    kind,
    tremorLike: amplitude !== null,
    amplitude,
    ink: madeUpInk(amplitude === null ? 0 : 2 * i, kind.length),
  }));
}

/** A spiral whose radius wavers by `waver` px, ink 0..255, 128 × 128, base64. */
export function madeUpInk(waver: number, turns: number): string {
  const ink = new Uint8Array(128 * 128);
  for (let i = 0; i < 6000; i++) {
    const angle = (i / 6000) * turns * 2;
    const radius = 6 + (50 * i) / 6000 + waver * Math.sin(9 * angle);
    const [x, y] = [64 + radius * Math.cos(angle), 64 + radius * Math.sin(angle)];
    for (let dy = -1; dy <= 2; dy++) {
      for (let dx = -1; dx <= 2; dx++) {
        const [px, py] = [Math.floor(x) + dx, Math.floor(y) + dy];
        const near = Math.max(0, 1.5 - Math.hypot(px - x, py - y));
        const at = 128 * py + px;
        ink[at] = Math.max(ink[at]!, Math.round(Math.min(1, near) * 255));
      }
    }
  }
  return Buffer.from(ink).toString('base64');
}

export function madeUpPicture(given: Partial<NetworkPicture>): NetworkPicture {
  return {
    spec: { dataset: 'fonts', method: 'l0', a: null, target: 0.5, seed: 1 },
    histogram: { limit: 1, counts: [1, 2, 10, 2, 1] },
    threshold: 0.3,
    fcDifference: [0, 0.5, -0.5, 0, 0, 0, 0, 1],
    mapSide: 2,
    mapChannels: 2,
    ...given,
  };
}
