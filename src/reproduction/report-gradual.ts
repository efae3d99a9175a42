import { bullets } from './markdown.ts';
import { methodTables } from './report-accuracy.ts';
import type { Cell, DatasetSummary, PairedDifference } from './summarise.ts';
import {
  DATASET_TITLES,
  differenceText,
  inPercent,
  isRvsm,
  listText,
  manyText,
  methodTitle,
  targetText,
} from './wording.ts';

/** RVSM against gradual magnitude pruning, seed by seed. */
export function gradualPart(summaries: readonly DatasetSummary[]): string[] {
  const paired = summaries.flatMap(({ cells }) => cells.filter(({ toGradual }) => toGradual !== null));
  if (paired.length === 0) return [];
  const judged = paired.filter(({ toGradual }) => toGradual!.n > 1).length;
  return [
    '## RVSM against gradual magnitude pruning',
    'Accuracy of u minus that of gradual pruning at the same target, in points, paired over the same seeds. **Bold** differs: its 95 % interval excludes 0.',
    judged === 0
      ? ''
      : `Of ${manyText(judged, 'comparison')} ${judged < 20 ? 'fewer than one' : `about ${Math.round(judged / 20)}`} would differ by chance even if no method were better than another.`,
    ...summaries.flatMap(datasetPart),
  ];
}

function datasetPart({ name, cells }: DatasetSummary): string[] {
  const paired = cells.filter(({ toGradual }) => toGradual !== null);
  if (paired.length === 0) return [];
  const rvsm = [...new Set(paired.filter(({ method }) => isRvsm(method)).map(methodTitle))];
  return [
    `### ${DATASET_TITLES[name]}`,
    ...methodTables(paired, 'minus gradual, points', ({ toGradual }) => differenceText(toGradual!)),
    bullets(
      rvsm.map((title) =>
        sentenceOf(
          title,
          paired.filter((cell) => methodTitle(cell) === title),
        ),
      ),
    ),
  ];
}

/** Says better and worse only of what the intervals show. */
function sentenceOf(title: string, cells: readonly Cell[]): string {
  const judged = cells.filter(({ toGradual }) => toGradual!.n > 1);
  if (judged.length === 0) return `${title}: one seed cannot tell it from gradual pruning.`;
  const better = judged.filter(({ toGradual }) => toGradual!.differs && toGradual!.mean > 0);
  const worse = judged.filter(({ toGradual }) => toGradual!.differs && toGradual!.mean < 0);
  const alike = judged.filter(({ toGradual }) => !toGradual!.differs);
  const alone = cells.length - judged.length;
  const targets = (list: readonly Cell[]) =>
    list.length === cells.length && list.length > 2
      ? `all ${list.length} targets`
      : listText(list.map(({ target }) => targetText(target)));
  const widest = inPercent(Math.max(...alike.map(({ toGradual }) => reachOf(toGradual!))));
  const parts = [
    ...(better.length > 0 ? [`better at ${targets(better)}`] : []),
    ...(worse.length > 0 ? [`worse at ${targets(worse)}`] : []),
    ...(alike.length > 0
      ? [
          `not told apart by these seeds at ${targets(alike)} (a difference of up to ${widest} points could hide there)`,
        ]
      : []),
    ...(alone > 0 ? [`with one seed only, not to be told, at ${manyText(alone, 'target')}`] : []),
  ];
  return `${title}: ${listText(parts)}.`;
}

/** The end of the interval that lies further from 0. */
function reachOf({ mean, half }: PairedDifference): number {
  return Math.abs(mean) + (half ?? 0);
}
