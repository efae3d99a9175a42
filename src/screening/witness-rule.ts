/**
 * Two witnesses, one rule: what the network says of the picture and what the pen's own times say are joined by a logistic
 * model that is monotone in both by construction, as none of its weights is negative.
 */
import type { TaskGroup } from '../base/words.ts';

/** log-odds = bias + picture · clip(picture's log-odds, ±5) + strength · C · min(1, A / 0.2) + amplitude · A + band · B. */
export interface RuleWeights {
  readonly bias: number;
  /** ≥ 0, of the picture's calibrated log-odds. */
  readonly picture: number;
  /** ≥ 0, of the clock's strength C, 0..6. */
  readonly strength: number;
  /** ≥ 0, of the clock's amplitude A. */
  readonly amplitude: number;
  /** ≥ 0, of all movement in the band of tremor, B. */
  readonly band: number;
}

/** What the pen's clock brings into the rule. */
export interface ClockMeasures {
  readonly strength: number;
  readonly amplitude: number;
  readonly band: number;
}

/** Beyond this the network's certainty counts no more: on single drawings it is surer than it can be. */
export const MOST_PICTURE_LOG_ODDS = 5;

/**
 * Fitted on simulated recordings of the validation part, periodic tremor against regular hands of which three in ten are
 * careful, weights held at 0 or above: `node test/bench/fit-witness-rule.ts` prints them (docs/verdict.md).
 */
export const WITNESS_RULE: Readonly<Record<TaskGroup, RuleWeights>> = {
  spiral: { bias: -3.19, picture: 0.64, strength: 1.6, amplitude: 0.45, band: 0.61 },
  wave: { bias: -1.87, picture: 0.8, strength: 1.09, amplitude: 0.34, band: 0.88 },
  writing: { bias: -0.25, picture: 0.9, strength: 1.19, amplitude: 0.47, band: 0 },
};

/** A line that strays more than this from a smooth one was not meant to: none of 120 simulated regular ones does. */
const LEAST_WAVER = 0.005;
/** Log-odds for each doubling beyond it, and how many doublings count. */
const WAVER_LOG_ODDS = 4;
const MOST_DOUBLINGS = 2.5;

/**
 * What a picture says more where a line was asked for: a row of even coils looks to the network like a wave that was meant.
 *
 * @param waver Spread of the ink about a smooth line, over its length (`src/imaging/line-waver.ts`).
 * @returns Log-odds to add, ≥ 0; grows with the waver.
 */
export function lineWaverLogOdds(waver: number): number {
  if (waver <= LEAST_WAVER) return 0;
  return WAVER_LOG_ODDS * Math.min(MOST_DOUBLINGS, Math.log2(waver / LEAST_WAVER));
}

/**
 * Log-odds of tremor-like by both witnesses.
 *
 * @param pictureLogOdds Calibrated.
 */
export function joinWitnesses(group: TaskGroup, pictureLogOdds: number, clock: ClockMeasures): number {
  const { bias, picture, strength, amplitude, band } = WITNESS_RULE[group];
  const seen = Math.min(MOST_PICTURE_LOG_ODDS, Math.max(-MOST_PICTURE_LOG_ODDS, pictureLogOdds));
  return (
    bias + picture * seen + strength * strengthOf(clock) + amplitude * clock.amplitude + band * clock.band
  );
}

/**
 * Strength as far as it is of a movement that is large enough: every healthy hand trembles by some hundredths of a
 * millimetre, and some do so very regularly.
 */
export function strengthOf({ strength, amplitude }: Pick<ClockMeasures, 'strength' | 'amplitude'>): number {
  return strength * Math.min(1, amplitude / FULL_AMPLITUDE);
}

/** Amplitude A of 0.08 mm rms, or 0.22 mm from side to side. */
const FULL_AMPLITUDE = 0.2;
