import type { GradientComparison } from './compare-gradients.ts';
import type { Measured } from './contestant.ts';
import type { Curve } from './engine-under-test.ts';

/** Of two loss curves, relative. */
export interface CurveDifference {
  /** Largest over the steps of the first epoch. */
  readonly firstEpoch: number;
  /** Largest over all steps. */
  readonly all: number;
}

/** What compare.ts found; `--json` prints it as it is. */
export interface Comparison {
  readonly run: {
    readonly patches: number;
    readonly epochs: number;
    readonly batch: number;
    readonly rounds: number;
    readonly seconds: number;
  };
  readonly gradients: GradientComparison;
  /** Ours, TensorFlow's, and TensorFlow's without oneDNN. */
  readonly curves: { readonly own: Curve; readonly native: Curve; readonly plain: Curve };
  /** Ours against TensorFlow's. */
  readonly difference: CurveDifference;
  /** TensorFlow's with against without oneDNN. */
  readonly yardstick: CurveDifference;
  readonly tolerance: CurveDifference;
  /** Ours first. */
  readonly engines: readonly {
    readonly name: string;
    readonly detail: string;
    readonly rates: readonly Measured[];
  }[];
  readonly agrees: boolean;
}

/** As tables on stdout. */
export function printComparison(comparison: Comparison): void {
  for (const { name, detail } of comparison.engines) console.log(`${name}: ${detail}`);
  printGradients(comparison.gradients);
  printCurves(comparison);
  printRates(comparison);
  console.log(comparison.agrees ? '\nThe engines agree.' : '\nThe engines DIFFER by more than is allowed.');
}

function printGradients({ pictures, tolerance, tensors, ties }: GradientComparison): void {
  console.log(
    `\nGradients of ${pictures} pictures, largest relative difference (at most ${exponent(tolerance)}):`,
  );
  for (const [name, value] of Object.entries(tensors)) console.log(`  ${name.padEnd(14)}${exponent(value)}`);
  if (ties.length > 0) {
    console.log(
      `  Compared again at moved weights, since they differed by up to ${exponent(Math.max(...ties))}: ${ties.length}. A tie in pooling is gone then, a fault is not.`,
    );
  }
}

function printCurves({ run, curves, difference, yardstick, tolerance }: Comparison): void {
  const { own, native, plain } = curves;
  console.log(`\nTraining on ${run.patches} patches, batch ${run.batch}, l0. Mean loss of each epoch:`);
  row(['epoch', 'phase', 'ours', 'tfjs-node', 'no oneDNN', 'zeros ours', 'tfjs-node']);
  for (const [i, { phase }] of own.epochs.entries()) {
    const losses = [own, native, plain].map(({ epochs }) => epochs[i]?.loss.toFixed(7) ?? '-');
    const zeros = [own, native].map(({ epochs }) => `${(100 * (epochs[i]?.fcZeros ?? NaN)).toFixed(2)} %`);
    row([String(i + 1), phase, ...losses, ...zeros]);
  }
  console.log(`Largest relative difference over the ${own.steps.length} steps (first epoch, whole run):`);
  row(['', 'ours, tfjs-node', exponent(difference.firstEpoch), exponent(difference.all)]);
  row(['', 'at most', exponent(tolerance.firstEpoch), exponent(tolerance.all)]);
  row(['', 'oneDNN or not', exponent(yardstick.firstEpoch), exponent(yardstick.all)]);
}

function printRates({ run, engines }: Comparison): void {
  console.log(
    `\nImages per second of RVSM training steps, ${run.rounds} interleaved rounds of ${run.seconds} s:`,
  );
  console.log('                        median      min      max   cores busy   images per core and second');
  for (const { name, rates } of engines) {
    const sorted = rates.map(({ imagesPerSecond }) => imagesPerSecond).sort((a, b) => a - b);
    const columns = [median(sorted), sorted[0] ?? NaN, sorted.at(-1) ?? NaN].map((rate) =>
      rate.toFixed(0).padStart(9),
    );
    const perCore = rates.map(({ imagesPerSecond, cores }) => imagesPerSecond / cores);
    const busy = median(rates.map(({ cores }) => cores))
      .toFixed(2)
      .padStart(13);
    console.log(name.padEnd(21) + columns.join('') + busy + median(perCore).toFixed(0).padStart(29));
  }
}

function row(columns: readonly string[]): void {
  const widths = [7, 17, 12, 12, 12, 12, 12];
  console.log(
    columns
      .map((text, i) => text.padEnd(widths[i] ?? 12))
      .join('')
      .trimEnd(),
  );
}

function exponent(value: number): string {
  return value.toExponential(1);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
