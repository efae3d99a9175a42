/**
 * The reproduction of the paper's table, from its data to results.json, report.md and plots. results.json is replaced after every
 * training, so that a run that was cut off goes on with those that are missing.
 */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock.ts';
import { UserError } from '../../base/errors.ts';
import { withFailure, withoutOtherRecipes, withRun } from '../../reproduction/collected-runs.ts';
import { hasExamples, makeExamples } from '../../reproduction/examples.ts';
import { keyOf, planRuns, type Extent } from '../../reproduction/plan.ts';
import { plotsOf } from '../../reproduction/plots/plots.ts';
import { writeReport } from '../../reproduction/report.ts';
import type {
  DatasetName,
  DatasetResult,
  FailedRun,
  Reproduction,
  RunResult,
  RunSpec,
} from '../../reproduction/results.ts';
import { sizeOf, STUDIES } from '../../reproduction/studies.ts';
import type { TrainedRun } from '../../reproduction/train-run.ts';
import { manyText } from '../../reproduction/wording.ts';
import { replaceFile } from '../../store/replace-file.ts';
import { explainStorageFault } from '../../store/storage-faults.ts';
import { loadFontLibrary } from '../../synthetic/font-files.ts';
import { makeStudy, type MadeStudy } from './study-patches.ts';
import { trainAll } from './study-threads.ts';

export const RESULTS_FILE = 'results.json';
export const REPORT_FILE = 'report.md';
/** What stood in results.json before trainings by other recipes were left out of it. */
const FORMER_FILE = 'results-before.json';
const PLOTS_FOLDER = 'plots';

export interface ReproduceJob {
  /** Absolute; made where it is missing. */
  readonly out: string;
  readonly datasets: readonly DatasetName[];
  readonly extent: Extent;
  readonly quick: boolean;
  /** Of training: 1 … seeds. */
  readonly seeds: number;
  /** Trainings at a time. */
  readonly threads: number;
  /** What an earlier run found: only what is missing is trained. */
  readonly before: Reproduction | null;
  readonly version: string;
  readonly commit: string | null;
  readonly machine: string;
}

export interface ReproduceDeps {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onData: (dataset: DatasetName, done: number, total: number) => void;
  readonly onRun: (result: RunResult, done: number, total: number) => void;
  readonly onWarning: (message: string) => void;
}

/**
 * @returns What stands in results.json at the end.
 * @throws UserError `cancelled`; `bad-argument` where `before` is of other data or sizes; what the file system says.
 */
export async function reproduce(deps: ReproduceDeps, job: ReproduceJob): Promise<Reproduction> {
  const { signal } = deps;
  if (job.before !== null && job.before.quick !== job.quick) {
    throw new UserError(
      'bad-argument',
      `The results in this folder are of a ${job.before.quick ? 'quick' : 'full'} run. Name another folder, or start anew with --force.`,
    );
  }
  await mkdir(path.join(job.out, PLOTS_FOLDER), { recursive: true });
  const planned = planRuns(job.datasets, job);
  const known = new Map(job.before?.datasets.map((dataset) => [dataset.name, dataset]) ?? []);
  let leftOut = 0;
  for (const [name, dataset] of known) {
    const { kept, left } = withoutOtherRecipes(dataset, sizeOf(name, job.quick));
    known.set(name, kept);
    leftOut += left;
  }
  if (leftOut > 0) {
    await copyFile(path.join(job.out, RESULTS_FILE), path.join(job.out, FORMER_FILE));
    deps.onWarning(
      `${manyText(leftOut, 'training')} in this folder had another recipe than now: left out of ${RESULTS_FILE}, kept in ${FORMER_FILE}.`,
    );
  }
  // Those that failed are tried again.
  const done = new Set([...known.values()].flatMap(({ runs }) => runs.map(keyOf)));
  const missing = planned.filter((spec) => !done.has(keyOf(spec)));
  const made = new Map<DatasetName, MadeStudy>();
  for (const name of job.datasets) {
    const data = STUDIES[name].dataOf ?? name;
    const study =
      made.get(data) ??
      (await makeStudy(name, sizeOf(name, job.quick), signal, (count, total) =>
        deps.onData(name, count, total),
      ));
    const before = known.get(name) ?? null;
    const { channels } = STUDIES[name].architecture;
    if (before !== null && before.channels.join() !== channels.join()) {
      throw new UserError(
        'bad-argument',
        `The results of ${name} in this folder come from another network. Name another folder, or start anew with --force.`,
      );
    }
    if (before !== null && before.dataHash !== study.dataHash) {
      throw new UserError(
        'bad-argument',
        `The results of ${name} in this folder come from other data. Name another folder, or start anew with --force.`,
      );
    }
    made.set(name, study);
    known.set(name, before ?? emptyResult(name, job.quick, study));
  }
  let total = job.before?.trainingSeconds ?? 0;
  const current = (): Reproduction => ({
    schemaVersion: 2,
    version: job.version,
    createdAt: new Date(deps.clock.nowMs()).toISOString(),
    commit: job.commit,
    machine: job.machine,
    quick: job.quick,
    trainingSeconds: total,
    datasets: [...known.values()],
  });
  const save = async (): Promise<void> => {
    const file = path.join(job.out, RESULTS_FILE);
    try {
      await replaceFile(file, `${JSON.stringify(current())}\n`);
    } catch (fault) {
      throw explainStorageFault(fault, file);
    }
  };
  let saving = Promise.resolve();
  const saveNext = (): Promise<void> => (saving = saving.then(save));
  const addFailure = ({ spec, message }: FailedRun): Promise<void> => {
    known.set(spec.dataset, withFailure(known.get(spec.dataset)!, { spec, message }));
    return saveNext();
  };
  const add = (trained: TrainedRun): Promise<void> => {
    const { result } = trained;
    const dataset = known.get(result.dataset)!;
    known.set(result.dataset, withRun(dataset, trained));
    total += result.seconds;
    return saveNext();
  };
  // What stood in the folder before is replaced at once, not only when the first training ends.
  await save();
  let count = planned.length - missing.length;
  const training = trainAll({
    specs: missing,
    sizeOf: (name) => sizeOf(name, job.quick),
    start: {
      datasets: Object.fromEntries([...made].map(([name, { patches }]) => [name, patches])),
      threads: 1,
      commit: job.commit,
    },
    threads: job.threads,
    signal,
    onReply: async (reply) => {
      count++;
      if (reply.kind === 'failed') {
        deps.onWarning(`${describeRun(reply.spec)} gave no network: ${reply.message}`);
        await addFailure(reply);
        return;
      }
      await add(reply.run);
      deps.onRun(reply.run.result, count, planned.length);
    },
  });
  try {
    await training;
  } finally {
    // Also where it was stopped: a training that has ended is not lost.
    await saving;
    await writeReproduction(current(), job.out);
  }
  return current();
}

/** Writes report.md and the plots from results alone. */
export async function writeReproduction(reproduction: Reproduction, out: string): Promise<void> {
  await mkdir(path.join(out, PLOTS_FOLDER), { recursive: true });
  const plots = plotsOf(reproduction);
  for (const { name, svg } of plots) await replaceFile(path.join(out, PLOTS_FOLDER, name), svg);
  await replaceFile(path.join(out, REPORT_FILE), writeReport(reproduction, plots, PLOTS_FOLDER));
}

/** E.g. `fonts, tl1 (a = 0.1), 90 % zeros, seed 1`. */
export function describeRun({ dataset, method, a, target, seed }: RunSpec): string {
  const zeros = target === 0 ? [] : [`${Math.round(1000 * target) / 10} % zeros`];
  return [dataset, `${method}${a === null ? '' : ` (a = ${a})`}`, ...zeros, `seed ${seed}`].join(', ');
}

function emptyResult(name: DatasetName, quick: boolean, { patches, dataHash }: MadeStudy): DatasetResult {
  const { epochs, fineTuneEpochs } = sizeOf(name, quick);
  return {
    name,
    description: STUDIES[name].description,
    channels: STUDIES[name].architecture.channels,
    train: patches.train.count,
    validation: patches.validation.count,
    test: patches.test.count,
    testSubjects: new Set(patches.test.subjects).size,
    dataHash,
    epochs,
    fineTuneEpochs,
    runs: [],
    failures: [],
    pictures: [],
    examples: hasExamples(name) ? makeExamples(name, loadFontLibrary()) : [],
  };
}
