/** The rhythm of what was meant to be drawn: turns of a spiral, crests of a wave, loops. It and its harmonics are not tremor. */
import { meanSpectrum } from './peak-spectrum.ts';
import type { WindowSpectra } from './window-spectra.ts';

export interface AskedRhythm {
  readonly hz: number;
  /** rms of the movement at that rhythm, both axes together, in the recording's unit. */
  readonly rms: number;
}

const LOWEST_HZ = 0.3;
/** Up to this a rhythm is taken for the one that was asked for … */
const CALM_HZ = 2.8;
/** … unless a faster one, up to this, moves the pen so much more that the slow one can only be drift. */
const FASTEST_HZ = 6;
const DRIFT_SHARE = 0.15;

/**
 * The strongest rhythm of the pen's place (not of its velocity: there a tremor outweighs the wave that it shakes).
 *
 * @param spectra Of velocity, in windows of about 5 s.
 * @returns null where the pen stands still.
 */
export function findAskedRhythm(spectra: WindowSpectra): AskedRhythm | null {
  const { stepHz, values } = meanSpectrum(spectra, 'power');
  const place = values.map((value, k) => Math.exp(value) / (2 * Math.PI * Math.max(k, 0.5) * stepHz) ** 2);
  const strongest = (lowHz: number, highHz: number): number => {
    let best = Math.ceil(lowHz / stepHz);
    for (let k = best; k * stepHz <= highHz && k < place.length; k++) if (place[k]! > place[best]!) best = k;
    return best;
  };
  const calm = rhythmAt(place, stepHz, strongest(LOWEST_HZ, CALM_HZ));
  const fast = rhythmAt(place, stepHz, strongest(CALM_HZ, FASTEST_HZ));
  const asked = calm.rms ** 2 >= DRIFT_SHARE * fast.rms ** 2 ? calm : fast;
  return asked.rms > 0 ? asked : null;
}

/** How far around its peak movement counts as the same rhythm. */
const HALF_WIDTH_HZ = 0.4;

function rhythmAt(place: Float64Array, stepHz: number, peak: number): AskedRhythm {
  const reach = Math.round(HALF_WIDTH_HZ / stepHz);
  let power = 0;
  let moment = 0;
  for (let k = Math.max(1, peak - reach); k <= Math.min(place.length - 1, peak + reach); k++) {
    power += place[k]!;
    moment += place[k]! * k * stepHz;
  }
  return { hz: power > 0 ? moment / power : peak * stepHz, rms: Math.sqrt(power * stepHz) };
}

/** Movement below this multiple of the asked-for rhythm is the rhythm itself, drawn unevenly. */
const OWN_MULTIPLE = 1.3;
/** The shape of a wave or a turn puts at most this share of its movement into harmonic n, times 2/n: 1/9 for zigzags, 1/5 for squares. */
const HARMONIC_SHARE = 0.22;
/** Loops of two heights repeat every second or third loop: the loop itself is then the second or third harmonic, and the larger. */
const LOOP_SHARE = 2.2;
const HIGHEST_HARMONIC = 7;
/** Relative distance to a whole multiple that still counts as one. */
const TOLERANCE = 0.07;

/**
 * Whether a movement can belong to what was asked for: no faster than the rhythm, or a whole multiple of it and small
 * beside it. A tremor is held down there until it is too large for a harmonic.
 *
 * @param loops Whether loops may have been asked for.
 */
export function belongsToRhythm(
  rhythm: AskedRhythm,
  movement: { readonly hz: number; readonly rms: number },
  loops: boolean,
): boolean {
  const multiple = movement.hz / rhythm.hz;
  if (multiple <= OWN_MULTIPLE) return true;
  const n = Math.round(multiple);
  if (n < 2 || n > HIGHEST_HARMONIC || Math.abs(multiple / n - 1) > TOLERANCE) return false;
  const share = loops && n <= 3 ? LOOP_SHARE : (HARMONIC_SHARE * 2) / n;
  return movement.rms <= share * rhythm.rms;
}

/** Below this a tremor cannot be told from the asked-for rhythm, Hz. */
export function lowestTellableHz(rhythm: AskedRhythm): number {
  return OWN_MULTIPLE * rhythm.hz;
}
