/**
 * Where a model's verdicts turn: the limits of the inconclusive band for each medium and sensitivity, chosen by how many
 * careful regular writers may be flagged.
 */
import { SENSITIVITIES, type Sensitivity } from '../base/words.ts';
import { logistic } from './calibration.ts';

/** Limits in probability, with what they are worth on hands that they were not chosen on. */
export interface WorkingPoint {
  readonly regularBelow: number;
  readonly tremorFrom: number;
  /** Share of careful regular hands that are not flagged, 0..1; null where there were too few to measure. */
  readonly specificity: number | null;
  /** Share of drawings with a clear tremor that are flagged, 0..1; null where there were too few to measure. */
  readonly sensitivity: number | null;
}

/** One for each sensitivity. */
export type WorkingPoints = Readonly<Record<Sensitivity, WorkingPoint>>;

/** What a working point is chosen on. */
export interface JudgedHand {
  /** Calibrated log-odds of tremor-like, by all that is known of the drawing, before the rules hold it. */
  readonly logOdds: number;
  /** A verdict that the rules rule out for it, wherever the limits lie (`src/screening/decide.ts`). */
  readonly neverRegular: boolean;
  readonly neverTremorLike: boolean;
  readonly tremorLike: boolean;
  /** A regular hand that is slow and correcting: the hardest to tell from a faint tremor. */
  readonly careful: boolean;
  /** Regular, or with a tremor that can be seen well. */
  readonly clear: boolean;
}

/** Share of careful regular hands that may be flagged. */
const FALSE_ALARMS: Readonly<Record<Sensitivity, number>> = { high: 0.1, balanced: 0.05, specific: 0.02 };
/**
 * Least limit of tremor-like, in probability. Where simulated hands lie far apart, fewer false alarms than wanted follow:
 * real hands lie less far apart than simulated ones.
 */
const LEAST_TREMOR_FROM: Readonly<Record<Sensitivity, number>> = {
  high: 0.35,
  balanced: 0.5,
  specific: 0.65,
};
/** The limit of tremor-like is never above this: a network that needs more is a bad one, and would flag nobody. */
const MOST_TREMOR_FROM = 0.97;
/** Share of clear tremors that may be called regular. */
const MISSED = 0.02;
/** Least width of the inconclusive band, in log-odds: odds of 3 to 2. */
const LEAST_BAND = Math.log(1.5);
/** The lower limit is never below this: hiding more would leave nothing to say. */
const LEAST_REGULAR_BELOW = 0.15;
/** Fewer careful hands than this give no share of five in a hundred: their spread is taken for normal then. */
const ENOUGH_HANDS = 100;
/** Fewer drawings than this of careful hands or of clear tremor give no working point, and measure none. */
export const LEAST_HANDS = 8;

/**
 * Working points of one group and medium. Shares are of verdicts as users see them: what the rules keep from being
 * tremor-like is never flagged, and what they keep from being regular never called so. A drawing that the rules keep from
 * both, such as a single word, is counted in what limits are worth, but has no say in where they lie: otherwise the more single
 * words there are, the more whole pages would be flagged.
 *
 * The limits are chosen on all sets together: one that five of a hundred careful hands lie above rests on a handful of
 * hands, and few pens write a set. What they are worth is measured crosswise: limits chosen on the other sets, applied to
 * this one, counted over the hands of all. So nobody is judged by limits that they took part in; the limits in use rest on more
 * hands than those that are measured, and are worth as much or a little more.
 *
 * @param sets Drawings that share no font, word or writer, in any order; regular hands that are not careful do not count.
 * @returns null with fewer than {@link LEAST_HANDS} careful hands or clear tremors in all that limits can be chosen on.
 */
export function fitWorkingPoints(sets: readonly (readonly JudgedHand[])[]): WorkingPoints | null {
  const limits = chooseLimits(sets.flat());
  if (limits === null) return null;
  const others = sets.map((_, own) => chooseLimits(sets.filter((_, i) => i !== own).flat()));
  const measurable = others.every((chosen) => chosen !== null) && sets.every((set) => sidesOf(set) !== null);
  return ofEach((name) => {
    const worth = (side: keyof Sides): number | null => {
      if (!measurable) return null;
      const hands = sets.map((set) => sidesOf(set)![side]);
      const flagged = hands.reduce((sum, own, i) => sum + countFlagged(own, others[i]![name]), 0);
      return flagged / hands.flat().length;
    };
    const alarms = worth('careful');
    return { ...limits[name], specificity: alarms === null ? null : 1 - alarms, sensitivity: worth('clear') };
  });
}

type Limits = Pick<WorkingPoint, 'regularBelow' | 'tremorFrom'>;

function chooseLimits(hands: readonly JudgedHand[]): Readonly<Record<Sensitivity, Limits>> | null {
  const sides = sidesOf(hands.filter((hand) => !hand.neverRegular || !hand.neverTremorLike));
  if (sides === null) return null;
  const { careful, clear } = sides;
  return ofEach((sensitivity) => {
    const wanted = limitBeyond(careful, ({ neverTremorLike }) => !neverTremorLike, FALSE_ALARMS[sensitivity]);
    const tremorFrom = roundUp(
      Math.min(MOST_TREMOR_FROM, Math.max(LEAST_TREMOR_FROM[sensitivity], logistic(wanted))),
    );
    const mirrored = clear.map((hand) => ({ ...hand, logOdds: -hand.logOdds }));
    const missed = logistic(-limitBeyond(mirrored, ({ neverRegular }) => !neverRegular, MISSED));
    // Beside the least upper limit, however high this one is: a faint tremor of a real hand looks more even than a simulated one.
    const highest = logistic(logOddsOf(LEAST_TREMOR_FROM[sensitivity]) - LEAST_BAND);
    return {
      regularBelow: roundDown(Math.min(highest, Math.max(LEAST_REGULAR_BELOW, missed))),
      tremorFrom,
    };
  });
}

/** How far a verdict can be taken at its word among people of whom a known share has a tremor. */
export interface PredictiveValues {
  /** Of those flagged, the share that has one; null where nobody is flagged. */
  readonly positive: number | null;
  /** Of those not flagged, the share that has none; null where everybody is flagged. */
  readonly negative: number | null;
}

/**
 * Predictive values by Bayes' rule, as if people were like the drawings that sensitivity and specificity come from.
 *
 * @param prevalence Share of the people with a tremor, 0..1.
 * @throws RangeError naming a prevalence outside of it.
 */
export function predictiveValues(
  { sensitivity, specificity }: { readonly sensitivity: number; readonly specificity: number },
  prevalence: number,
): PredictiveValues {
  if (!(prevalence >= 0 && prevalence <= 1)) {
    throw new RangeError(`predictiveValues: the prevalence must be 0 to 1, got ${prevalence}`);
  }
  const [found, missed] = [sensitivity * prevalence, (1 - sensitivity) * prevalence];
  const [cleared, alarmed] = [specificity * (1 - prevalence), (1 - specificity) * (1 - prevalence)];
  return {
    positive: found + alarmed === 0 ? null : found / (found + alarmed),
    negative: cleared + missed === 0 ? null : cleared / (cleared + missed),
  };
}

interface Sides {
  readonly careful: readonly JudgedHand[];
  readonly clear: readonly JudgedHand[];
}

/** Careful regular hands and clear tremors; null with too few of either. */
function sidesOf(hands: readonly JudgedHand[]): Sides | null {
  const careful = hands.filter(({ tremorLike, careful }) => !tremorLike && careful);
  const clear = hands.filter(({ tremorLike, clear }) => tremorLike && clear);
  return careful.length < LEAST_HANDS || clear.length < LEAST_HANDS ? null : { careful, clear };
}

function ofEach<Point>(point: (sensitivity: Sensitivity) => Point): Readonly<Record<Sensitivity, Point>> {
  return Object.fromEntries(SENSITIVITIES.map((name) => [name, point(name)])) as Record<Sensitivity, Point>;
}

function countFlagged(hands: readonly JudgedHand[], { tremorFrom }: Limits): number {
  return hands.filter(
    ({ neverTremorLike, logOdds }) =>
      !neverTremorLike && Number(logistic(logOdds).toFixed(DIGITS)) >= tremorFrom,
  ).length;
}

/** Probabilities are judged as they are stored. */
const DIGITS = 4;

/**
 * Log-odds that at most a share of all hands lies above, where only some of them count as lying above anything.
 *
 * @returns −∞ where no more hands than the share count; the value itself where a single one counts and is more than that.
 */
function limitBeyond(
  hands: readonly JudgedHand[],
  counts: (hand: JudgedHand) => boolean,
  share: number,
): number {
  const values = hands
    .filter(counts)
    .map(({ logOdds }) => logOdds)
    .sort((a, b) => a - b);
  const shareOfThose = (share * hands.length) / Math.max(1, values.length);
  if (values.length === 0 || shareOfThose >= 1) return -Infinity;
  return values.length === 1 ? values[0]! : upperQuantile(values, shareOfThose);
}

/**
 * Log-odds that a share of the values lies above.
 *
 * @param values At least two, in rising order.
 */
function upperQuantile(values: readonly number[], share: number): number {
  if (values.length < ENOUGH_HANDS) {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    return mean + normalQuantile(1 - share) * Math.sqrt(variance);
  }
  const place = (1 - share) * (values.length - 1);
  const below = Math.floor(place);
  const part = place - below;
  return values[below]! * (1 - part) + values[Math.min(values.length - 1, below + 1)]! * part;
}

/**
 * z with Φ(z) = share.
 * Source: Abramowitz & Stegun (1964), 26.2.23; error below 4.5e-4.
 */
function normalQuantile(share: number): number {
  const tail = Math.min(share, 1 - share);
  const t = Math.sqrt(-2 * Math.log(tail));
  const z =
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3);
  return share < 0.5 ? -z : z;
}

function logOddsOf(probability: number): number {
  return Math.log(probability / (1 - probability));
}

/** Two digits are enough for a limit that people read. */
function roundUp(probability: number): number {
  return Math.ceil(100 * probability - 1e-9) / 100;
}

function roundDown(probability: number): number {
  return Math.floor(100 * probability + 1e-9) / 100;
}
