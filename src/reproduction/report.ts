/** The reproduction as Markdown: what was asked, what was measured, and how sure that is. */
import { bullets, joinBlocks, plain, table } from './markdown.ts';
import type { PlotFile } from './plots/plots.ts';
import { accuracyPart } from './report-accuracy.ts';
import { byKindPart } from './report-by-kind.ts';
import { gradualPart } from './report-gradual.ts';
import { headlineFormWords, paperFormPart } from './report-paper-form.ts';
import { paperPart, requirementsPart } from './report-targets.ts';
import { trapPart } from './report-trap.ts';
import { DATASET_NAMES, trainingSecondsOf, type DatasetResult, type Reproduction } from './results.ts';
import { summarise } from './summarise.ts';
import { countPens } from '../synthetic/font-list.ts';
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
  const { quick } = reproduction;
  // Those that were made anew stand last in the results.
  const datasets = reproduction.datasets.toSorted((a, b) => placeOf(a) - placeOf(b));
  const summaries = datasets.map(summarise);
  return joinBlocks([
    '# Reproducing Xue & Xin (2019) with RVSM',
    quick
      ? '**A quick run: little data, few epochs. It shows that everything runs; its figures are no results.**'
      : '',
    head(reproduction),
    ...(summaries.length === 0 ? [] : [headlineFormWords(summaries)]),
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
    ...paperFormPart(summaries),
    ...trapPart(summaries),
    ...byKindPart(summaries),
  ]);
}

function placeOf({ name }: DatasetResult): number {
  return DATASET_NAMES.indexOf(name);
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
  const { createdAt, version, commit, machine, quick, datasets } = reproduction;
  const runs = datasets.flatMap((dataset) => dataset.runs);
  const machines = [...new Set(runs.map((run) => run.machine))];
  const trainedOn = (one: string): number => runs.filter((run) => run.machine === one).length;
  const source = commit === null ? 'outside of a repository' : `commit ${shortCommit(commit)}`;
  const commits = [...new Set(runs.map((run) => run.commit ?? 'none'))];
  const failures = datasets.flatMap((dataset) => dataset.failures);
  return bullets([
    `Made on ${createdAt.slice(0, 10)} at ${createdAt.slice(11, 16)} UTC by Steadypen ${plain(version)}, ${source}; ${quick ? 'quick' : 'full'} run.`,
    machines.length > 1
      ? `Machines: ${machines.map((one) => `${plain(one)} (${countText(trainedOn(one))})`).join('; ')}.`
      : `Machine: ${plain(machines[0] ?? machine)}.`,
    `Trainings: ${countText(runs.length)}, together ${durationText(trainingSecondsOf(reproduction))} on one thread each.`,
    ...(commits.length > 1 ? [`Trained from several commits: ${listText(commits.map(shortCommit))}.`] : []),
    ...failures.map(
      ({ spec: { dataset, method, target, seed }, message }) =>
        `No network came of ${DATASET_TITLES[dataset]}, ${method}, target ${target}, seed ${seed}: ${plain(message)} It is in no mean.`,
    ),
  ]);
}

function shortCommit(commit: string): string {
  return plain(commit).replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1');
}

function sizes(datasets: readonly DatasetResult[]): string[] {
  const rows = datasets.map(
    ({ name, channels, train, validation, test, testSubjects, epochs, fineTuneEpochs, runs }) => [
      DATASET_TITLES[name],
      channels.join(', '),
      ...[train, validation, test, testSubjects].map(countText),
      `${epochs} + ${fineTuneEpochs}`,
      listText([...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).map(String)),
    ],
  );
  const columns = [
    'channels',
    'training patches',
    'validation',
    'test',
    'subjects in test',
    'epochs',
    'seeds',
  ];
  if (rows.length === 0) return ['No data set was run.'];
  return [
    table(['', ...columns], rows),
    'Channels are those of the convolutions: 8, 16, 32 is the paper’s network with 22,274 weights, 16,384 of them in the FC layer; 16, 16, 32, 64 the app’s with 33,810 and 8,192. Subjects are writers, fonts and figures. Epochs are those of RVSM or pruning, then those of fine-tuning; the dense network and the paper’s own form have as many in one.',
  ];
}

function howToRead(): string {
  return joinBlocks([
    '## How to read the figures',
    bullets([
      'Accuracies are those of **u**, the sparse network that is saved, on test patches that each network has seen once. Epochs and shapes a were chosen on validation patches.',
      `Fonts, words and writers of the test are in no other part. While the ranges and sizes of the data were settled, other patches of the same test fonts were looked at; among them the least visible tremor of the larger-tremor set, raised from 0.65 to 1 px rms after 99 % had been missed there. With 40,000 patches to learn from l0 and Tl1 (a = 0.01) missed it again in that set, with 98.8 and 98.9 % at 86 % zeros: it was given more, and other test patches, since the first had been seen. Invented writers of simulated handwriting bend the letters of ${countPens('train')} fonts in training, of ${countPens('validation')} others in validation and of ${countPens('test')} others in the test: how well other hands would do is not in the intervals.`,
      'All methods see the same batches in as many steps, by Adam (peak 3e-3, fine-tuning 1.2e-3, cosine), with nothing tuned for one of them but this: the coupling of l0 and of Tl1 with a = 0.01 and 0.1 grows tenfold (tried with the others too, it shrank away what they should keep). The paper’s own form (SGD at 0.02, λ 4e-5, β 0.2) is the only one of six settings that trained at all on half of the fonts; it is not tuned for handwriting.',
      'Zeros are the share of weights of the fully connected (FC) layer that are exactly zero in u.',
      '± is half of the 95 % interval of the mean over n seeds: Student’s t with n − 1 degrees of freedom. One seed has no interval.',
      'That interval holds the chance of training alone. The test set’s own sampling noise, the same for all methods, stands with each data set as a binomial standard error; patches of one writer or font are alike, so that it is rather larger.',
    ]),
  ]).trimEnd();
}
