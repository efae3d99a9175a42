import { availableParallelism } from 'node:os';
import path from 'node:path';
import { EXTENTS, FULL_SEEDS } from '../reproduction/plan.ts';
import { DATASET_NAMES, trainingSecondsOf, type RunResult } from '../reproduction/results.ts';
import { appVersion } from './app-files.ts';
import { EXIT, UsageError, type Command } from './command.ts';

const SEEDS = { full: FULL_SEEDS, quick: 1 } as const;

export const command: Command = {
  name: 'reproduce',
  usage: '--out DIR [options]',
  summary: "Makes the paper's table: accuracy against zeros for every penalty, beside magnitude pruning.",
  details:
    'Trains the app’s network on shaky and regular fonts and on simulated handwriting, as Xue & Xin did (arXiv 1902.07419):\n' +
    'dense, by RVSM with l0, l1 and transformed l1, by one-shot and gradual magnitude pruning; and their network, in their own\n' +
    'form too. Test fonts, words and writers are in no other part; epochs are chosen on validation data. DIR gets results.json,\n' +
    'report.md and plots/. The whole takes hours and 5 GB of memory: results.json is whole after every training, and --resume\n' +
    'goes on with what is missing. A training whose recipe has changed since is done again, and the results as they were stay beside\n' +
    'under a name of their time.\n' +
    'With --json every training is a line on stdout, with an error where it gave no network, and the last line says what was asked\n' +
    'and reached.',
  options: {
    quick: {
      type: 'boolean',
      help: 'little data, few epochs, one share of zeros: shows that all runs, in a minute or two',
    },
    out: { type: 'string', value: 'DIR', help: 'where the results go; made when missing' },
    datasets: { type: 'string', value: 'NAMES', help: `of ${DATASET_NAMES.join(',')}; all unless given` },
    extent: {
      type: 'string',
      value: 'E',
      help: 'core (what is asked for), main (what compares the methods) or all; all unless given',
    },
    seeds: {
      type: 'string',
      value: 'N',
      help: `trainings of each kind; ${SEEDS.full} unless given (quick: ${SEEDS.quick})`,
    },
    threads: {
      type: 'string',
      value: 'N',
      help: 'trainings at a time; as many as there are cores unless given',
    },
    resume: { type: 'boolean', help: 'keep the trainings in DIR/results.json and do those that are missing' },
    force: { type: 'boolean', help: 'replace the results in DIR' },
  },
  words: { min: 0, max: 0, name: '' },

  async run(given, terminal) {
    const typed = given.text('out');
    if (typed === undefined) throw new UsageError('--out DIR is missing: where should the results go?');
    const quick = given.flag('quick');
    const extent = given.choice('extent', EXTENTS) ?? 'all';
    const datasets = given.choices('datasets', DATASET_NAMES) ?? DATASET_NAMES;
    const seeds = given.whole('seeds', 1, 100) ?? (quick ? SEEDS.quick : SEEDS.full);
    const threads = given.whole('threads', 1, 256) ?? availableParallelism();
    if (quick && given.has('extent')) {
      throw new UsageError('--extent and --quick exclude each other: a quick run has an extent of its own.');
    }
    if (given.flag('resume') && given.flag('force')) {
      throw new UsageError('--resume and --force exclude each other: choose one.');
    }
    const [
      host,
      { RESULTS_FILE, REPORT_FILE },
      { commitOfSources },
      { describeMachine },
      { nodeClock },
      { measureRequirements },
      { summarise },
      { engineFile, KERNELS_NOT_BUILT },
      { prepareOutputFolder },
    ] = await Promise.all([
      import('../host/reproduction/reproduce.ts'),
      import('../host/reproduction/results-folder.ts'),
      import('../host/reproduction/commit.ts'),
      import('../host/bench/machine.ts'),
      import('../host/node-clock.ts'),
      import('../reproduction/requirements.ts'),
      import('../reproduction/summarise.ts'),
      import('../tensor/describe-backends.ts'),
      import('./output-folder.ts'),
    ]);
    const out = await prepareOutputFolder(path.resolve(terminal.cwd, typed), typed, [
      RESULTS_FILE,
      REPORT_FILE,
    ]);
    const file = path.join(typed, RESULTS_FILE);
    if (engineFile({}) === null) terminal.note(KERNELS_NOT_BUILT);
    let failures = 0;
    const results = await host.reproduce(
      {
        clock: nodeClock,
        signal: terminal.signal,
        onData: (name, done, total) => terminal.progress(`making pictures of ${name}: ${done} of ${total}`),
        onRun: (result, done, total) => {
          terminal.record(recordOf(result));
          terminal.note(`${done} of ${total}: ${host.describeRun(result)}: ${describe(result)}`);
        },
        onFailure: (spec, message) => {
          failures++;
          terminal.record({ ...spec, error: { code: 'non-finite-loss', message } });
          terminal.note(`${host.describeRun(spec)} gave no network: ${message}`);
        },
        onNote: (message) => terminal.note(message),
      },
      {
        out,
        file,
        former: given.flag('resume') ? 'resume' : given.flag('force') ? 'replace' : 'refuse',
        datasets,
        extent,
        quick,
        seeds,
        threads,
        version: appVersion(),
        commit: await commitOfSources(),
        machine: describeMachine(),
      },
    );
    const requirements = measureRequirements(results.datasets.map(summarise));
    terminal.record({ requirements, quick, trainingSeconds: trainingSecondsOf(results) });
    if (quick) terminal.print('A quick run: it shows that everything runs; its figures are no results.');
    for (const { level, dataset, who, wanted, measured, verdict } of requirements) {
      terminal.print(`${level}: ${dataset}, ${who}: ${wanted}; measured ${measured}: ${verdict}`);
    }
    terminal.print(`Wrote ${path.join(typed, REPORT_FILE)}, ${file} and plots.`);
    return failures > 0 ? EXIT.someUnusable : EXIT.done;
  },
};

/** The epochs are in results.json. */
function recordOf({ epochs, ...result }: RunResult): object {
  return { ...result, epochs: epochs.length };
}

function describe({ accuracy, validationAccuracy, zeros, gap, seconds }: RunResult): string {
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  return `accuracy of u ${percent(accuracy)} (validation ${percent(validationAccuracy)}), FC zeros ${percent(zeros)}, gap ${gap.toFixed(4)}, ${seconds.toFixed(0)} s`;
}
