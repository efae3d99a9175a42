import {
  groupsOfNetwork,
  TASK_GROUPS,
  type ModelNetworkName,
  type NetworkName,
  type TaskGroup,
} from '../base/words.ts';
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
/** Of the groups that a model judges. */
export type Calibration = Readonly<Partial<Record<TaskGroup, GroupCalibration>>>;

/** What a card says of one of several networks. */
export interface NetworkCard {
  readonly name: NetworkName;
  /** Its weights are those at the end of this epoch, counted over its own. */
  readonly epoch: number;
  readonly fcWeights: number;
  readonly fcZeros: number;
  /** Hash of its training patches. */
  readonly dataHash: string;
  /** On its own test patches. */
  readonly metrics: HeldOutMetrics;
}

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
  /** Limits by medium and sensitivity with what they are worth; left out by models that have none. */
  readonly workingPoints?: Readonly<Partial<Record<TaskGroup, MediumWorkingPoints>>>;
  /** Left out by models with one network for all groups. */
  readonly networks?: readonly NetworkCard[];
  readonly penalty: PenaltyKind | null;
  /** Of all networks together, like the three that follow. */
  readonly fcWeights: number;
  readonly fcZeros: number;
  readonly denseBytes: number;
  readonly sparseBytes: number;
  readonly notes: readonly string[];
}

/** One network of a model: its weights u. */
export interface ModelNetwork {
  readonly name: ModelNetworkName;
  readonly weights: Weights;
}

/** A model: its networks, their architecture, preprocessing, calibration and card. */
export interface ModelBundle {
  readonly schemaVersion: 2;
  /** The same for all networks. */
  readonly architecture: Architecture;
  /** At least one, no two of one name; `all` stands alone. */
  readonly networks: readonly ModelNetwork[];
  /** Version of the ink map and scale normalisation it was trained behind (src/imaging). */
  readonly preprocessing: string;
  readonly calibration: Calibration;
  readonly card: ModelCard;
}

/** The working points of a calibration, for a card. */
export function workingPointsOf(
  calibration: Calibration,
): Readonly<Partial<Record<TaskGroup, MediumWorkingPoints>>> {
  return Object.fromEntries(
    TASK_GROUPS.flatMap((group) => {
      const points = calibration[group]?.workingPoints;
      return points === undefined ? [] : [[group, points] as const];
    }),
  );
}

/** The groups that a model can judge: those of its networks. */
export function groupsJudged({
  networks,
}: {
  readonly networks: readonly { readonly name: ModelNetworkName }[];
}) {
  return networks.flatMap(({ name }) => groupsOfNetwork(name));
}

/** The network that judges a group; undefined where the model has none for it. */
export function networkFor(networks: readonly ModelNetwork[], group: TaskGroup): ModelNetwork | undefined {
  return networks.find(({ name }) => groupsOfNetwork(name).includes(group));
}

/** @throws RangeError where the model does not judge the group. */
export function calibrationOf(calibration: Calibration, group: TaskGroup): GroupCalibration {
  const own = calibration[group];
  if (own === undefined) throw new RangeError(`the model has no calibration for the group ${group}`);
  return own;
}

/** Why networks and calibration do not belong together, to go on after a file's name; null where they do. */
export function networksFault({
  networks,
  calibration,
}: {
  readonly networks: readonly { readonly name: ModelNetworkName }[];
  readonly calibration: Calibration;
}): string | null {
  if (networks.length === 0) return 'has no network';
  const names = networks.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) return `has two networks named ${twice}`;
  if (names.length > 1 && names.includes('all')) return 'has a network for all groups beside another one';
  const judged = groupsJudged({ networks });
  const bare = judged.find((group) => calibration[group] === undefined);
  if (bare !== undefined) return `has no calibration for the group ${bare}, which it judges`;
  const stray = keysOfCalibration(calibration).find((group) => !judged.includes(group));
  return stray === undefined ? null : `has a calibration for the group ${stray}, but no network for it`;
}

function keysOfCalibration(calibration: Calibration): TaskGroup[] {
  return TASK_GROUPS.filter((group) => calibration[group] !== undefined);
}
