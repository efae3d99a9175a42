/**
 * What `steadypen reproduce` finds, as one plain value: results.json. Reports and plots are made from it alone, so that they
 * can be made again without training anything.
 */
import type { EpochReport } from '../model/training-types.ts';

/**
 * The data sets of the paper: shaky against regular fonts, and simulated handwriting; the third is its easier, larger tremor. They are
 * learnt by the app's network; the last two are the first two once more, learnt by the paper's.
 */
export const DATASET_NAMES = [
  'fonts',
  'handwriting',
  'handwriting-1mm',
  'fonts-paper-net',
  'handwriting-paper-net',
] as const;
export type DatasetName = (typeof DATASET_NAMES)[number];

/**
 * RVSM in the paper's own form with l0: SGD on f + β/2·‖w − u‖², u = prox at the threshold √(2λ/β). `paper-l0` has no momentum and
 * fixed λ and β, as the paper has it; the others have momentum, a β (and λ) that grows, or both.
 */
export const PAPER_METHODS = ['paper-l0', 'paper-l0-momentum', 'paper-l0-growth', 'paper-l0-both'] as const;
export type PaperMethod = (typeof PAPER_METHODS)[number];

/**
 * `dense`: no zeros. `l0`, `l1`, `tl1`: RVSM in our practical form with that penalty towards a target share of zeros. `one-shot`: the dense network, its smallest weights cut at once, then fine-tuned. `gradual`: magnitude pruning
 * along the same cubic ramp that RVSM's threshold follows (Zhu & Gupta, 2017), then fine-tuned.
 */
export const METHODS = ['dense', 'l0', 'l1', 'tl1', ...PAPER_METHODS, 'one-shot', 'gradual'] as const;
export type Method = (typeof METHODS)[number];

export function isPaperMethod(method: Method): method is PaperMethod {
  return (PAPER_METHODS as readonly Method[]).includes(method);
}

/** One training. */
export interface RunSpec {
  readonly dataset: DatasetName;
  readonly method: Method;
  /** Shape of the transformed l1; null for the other methods. */
  readonly a: number | null;
  /**
   * Share of the FC weights that is to be exactly zero, 0..0.999; 0 for `dense`. The paper's own form cannot ask for one: its λ was
   * chosen so that about so many came out on fonts (see paper-form.ts); 0 where it was not chosen for any.
   */
  readonly target: number;
  readonly seed: number;
}

/** One epoch of a training, on validation patches. */
export interface EpochPoint {
  readonly epoch: number;
  readonly phase: EpochReport['phase'];
  /** Of training, nats. */
  readonly loss: number;
  readonly accuracyU: number;
  readonly accuracyW: number;
  /** Share of the FC weights of u that is exactly zero. */
  readonly zeros: number;
  /** ‖w − u‖ / ‖w‖ over the FC weights. */
  readonly gap: number;
}

/** One finished training. Accuracies are shares; all but the epochs' are on test patches, looked at once. */
export interface RunResult extends RunSpec {
  /** Share of exact zeros in the FC weights of u. */
  readonly zeros: number;
  /** Of u: the network that counts. */
  readonly accuracy: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly auc: number;
  /** Accuracy of u by kind of data: `words`, `spirals`, `waves and lines`; a single entry for fonts. */
  readonly accuracyByKind: Readonly<Record<string, number>>;
  /** Of u on validation patches, by which its epoch was chosen. */
  readonly validationAccuracy: number;
  /** ‖w − u‖ / ‖w‖ when RVSM ended, before fine-tuning; 0 for `dense` and pruning. */
  readonly gap: number;
  readonly epochs: readonly EpochPoint[];
  readonly seconds: number;
  /** What it was trained by, as JSON: results go on only with runs of the same recipe. */
  readonly recipe: string;
  /** Of the sources that trained it; null outside of a repository. */
  readonly commit: string | null;
  readonly machine: string;
}

/** A training that gave no network. */
export interface FailedRun {
  readonly spec: RunSpec;
  readonly message: string;
}

/** Weights of one network, for the pictures of them. */
export interface NetworkPicture {
  readonly spec: RunSpec;
  /** Of w at the end of RVSM, of pruning or of the dense training, 41 equal bins over [−limit, limit], and the threshold of the prox. */
  readonly histogram: EpochReport['histogram'];
  readonly threshold: number;
  /** Second column minus first (tremor-like minus regular) of u's FC weights, NHWC: [side, side, channels]. */
  readonly fcDifference: readonly number[];
  readonly mapSide: number;
  readonly mapChannels: number;
}

/** One example image, ink 0..255, 128 × 128, base64 of its rows. */
export interface ExampleImage {
  readonly kind: string;
  readonly tremorLike: boolean;
  /** In words with its unit, e.g. `1.7 px` or `0.5 mm`; null for a regular one. */
  readonly amplitude: string | null;
  readonly ink: string;
}

export interface DatasetResult {
  readonly name: DatasetName;
  /** What the pictures show and how far the tremor reaches, in words. */
  readonly description: string;
  /** Of the network's convolutions. */
  readonly channels: readonly number[];
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Writers, fonts and figures in the test part. */
  readonly testSubjects: number;
  /** Of all its patches: results go on only on the same data. */
  readonly dataHash: string;
  /** Epochs of RVSM (or of dense training), then of fine-tuning. */
  readonly epochs: number;
  readonly fineTuneEpochs: number;
  readonly runs: readonly RunResult[];
  readonly failures: readonly FailedRun[];
  readonly pictures: readonly NetworkPicture[];
  /** None where the data are those of a set before. */
  readonly examples: readonly ExampleImage[];
}

export interface Reproduction {
  readonly schemaVersion: 2;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  /** Of the last part, where it was resumed; null outside of a repository. */
  readonly commit: string | null;
  /** Of the last part. */
  readonly machine: string;
  readonly quick: boolean;
  readonly datasets: readonly DatasetResult[];
}

/** Of all trainings together, on one thread each, s. */
export function trainingSecondsOf({ datasets }: Pick<Reproduction, 'datasets'>): number {
  return datasets.reduce((sum, { runs }) => sum + runs.reduce((own, { seconds }) => own + seconds, 0), 0);
}
