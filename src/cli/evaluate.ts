import path from 'node:path';
import { TASK_NAMES } from '../base/task-words.ts';
import { DISCLAIMER, SENSITIVITIES, SPLIT_PARTS, type SplitPart } from '../base/words.ts';
import { EXIT, UsageError, type Command } from './command.ts';
import type { EvaluateOutcome } from './evaluate-job.ts';
import type { EvaluationReport } from './evaluation-report.ts';
import { LEAST_FOLDS, MOST_FOLDS } from './fold-plan.ts';
import type { Given } from './given.ts';
import { readRecipe, RECIPE_OPTIONS } from './train-recipe.ts';
import { reportError, type Terminal } from './terminal.ts';
import type { LabelledFile } from './training-data.ts';

export const command: Command = {
  name: 'evaluate',
  usage: '--data DIR [--model FILE | --folds K] [options]',
  summary: 'Says how well a model, or training in folds, tells labelled files apart.',
  details:
    'Every file is judged as screen judges it. With --folds K the files are dealt out to K folds, no subject in two of\n' +
    'them; for each a model is trained on the others, as train --data does, and tested on it, always as the sparse network u.\n' +
    'Intervals are 95 % bootstrap intervals over subjects, or over images where nobody is named. With --json each image is\n' +
    '{"path","subject","label","fold"?,"verdict","probability","logit",...} or {"path","error"}, in order of the folds, and the\n' +
    'last line is {"metrics":{...}}. A model must not have learnt from the files that it is evaluated on.',
  options: {
    data: {
      type: 'string',
      value: 'DIR',
      help: 'labelled files: a manifest.csv (path,label,subject[,task][,split]) or folders regular and tremor-like',
    },
    model: {
      type: 'string',
      value: 'FILE',
      help: "a model file (.spm); left out, the app's active model, else the factory model",
    },
    split: {
      type: 'string',
      value: 'PART',
      help: `only files of this part of the manifest's column split: ${SPLIT_PARTS.join(', ')}`,
    },
    folds: {
      type: 'string',
      value: 'K',
      help: `train and test in K folds in place of a model; ${LEAST_FOLDS} to ${MOST_FOLDS}`,
    },
    ungrouped: {
      type: 'boolean',
      help: 'with --folds: split by image, so that subjects stand on both sides, and warn of it',
    },
    task: {
      type: 'string',
      value: 'TASK',
      help: `what was drawn, where the manifest does not say, else it is guessed: ${TASK_NAMES.join(', ')}`,
    },
    sensitivity: {
      type: 'string',
      value: 'HOW',
      help: `where the limits of a verdict lie: ${SENSITIVITIES.join(', ')} (default: balanced)`,
    },
    csv: { type: 'string', value: 'FILE', help: 'write a table of the images there too' },
    home: { type: 'string', value: 'DIR', help: 'data folder to take the active model from' },
    ...Object.fromEntries(
      Object.entries(RECIPE_OPTIONS).map(([name, option]) => [
        name,
        { ...option, help: `with --folds: ${option.help}` },
      ]),
    ),
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const data = given.text('data');
    if (data === undefined) throw new UsageError('--data DIR is missing: which files should be judged?');
    const folds = readFolds(given);
    const split = given.choice('split', SPLIT_PARTS);
    const task = given.task('task') ?? null;
    const sensitivity = given.choice('sensitivity', SENSITIVITIES) ?? 'balanced';
    const recipe = folds === undefined ? null : readRecipe(given);
    const [{ readLabelledFiles }, { prepareOutputs }, { CSV_HEADER }, { requireBothLabels }] =
      await Promise.all([
        import('./training-data.ts'),
        import('./screen-outputs.ts'),
        import('./evaluate-lines.ts'),
        import('../screening/evaluation.ts'),
      ]);
    const found = await readLabelledFiles(path.resolve(terminal.cwd, data), data, task);
    const files = found.inputs.filter(({ part }) => split === undefined || part === split);
    if (split !== undefined && found.inputs.every(({ part }) => part === undefined)) {
      throw new UsageError(`--split ${split}: ${data} has no manifest.csv with a column split.`);
    }
    requireBothLabels(files.map(({ tremorLike }) => (tremorLike ? 'tremor-like' : 'regular')));
    const outputs = await prepareOutputs(given, terminal, CSV_HEADER);
    const [{ ScreenerClient }, { spawnNode }] = await Promise.all([
      import('../host/screener-client.ts'),
      import('../host/spawn-node.ts'),
    ]);
    const screener = new ScreenerClient({ spawn: spawnNode });
    const context = { screener, terminal, namesPeople: found.namesPeople, sensitivity, outputs };
    const warnings: string[] = [];
    const warn = (warning: string | null): void => {
      if (warning === null) return;
      warnings.push(warning);
      terminal.note(warning);
    };
    try {
      found.warnings.forEach(warn);
      for (const { path: file, error } of found.unusable) reportError(terminal, error, file);
      const job = { given, context, data, all: found.inputs, files, warn };
      const outcome =
        recipe === null || folds === undefined
          ? await (await import('./evaluate-model.ts')).evaluateModel(job, validationOf(found.inputs, split))
          : await (
              await import('./evaluate-folds.ts')
            ).evaluateFolds(job, { folds, ungrouped: given.flag('ungrouped'), recipe });
      const unusable = found.unusable.length + outcome.unusable;
      await report(terminal, { ...outcome, unusable, warnings, namesPeople: found.namesPeople });
      return unusable > 0 ? EXIT.someUnusable : EXIT.done;
    } finally {
      screener.close();
    }
  },
};

/** @throws UsageError for options that do not go together. */
function readFolds(given: Given): number | undefined {
  const folds = given.whole('folds', LEAST_FOLDS, MOST_FOLDS);
  if (folds === undefined) {
    const other = ['ungrouped', ...Object.keys(RECIPE_OPTIONS)].find((name) => given.has(name));
    if (other === undefined) return undefined;
    throw new UsageError(`--${other} goes with --folds K only: with a model nothing is trained.`);
  }
  for (const other of ['model', 'split']) {
    if (given.has(other)) throw new UsageError(`--folds and --${other} exclude each other: choose one.`);
  }
  return folds;
}

/** Another calibration may be fitted on the validation part, unless that is what is evaluated. */
function validationOf(files: readonly LabelledFile[], split: SplitPart | undefined): LabelledFile[] {
  if (split === undefined || split === 'validation') return [];
  return files.filter(({ part }) => part === 'validation');
}

async function report(
  terminal: Terminal,
  {
    judged,
    namesPeople,
    ...rest
  }: EvaluateOutcome & { readonly warnings: readonly string[]; readonly namesPeople: boolean },
): Promise<void> {
  const [evaluating, { describeReport, metricsRecord }] = await Promise.all([
    import('../screening/evaluation.ts'),
    import('./evaluation-report.ts'),
  ]);
  const evaluation = evaluating.evaluateImages(judged);
  const groups = evaluating.evaluateGroups(judged);
  const full: EvaluationReport = {
    ...rest,
    warnings: [
      ...rest.warnings,
      ...evaluating.certaintyWarnings(judged, evaluation.figures),
      ...evaluating.groupCertaintyWarnings(judged, groups),
    ],
    unit: namesPeople ? 'subject' : 'image',
    evaluation,
    groups,
  };
  terminal.record(metricsRecord(full));
  for (const line of describeReport(full)) terminal.print(line);
  terminal.print(DISCLAIMER);
}
