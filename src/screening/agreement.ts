/** How the two witnesses stand to each other, and what drawing it again could bring. */
import type { Advice, Agreement, ClockWitness, PictureWitness, ScreenResult } from './screen-result.ts';

/** @param clock null for scans. */
export function agreementOf(picture: Pick<PictureWitness, 'says'>, clock: ClockWitness | null): Agreement {
  if (clock === null || clock.state === 'not-measured') return 'picture-alone';
  if (picture.says === 'inconclusive' || clock.says === 'unclear') return 'one-unclear';
  return (picture.says === 'tremor-like') === (clock.says === 'tremor') ? 'agree' : 'disagree';
}

/** What {@link adviceFor} goes by. */
export type Advised = Pick<ScreenResult, 'verdict' | 'refusal' | 'inconclusive' | 'clock' | 'agreement'>;

/** Which drawing may change the verdict; null where none would, or where something else than another drawing is needed. */
export function adviceFor(result: Advised): Advice | null {
  const { verdict, refusal, inconclusive, clock, agreement } = result;
  if (refusal !== undefined) {
    if (refusal.reason === 'too-little-ink') return 'longer';
    return refusal.reason === 'too-small' && refusal.what === 'drawing' ? 'larger' : null;
  }
  if (inconclusive === undefined) {
    if (agreement !== 'disagree') return null;
    // The clock shows a tremor that the picture does not, or none where the picture is shaky.
    return verdict === 'tremor-like' ? null : 'usual-pace';
  }
  switch (inconclusive) {
    case 'clock-shows-none':
      return 'usual-pace';
    case 'clock-wavers':
      return 'once-more';
    case 'one-place':
      return 'longer';
    case 'between-limits':
      return adviceBetweenLimits(clock);
    case 'task-unknown':
    case 'maybe-sideways':
    case 'maybe-no-pen-line':
      return null;
  }
}

/** A scan is what it is; with a recording the clock could say more, or another drawing. */
function adviceBetweenLimits(clock: ClockWitness | null): Advice | null {
  if (clock === null) return null;
  if (clock.state === 'measured') return 'once-more';
  switch (clock.reason) {
    case 'too-short':
      return 'longer';
    case 'written-too-fast':
      return 'slower';
    case 'sampled-too-slowly':
    case 'clock-unusable':
    case 'not-recorded':
      return null;
  }
}
