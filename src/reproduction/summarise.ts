/** Runs put together over their seeds, and beside gradual pruning seed by seed. Nothing else is averaged. */
import { UserError } from '../base/errors.ts';
import { binomialError, meanInterval, type MeanInterval } from './mean-interval.ts';
import { METHODS, type DatasetName, type DatasetResult, type Method, type RunResult } from './results.ts';

/** Differences in accuracy over the seeds that both have, in shares. */
export interface PairedDifference extends MeanInterval {
  /** Only where the 95 % interval excludes 0; one seed, or differences without any spread, cannot tell. */
  readonly differs: boolean;
}

/** All runs of one method, shape and target; shares 0..1. */
export interface Cell {
  readonly method: Method;
  readonly a: number | null;
  readonly target: number;
  /** Ascending by seed. */
  readonly runs: readonly RunResult[];
  /** Of u on test patches. */
  readonly accuracy: MeanInterval;
  readonly validationAccuracy: MeanInterval;
  readonly zeros: MeanInterval;
  readonly gap: MeanInterval;
  /** In accuracy, this minus gradual; null for gradual itself and where no seed has both. */
  readonly toGradual: PairedDifference | null;
}

export interface DatasetSummary {
  readonly name: DatasetName;
  /** By method in the order of METHODS, then a, then target. */
  readonly cells: readonly Cell[];
  /** Sampling noise of the test set: binomial standard error at the accuracy of the dense network, or else of all runs. */
  readonly testNoise: { readonly accuracy: number; readonly error: number } | null;
}

/**
 * @returns Cells only for what was run.
 * @throws UserError `damaged` where two runs claim the same data set, method, a, target and seed.
 */
export function summarise(dataset: DatasetResult): DatasetSummary {
  const groups = new Map<string, RunResult[]>();
  for (const run of dataset.runs) {
    const key = cellKey(run.method, run.a, run.target);
    const group = groups.get(key) ?? [];
    if (group.some(({ seed }) => seed === run.seed)) {
      const what = `${dataset.name}, ${run.method}, a ${run.a}, target ${run.target}, seed ${run.seed}`;
      throw new UserError('damaged', `The results hold two runs of ${what}. Run the reproduction again.`);
    }
    group.push(run);
    groups.set(key, group);
  }
  for (const group of groups.values()) group.sort((one, other) => one.seed - other.seed);
  const cells = [...groups.values()].map((runs) => {
    const { method, a, target } = runs[0]!;
    const peers = method === 'gradual' ? undefined : groups.get(cellKey('gradual', null, target));
    return cellOf(method, a, target, runs, peers ?? []);
  });
  cells.sort(
    (one, other) =>
      METHODS.indexOf(one.method) - METHODS.indexOf(other.method) ||
      (one.a ?? 0) - (other.a ?? 0) ||
      one.target - other.target,
  );
  return { name: dataset.name, cells, testNoise: testNoiseOf(cells, dataset.test) };
}

function cellKey(method: Method, a: number | null, target: number): string {
  return `${method}/${a}/${target}`;
}

function cellOf(
  method: Method,
  a: number | null,
  target: number,
  runs: readonly RunResult[],
  peers: readonly RunResult[],
): Cell {
  const over = (value: (run: RunResult) => number) => meanInterval(runs.map(value));
  return {
    method,
    a,
    target,
    runs,
    accuracy: over((run) => run.accuracy),
    validationAccuracy: over((run) => run.validationAccuracy),
    zeros: over((run) => run.zeros),
    gap: over((run) => run.gap),
    toGradual: pairRuns(runs, peers),
  };
}

/** Accuracy of the runs minus that of their peers of the same seed; null where no seed has both. */
export function pairRuns(runs: readonly RunResult[], peers: readonly RunResult[]): PairedDifference | null {
  const differences = runs.flatMap((run) => {
    const peer = peers.find(({ seed }) => seed === run.seed);
    return peer === undefined ? [] : [run.accuracy - peer.accuracy];
  });
  if (differences.length === 0) return null;
  const interval = meanInterval(differences);
  // Accuracies are counts: over few seeds the same small difference may come up by chance, and its interval has no width.
  const differs =
    interval.half !== null && interval.least < interval.most && Math.abs(interval.mean) > interval.half;
  return { ...interval, differs };
}

function testNoiseOf(cells: readonly Cell[], test: number): DatasetSummary['testNoise'] {
  const dense = cells.find(({ method }) => method === 'dense');
  const runs = dense?.runs ?? cells.flatMap((cell) => cell.runs);
  if (runs.length === 0) return null;
  const accuracy = meanInterval(runs.map((run) => run.accuracy)).mean;
  return { accuracy, error: binomialError(accuracy, test) };
}

/**
 * The cell by which a method is judged where at least `zeros` (`strictly`: more) of the weights must be zero: for each shape a the
 * smallest target at which every seed has them; among these, the best on validation. Test accuracy chooses nothing.
 * @returns null where the method was not run so far.
 */
export function chooseCell(
  summary: DatasetSummary,
  method: Method,
  zeros: number,
  { strictly = false }: { readonly strictly?: boolean } = {},
): Cell | null {
  const enough = summary.cells.filter(
    (cell) => cell.method === method && (strictly ? cell.zeros.least > zeros : cell.zeros.least >= zeros),
  );
  const isSmallest = (cell: Cell) => enough.every(({ a, target }) => a !== cell.a || target >= cell.target);
  return bestOf(enough.filter(isSmallest));
}

/** The cell of a method whose target is nearest to a share of zeros; among shapes a, the best on validation. */
export function nearestCell(cells: readonly Cell[], method: Method, zeros: number): Cell | null {
  const own = cells.filter((cell) => cell.method === method);
  const apart = ({ target }: Cell) => Math.abs(target - zeros);
  const least = Math.min(...own.map(apart));
  return bestOf(own.filter((cell) => apart(cell) === least));
}

function bestOf(cells: readonly Cell[]): Cell | null {
  return cells.reduce<Cell | null>(
    (best, cell) =>
      best === null || cell.validationAccuracy.mean > best.validationAccuracy.mean ? cell : best,
    null,
  );
}
