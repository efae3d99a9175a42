import type { TaskGroup } from '../base/words.ts';
import type { WorkingPoints } from './working-points.ts';
import type { HeldOutMetrics, PenaltyKind, TrainRecipe } from './training-types.ts';

/** A net as the paper's, of any number of convolutions: [conv 3×3 same, ReLU, max pool 2] × n, flatten (NHWC), FC to 2. */
export interface Architecture {
  readonly kind: 'conv-relu-pool';
  readonly inputSide: number;
  readonly channels: readonly number[];
  readonly classes: 2;
}

/** Weights of one network. Names: `conv1/kernel` [3,3,ci,co], `conv1/bias` [co], …, `fc/kernel` [inputs,2], `fc/bias` [2]. */
export type Weights = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
>;

/**
 * From a sample's mean logit to a probability, per task group: p = 1 / (1 + exp(−(slope · logit + offset))).
 * `regularBelow` and `tremorFrom` bound the inconclusive band, in probability.
 */
export interface GroupCalibration {
  readonly slope: number;
  readonly offset: number;
  readonly regularBelow: number;
  readonly tremorFrom: number;
  /**
   * Limits by medium and sensitivity; left out by models of before and by small trainings, which have one band for all.
   * Those of recordings are for what both witnesses say together.
   */
  readonly workingPoints?: MediumWorkingPoints;
}
/** Of pictures on paper, and of recordings whose clock can be read. */
export interface MediumWorkingPoints {
  readonly scan: WorkingPoints;
  readonly recording: WorkingPoints;
}
export type Calibration = Readonly<Record<TaskGroup, GroupCalibration>>;

/** What a person must know to trust or remake a model. */
export interface ModelCard {
  readonly name: string;
  readonly createdAt: string;
  /** The command that made it. */
  readonly command: string;
  readonly recipe: TrainRecipe;
  /** In words: what it was trained on, and what not. */
  readonly data: string;
  /** Hash of the training patches. */
  readonly dataHash: string;
  readonly metrics: HeldOutMetrics;
  readonly metricsByGroup: Readonly<Partial<Record<TaskGroup, HeldOutMetrics>>>;
  /**
   * On whole simulated drawings of the test fonts, words and writers, judged as screening judges them, at probability 0.5.
   * Left out by models of before it was measured.
   */
  readonly drawingMetrics?: Readonly<Partial<Record<TaskGroup, HeldOutMetrics>>>;
  readonly penalty: PenaltyKind | null;
  readonly fcWeights: number;
  readonly fcZeros: number;
  readonly denseBytes: number;
  readonly sparseBytes: number;
  readonly notes: readonly string[];
}

/** A model: weights u, architecture, preprocessing, calibration and card. */
export interface ModelBundle {
  readonly schemaVersion: 1;
  readonly architecture: Architecture;
  readonly weights: Weights;
  /** Version of the ink map and scale normalisation it was trained behind (src/imaging). */
  readonly preprocessing: string;
  readonly calibration: Calibration;
  readonly card: ModelCard;
}
