/** From what both witnesses say to a verdict. The only place where a verdict is decided. */
import type { InconclusiveReason, TaskGroup, Verdict } from '../base/words.ts';
import { logistic } from '../model/calibration.ts';
import { joinWitnesses, MOST_PICTURE_LOG_ODDS, type ClockMeasures } from './witness-rule.ts';

export interface Limits {
  readonly regularBelow: number;
  readonly tremorFrom: number;
}

/** What the pen's clock says, where it could be read. */
export interface ReadClock extends ClockMeasures {
  readonly says: 'tremor' | 'none' | 'unclear';
}

export interface Facts {
  readonly group: TaskGroup;
  /** Calibrated log-odds of the picture alone. */
  readonly pictureLogOdds: number;
  /** null for scans, and for recordings whose clock could not be read. */
  readonly clock: ReadClock | null;
  /** There is more than one place to look at. */
  readonly manyPlaces: boolean;
  /** Somebody says what was drawn, or its shape tells. */
  readonly taskKnown: boolean;
  readonly maybeSideways: boolean;
  /** The lines may not be drawn by hand. */
  readonly maybeNoPenLine: boolean;
  /** Of pictures alone, and of recordings whose clock was read. */
  readonly limits: { readonly scan: Limits; readonly recording: Limits };
}

export interface Decision {
  /** Calibrated, 0..1, for tremor-like. It always lies on the verdict's side of the limits. */
  readonly probability: number;
  /** The same before it was held within the limits. */
  readonly logOdds: number;
  readonly verdict: Exclude<Verdict, 'not-screenable'>;
  readonly inconclusive: InconclusiveReason | null;
  readonly limits: Limits;
}

/**
 * Joins the witnesses and turns what they say into a verdict.
 *
 * - A recording whose clock clearly shows a tremor is never regular.
 * - One whose clock, well measured, clearly shows none is never tremor-like on the picture alone.
 * - Lines that may not be drawn by hand, one place to look at, an unknown task or a page that may lie on its side are not enough
 *   for a picture to be sure of; a clear tremor in the pen's clock is.
 *
 * Where a rule holds the verdict back, the probability is held within the limits too, so that more tremor never gives less.
 */
export function decide(facts: Facts): Decision {
  const { clock } = facts;
  const limits = clock === null ? facts.limits.scan : facts.limits.recording;
  const logOdds = jointLogOdds(facts);
  const free = Number(logistic(logOdds).toFixed(DIGITS));
  const { least, most, reason } = boundsOf(facts, limits, free);
  const probability = Math.min(most, Math.max(least, free));
  const verdict = verdictOf(probability, limits);
  return {
    probability,
    logOdds,
    verdict,
    inconclusive: verdict === 'inconclusive' ? reason : null,
    limits,
  };
}

/** Beside a clock that clearly shows a tremor a picture that looks even counts no further down than this. */
const LEAST_BESIDE_TREMOR = -1;
/**
 * Amplitude, as the rule takes it, from which a tremor in writing begins to make other letters of letters, and from
 * which it does nothing else: 1.4 and 4 mm from side to side.
 */
const [LETTERS_CHANGE_FROM, LETTERS_CHANGED_FROM] = [1, 1.45];

/**
 * Log-odds of tremor-like by all witnesses that can speak, before the limits hold them.
 *
 * A tremor as large as the letters looks to the network like other letters, the larger the more: that is no evidence
 * against a clear clock.
 */
export function jointLogOdds({
  group,
  pictureLogOdds,
  clock,
}: Pick<Facts, 'group' | 'pictureLogOdds' | 'clock'>): number {
  if (clock === null) return pictureLogOdds;
  const seen = clock.says === 'tremor' ? Math.max(leastBeside(group, clock), pictureLogOdds) : pictureLogOdds;
  return joinWitnesses(group, seen, clock);
}

/** What a picture counts at least beside a clock that clearly shows a tremor: in writing the more, the larger that is. */
function leastBeside(group: TaskGroup, { amplitude }: ClockMeasures): number {
  if (group !== 'writing') return LEAST_BESIDE_TREMOR;
  const changed = (amplitude - LETTERS_CHANGE_FROM) / (LETTERS_CHANGED_FROM - LETTERS_CHANGE_FROM);
  const share = Math.max(0, Math.min(1, changed));
  return LEAST_BESIDE_TREMOR + share * (MOST_PICTURE_LOG_ODDS - LEAST_BESIDE_TREMOR);
}

interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Why, where the verdict is inconclusive. */
  readonly reason: InconclusiveReason;
}

/** Where the probability is held, whatever the witnesses' joint weight. */
function boundsOf(facts: Facts, limits: Limits, free: number): Bounds {
  const { neverRegular, neverTremorLike, why } = holdsOf(facts);
  const belowTremor = limits.tremorFrom - LEAST_STEP;
  const isHeld = why !== null && (why !== 'clock-shows-none' || free > belowTremor);
  return {
    least: neverRegular ? limits.regularBelow : 0,
    most: neverTremorLike ? belowTremor : 1,
    reason: isHeld ? why : 'between-limits',
  };
}

/** Which verdicts the rules rule out, wherever the limits lie. */
export interface Holds {
  readonly neverRegular: boolean;
  readonly neverTremorLike: boolean;
  /** null where none is ruled out. */
  readonly why: InconclusiveReason | null;
}

export function holdsOf(facts: Doubtful & Pick<Facts, 'clock'>): Holds {
  const { clock } = facts;
  if (clock?.says === 'tremor') return { neverRegular: true, neverTremorLike: false, why: 'clock-wavers' };
  const doubt = doubtOf(facts);
  if (doubt !== null) return { neverRegular: true, neverTremorLike: true, why: doubt };
  if (clock?.says === 'none') return { neverRegular: false, neverTremorLike: true, why: 'clock-shows-none' };
  return { neverRegular: false, neverTremorLike: false, why: null };
}

/** What a picture may be doubted for. */
type Doubtful = Pick<Facts, 'maybeNoPenLine' | 'manyPlaces' | 'taskKnown' | 'maybeSideways'>;

/** What keeps a picture from being sure, whatever it shows. */
function doubtOf({
  maybeNoPenLine,
  manyPlaces,
  taskKnown,
  maybeSideways,
}: Doubtful): InconclusiveReason | null {
  if (maybeNoPenLine) return 'maybe-no-pen-line';
  if (!manyPlaces) return 'one-place';
  if (!taskKnown) return 'task-unknown';
  return maybeSideways ? 'maybe-sideways' : null;
}

/** Percent is what people are shown: a probability that is held below a limit is shown below it. */
const LEAST_STEP = 0.01;
/** Probabilities are stored with four digits, and judged as they are stored. */
const DIGITS = 4;

/**
 * Log-odds of the probability that is shown: those of all witnesses, or of where the rules held it.
 *
 * @param probability As {@link Decision}; `logOdds` beside it.
 */
export function shownLogOdds({ probability, logOdds }: Pick<Decision, 'probability' | 'logOdds'>): number {
  // Both are stored with few digits: what was not held differs by no more than those.
  if (Math.abs(logistic(logOdds) - probability) < 2 * 10 ** -DIGITS) return logOdds;
  return Math.log(probability / (1 - probability));
}

/** Below the first limit regular, from the second on tremor-like, between them inconclusive. */
export function verdictOf(
  probability: number,
  { regularBelow, tremorFrom }: Limits,
): Exclude<Verdict, 'not-screenable'> {
  if (probability >= tremorFrom) return 'tremor-like';
  return probability < regularBelow ? 'regular' : 'inconclusive';
}
