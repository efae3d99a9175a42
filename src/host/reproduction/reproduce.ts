/**
 * The reproduction of the paper's table, from its data to results.json, report.md and plots. results.json is replaced after every
 * training, so that a run that was cut off goes on with those that are missing.
 */
import type { Clock } from '../../base/clock.ts';
import { UserError } from '../../base/errors.ts';
import { withFailure, withoutOtherRecipes, withRun } from '../../reproduction/collected-runs.ts';
import { hasExamples, makeExamples } from '../../reproduction/examples.ts';
import { keyOf, planRuns, type Extent } from '../../reproduction/plan.ts';
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
import { loadFontLibrary } from '../../synthetic/font-files.ts';
import { RESULTS_FILE, ResultsFolder } from './results-folder.ts';
import { makeStudy, type MadeStudy } from './study-patches.ts';
import { trainAll } from './study-threads.ts';

export interface ReproduceJob {
  /** Absolute; made where it is missing. */
  readonly out: string;
  /** Its results.json as typed, for messages. */
  readonly file: string;
  /** What becomes of results that are there already: `resume` trains only what is missing. */
  readonly former: 'refuse' | 'resume' | 'replace';
  readonly datasets: readonly DatasetName[];
  readonly extent: Extent;
  readonly quick: boolean;
  /** Of training: 1 … seeds. */
  readonly seeds: number;
  /** Trainings at a time. */
  readonly threads: number;
  readonly version: string;
  readonly commit: string | null;
  readonly machine: string;
}

export interface ReproduceDeps {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onData: (dataset: DatasetName, done: number, total: number) => void;
  readonly onRun: (result: RunResult, done: number, total: number) => void;
  /** A training gave no network; the others go on. */
  readonly onFailure: (spec: RunSpec, message: string) => void;
  readonly onNote: (message: string) => void;
}

/**
 * @returns What stands in results.json at the end.
 * @throws UserError `cancelled`; `bad-argument` where results are there and refused, or of other data or sizes; `damaged` or `no-access` where
 *   they cannot be read; `in-use` where another process fills the folder; `disk-full` or `read-only`, with results.json whole.
 */
export async function reproduce(deps: ReproduceDeps, job: ReproduceJob): Promise<Reproduction> {
  const folder = new ResultsFolder(job.out, new Date(deps.clock.nowMs()).toISOString());
  try {
    return await fill(folder, deps, job, await formerResults(folder, job));
  } finally {
    folder.close();
  }
}

async function formerResults(
  folder: ResultsFolder,
  { file, former, quick }: ReproduceJob,
): Promise<Reproduction | null> {
  if (former === 'replace') return null;
  const found = await folder.readResults(file);
  if (found !== null && former === 'refuse') {
    throw new UserError(
      'bad-argument',
      `${file} is there already. Go on with it by --resume, replace it by --force, or name another folder.`,
      file,
    );
  }
  if (found !== null && found.quick !== quick) {
    throw new UserError(
      'bad-argument',
      `The results in this folder are of a ${found.quick ? 'quick' : 'full'} run. Name another folder, or start anew with --force.`,
    );
  }
  return found;
}

async function fill(
  folder: ResultsFolder,
  deps: ReproduceDeps,
  job: ReproduceJob,
  before: Reproduction | null,
): Promise<Reproduction> {
  await folder.sweep();
  const planned = planRuns(job.datasets, job);
  const known = new Map(before?.datasets.map((dataset) => [dataset.name, dataset]) ?? []);
  let leftOut = 0;
  for (const [name, dataset] of known) {
    if (dataset.channels.join() !== STUDIES[name].architecture.channels.join()) {
      throw otherOrigin(name, 'another network');
    }
    const { kept, left } = withoutOtherRecipes(dataset, sizeOf(name, job.quick));
    known.set(name, kept);
    leftOut += left;
  }
  // Those that failed are tried again.
  const done = new Set([...known.values()].flatMap(({ runs }) => runs.map(keyOf)));
  const missing = planned.filter((spec) => !done.has(keyOf(spec)));
  const made = new Map<DatasetName, MadeStudy>();
  for (const name of job.datasets) {
    const shared = made.get(STUDIES[name].dataOf ?? name);
    const onProgress = (count: number, total: number): void => deps.onData(name, count, total);
    const study = shared ?? (await makeStudy(name, sizeOf(name, job.quick), deps.signal, onProgress));
    const dataset = known.get(name) ?? emptyResult(name, job.quick, study);
    if (dataset.dataHash !== study.dataHash) throw otherOrigin(name, 'other data');
    made.set(name, study);
    known.set(name, dataset);
  }
  const current = (): Reproduction => ({
    schemaVersion: 2,
    version: job.version,
    createdAt: new Date(deps.clock.nowMs()).toISOString(),
    commit: job.commit,
    machine: job.machine,
    quick: job.quick,
    datasets: [...known.values()],
  });
  let saving = Promise.resolve();
  const saveNext = (): Promise<void> => (saving = saving.then(() => folder.saveResults(current())));
  const addFailure = ({ spec, message }: FailedRun): Promise<void> => {
    known.set(spec.dataset, withFailure(known.get(spec.dataset)!, { spec, message }));
    return saveNext();
  };
  const add = (trained: TrainedRun): Promise<void> => {
    const { result } = trained;
    const dataset = known.get(result.dataset)!;
    known.set(result.dataset, withRun(dataset, trained));
    return saveNext();
  };
  if (leftOut > 0) {
    const former = await folder.keepFormer();
    deps.onNote(
      `${manyText(leftOut, 'training')} in this folder had another recipe than now: left out of ${RESULTS_FILE}, kept in ${former}.`,
    );
  }
  // What stood in the folder before is replaced at once, not only when the first training ends.
  await folder.saveResults(current());
  let count = planned.length - missing.length;
  const training = trainAll({
    specs: missing,
    sizeOf: (name) => sizeOf(name, job.quick),
    start: {
      datasets: Object.fromEntries([...made].map(([name, { patches }]) => [name, patches])),
      threads: 1,
      origin: { commit: job.commit, machine: job.machine },
    },
    threads: job.threads,
    signal: deps.signal,
    onReply: async (reply) => {
      count++;
      if (reply.kind === 'failed') {
        await addFailure(reply);
        deps.onFailure(reply.spec, reply.message);
        return;
      }
      await add(reply.run);
      deps.onRun(reply.run.result, count, planned.length);
    },
  });
  try {
    await training;
  } catch (fault) {
    // A training that has ended is not lost; what went wrong first is what is told.
    await saving.then(() => folder.writeReport(current())).catch(() => undefined);
    throw fault;
  }
  await folder.writeReport(current());
  return current();
}

function otherOrigin(name: DatasetName, what: string): UserError {
  return new UserError(
    'bad-argument',
    `The results of ${name} in this folder come from ${what}. Name another folder, or start anew with --force.`,
  );
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
