import type { ClockEvidence } from '../ink/clock-evidence.ts';
import { clockSays } from '../ink/clock-rule.ts';
import type { ReadClock } from './decide.ts';
import type { ClockWitness } from './screen-result.ts';

/** From the rms over both axes to the swing from one side to the other. */
const SWING_PER_RMS = 2 * Math.SQRT2;

/** What the pen's own times say of a tremor, as it is told. */
export function clockWitnessOf(evidence: ClockEvidence): ClockWitness {
  const { durationS } = evidence;
  if (evidence.state === 'not-measured') {
    const { reason, neededS, rateHz } = evidence;
    return { state: 'not-measured', reason, durationS: round(durationS, 1), neededS, rateHz };
  }
  const { strength, peakHz, rmsMm, rmsUnits, share } = evidence;
  return {
    state: 'measured',
    says: saysOf(evidence),
    strength: round(strength, 2),
    peakHz: peakHz === null ? null : round(peakHz, 2),
    swingMm: rmsMm === null ? null : round(SWING_PER_RMS * rmsMm, 3),
    // Told where millimetres cannot be.
    swingPx: rmsMm !== null || rmsUnits === null ? null : round(SWING_PER_RMS * rmsUnits, 2),
    share: round(share, 2),
    durationS: round(durationS, 1),
  };
}

/** The same as the rule takes it; null where the clock could not be read. */
export function readingOf(evidence: ClockEvidence): ReadClock | null {
  if (evidence.state === 'not-measured') return null;
  const { strength, amplitude, bandAmplitude } = evidence;
  return { strength, amplitude, band: bandAmplitude, says: saysOf(evidence) };
}

function saysOf(evidence: ClockEvidence): ReadClock['says'] {
  const says = clockSays(evidence);
  return says === 'not-measured' ? 'unclear' : says;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
