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
  spiral: { bias: -3.26, picture: 0.33, strength: 1.15, amplitude: 1.89, band: 0 },
  wave: { bias: -2.5, picture: 0.4, strength: 1.1, amplitude: 1.8, band: 0 },
  writing: { bias: -1.1, picture: 0.67, strength: 1.4, amplitude: 0.2, band: 0 },
};

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
