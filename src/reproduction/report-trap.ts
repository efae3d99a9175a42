import { endOf, type EndOfRvsm } from './end-of-rvsm.ts';
import { table } from './markdown.ts';
import { GAP_LIMIT } from './requirements.ts';
import { nearestCell, type Cell, type DatasetSummary } from './summarise.ts';
import { DATASET_TITLES, inPercent, meanText, methodTitle, pointsText } from './wording.ts';

/** From here on the loss between w and u is called one, share. */
const NOTABLE = 0.005;

/** w beside u for the paper's own form where λ was not chosen for any zeros, and for RVSM towards about as many. */
export function trapPart(summaries: readonly DatasetSummary[]): string[] {
  const parts = summaries.flatMap(datasetPart);
  if (parts.length === 0) return [];
  return [
    '## The trap: w beside u',
    'RVSM trains w; what is saved is u, w with its small weights cut. Where the two have not met, the accuracy of w says nothing about the network that is used. Both at the last epoch of RVSM, on validation patches; u also at the end, on test patches.',
    ...parts,
  ];
}

function datasetPart({ name, cells }: DatasetSummary): string[] {
  const paper = cells.find(({ method, target }) => method === 'paper-l0' && target === 0);
  const ofPaper = paper === undefined ? null : endOf(paper);
  if (paper === undefined || ofPaper === null) return [];
  // Towards about as many zeros.
  const near = (['l0', 'tl1'] as const).flatMap(
    (method) => nearestCell(cells, method, paper.zeros.mean) ?? [],
  );
  const rows = [paper, ...near].flatMap((cell) => {
    const end = endOf(cell);
    return end === null ? [] : [rowOf(cell, end)];
  });
  return [
    `### ${DATASET_TITLES[name]}`,
    table(
      ['', 'zeros of u, %', 'w, %', 'u, %', 'u minus w, points', '‖w − u‖ / ‖w‖', 'u at the end, test, %'],
      rows,
    ),
    sentenceOf(ofPaper),
  ];
}

function rowOf(cell: Cell, { w, u, lost, zeros, gap }: EndOfRvsm): string[] {
  const points = lost.half === null ? '' : ` ± ${inPercent(lost.half)}`;
  return [
    methodTitle(cell),
    meanText(zeros),
    meanText(w),
    meanText(u),
    `${pointsText(lost.mean)}${points}`,
    gap.mean.toFixed(3),
    meanText(cell.accuracy),
  ];
}

function sentenceOf({ w, u, lost, gap }: EndOfRvsm): string {
  const apart = `‖w − u‖ / ‖w‖ is ${gap.mean.toFixed(3)}`;
  if (lost.mean <= -NOTABLE) {
    const [at, under] = [`${inPercent(w.mean)} % and u at ${inPercent(u.mean)} %`, inPercent(-lost.mean)];
    const required = `${apart}; at most ${GAP_LIMIT} is required of our own form.`;
    if (lost.half === null) {
      return `In the paper’s own form, with one seed and so without an interval, w stands at ${at}, ${under} points lower. ${required}`;
    }
    return -lost.mean > lost.half
      ? `In the paper’s own form w stands at ${at}: ${under} points that w hides. ${required}`
      : `In the paper’s own form w stands on average at ${at}, ${under} points lower; the interval includes 0, so that these seeds do not show that w hides anything. ${required}`;
  }
  const met = gap.most <= GAP_LIMIT ? 'the two have met' : 'though the two have not met';
  const most = (lost.half ?? 0) - lost.mean;
  const reach =
    lost.half !== null && most >= NOTABLE
      ? `no trap on average (the interval reaches a loss of ${inPercent(most)} points)`
      : 'no trap';
  return `In the paper’s own form w and u stand within ${inPercent(Math.abs(lost.mean))} points of each other here: ${reach}, ${met} (${apart}).`;
}
