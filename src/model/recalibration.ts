/** What temperature scaling and isotonic regression would make of probabilities, fitted and measured on different samples. */
import { logistic } from './calibration.ts';
import { fitIsotonic, isotonicAt } from './isotonic.ts';
import { brierScore, expectedCalibrationError, reliabilityCurve } from './reliability.ts';
import { fitTemperature } from './temperature.ts';

export interface ScoredSamples {
  /** Log-odds of tremor-like. */
  readonly logits: Float32Array;
  /** 0 or 1, shape of `logits`. */
  readonly labels: Uint8Array;
}

/** Nobody who is in `heldOut` may be in `fit`. */
export interface CalibrationSides {
  readonly fit: ScoredSamples;
  readonly heldOut: ScoredSamples;
}

export interface CalibrationQuality {
  /** Over equal-width bins, as many as in {@link reliabilityCurve}. */
  readonly ece: number;
  readonly brier: number;
}

export interface Recalibration {
  /** Samples that are measured: those held out of all sides. */
  readonly samples: number;
  /** Probabilities as they come. */
  readonly before: CalibrationQuality;
  /** One temperature per pair of sides. */
  readonly temperature: CalibrationQuality & { readonly temperatures: readonly number[] };
  readonly isotonic: CalibrationQuality;
}

/** Fewer of either label than this fit nothing. */
export const LEAST_TO_FIT = 4;

/**
 * Fits on one side of each pair, applies it to the other, and measures what was held out of all pairs together.
 * @returns null where a side to fit on has fewer than {@link LEAST_TO_FIT} of a label, or nothing is held out.
 */
export function recalibrate(pairs: readonly CalibrationSides[]): Recalibration | null {
  if (pairs.some(({ fit }) => !isEnough(fit.labels))) return null;
  const labels = pairs.flatMap(({ heldOut }) => [...heldOut.labels]);
  if (labels.length === 0) return null;
  const temperatures = pairs.map(({ fit }) => fitTemperature(fit.logits, fit.labels));
  const curves = pairs.map(({ fit }) => fitIsotonic(fit.logits, fit.labels));
  const qualityOf = (probability: (logit: number, pair: number) => number): CalibrationQuality => {
    const probabilities = pairs.flatMap(({ heldOut }, pair) =>
      Array.from(heldOut.logits, (logit) => probability(logit, pair)),
    );
    return {
      ece: expectedCalibrationError(reliabilityCurve(probabilities, labels)),
      brier: brierScore(probabilities, labels),
    };
  };
  return {
    samples: labels.length,
    before: qualityOf((logit) => logistic(logit)),
    temperature: { ...qualityOf((logit, pair) => logistic(logit / temperatures[pair]!)), temperatures },
    isotonic: qualityOf((logit, pair) => isotonicAt(curves[pair]!, logit)),
  };
}

function isEnough(labels: Uint8Array): boolean {
  const tremorLike = labels.reduce((sum, label) => sum + label, 0);
  return tremorLike >= LEAST_TO_FIT && labels.length - tremorLike >= LEAST_TO_FIT;
}
