import type { GroupCalibration } from './model-bundle.ts';

/** Limits of the inconclusive band where the data give no reason for others. */
export const DEFAULT_LIMITS = { regularBelow: 0.35, tremorFrom: 0.65 } as const;

/** What holds where nothing can be fitted. */
export const NO_CALIBRATION: GroupCalibration = { slope: 1, offset: 0, ...DEFAULT_LIMITS };

/** Fewer of either class than this say nothing about a slope. */
const MIN_PER_CLASS = 8;
/** Share of right answers wanted outside the band. */
const WANTED_PRECISION = 0.9;
const MIN_SLOPE = 0.05;
const MAX_SLOPE = 20;

/** p = 1 / (1 + exp(−(slope · logit + offset))), 0..1. */
export function probabilityOf(logit: number, calibration: GroupCalibration): number {
  const z = calibration.slope * logit + calibration.offset;
  return z >= 0 ? 1 / (1 + Math.exp(-z)) : Math.exp(z) / (1 + Math.exp(z));
}

/**
 * Logistic calibration of logits (Platt, 1999), fitted by Newton's method with step halving on Platt's smoothed
 * targets, which keep a separable set finite (Lin, Lin & Weng, 2007). The classes are weighted to equal shares, so that
 * the probability does not inherit the mix of the validation set. A logit that orders the classes the wrong way round
 * gets the smallest slope, never a negative one.
 * @param labels 0 or 1, shape of `logits`. With fewer than 8 of either, `NO_CALIBRATION` is the answer.
 */
export function fitCalibration(logits: Float32Array, labels: Uint8Array): GroupCalibration {
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
  return { ...line, ...bandOf(probabilities, labels, weights) };
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
 * The narrowest band outside which at least 90 % of the answers are right (classes weighted equally), its ends kept
 * within 0.20 … 0.45 and 0.55 … 0.80: data from simulation must not promise certainty about paper.
 */
function bandOf(
  probabilities: Float64Array,
  labels: Uint8Array,
  weights: Float64Array,
): { regularBelow: number; tremorFrom: number } {
  const precise = (limit: number, tremor: boolean): boolean => {
    let all = 0;
    let right = 0;
    for (let i = 0; i < labels.length; i++) {
      const p = probabilities[i]!;
      if (tremor ? p < limit : p >= limit) continue;
      all += weights[i]!;
      if ((labels[i] === 1) === tremor) right += weights[i]!;
    }
    return all > 0 && right / all >= WANTED_PRECISION;
  };
  const steps = [0, 0.05, 0.1, 0.15, 0.2, 0.25];
  const regularBelow = steps.map((d) => 0.45 - d).find((limit) => precise(limit, false)) ?? 0.2;
  const tremorFrom = steps.map((d) => 0.55 + d).find((limit) => precise(limit, true)) ?? 0.8;
  return { regularBelow: round3(regularBelow), tremorFrom: round3(tremorFrom) };
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
