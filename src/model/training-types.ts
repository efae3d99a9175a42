import type { ErrorInfo } from '../base/errors.ts';
import type {
  BackendName,
  NetworkName,
  OptimiserName,
  PenaltyKind,
  SparseMethod,
  SyntheticKind,
  WeightGroupName,
} from '../base/words.ts';

export { BACKENDS, PENALTY_KINDS, SYNTHETIC_KINDS } from '../base/words.ts';
export type { BackendName, PenaltyKind, SyntheticKind } from '../base/words.ts';

/** A layer that is to be sparse. */
export interface LayerGoal {
  /** `conv1`, `conv2` … or `fc`. */
  readonly layer: string;
  /** Share of its weights, or of its groups, that are to be exactly zero, 0..0.999; one at least is left. The paper form asks for none. */
  readonly target: number;
  /** `filters` of a convolution or `inputs` of fc: these become zero as a whole; single weights unless given. */
  readonly group?: WeightGroupName | undefined;
}

/** Everything that decides the outcome of a run. The same recipe, data and backend give the same weights bit for bit. */
export interface TrainRecipe {
  /** Any safe whole number. */
  readonly seed: number;
  /**
   * RVSM unless given. `gradual-pruning`: the smallest |w| are cut for good along the cubic ramp of RVSM's threshold.
   * `one-shot-pruning`: dense training for `epochs`, then the smallest |w| are cut at once. Both reach `targetSparsity` in the
   * same layers, fine-tune as RVSM does, and use no penalty.
   */
  readonly method?: SparseMethod | undefined;
  /**
   * Epochs of dense training before `epochs`, a whole number from 0; 0 unless given. Only 0 for dense training and one-shot pruning,
   * whose `epochs` are dense already.
   */
  readonly warmStartEpochs?: number | undefined;
  /** Epochs of RVSM, of gradual pruning or of dense training, a whole number from 1. */
  readonly epochs: number;
  /** Epochs of fine-tuning on the support of u, a whole number from 0. */
  readonly fineTuneEpochs: number;
  /** Patches a step, a whole number from 1. */
  readonly batchSize: number;
  /** Takes the steps, except those of the paper form's own epochs, which are SGD; Adam unless given. */
  readonly optimiser?: OptimiserName | undefined;
  /** Of `optimiser` sgd, left out with another; 0 ≤ m < 1; 0 unless given. */
  readonly momentum?: number | undefined;
  /**
   * Peak of the cosine, > 0 and finite; by the optimiser unless given. Fine-tuning peaks at 0.4 of it. Not of the paper form's own
   * epochs.
   */
  readonly learningRate?: number | undefined;
  /** null trains a dense network, where the method is RVSM. */
  readonly penalty: {
    readonly kind: PenaltyKind;
    /** Shape of the transformed l1, > 0 and finite; the others ignore it. */
    readonly a: number;
  } | null;
  /** Fraction of exact zeros wanted in the FC weights, 0..0.999. Used by RVSM's practical form and by both ways of pruning. */
  readonly targetSparsity: number;
  /** Which layers are made sparse, each at most once; the FC weights to `targetSparsity` unless given, else that counts for nothing. */
  readonly layers?: readonly LayerGoal[] | undefined;
  /** Fixed λ and β: the paper's own form. null uses the target sparsity. */
  readonly paperForm: {
    /** λ, weight of the penalty in the loss, ≥ 0 and finite. */
    readonly lambda: number;
    /** β, weight of the coupling, 0 < β ≤ 1 / learningRate. */
    readonly beta: number;
    /** η of its own SGD, the same at every step, > 0 and finite. */
    readonly learningRate: number;
    /** Of its own SGD, 0 ≤ m < 1; 0 unless given. */
    readonly momentum?: number | undefined;
    /**
     * ≥ 1 and finite: β and λ grow geometrically to so many times what they are, so that the threshold stays; 1 unless given. At
     * the end learningRate · β is at most 1.
     */
    readonly betaGrowth?: number | undefined;
  } | null;
  /**
   * RVSM's practical form alone, left out elsewhere: the coupling κ grows geometrically to so many times what it starts with; 1..10,
   * 1 unless given.
   */
  readonly betaGrowth?: number | undefined;
  /** Synthetic patches to make, a whole number shared over `kinds`; 0 for none. */
  readonly synthetic: { readonly count: number; readonly kinds: readonly SyntheticKind[] };
  readonly backend: 'auto' | BackendName;
}

/** Curves and pictures of one finished epoch. Accuracies are fractions on validation data. */
export interface EpochReport {
  /** The network that learns; left out by runs of one network for all groups. */
  readonly network?: NetworkName | undefined;
  /** From 1, over all networks of the run: the second one's first epoch follows the last of the first. */
  readonly epoch: number;
  /** Of the whole run. */
  readonly epochs: number;
  readonly phase: 'rvsm' | 'pruning' | 'fine-tune' | 'dense';
  readonly loss: number;
  /** P(u) over the layers made sparse; for l0 the number of weights left. 0 where no penalty is applied. */
  readonly penalty: number;
  /** Of the sparse network u: the one that is saved. */
  readonly accuracyU: number;
  readonly accuracyW: number;
  /** Fraction of FC weights of u that are exactly zero. */
  readonly fcZeros: number;
  /** The same for every layer: `conv1` … `fc`; biases do not count. Not in reports of old runs. */
  readonly zerosByLayer?: Readonly<Record<string, number>> | undefined;
  /** ‖w − u‖ / ‖w‖ over the layers made sparse. */
  readonly gap: number;
  /** Current threshold on |w| in the FC weights; 0 where it is not single ones of these that are made sparse. */
  readonly threshold: number;
  /** Of the whole run, like the time that remains. */
  readonly elapsedMs: number;
  readonly remainingMs: number;
  /** Counts of FC weights w in 41 equal bins over [−limit, limit]. */
  readonly histogram: { readonly limit: number; readonly counts: readonly number[] };
  /** Sign of u's difference (tremor-like minus regular) per FC input, shape [channels · side · side], −1, 0 or 1. */
  readonly fcSigns: readonly number[];
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Result on held-out data; all of the sparse network u. */
export interface HeldOutMetrics {
  readonly samples: number;
  readonly subjects: number;
  readonly accuracy: number;
  readonly sensitivity: number;
  readonly specificity: number;
  readonly auc: number;
  /** 95 % bootstrap over subjects. */
  readonly aucInterval: Interval;
}

/**
 * What a run says. `done` and `failed` are the last word. A second `started` means that it goes on from an earlier place,
 * its start or a checkpoint: what it said before of steps and epochs after that place counts no more.
 */
export type TrainEvent =
  /** The engines of this machine are being measured, to take the fastest: so many of them. */
  | { readonly kind: 'measuring'; readonly done: number; readonly total: number }
  | { readonly kind: 'preparing'; readonly done: number; readonly total: number }
  | {
      readonly kind: 'started';
      readonly backend: BackendName;
      readonly backendDetail: string;
      /** One after the other, each for `epochs` / their number; left out by runs of one network for all groups. */
      readonly networks?: readonly NetworkName[] | undefined;
      /** Of all networks, like the counts that follow. */
      readonly parameters: number;
      readonly fcWeights: number;
      /** Side of the map that the FC layer sees; left out by runs of when it was always 16. */
      readonly mapSide?: number | undefined;
      readonly trainCount: number;
      readonly validationCount: number;
      readonly testCount: number;
      readonly epochs: number;
      /** Epochs done before, where the run goes on from a checkpoint; left out at the start. */
      readonly epochsDone?: number | undefined;
    }
  | {
      readonly kind: 'step';
      /** As in an epoch's report. */
      readonly network?: NetworkName | undefined;
      readonly epoch: number;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
      readonly imagesPerSecond: number;
      readonly remainingMs: number;
    }
  | { readonly kind: 'epoch'; readonly report: EpochReport }
  /** The finished network looks at whole drawings; `total` of them. */
  | { readonly kind: 'calibrating'; readonly done: number; readonly total: number }
  | { readonly kind: 'warning'; readonly message: string }
  | {
      readonly kind: 'done';
      /** The model file (src/model/model-file.ts). */
      readonly model: Uint8Array;
      readonly candidate: HeldOutMetrics;
      /** The active model on the same held-out patches, each judged by its network for them; null when none was given. */
      readonly active: HeldOutMetrics | null;
    }
  | {
      readonly kind: 'failed';
      readonly reason: 'cancelled' | 'non-finite-loss' | 'too-few-samples' | 'fault';
      readonly error: ErrorInfo;
    };
