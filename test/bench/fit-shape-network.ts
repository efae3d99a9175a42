/** Fits the little network of `guessShape`: Adam on the cross-entropy, with noise on the features so that none is leant on. */
import { Rng } from '../../src/base/rng.ts';
import {
  MOST_DEVIATION,
  SHAPE_CLASSES,
  type ShapeClass,
  type ShapeNetwork,
} from '../../src/imaging/shape/shape-classifier.ts';

export interface ShapeSample {
  readonly shape: ShapeClass;
  /** In the order of `SHAPE_FEATURES`. */
  readonly values: readonly number[];
}

export interface FitOptions {
  readonly seed: number | string;
  readonly hidden?: number;
  readonly epochs?: number;
  /** Standard deviation of the noise on each standardised feature. */
  readonly noise?: number;
  readonly decay?: number;
  /** Chance that a feature is not looked at. */
  readonly drop?: number;
}

const DEFAULTS = { hidden: 12, epochs: 40, noise: 0.5, decay: 0.03, drop: 0.05 } as const;

const RATE = 0.003;
const BATCH = 64;
const SMOOTHING = 0.02;

export function fitShapeNetwork(samples: readonly ShapeSample[], chosen: FitOptions): ShapeNetwork {
  const options = { ...DEFAULTS, ...chosen };
  const rng = new Rng(options.seed);
  const count = samples[0]!.values.length;
  const mean = Array.from({ length: count }, (_, i) => average(samples.map(({ values }) => values[i]!)));
  const spread = mean.map((m, i) =>
    Math.max(0.02, Math.sqrt(average(samples.map(({ values }) => (values[i]! - m) ** 2)))),
  );
  const inputs = samples.map(({ values }) =>
    Float64Array.from(values, (value, i) => clip((value - mean[i]!) / spread[i]!)),
  );
  const targets = samples.map(({ shape }) => SHAPE_CLASSES.indexOf(shape));
  const classes = SHAPE_CLASSES.length;
  const units = options.hidden;
  const first = new Adam(units * (count + 1), (i) =>
    i % (count + 1) === 0 ? 0 : rng.normal() / Math.sqrt(count),
  );
  const second = new Adam(classes * (units + 1), (i) =>
    i % (units + 1) === 0 ? 0 : rng.normal() / Math.sqrt(units),
  );
  const order = inputs.map((_, i) => i);
  const steps = options.epochs * Math.ceil(order.length / BATCH);
  let step = 0;
  const x = new Float64Array(count);
  const h = new Float64Array(units);
  const p = new Float64Array(classes);
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = rng.int(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (let at = 0; at < order.length; at += BATCH) {
      const batch = order.slice(at, at + BATCH);
      for (const k of batch) {
        for (let i = 0; i < count; i++) {
          x[i] = rng.chance(options.drop) ? 0 : clip(inputs[k]![i]! + options.noise * rng.normal());
        }
        for (let u = 0; u < units; u++) {
          let sum = first.value[u * (count + 1)]!;
          for (let i = 0; i < count; i++) sum += first.value[u * (count + 1) + 1 + i]! * x[i]!;
          h[u] = Math.tanh(sum);
        }
        let total = 0;
        for (let c = 0; c < classes; c++) {
          let sum = second.value[c * (units + 1)]!;
          for (let u = 0; u < units; u++) sum += second.value[c * (units + 1) + 1 + u]! * h[u]!;
          p[c] = Math.exp(sum);
          total += p[c]!;
        }
        for (let c = 0; c < classes; c++) {
          const target = (c === targets[k] ? 1 - SMOOTHING : 0) + SMOOTHING / classes;
          p[c] = (p[c]! / total - target) / batch.length;
          second.gradient[c * (units + 1)]! += p[c]!;
          for (let u = 0; u < units; u++) second.gradient[c * (units + 1) + 1 + u]! += p[c]! * h[u]!;
        }
        for (let u = 0; u < units; u++) {
          let back = 0;
          for (let c = 0; c < classes; c++) back += p[c]! * second.value[c * (units + 1) + 1 + u]!;
          back *= 1 - h[u]! * h[u]!;
          first.gradient[u * (count + 1)]! += back;
          for (let i = 0; i < count; i++) first.gradient[u * (count + 1) + 1 + i]! += back * x[i]!;
        }
      }
      step++;
      const rate = RATE * Math.min(1, 2 * (1 - step / steps));
      first.update(step, rate, options.decay);
      second.update(step, rate, options.decay);
    }
  }
  return {
    mean: mean.map(rounded),
    spread: spread.map(rounded),
    hidden: rowsOf(first.value, count + 1),
    output: rowsOf(second.value, units + 1),
  };
}

/** The network as the source text of src/imaging/shape/shape-network.ts. */
export function writeShapeNetwork({ mean, spread, hidden, output }: ShapeNetwork): string {
  const list = (values: readonly number[]): string => `[${values.join(', ')}]`;
  const rows = (table: readonly (readonly number[])[]): string => `[\n${table.map(list).join(',\n')},\n]`;
  return [
    "import type { ShapeNetwork } from './shape-classifier.ts';",
    '',
    '/**',
    ' * Fitted on simulated drawings alone, never on drawings of people; `node test/bench/task-guess.ts --fit 9000` fits one anew',
    ' * and is needed whenever a feature changes.',
    ' */',
    '// prettier-ignore',
    'export const SHAPE_NETWORK: ShapeNetwork = {',
    `mean: ${list(mean)},`,
    `spread: ${list(spread)},`,
    `hidden: ${rows(hidden)},`,
    `output: ${rows(output)},`,
    '};',
    '',
  ].join('\n');
}

/** Weights with Adam's moments (Kingma and Ba 2015) and decoupled decay. */
class Adam {
  readonly value: Float64Array;
  readonly gradient: Float64Array;
  readonly #mean: Float64Array;
  readonly #power: Float64Array;

  constructor(count: number, start: (i: number) => number) {
    this.value = Float64Array.from({ length: count }, (_, i) => start(i));
    this.gradient = new Float64Array(count);
    this.#mean = new Float64Array(count);
    this.#power = new Float64Array(count);
  }

  update(step: number, rate: number, decay: number): void {
    for (let i = 0; i < this.value.length; i++) {
      const g = this.gradient[i]!;
      this.#mean[i] = 0.9 * this.#mean[i]! + 0.1 * g;
      this.#power[i] = 0.999 * this.#power[i]! + 0.001 * g * g;
      const mean = this.#mean[i]! / (1 - 0.9 ** step);
      const power = this.#power[i]! / (1 - 0.999 ** step);
      this.value[i]! -= rate * (mean / (Math.sqrt(power) + 1e-8) + decay * this.value[i]!);
      this.gradient[i] = 0;
    }
  }
}

function clip(value: number): number {
  return Math.max(-MOST_DEVIATION, Math.min(MOST_DEVIATION, value));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function rounded(value: number): number {
  return Number(value.toFixed(3));
}

function rowsOf(values: Float64Array, length: number): number[][] {
  return Array.from({ length: values.length / length }, (_, k) =>
    Array.from(values.subarray(k * length, (k + 1) * length), rounded),
  );
}
