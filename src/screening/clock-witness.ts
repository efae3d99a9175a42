import { SHORTEST_RECORDING_S, SLOWEST_RATE_HZ } from '../ink/kinematics.ts';
import type { TremorMeasures } from '../ink/tremor-measures.ts';
import type { ClockWitness } from './screen-result.ts';

/** From the rms over both axes to the swing from one side to the other. */
const SWING_PER_RMS = 2 * Math.SQRT2;
const MOST_STRENGTH = 6;

/** What the pen's own times say of a tremor, by its measures. */
export function clockWitnessOf(tremor: TremorMeasures): ClockWitness {
  const { rateHz, peakHz, peakRatio, amplitudeMmRms, amplitudePxRms } = tremor;
  const durationS = tremor.durationS ?? 0;
  const notMeasured = (reason: Extract<ClockWitness, { state: 'not-measured' }>['reason']): ClockWitness => ({
    state: 'not-measured',
    reason,
    durationS,
    neededS: SHORTEST_RECORDING_S,
    rateHz,
  });
  if (rateHz !== null && rateHz < SLOWEST_RATE_HZ) return notMeasured('sampled-too-slowly');
  // Without any time between two samples there is no rate either.
  if (rateHz === null || durationS < SHORTEST_RECORDING_S) return notMeasured('too-short');
  // Long enough in all, but no single stroke is: letters written quickly.
  if (peakRatio === null && amplitudeMmRms === null && amplitudePxRms === null) {
    return notMeasured('written-too-fast');
  }
  const swing = (rms: number | null) => (peakHz === null || rms === null ? null : SWING_PER_RMS * rms);
  return {
    state: 'measured',
    says: peakHz === null ? 'none' : 'tremor',
    strength: peakHz === null ? 0 : strengthOf(peakRatio),
    peakHz,
    swingMm: swing(amplitudeMmRms),
    swingPx: swing(amplitudePxRms),
    share: null,
    durationS,
  };
}

/** Doublings of power over the surroundings. */
function strengthOf(peakRatio: number | null): number {
  return Math.min(MOST_STRENGTH, Math.max(0, Math.log2(peakRatio ?? 1)));
}
