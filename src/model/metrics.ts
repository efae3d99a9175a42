import { Rng } from '../base/rng.ts';
import { bootstrapIntervals, ROUNDS } from './bootstrap.ts';
import type { PatchSet } from './dataset.ts';
import { rankingOf, weightedAuc } from './roc.ts';
import type { HeldOutMetrics, Interval } from './training-types.ts';

/**
 * Metrics of logits on held-out data; a logit above 0 means tremor-like.
 * @param labels 0 or 1. Both must occur.
 * @param subjects Who stands behind each logit; the unit of the bootstrap.
 * @throws RangeError when one class is missing or a logit is NaN: then nothing of this is defined.
 */
export function heldOutMetrics(
  logits: Float32Array,
  labels: Uint8Array,
  subjects: readonly string[],
): HeldOutMetrics {
  if (!labels.includes(0) || !labels.includes(1))
    throw new RangeError('heldOutMetrics: both classes must occur');
  return {
    samples: logits.length,
    subjects: new Set(subjects).size,
    ...weightedRates(logits, labels, new Float64Array(logits.length).fill(1)),
    auc: rocAuc(logits, labels),
    aucInterval: bootstrapAuc(logits, labels, subjects, new Rng('auc bootstrap')),
  };
}

/** A patch set and its logits, shape [count]. */
export interface JudgedSet {
  readonly set: Pick<PatchSet, 'labels' | 'subjects'>;
  readonly logits: Float32Array;
}

/** {@link heldOutMetrics} of all sets together. */
export function metricsOfSets(judged: readonly JudgedSet[]): HeldOutMetrics {
  return heldOutMetrics(
    Float32Array.from(judged.flatMap(({ logits }) => [...logits])),
    Uint8Array.from(judged.flatMap(({ set }) => [...set.labels])),
    judged.flatMap(({ set }) => set.subjects),
  );
}

/** A figure and its 95 % interval. */
export interface Figure extends Interval {
  readonly value: number;
}

export interface ClassFigures {
  /** Share of all samples on the right side of 0. */
  readonly accuracy: Figure;
  /** Share of the tremor-like samples above 0. */
  readonly sensitivity: Figure;
  /** Share of the regular samples not above 0. */
  readonly specificity: Figure;
  readonly auc: Figure;
}

/**
 * Accuracy, sensitivity, specificity (a logit above 0 means tremor-like) and AUC, each with its interval from the same
 * resamples of subjects.
 * @param labels 0 or 1. Both must occur.
 * @param subjects Who stands behind each logit; one of its own each where nobody is known.
 * @throws RangeError when one class is missing or a logit is NaN.
 */
export function classFigures(
  logits: Float32Array,
  labels: Uint8Array,
  subjects: readonly string[],
  rng: Rng,
  rounds = ROUNDS,
): ClassFigures {
  if (!labels.includes(0) || !labels.includes(1))
    throw new RangeError('classFigures: both classes must occur');
  const ranking = rankingOf(logits);
  const figuresOf = (weights: Float64Array) => ({
    ...weightedRates(logits, labels, weights),
    auc: weightedAuc(ranking, labels, weights),
  });
  const values = figuresOf(new Float64Array(logits.length).fill(1));
  const intervals = bootstrapIntervals(subjects, figuresOf, rng, rounds);
  const figure = (name: keyof ClassFigures): Figure => ({ value: values[name], ...intervals[name] });
  return {
    accuracy: figure('accuracy'),
    sensitivity: figure('sensitivity'),
    specificity: figure('specificity'),
    auc: figure('auc'),
  };
}

/**
 * Area under the ROC curve: the share of (tremor-like, regular) pairs in the right order, a tie counting one half.
 * NaN when one class is missing.
 * @throws RangeError when a logit is NaN.
 */
export function rocAuc(logits: Float32Array, labels: Uint8Array): number {
  return weightedAuc(rankingOf(logits), labels, new Float64Array(logits.length).fill(1));
}

/**
 * 95 % percentile interval of the AUC from resampling subjects with replacement: patches of one person are not
 * independent. Rounds without both classes are left out; with fewer than two subjects, or where all of one class
 * are of one subject, the interval is 0 … 1.
 * @throws RangeError when a logit is NaN.
 */
export function bootstrapAuc(
  logits: Float32Array,
  labels: Uint8Array,
  subjects: readonly string[],
  rng: Rng,
  rounds = ROUNDS,
): Interval {
  const ranking = rankingOf(logits);
  const figuresOf = (weights: Float64Array) => ({ auc: weightedAuc(ranking, labels, weights) });
  return bootstrapIntervals(subjects, figuresOf, rng, rounds).auc;
}

/** At logit 0, where sample i counts `weights[i]` times; NaN where the samples of a share are missing. */
function weightedRates(logits: Float32Array, labels: Uint8Array, weights: Readonly<Float64Array>) {
  let [truePositive, positive, trueNegative, negative] = [0, 0, 0, 0];
  for (let i = 0; i < logits.length; i++) {
    const flagged = logits[i]! > 0;
    const weight = weights[i]!;
    if (labels[i] === 1) {
      positive += weight;
      if (flagged) truePositive += weight;
    } else {
      negative += weight;
      if (!flagged) trueNegative += weight;
    }
  }
  return {
    accuracy: (truePositive + trueNegative) / (positive + negative),
    sensitivity: truePositive / positive,
    specificity: trueNegative / negative,
  };
}
