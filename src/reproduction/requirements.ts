/** What the reproduction must reach and aims at, and what was measured of it. */
import type { DatasetName, RunResult } from './results.ts';
import { chooseCell, type Cell, type DatasetSummary } from './summarise.ts';
import { DATASET_TITLES, inPercent, isRvsm, manyText, meanText, methodTitle, targetText } from './wording.ts';

type Level = 'must' | 'aim';

interface AccuracyRequirement {
  readonly level: Level;
  readonly dataset: DatasetName;
  /** Accuracy of u on test patches at least, share. */
  readonly accuracy: number;
  /** Share of FC weights at least; null for the dense network. */
  readonly zeros: number | null;
}

const ACCURACIES: readonly AccuracyRequirement[] = [
  { level: 'must', dataset: 'fonts', accuracy: 0.99, zeros: 0.9 },
  { level: 'aim', dataset: 'fonts', accuracy: 0.995, zeros: 0.95 },
  { level: 'aim', dataset: 'fonts', accuracy: 0.99, zeros: 0.98 },
  { level: 'must', dataset: 'handwriting', accuracy: 0.95, zeros: null },
  { level: 'must', dataset: 'handwriting', accuracy: 0.94, zeros: 0.86 },
  { level: 'aim', dataset: 'handwriting-1mm', accuracy: 0.99, zeros: 0.86 },
];
/** Xue & Xin report over this accuracy at over this share of zeros. */
export const PAPER = { accuracy: 0.99, zeros: 0.86 } as const;
/** ‖w − u‖ / ‖w‖ at most when RVSM ends. */
export const GAP_LIMIT = 0.01;

/**
 * `met-by-mean`: the mean reaches it, its 95 % interval also reaches below (or there is none, with one seed). `missed-by-mean`:
 * the mean does not, its interval does.
 */
export type Verdict = 'met' | 'met-by-mean' | 'missed-by-mean' | 'missed' | 'not-measured';

export interface Measured {
  readonly level: Level;
  readonly dataset: DatasetName;
  /** Who has to reach it, e.g. `RVSM l0`. */
  readonly who: string;
  /** E.g. `at least 99 % at 90 % zeros`. */
  readonly wanted: string;
  /** In words with its unit. */
  readonly measured: string;
  readonly verdict: Verdict;
}

/** One row for each requirement and method that it is asked of; l0 and transformed l1 (its best a on validation) for zeros and the gap. */
export function measureRequirements(summaries: readonly DatasetSummary[]): Measured[] {
  const find = (name: DatasetName) => summaries.find((summary) => summary.name === name);
  return [
    ...ACCURACIES.flatMap((wanted) => measureAccuracy(wanted, find(wanted.dataset))),
    ...[...new Set(ACCURACIES.map(({ dataset }) => dataset))].flatMap((name) =>
      (['l0', 'tl1'] as const).map((method) => gapRow(name, method, find(name))),
    ),
  ];
}

/** The widest gap of the runs of RVSM of which none is asked: l1, and every shape of transformed l1 but the chosen one. */
export function widestUnasked(summaries: readonly DatasetSummary[]): string | null {
  const cells = summaries.flatMap((summary) => {
    const asked = (['l0', 'tl1'] as const).flatMap((method) => askedCells(summary, method));
    return summary.cells.filter((cell) => isRvsm(cell.method) && !asked.includes(cell));
  });
  const widest = widestOf(cells);
  return widest === null
    ? null
    : `${gapText(widest.gap)} (${DATASET_TITLES[widest.dataset]}, ${whereText(widest)})`;
}

function measureAccuracy(wanted: AccuracyRequirement, summary: DatasetSummary | undefined): Measured[] {
  const { level, dataset, accuracy, zeros } = wanted;
  const methods = zeros === null ? (['dense'] as const) : (['l0', 'tl1'] as const);
  return methods.map((method) => {
    const cell = summary === undefined ? null : chooseCell(ofJudgedShape(summary), method, zeros ?? 0);
    return {
      level,
      dataset,
      who: methodTitle({ method, a: cell?.a ?? null }),
      wanted: `at least ${targetText(accuracy)}${zeros === null ? '' : ` at ${targetText(zeros)} zeros`}`,
      measured: cell === null ? 'not run' : accuracyText(cell, accuracy),
      verdict: cell === null ? 'not-measured' : judge(cell, accuracy),
    };
  });
}

function judge({ accuracy: { mean, half } }: Cell, wanted: number): Verdict {
  if (reaches(mean, wanted)) return half !== null && reaches(mean - half, wanted) ? 'met' : 'met-by-mean';
  return half !== null && reaches(mean + half, wanted) ? 'missed-by-mean' : 'missed';
}

/** The sums of a mean round in the sixteenth digit; no patch weighs so little. */
function reaches(share: number, wanted: number): boolean {
  return share >= wanted - 1e-12;
}

/** With as many digits as it takes to stand on the right side of what was wanted. */
function accuracyText(cell: Cell, wanted: number): string {
  const { mean, n } = cell.accuracy;
  const onItsSide = (digits: number) =>
    reaches(Number(inPercent(mean, digits)) / 100, wanted) === reaches(mean, wanted);
  const digits = [2, 3, 4].find(onItsSide) ?? 6;
  const at = cell.target === 0 ? '' : ` at ${inPercent(cell.zeros.least)} % zeros`;
  return `${meanText(cell.accuracy, digits)} %${at}, ${manyText(n, 'seed')}`;
}

function gapRow(dataset: DatasetName, method: 'l0' | 'tl1', summary: DatasetSummary | undefined): Measured {
  const cells = summary === undefined ? [] : askedCells(summary, method);
  const widest = widestOf(cells);
  const common = {
    level: 'must' as const,
    dataset,
    who: methodTitle({ method, a: cells[0]?.a ?? null }),
    wanted: `‖w − u‖ / ‖w‖ at most ${GAP_LIMIT} when RVSM ends`,
  };
  if (widest === null) return { ...common, measured: 'not run', verdict: 'not-measured' };
  const count = cells.reduce((sum, { runs }) => sum + runs.length, 0);
  return {
    ...common,
    measured: `largest of ${manyText(count, 'run')} ${gapText(widest.gap)} (${whereText(widest)})`,
    verdict: widest.gap <= GAP_LIMIT ? 'met' : 'missed',
  };
}

/** All targets; of transformed l1 with the shape by which it is judged. */
function askedCells(summary: DatasetSummary, method: 'l0' | 'tl1'): readonly Cell[] {
  return ofJudgedShape(summary).cells.filter((cell) => cell.method === method);
}

/**
 * Transformed l1 is judged with one shape a in all rows of a data set: the one that has most of what is asked there, then the best on
 * validation patches, in the mean. Else every row would have the shape that was lucky in it.
 */
function ofJudgedShape(summary: DatasetSummary): DatasetSummary {
  const asked = ACCURACIES.flatMap(({ dataset, zeros }) =>
    dataset === summary.name && zeros !== null ? [zeros] : [],
  );
  const shapes = [...new Set(summary.cells.flatMap(({ method, a }) => (method === 'tl1' ? [a] : [])))];
  const candidates = shapes.map((a) => {
    const cells = summary.cells.filter((cell) => cell.method !== 'tl1' || cell.a === a);
    const own = { ...summary, cells };
    const enough = asked.flatMap((zeros) => chooseCell(own, 'tl1', zeros) ?? []);
    const shown = enough.length > 0 ? enough : cells.filter(({ method }) => method === 'tl1');
    const sum = shown.reduce((total, { validationAccuracy }) => total + validationAccuracy.mean, 0);
    return { own, count: enough.length, mean: sum / shown.length };
  });
  const [best] = candidates.toSorted((x, y) => y.count - x.count || y.mean - x.mean);
  return best?.own ?? summary;
}

function widestOf(cells: readonly Cell[]): RunResult | null {
  return cells
    .flatMap(({ runs }) => runs)
    .reduce<RunResult | null>((worst, run) => (worst === null || run.gap > worst.gap ? run : worst), null);
}

function whereText(run: RunResult): string {
  return `${methodTitle(run)} at ${targetText(run.target)}, seed ${run.seed}`;
}

/** Three decimals, or as many as show which side of the limit it is on and that it is not 0. */
function gapText(gap: number): string {
  const shows = (shown: number) => shown <= GAP_LIMIT === gap <= GAP_LIMIT && shown > 0 === gap > 0;
  const digits = [3, 4, 5].find((d) => shows(Number(gap.toFixed(d)))) ?? 8;
  return gap.toFixed(digits);
}
