import type { GroupCalibration } from './model-bundle.ts';

/** Limits of the inconclusive band where the data give no reason for others: the narrowest band there is. */
export const DEFAULT_LIMITS = { regularBelow: 0.35, tremorFrom: 0.65 } as const;
/** The widest band. */
export const WIDEST_LIMITS = { regularBelow: 0.2, tremorFrom: 0.8 } as const;

/** What holds where nothing can be fitted. */
export const NO_CALIBRATION: GroupCalibration = { slope: 1, offset: 0, ...DEFAULT_LIMITS };

/** Fewer of either class than this say nothing about a slope. */
const MIN_PER_CLASS = 8;
/** Share of each class that may lie beyond the band on the wrong side. */
const MOST_WRONG = 0.1;
const MIN_SLOPE = 0.05;
/** Simulated classes may lie far apart; on paper one unit of logit is never proof. */
const MAX_SLOPE = 4;

/** p = 1 / (1 + exp(−(slope · logit + offset))), 0..1. */
export function probabilityOf(logit: number, calibration: GroupCalibration): number {
  return logistic(calibration.slope * logit + calibration.offset);
}

/** 1 / (1 + exp(−z)), without overflow. */
export function logistic(z: number): number {
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/**
 * Logistic calibration of logits (Platt, 1999), fitted by Newton's method with step halving on Platt's smoothed
 * targets, which keep a separable set finite (Lin, Lin & Weng, 2007). The classes are weighted to equal shares, so that
 * the probability does not inherit the mix of the validation set. A logit that orders the classes the wrong way round
 * gets the smallest slope, never a negative one.
 * @param labels 0 or 1, shape of `logits`. With fewer than 8 of either, `NO_CALIBRATION` is the answer.
 * @param clear 1 where the sample counts for the band; left out, all do.
 */
export function fitCalibration(
  logits: Float32Array,
  labels: Uint8Array,
  clear?: Uint8Array,
): GroupCalibration {
  const positives = labels.reduce((sum, label) => sum + (label === 1 ? 1 : 0), 0);
  const negatives = labels.length - positives;
  if (Math.min(positives, negatives) < MIN_PER_CLASS) return NO_CALIBRATION;
  const targets = Float64Array.from(labels, (label) =>
    label === 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2),
  );
  const weights = Float64Array.from(labels, (label) => 0.5 / (label === 1 ? positives : negatives));
  const fitted = newton({ logits, targets, weights }, false);
  const slope = Math.min(MAX_SLOPE, Math.max(MIN_SLOPE, fitted.slope));
  const line =
    slope === fitted.slope ? fitted : newton({ logits, targets, weights }, true, { slope, offset: 0 });
  const probabilities = Float64Array.from(logits, (logit) =>
    probabilityOf(logit, { ...line, ...DEFAULT_LIMITS }),
  );
  const counts = Array.from(labels.keys()).filter((i) => clear === undefined || clear[i] === 1);
  return {
    ...line,
    ...bandOf(
      counts.map((i) => probabilities[i]!),
      counts.map((i) => labels[i]!),
    ),
  };
}

interface Line {
  readonly slope: number;
  readonly offset: number;
}
interface FitData {
  readonly logits: Float32Array;
  readonly targets: Float64Array;
  readonly weights: Float64Array;
}

function newton(data: FitData, offsetOnly: boolean, start: Line = { slope: 1, offset: 0 }): Line {
  let line = start;
  let loss = crossEntropy(data, line);
  for (let round = 0; round < 100; round++) {
    const step = newtonStep(data, line, offsetOnly);
    let size = 1;
    let next = line;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; size > 1e-10; size /= 2) {
      next = { slope: line.slope + size * step.slope, offset: line.offset + size * step.offset };
      nextLoss = crossEntropy(data, next);
      if (nextLoss <= loss) break;
    }
    if (!(nextLoss <= loss)) return line;
    const gained = loss - nextLoss;
    line = next;
    loss = nextLoss;
    if (gained < 1e-12) return line;
  }
  return line;
}

function crossEntropy({ logits, targets, weights }: FitData, { slope, offset }: Line): number {
  let loss = 0;
  for (let i = 0; i < logits.length; i++) {
    const z = slope * logits[i]! + offset;
    // log(1 + e^z) − t·z, without overflow.
    loss += weights[i]! * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - targets[i]! * z);
  }
  return loss;
}

function newtonStep({ logits, targets, weights }: FitData, line: Line, offsetOnly: boolean): Line {
  let [gs, go, hss, hso, hoo] = [0, 0, 1e-12, 0, 1e-12];
  for (let i = 0; i < logits.length; i++) {
    const x = logits[i]!;
    const p = probabilityOf(x, { ...line, ...DEFAULT_LIMITS });
    const g = weights[i]! * (p - targets[i]!);
    const h = weights[i]! * p * (1 - p);
    gs += g * x;
    go += g;
    hss += h * x * x;
    hso += h * x;
    hoo += h;
  }
  if (offsetOnly) return { slope: 0, offset: -go / hoo };
  const determinant = hss * hoo - hso * hso;
  if (!(determinant > 1e-18)) return { slope: -gs, offset: -go };
  return { slope: -(hoo * gs - hso * go) / determinant, offset: -(hss * go - hso * gs) / determinant };
}

/**
 * The inconclusive band: the narrowest one, symmetric in logit, beyond which at most 10 % of the regular and at most 10 %
 * of the tremor-like samples lie on the wrong side. Shares are of all samples of the class, so that a band is not
 * paid for with samples that it hides.
 *
 * Never narrower than 0.35–0.65, odds of 13 to 7: simulation is cleaner than paper, and it must not promise certainty
 * about paper just because its classes lie apart. Never wider than 0.20–0.80, odds of 4 to 1: a model that needs more is
 * a bad one, and hiding its mistakes would leave nothing to say. Faint tremor is left out (see `clear`): that it is
 * taken for regular is the limit of the method, not of the threshold.
 *
 * @param probabilities Of tremor-like, 0..1; `labels` 0 or 1, same length.
 */
export function bandOf(
  probabilities: readonly number[],
  labels: readonly number[],
): { regularBelow: number; tremorFrom: number } {
  const shareWhere = (label: number, isWrong: (probability: number) => boolean): number => {
    const own = probabilities.filter((_, i) => labels[i] === label);
    return own.length === 0 ? 0 : own.filter(isWrong).length / own.length;
  };
  const least = Math.round(100 * DEFAULT_LIMITS.tremorFrom);
  const most = Math.round(100 * WIDEST_LIMITS.tremorFrom);
  for (let percent = least; percent < most; percent++) {
    const tremorFrom = percent / 100;
    const regularBelow = (100 - percent) / 100;
    if (
      shareWhere(0, (p) => p >= tremorFrom) <= MOST_WRONG &&
      shareWhere(1, (p) => p < regularBelow) <= MOST_WRONG
    )
      return { regularBelow, tremorFrom };
  }
  return WIDEST_LIMITS;
}
