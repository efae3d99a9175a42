import { Rng } from '../base/rng.ts';
import type { HeldOutMetrics, Interval } from './training-types.ts';

/** Bootstrap rounds: the 2.5 % and 97.5 % ends then rest on 25 rounds each. */
const ROUNDS = 1000;

/**
 * Metrics of logits on held-out data; a logit above 0 means tremor-like.
 * @param labels 0 or 1. Both must occur.
 * @param subjects Who stands behind each logit; the unit of the bootstrap.
 * @throws RangeError when one class is missing: then nothing of this is defined.
 */
export function heldOutMetrics(
  logits: Float32Array,
  labels: Uint8Array,
  subjects: readonly string[],
): HeldOutMetrics {
  let truePositive = 0;
  let positive = 0;
  let trueNegative = 0;
  for (let i = 0; i < logits.length; i++) {
    const flagged = logits[i]! > 0;
    if (labels[i] === 1) {
      positive++;
      if (flagged) truePositive++;
    } else if (!flagged) trueNegative++;
  }
  const negative = logits.length - positive;
  if (positive === 0 || negative === 0) throw new RangeError('heldOutMetrics: both classes must occur');
  return {
    samples: logits.length,
    subjects: new Set(subjects).size,
    accuracy: (truePositive + trueNegative) / logits.length,
    sensitivity: truePositive / positive,
    specificity: trueNegative / negative,
    auc: rocAuc(logits, labels),
    aucInterval: bootstrapAuc(logits, labels, subjects, new Rng('auc bootstrap')),
  };
}

/**
 * Area under the ROC curve: the share of (tremor-like, regular) pairs in the right order, a tie counting one half.
 * NaN when one class is missing.
 */
export function rocAuc(logits: Float32Array, labels: Uint8Array): number {
  return weightedAuc(rankingOf(logits), labels, new Float64Array(logits.length).fill(1));
}

/**
 * 95 % percentile interval of the AUC from resampling subjects with replacement: patches of one person are not
 * independent. Rounds without both classes are left out; with fewer than two subjects the interval is 0 … 1.
 */
export function bootstrapAuc(
  logits: Float32Array,
  labels: Uint8Array,
  subjects: readonly string[],
  rng: Rng,
  rounds = ROUNDS,
): Interval {
  const names = [...new Set(subjects)];
  if (names.length < 2) return { low: 0, high: 1 };
  const place = new Map(names.map((name, index) => [name, index]));
  const subjectOf = Uint32Array.from(subjects, (name) => place.get(name) ?? 0);
  const ranking = rankingOf(logits);
  const times = new Float64Array(names.length);
  const weights = new Float64Array(logits.length);
  const areas: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.fill(0);
    for (let i = 0; i < names.length; i++) times[rng.int(names.length)]!++;
    for (let i = 0; i < weights.length; i++) weights[i] = times[subjectOf[i]!]!;
    const area = weightedAuc(ranking, labels, weights);
    if (!Number.isNaN(area)) areas.push(area);
  }
  if (areas.length === 0) return { low: 0, high: 1 };
  areas.sort((a, b) => a - b);
  const at = (share: number): number => areas[Math.round(share * (areas.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}

interface Ranking {
  /** Indices from the lowest logit to the highest. */
  readonly order: Uint32Array;
  readonly logits: Float32Array;
}

function rankingOf(logits: Float32Array): Ranking {
  const order = Uint32Array.from(logits, (_, i) => i).sort((a, b) => logits[a]! - logits[b]!);
  return { order, logits };
}

function weightedAuc({ order, logits }: Ranking, labels: Uint8Array, weights: Float64Array): number {
  let negativesBelow = 0;
  let positives = 0;
  let ordered = 0;
  for (let start = 0; start < order.length;) {
    let tiedPositive = 0;
    let tiedNegative = 0;
    const value = logits[order[start]!];
    let end = start;
    for (; end < order.length && logits[order[end]!] === value; end++) {
      const index = order[end]!;
      if (labels[index] === 1) tiedPositive += weights[index]!;
      else tiedNegative += weights[index]!;
    }
    ordered += tiedPositive * (negativesBelow + tiedNegative / 2);
    negativesBelow += tiedNegative;
    positives += tiedPositive;
    start = end;
  }
  return ordered / (positives * negativesBelow);
}
