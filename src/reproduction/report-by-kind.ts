import { plain, table } from './markdown.ts';
import { meanInterval } from './mean-interval.ts';
import { PAPER } from './requirements.ts';
import type { Cell, DatasetSummary } from './summarise.ts';
import { chooseCell } from './summarise.ts';
import { DATASET_TITLES, meanText, methodTitle, targetText } from './wording.ts';

/** Accuracy by kind of drawing for data sets of several kinds: dense, and each method at over 86 % zeros. */
export function byKindPart(summaries: readonly DatasetSummary[]): string[] {
  const parts = summaries.flatMap((summary) => {
    const kinds = kindsOf(summary.cells);
    const cells = (['dense', 'l0', 'tl1', 'gradual'] as const).flatMap((method) => {
      return chooseCell(summary, method, method === 'dense' ? 0 : PAPER.zeros) ?? [];
    });
    if (kinds.length < 2 || cells.length === 0) return [];
    const rows = cells.map((cell) => [titleOf(cell), ...kinds.map((kind) => kindText(cell, kind))]);
    return [`### ${DATASET_TITLES[summary.name]}`, table(['u on test, %', ...kinds.map(plain)], rows)];
  });
  return parts.length === 0 ? [] : ['## By kind of drawing', ...parts];
}

function kindsOf(cells: readonly Cell[]): string[] {
  return [
    ...new Set(cells.flatMap(({ runs }) => runs.flatMap((run) => Object.keys(run.accuracyByKind)))),
  ].sort();
}

function titleOf(cell: Cell): string {
  return cell.target === 0 ? methodTitle(cell) : `${methodTitle(cell)}, ${targetText(cell.target)} zeros`;
}

function kindText({ runs }: Cell, kind: string): string {
  const values = runs.flatMap((run) => run.accuracyByKind[kind] ?? []);
  return values.length === 0 ? '–' : meanText(meanInterval(values));
}
