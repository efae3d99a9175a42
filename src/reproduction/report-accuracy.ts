import { plain, table } from './markdown.ts';
import type { DatasetResult } from './results.ts';
import type { Cell, DatasetSummary } from './summarise.ts';
import {
  countText,
  DATASET_TITLES,
  inPercent,
  manyText,
  meanText,
  methodTitle,
  targetText,
} from './wording.ts';

/** Of figures in one table; more targets go into a second one. */
const MOST_COLUMNS = 8;
/** Zeros further from their target than this are said, share. */
const ZEROS_TOLERANCE = 0.005;

/** One data set: what it shows, its dense network, and every method at every target. */
export function accuracyPart(dataset: DatasetResult, summary: DatasetSummary): string[] {
  const seeds = Math.max(0, ...summary.cells.map((cell) => cell.accuracy.n));
  return [
    `## ${DATASET_TITLES[dataset.name]}`,
    plain(dataset.description),
    ...untargeted(summary),
    ...noise(dataset, summary),
    ...methodTables(summary.cells, `u on test, %`, (cell) => cellText(cell, seeds)),
    summary.cells.length === 0
      ? 'Nothing was run.'
      : `${manyText(seeds, 'seed')} each, unless a figure says otherwise.`,
  ];
}

/** Tables of one row a method and a, one column a target; none without targets. */
export function methodTables(cells: readonly Cell[], corner: string, text: (cell: Cell) => string): string[] {
  const sparse = cells.filter(({ target }) => target > 0);
  const targets = [...new Set(sparse.map(({ target }) => target))].sort((a, b) => a - b);
  const titles = [...new Set(sparse.map(methodTitle))];
  const tables = Math.ceil(targets.length / MOST_COLUMNS);
  return Array.from({ length: tables }, (_, i) => {
    const place = (part: number) => Math.round((part * targets.length) / tables);
    const columns = targets.slice(place(i), place(i + 1));
    const rows = titles.map((title) => {
      const row = sparse.filter((cell) => methodTitle(cell) === title);
      return [title, ...columns.map((target) => row.find((cell) => cell.target === target)).map(orDash)];
    });
    return table([corner, ...columns.map((target) => `${targetText(target)} zeros`)], rows);
  });

  function orDash(cell: Cell | undefined): string {
    return cell === undefined ? '–' : text(cell);
  }
}

function cellText(cell: Cell, seeds: number): string {
  const notes = [
    ...(cell.accuracy.n === seeds ? [] : [manyText(cell.accuracy.n, 'seed')]),
    ...(Math.abs(cell.zeros.mean - cell.target) <= ZEROS_TOLERANCE
      ? []
      : [`zeros ${inPercent(cell.zeros.mean, 1)} %`]),
  ];
  return `${meanText(cell.accuracy)}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`;
}

function untargeted({ cells }: DatasetSummary): string[] {
  return cells.flatMap((cell) => {
    if (cell.target !== 0) return [];
    const zeros = cell.method === 'dense' ? 'no zeros' : `${meanText(cell.zeros)} % zeros`;
    const name = methodTitle(cell);
    return [
      `${name[0]!.toUpperCase()}${name.slice(1)}, ${zeros}: **${meanText(cell.accuracy)} %** (${manyText(cell.accuracy.n, 'seed')}).`,
    ];
  });
}

function noise({ test }: DatasetResult, { testNoise }: DatasetSummary): string[] {
  if (testNoise === null) return [];
  const { accuracy, error } = testNoise;
  return [
    `At ${inPercent(accuracy)} %, a test set of ${countText(test)} independent patches has a binomial standard error of ${inPercent(error)} points.`,
  ];
}
