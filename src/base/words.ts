/**
 * The words of the product, each spelt once. Everything that names a task, a label or a verdict takes it from here.
 */

/** What is drawn. `page` is a free page of unknown content. */
export const TASKS = [
  'spiral-traced',
  'spiral-free',
  'wave',
  'line',
  'loops',
  'words',
  'sentence',
  'text',
  'page',
] as const;
export type Task = (typeof TASKS)[number];

/** Tasks that share a normalised scale and a calibration: one threshold for all of them flags healthy pages. */
export const TASK_GROUPS = ['spiral', 'wave', 'writing'] as const;
export type TaskGroup = (typeof TASK_GROUPS)[number];

const GROUP_OF_TASK: Readonly<Record<Task, TaskGroup>> = {
  'spiral-traced': 'spiral',
  'spiral-free': 'spiral',
  wave: 'wave',
  line: 'wave',
  loops: 'wave',
  words: 'writing',
  sentence: 'writing',
  text: 'writing',
  page: 'writing',
};

/** The networks of a model: figures (spirals, waves, lines, loops) and writing are judged by one each. */
export const NETWORKS = ['figures', 'writing'] as const;
export type NetworkName = (typeof NETWORKS)[number];

const NETWORK_OF_GROUP: Readonly<Record<TaskGroup, NetworkName>> = {
  spiral: 'figures',
  wave: 'figures',
  writing: 'writing',
};

/** The network that judges a group. */
export function networkOfGroup(group: TaskGroup): NetworkName {
  return NETWORK_OF_GROUP[group];
}

/** Networks as a model file names them. `all` judges every group: the one network of models made before there were two. */
export const MODEL_NETWORKS = [...NETWORKS, 'all'] as const;
export type ModelNetworkName = (typeof MODEL_NETWORKS)[number];

/** Whether it is one of several. */
export function isNamed(name: ModelNetworkName): name is NetworkName {
  return NETWORKS.some((known) => known === name);
}

/** The groups that a network judges, in the order of {@link TASK_GROUPS}. */
export function groupsOfNetwork(name: ModelNetworkName): readonly TaskGroup[] {
  return TASK_GROUPS.filter((group) => name === 'all' || NETWORK_OF_GROUP[group] === name);
}

/** The group whose scale, patches and calibration a task shares. */
export function taskGroupOf(task: Task): TaskGroup {
  return GROUP_OF_TASK[task];
}

/** What a person says of a sample. */
export const LABELS = ['regular', 'tremor-like'] as const;
export type Label = (typeof LABELS)[number];

/** The parts of a data set: learnt from, chosen and calibrated by, looked at once. */
export const SPLIT_PARTS = ['train', 'validation', 'test'] as const;
export type SplitPart = (typeof SPLIT_PARTS)[number];

/** What the app says of a sample. A refusal (`not-screenable`) is never counted as `regular`. */
export const VERDICTS = ['tremor-like', 'regular', 'inconclusive', 'not-screenable'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Why a sample cannot be judged. */
export const NOT_SCREENABLE_REASONS = [
  'blank',
  'too-little-ink',
  'too-small',
  'blurred',
  'sampled-too-slowly',
  'printed',
  'no-pen-line',
  'ruled-paper',
  'dark-surround',
] as const;
export type NotScreenableReason = (typeof NOT_SCREENABLE_REASONS)[number];

/** Why a sample that was judged is called inconclusive: the one that weighs most (`src/screening/decide.ts`). */
export const INCONCLUSIVE_REASONS = [
  /** The network calls the picture shaky, but the pen's clock was well measured and shows no tremor. */
  'clock-shows-none',
  /** The pen's clock shows a tremor, but what the picture shows is too even to call it tremor-like. */
  'clock-wavers',
  /** The lines may not be drawn by hand: a plan, a print, a surface. */
  'maybe-no-pen-line',
  /** There is one place to look at only: one word, one patch. */
  'one-place',
  /** Nobody says what was drawn, and its shape does not tell. */
  'task-unknown',
  /** The page may lie on its side. */
  'maybe-sideways',
  /** The probability lies between the limits. */
  'between-limits',
] as const;
export type InconclusiveReason = (typeof INCONCLUSIVE_REASONS)[number];

/** Who says what was drawn: the user, a field of the file, whole words of the file's own name, the shape of the ink, nobody. */
export const TASK_SOURCES = ['told', 'file', 'name', 'shape', 'unknown'] as const;
export type TaskSource = (typeof TASK_SOURCES)[number];

/** Where the limits lie: `high` finds more and flags more regular writers, `specific` flags fewer and finds less. */
export const SENSITIVITIES = ['high', 'balanced', 'specific'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** Which hand drew. */
export const HANDS = ['right', 'left'] as const;
export type Hand = (typeof HANDS)[number];

/** Sparsity penalties of RVSM (src/rvsm/penalties). */
export const PENALTY_KINDS = ['l0', 'l1', 'tl1'] as const;
export type PenaltyKind = (typeof PENALTY_KINDS)[number];

/** How a network comes to its zeros: by RVSM, or by magnitude pruning, which it is compared with. */
export const SPARSE_METHODS = ['rvsm', 'gradual-pruning', 'one-shot-pruning'] as const;
export type SparseMethod = (typeof SPARSE_METHODS)[number];

/** Weights that become zero together: all of one output channel of a convolution, or all that look at one channel of the last map. */
export const WEIGHT_GROUPS = ['filters', 'inputs'] as const;
export type WeightGroupName = (typeof WEIGHT_GROUPS)[number];

/** First-order optimisers (src/rvsm/optimisers.ts). */
export const OPTIMISERS = ['adam', 'sgd'] as const;
export type OptimiserName = (typeof OPTIMISERS)[number];

/** Families of synthetic data (src/synthetic). */
export const SYNTHETIC_KINDS = ['fonts', 'handwriting', 'spiral', 'wave'] as const;
export type SyntheticKind = (typeof SYNTHETIC_KINDS)[number];

/** What may run the tensors (src/tensor). */
export const BACKENDS = ['cuda', 'webgpu', 'cpu'] as const;
export type BackendName = (typeof BACKENDS)[number];

export const DISCLAIMER = 'Screening aid, not a diagnosis.';
