/** How well verdicts on labelled pictures agree with their labels. */
import { Rng } from '../base/rng.ts';
import { UserError } from '../base/errors.ts';
import { LABELS, TASK_GROUPS, VERDICTS, type Label, type TaskGroup, type Verdict } from '../base/words.ts';
import { logistic } from '../model/calibration.ts';
import { classFigures, type ClassFigures, type Figure } from '../model/metrics.ts';
import {
  brierScore,
  expectedCalibrationError,
  reliabilityCurve,
  type ReliabilityBin,
} from '../model/reliability.ts';
import { rocCurve, type RocPoint } from '../model/roc.ts';

/** One labelled picture that was screened. */
export interface EvaluatedImage {
  readonly label: Label;
  /** Who drew it; one of its own where nobody is known. The unit of the bootstrap. */
  readonly subject: string;
  readonly group: TaskGroup;
  readonly verdict: Verdict;
  /** Log-odds of the probability that screening shows; null exactly where the verdict is `not-screenable`. */
  readonly logOdds: number | null;
}

/** Figures of one set of pictures. Those that were not screenable count in `verdicts` only. */
export interface Evaluation {
  readonly images: number;
  /** Images with a probability. */
  readonly judged: number;
  /** Subjects of the judged images. */
  readonly subjects: number;
  /** Confusion matrix at the model's own limits: label → verdict → images. */
  readonly verdicts: Readonly<Record<Label, Readonly<Record<Verdict, number>>>>;
  /** Confusion matrix at probability 0.5: label → called → images. */
  readonly atHalf: Readonly<Record<Label, Readonly<Record<Label, number>>>>;
  /** At probability 0.5, with 95 % intervals by bootstrap over subjects. */
  readonly figures: ClassFigures;
  readonly brier: number;
  /** Over the bins of `reliability`. */
  readonly ece: number;
  readonly reliability: readonly ReliabilityBin[];
  /** Thresholds are log-odds. */
  readonly roc: readonly RocPoint[];
}

/** So many that the ends of an interval move by less than 0.005 with the seed (28 people; 1,000 rounds: 0.025). */
const ROUNDS = 10_000;

/** Fewer judged images of either label than this are not evaluated. */
export const LEAST_PER_LABEL = 5;

/**
 * @param images Any order; the same images give the same figures.
 * @throws UserError `too-few-samples` that says how many images of which label are missing.
 */
export function evaluateImages(images: readonly EvaluatedImage[]): Evaluation {
  const judged = images.flatMap((image) =>
    image.logOdds === null ? [] : [{ ...image, logOdds: image.logOdds }],
  );
  requireBothLabels(
    judged.map(({ label }) => label),
    images.length - judged.length,
  );
  const logits = Float32Array.from(judged, ({ logOdds }) => logOdds);
  const labels = labelsOf(judged);
  const subjects = judged.map(({ subject }) => subject);
  const probabilities = judged.map(({ logOdds }) => logistic(logOdds));
  const reliability = reliabilityCurve(probabilities, labels);
  return {
    images: images.length,
    judged: judged.length,
    subjects: new Set(subjects).size,
    verdicts: countBoth(images, VERDICTS, ({ verdict }) => verdict),
    atHalf: countBoth(judged, LABELS, ({ logOdds }) => (logOdds > 0 ? 'tremor-like' : 'regular')),
    figures: classFigures(logits, labels, subjects, new Rng('evaluation'), ROUNDS),
    brier: brierScore(probabilities, labels),
    ece: expectedCalibrationError(reliability),
    reliability,
    roc: rocCurve(logits, labels),
  };
}

/** The same for every task group with enough images of both labels; none where all images are of one group. */
export function evaluateGroups(
  images: readonly EvaluatedImage[],
): Readonly<Partial<Record<TaskGroup, Evaluation>>> {
  if (new Set(images.map(({ group }) => group)).size < 2) return {};
  return Object.fromEntries(
    TASK_GROUPS.flatMap((group) => {
      const own = images.filter((image) => image.group === group);
      const judged = own.filter(({ logOdds }) => logOdds !== null);
      const isEnough = LABELS.every(
        (wanted) => judged.filter(({ label }) => label === wanted).length >= LEAST_PER_LABEL,
      );
      return isEnough ? [[group, evaluateImages(own)] as const] : [];
    }),
  );
}

/**
 * What to tell of a sensitivity or specificity without any exception, or without any hit: resampling cannot show then how
 * uncertain it is. Three over n is the 95 % bound for n subjects without an error (rule of three).
 */
export function certaintyWarnings(
  images: readonly EvaluatedImage[],
  { sensitivity, specificity }: ClassFigures,
): string[] {
  const of = (name: string, { value, low, high }: Figure, wanted: Label): string[] => {
    if (low !== high || (value !== 0 && value !== 1)) return [];
    const own = images.filter(({ label, logOdds }) => label === wanted && logOdds !== null);
    const subjects = new Set(own.map(({ subject }) => subject)).size;
    const bound = Math.min(100, Math.round(300 / subjects));
    return [
      `The ${name} is exactly ${value}, and its interval has no width: with ${subjects} subjects up to ${bound} % exceptions would still be no surprise.`,
    ];
  };
  return [...of('sensitivity', sensitivity, 'tremor-like'), ...of('specificity', specificity, 'regular')];
}

/** The same of each task group, by its name. @param groups From {@link evaluateGroups}. */
export function groupCertaintyWarnings(
  images: readonly EvaluatedImage[],
  groups: ReturnType<typeof evaluateGroups>,
): string[] {
  return TASK_GROUPS.flatMap((group) => {
    const own = images.filter((image) => image.group === group);
    const figures = groups[group]?.figures;
    return figures === undefined
      ? []
      : certaintyWarnings(own, figures).map((warning) => `Task group ${group}: ${warning}`);
  });
}

/** 1 tremor-like, 0 regular. */
export function labelsOf(images: readonly { readonly label: Label }[]): Uint8Array {
  return Uint8Array.from(images, ({ label }) => (label === 'tremor-like' ? 1 : 0));
}

/**
 * @param labels Of the images that count.
 * @param refused Images that do not count because they were not screenable.
 * @throws UserError `too-few-samples`.
 */
export function requireBothLabels(labels: readonly Label[], refused = 0): void {
  const countOf = (wanted: Label): number => labels.filter((label) => label === wanted).length;
  const [regular, tremorLike] = [countOf('regular'), countOf('tremor-like')];
  if (regular >= LEAST_PER_LABEL && tremorLike >= LEAST_PER_LABEL) return;
  const lacking = [
    ...(regular < LEAST_PER_LABEL ? [`${LEAST_PER_LABEL - regular} more regular`] : []),
    ...(tremorLike < LEAST_PER_LABEL ? [`${LEAST_PER_LABEL - tremorLike} more tremor-like`] : []),
  ].join(' and ');
  const one = regular === 0 ? 'tremor-like' : 'regular';
  throw new UserError(
    'too-few-samples',
    (labels.length > 0 && (regular === 0 || tremorLike === 0)
      ? `All ${labels.length} images have the label ${one}: nothing can be told apart. `
      : `Too few images to evaluate: ${regular} regular and ${tremorLike} tremor-like. `) +
      (refused > 0 ? `${refused} more were not screenable. ` : '') +
      `At least ${LEAST_PER_LABEL} of each label are needed: add ${lacking}.`,
    '--data',
  );
}

function countBoth<T extends { readonly label: Label }, Column extends string>(
  images: readonly T[],
  columns: readonly Column[],
  columnOf: (image: T) => Column,
): Record<Label, Record<Column, number>> {
  const rowOf = (label: Label): Record<Column, number> => {
    const own = images.filter((image) => image.label === label);
    const counts = columns.map(
      (column) => [column, own.filter((image) => columnOf(image) === column).length] as const,
    );
    return Object.fromEntries(counts) as Record<Column, number>;
  };
  return { regular: rowOf('regular'), 'tremor-like': rowOf('tremor-like') };
}
