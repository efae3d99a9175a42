/** The reproduction as Markdown: what was asked, what was measured, and how sure that is. */
import { bullets, joinBlocks, plain, table } from './markdown.ts';
import type { PlotFile } from './plots/plots.ts';
import { accuracyPart } from './report-accuracy.ts';
import { byKindPart } from './report-by-kind.ts';
import { gradualPart } from './report-gradual.ts';
import { paperPart, requirementsPart } from './report-targets.ts';
import { trapPart } from './report-trap.ts';
import type { DatasetResult, Reproduction } from './results.ts';
import { summarise } from './summarise.ts';
import { countText, DATASET_TITLES, durationText, listText } from './wording.ts';

/**
 * @param plots What {@link PlotFile}s were written, shown beside their data set; none leaves them out.
 * @param folder Where they lie, seen from the report.
 * @throws UserError `damaged` for results that contradict themselves.
 */
export function writeReport(
  reproduction: Reproduction,
  plots: readonly Omit<PlotFile, 'svg'>[] = [],
  folder = 'plots',
): string {
  const { datasets, quick } = reproduction;
  const summaries = datasets.map(summarise);
  return joinBlocks([
    '# Reproducing Xue & Xin (2019) with RVSM',
    quick
      ? '**A quick run: little data, few epochs. It shows that everything runs; its figures are no results.**'
      : '',
    head(reproduction),
    ...sizes(datasets),
    howToRead(),
    ...requirementsPart(summaries),
    ...paperPart(summaries),
    ...datasets.flatMap((dataset, i) => [
      ...accuracyPart(dataset, summaries[i]!),
      ...picturesPart(
        plots.filter((plot) => plot.dataset === dataset.name),
        folder,
      ),
    ]),
    ...gradualPart(summaries),
    ...trapPart(summaries),
    ...byKindPart(summaries),
  ]);
}

/** The maps, which are many and alike, behind a fold. */
function picturesPart(plots: readonly Omit<PlotFile, 'svg'>[], folder: string): string[] {
  const show = ({ name, title }: Omit<PlotFile, 'svg'>) => `![${plain(title)}](${folder}/${name})`;
  const maps = plots.filter(({ part }) => part === 'map').map(show);
  const fold = ['<details>', `<summary>Maps of the FC weights that are left (${maps.length})</summary>`];
  return [
    ...plots.filter(({ part }) => part !== 'map').map(show),
    ...(maps.length === 0 ? [] : [fold.join('\n'), ...maps, '</details>']),
  ];
}

function head(reproduction: Reproduction): string {
  const { createdAt, version, commit, machine, quick, trainingSeconds, datasets } = reproduction;
  const trainings = datasets.reduce((sum, { runs }) => sum + runs.length, 0);
  const source = commit === null ? 'outside of a repository' : `commit ${plain(commit).slice(0, 12)}`;
  return bullets([
    `Made on ${createdAt.slice(0, 10)} at ${createdAt.slice(11, 16)} UTC by Steadypen ${plain(version)}, ${source}; ${quick ? 'quick' : 'full'} run.`,
    `Machine: ${plain(machine)}.`,
    `Trainings: ${countText(trainings)}, together ${durationText(trainingSeconds)} on one thread each.`,
  ]);
}

function sizes(datasets: readonly DatasetResult[]): string[] {
  const rows = datasets.map(
    ({ name, train, validation, test, testSubjects, epochs, fineTuneEpochs, runs }) => [
      DATASET_TITLES[name],
      ...[train, validation, test, testSubjects].map(countText),
      `${epochs} + ${fineTuneEpochs}`,
      listText([...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).map(String)),
    ],
  );
  const columns = ['training patches', 'validation', 'test', 'subjects in test', 'epochs', 'seeds'];
  if (rows.length === 0) return ['No data set was run.'];
  return [
    table(['', ...columns], rows),
    'Subjects are writers, fonts and figures. Epochs are those of RVSM or of dense training, then those of fine-tuning.',
  ];
}

function howToRead(): string {
  return joinBlocks([
    '## How to read the figures',
    bullets([
      'Accuracies are those of **u**, the sparse network that is saved, on test patches that were looked at once. Epochs and shapes a were chosen on validation patches.',
      'Zeros are the share of weights of the fully connected (FC) layer that are exactly zero in u.',
      '± is half of the 95 % interval of the mean over n seeds: Student’s t with n − 1 degrees of freedom. One seed has no interval.',
      'That interval holds the chance of training alone. The test set’s own sampling noise, the same for all methods, stands with each data set as a binomial standard error; patches of one writer or font are alike, so that it is rather larger.',
    ]),
  ]).trimEnd();
}
