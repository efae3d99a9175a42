/**
 * Fits the weights of src/screening/witness-rule.ts: `node test/bench/fit-witness-rule.ts [--model FILE] [--count 150] [--seed 1]`.
 *
 * Simulated recordings of the validation part: regular hands of every kind and as many careful ones, against periodic tremor
 * from faint to large. Logistic regression with weights held at 0 or above, on what the clock and the calibrated network say.
 * No real hand takes part.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { TASK_GROUPS, type TaskGroup } from '../../src/base/words.ts';
import { openEngine } from '../../src/model/open-engine.ts';
import { drawingsHere, judgeDrawings, type JudgedDrawing } from '../../src/screening/calibrate-drawings.ts';
import { handStreams, type DrawingStream } from '../../src/screening/calibration-drawings.ts';
import { loadModelFile } from '../../src/screening/load-model.ts';
import { MOST_PICTURE_LOG_ODDS, strengthOf, WITNESS_RULE } from '../../src/screening/witness-rule.ts';
import { loadFontLibrary } from '../../src/synthetic/font-files.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'assets/models/factory.spm' },
    count: { type: 'string', default: '150' },
    seed: { type: 'string', default: '1' },
  },
});
/** Of the mean square of the weights: keeps a separable set finite, and all three witnesses heard. */
const RIDGE = 0.01;

const engine = await openEngine('cpu');
const model = await loadModelFile(engine, readFileSync(values.model), values.model);
const streams = handStreams(['spiral', 'wave', 'handwriting'], {
  part: 'validation',
  seed: Number(values.seed),
  count: Number(values.count),
})
  .filter(({ medium }) => medium === 'recording')
  .flatMap((stream): DrawingStream[] =>
    stream.tremorLike ? [stream] : [stream, { ...stream, hand: 'any' }],
  );
const judged = await judgeDrawings(model, streams, {
  maker: drawingsHere(loadFontLibrary()),
  pause: () => Promise.resolve(),
});
for (const group of TASK_GROUPS) fitGroup(group);
engine.close?.();

function fitGroup(group: TaskGroup): void {
  const own = judged.filter((drawing) => drawing.group === group && drawing.clock !== null);
  const rows = own.map((drawing) => measuresOf(drawing));
  const labels = own.map(({ tremorLike }) => (tremorLike ? 1 : 0));
  const positives = labels.filter((label) => label === 1).length;
  const counts = labels.map((label) => 0.5 / (label === 1 ? positives : labels.length - positives));
  const weights = fit(rows, labels, counts);
  const now = WITNESS_RULE[group];
  console.log(
    `${group}: ${positives} shaky and ${labels.length - positives} regular recordings whose clock could be read`,
  );
  console.log(
    `  bias ${weights[0]!.toFixed(2)}, picture ${weights[1]!.toFixed(2)}, strength ${weights[2]!.toFixed(2)}, amplitude ${weights[3]!.toFixed(2)}, band ${weights[4]!.toFixed(2)}`,
  );
  const inUse = [now.bias, now.picture, now.strength, now.amplitude, now.band];
  for (const [name, rule] of [
    ['fitted', weights],
    ['in use', inUse],
  ] as const) {
    const p = rows.map((row) => logistic(dot(rule, row)));
    const share = (wanted: number, test: (value: number) => boolean): string => {
      const mine = p.filter((_, i) => labels[i] === wanted);
      return `${((100 * mine.filter(test).length) / mine.length).toFixed(1)} %`;
    };
    console.log(
      `  ${name}: shaky above one half ${share(1, (value) => value > 0.5)}, regular below ${share(0, (value) => value < 0.5)}`,
    );
  }
  for (const tremorLike of [false, true]) {
    const mine = rows.filter((_, i) => (labels[i] === 1) === tremorLike);
    const quartiles = [1, 2, 3, 4].map((column) => {
      const sorted = mine.map((row) => row[column]!).sort((a, b) => a - b);
      return [0.05, 0.5, 0.95].map((q) => sorted[Math.round(q * (sorted.length - 1))]!.toFixed(2)).join('/');
    });
    console.log(
      `  ${tremorLike ? 'shaky' : 'regular'}: picture, strength, amplitude, band at 5/50/95 %: ${quartiles.join('  ')}`,
    );
  }
}

/** [1, picture, strength, amplitude, band]. */
function measuresOf({ logit, clock, group }: JudgedDrawing): number[] {
  const { slope, offset } = model.networkFor(group).calibration;
  const seen = Math.min(MOST_PICTURE_LOG_ODDS, Math.max(-MOST_PICTURE_LOG_ODDS, slope * logit + offset));
  // Letters written fast fill the band of tremor, and real hands write faster than simulated ones.
  const band = group === 'writing' ? 0 : clock!.band;
  return [1, seen, strengthOf(clock!), clock!.amplitude, band];
}

/** Projected gradient descent: the bias is free, the others are held at 0 or above. */
function fit(rows: readonly number[][], labels: readonly number[], counts: readonly number[]): number[] {
  let weights = [0, 0.3, 0.3, 0.3, 0.3];
  for (let round = 0; round < 20_000; round++) {
    const gradient = weights.map((weight, k) => (k === 0 ? 0 : RIDGE * weight));
    rows.forEach((row, i) => {
      const error = counts[i]! * (logistic(dot(weights, row)) - labels[i]!);
      row.forEach((value, k) => (gradient[k]! += error * value));
    });
    weights = weights.map((weight, k) => {
      const next = weight - 0.3 * gradient[k]!;
      return k === 0 ? next : Math.max(0, next);
    });
  }
  return weights;
}

function dot(weights: readonly number[], row: readonly number[]): number {
  return row.reduce((sum, value, k) => sum + value * weights[k]!, 0);
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
