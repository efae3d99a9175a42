/** Judged images as samples that a calibration is fitted on or measured by. */
import { Rng } from '../base/rng.ts';
import { LABELS } from '../base/words.ts';
import { LEAST_TO_FIT, type CalibrationSides, type ScoredSamples } from '../model/recalibration.ts';
import { groupedFolds } from '../model/split.ts';
import { labelsOf, type EvaluatedImage } from '../screening/evaluation.ts';

/** Folds of subjects, where nothing but the evaluated images themselves is there to fit on. */
const CROSS_FOLDS = 5;

/** Log-odds and labels; images that were not screenable are left out. */
export function scoredSamples(images: readonly EvaluatedImage[]): ScoredSamples {
  const judged = images.filter(({ logOdds }) => logOdds !== null);
  return { logits: Float32Array.from(judged, ({ logOdds }) => logOdds ?? NaN), labels: labelsOf(judged) };
}

/** To fit on validation images: those of nobody who is evaluated. */
export function validationSides(
  images: readonly EvaluatedImage[],
  validation: readonly EvaluatedImage[],
): CalibrationSides[] {
  const evaluated = new Set(images.map(({ subject }) => subject));
  const strangers = validation.filter(({ subject }) => !evaluated.has(subject));
  return [{ fit: scoredSamples(strangers), heldOut: scoredSamples(images) }];
}

/**
 * To fit on the evaluated images themselves: five folds of subjects (fewer where there are fewer), each measured with what
 * was fitted on the others. None where that leaves too few.
 */
export function crossSides(images: readonly EvaluatedImage[]): CalibrationSides[] {
  const judged = images.filter(({ logOdds }) => logOdds !== null);
  const subjectsOf = LABELS.map(
    (wanted) => new Set(judged.filter(({ label }) => label === wanted).map(({ subject }) => subject)).size,
  );
  const folds = Math.min(CROSS_FOLDS, ...subjectsOf);
  if (folds < 2) return [];
  const foldOf = groupedFolds(
    judged.map(({ subject }) => subject),
    labelsOf(judged),
    folds,
    new Rng('calibration folds'),
  );
  const sides = Array.from({ length: folds }, (_, fold) => ({
    fit: scoredSamples(judged.filter((_, i) => foldOf[i] !== fold)),
    heldOut: scoredSamples(judged.filter((_, i) => foldOf[i] === fold)),
  }));
  const isEnough = sides.every(({ fit }) =>
    [0, 1].every((label) => fit.labels.filter((own) => own === label).length >= LEAST_TO_FIT),
  );
  return isEnough ? sides : [];
}
