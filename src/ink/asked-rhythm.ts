/** The rhythm of what was meant to be drawn: turns of a spiral, crests of a wave, loops. It and its harmonics are not tremor. */
import { meanSpectrum } from './peak-spectrum.ts';
import type { PenVelocity } from './pen-velocity.ts';
import { takeWindowSpectra, type Windowing } from './window-spectra.ts';

/** What repeats: turns of a spiral, crests of a wave, loops. */
export type Repeating = 'turns' | 'crests' | 'loops';

export interface AskedRhythm {
  readonly repeating: Repeating;
  readonly hz: number;
  /** rms of the movement at that rhythm, both axes together, in the recording's unit. */
  readonly rms: number;
  /** Time in which it was seen, s. */
  readonly seenS: number;
}

const LOWEST_HZ = 0.3;
/** Up to this a rhythm is taken for the one that was asked for … */
const CALM_HZ = 2.8;
/** … unless a faster one, up to this, moves the pen so much more that the slow one can only be drift: share of its power. */
const FASTEST_HZ = 6;
const DRIFT_SHARE = 0.4;
/** The turns of a spiral are most of how the pen's place moves to and fro below `CALM_HZ`: least share of its power. */
const TURNS_SHARE = 0.03;
/** Loops of two heights also repeat every second or third loop, which can move the pen more than the loops do: share of its rms. */
const PATTERN_SHARE = 0.7;
/** The same of loops above `CALM_HZ`, where it may be a large tremor instead. */
const FAST_PATTERN_SHARE = 0.85;
const PATTERN_MULTIPLE = 3.6;

/**
 * The peak of velocity that moves the pen's place the most: by velocity alone a tremor outweighs the wave that it shakes.
 * Crests are looked for across the way that the pen goes, where the pace does not show.
 *
 * @returns null where no rhythm stands out.
 */
export function findAskedRhythm(
  velocity: PenVelocity,
  repeating: Repeating,
  windowing: Windowing,
): AskedRhythm | null {
  const { present, rateHz } = velocity;
  const [x, y] = repeating !== 'crests' ? [velocity.x, velocity.y] : acrossTheWay(velocity);
  const spectra = takeWindowSpectra(x, y, present, rateHz, windowing);
  if (spectra.windows === 0) return null;
  const { stepHz, values } = meanSpectrum(spectra, 'power');
  const place = values.map((value, k) => Math.exp(value) / (2 * Math.PI * Math.max(k, 0.5) * stepHz) ** 2);
  const seenS = present.reduce((sum, value) => sum + value, 0) / rateHz;
  const rhythms: AskedRhythm[] = [];
  for (let k = Math.ceil(LOWEST_HZ / stepHz); k * stepHz <= FASTEST_HZ && k + 1 < values.length; k++) {
    if (values[k]! >= values[k - 1]! && values[k]! >= values[k + 1]!)
      rhythms.push({ repeating, seenS, ...rhythmAt(place, stepHz, k) });
  }
  const calm = strongestOf(rhythms.filter(({ hz }) => hz <= CALM_HZ));
  // Nobody turns fast and evenly: what is fast in a spiral was not asked for. Turns too slow to be found here have no
  // harmonics where tremors are; what is left then are the ripples between them and a tremor.
  if (repeating === 'turns')
    return calm !== null && calm.rms ** 2 >= TURNS_SHARE * slowPower(place, stepHz) ? calm : null;
  const fast = strongestOf(rhythms.filter(({ hz }) => hz > CALM_HZ));
  const asked = calm !== null && calm.rms ** 2 >= DRIFT_SHARE * (fast?.rms ?? 0) ** 2 ? calm : fast;
  if (repeating === 'crests' || asked === null) return asked;
  const loops = rhythms.filter(
    ({ hz, rms }) =>
      hz <= PATTERN_MULTIPLE * asked.hz &&
      rms >= (hz <= CALM_HZ ? PATTERN_SHARE : FAST_PATTERN_SHARE) * asked.rms,
  );
  return loops[loops.length - 1] ?? asked;
}

/** Mean square of the movement of the pen's place up to `CALM_HZ`, without what does not move to and fro. */
function slowPower(place: Float64Array, stepHz: number): number {
  let power = 0;
  for (let k = 1; k * stepHz <= CALM_HZ && k < place.length; k++) power += place[k]!;
  return power * stepHz;
}

function strongestOf(rhythms: readonly AskedRhythm[]): AskedRhythm | null {
  return rhythms.reduce<AskedRhythm | null>(
    (best, rhythm) => (rhythm.rms > (best?.rms ?? 0) ? rhythm : best),
    null,
  );
}

/** The velocity across the way from the strokes' beginnings to their ends, as x and y. */
function acrossTheWay({ x, y, way }: PenVelocity): [Float64Array, Float64Array] {
  const across = x.map((value, i) => way[0] * y[i]! - way[1] * value);
  return [across, new Float64Array(x.length)];
}

/** How far around its peak movement counts as the same rhythm. */
const HALF_WIDTH_HZ = 0.4;

function rhythmAt(place: Float64Array, stepHz: number, peak: number): { hz: number; rms: number } {
  const reach = Math.round(HALF_WIDTH_HZ / stepHz);
  const from = Math.max(peak - reach, Math.ceil(LOWEST_HZ / stepHz));
  let power = 0;
  let moment = 0;
  for (let k = from; k <= Math.min(place.length - 1, peak + reach); k++) {
    power += place[k]!;
    moment += place[k]! * k * stepHz;
  }
  return { hz: power > 0 ? moment / power : peak * stepHz, rms: Math.sqrt(power * stepHz) };
}

/** Movement below this multiple of the asked-for rhythm is the rhythm itself, drawn unevenly. */
const OWN_MULTIPLE = 1.3;
/**
 * What the shape of a rhythm can put into movement of a multiple of it, as share of the rhythm's own, times the multiple
 * squared: 1 in zigzags, a little more where they are uneven; loops are smoother.
 */
const SHAPE_SHARE: Readonly<Record<Repeating, number>> = { turns: 1.5, crests: 1.2, loops: 0.7 };
/** An uneven rhythm smears its lower harmonics over everything up to this multiple; the turns of a spiral do not. */
const SMEARED_MULTIPLE: Readonly<Record<Repeating, number>> = { turns: 0, crests: 4.5, loops: 4.5 };
/** Other harmonics stand by themselves, within this relative distance of a whole multiple; above the seventh they lie too close to tell, but are small. */
const TOLERANCE = 0.07;
const HIGHEST_APART = 7;
/** Slower rhythms have no harmonics above the fourth worth holding down, Hz. */
const BRISK_HZ = 0.6;
const HIGHEST_OF_SLOW = 4;
/** In less time a rhythm cannot be told from another near by, nor its harmonics from what lies between them, s. */
const CLEAR_FROM_S = 5;
/** Crests and loops are not drawn faster than this, Hz. */
const FASTEST_DRAWN_HZ = 5.5;

/**
 * Whether a movement can belong to what was asked for: no faster than the rhythm, or no larger than the corners of a
 * shape make it at that multiple. A tremor is held down there until it is too large for that. In recordings under 5 s,
 * whose crests and loops often come at two paces, any movement as slow as those are drawn can be them.
 */
export function belongsToRhythm(
  rhythm: AskedRhythm,
  movement: { readonly hz: number; readonly rms: number },
): boolean {
  const multiple = movement.hz / rhythm.hz;
  if (multiple <= OWN_MULTIPLE) return true;
  const clear = rhythm.seenS >= CLEAR_FROM_S;
  if (!clear && rhythm.repeating !== 'turns' && movement.hz < FASTEST_DRAWN_HZ) return true;
  const n = Math.round(multiple);
  const apart = clear && multiple > SMEARED_MULTIPLE[rhythm.repeating] && n <= HIGHEST_APART;
  if (apart && Math.abs(multiple / n - 1) > TOLERANCE) return false;
  if (n > HIGHEST_OF_SLOW && rhythm.hz < BRISK_HZ) return false;
  return movement.rms * multiple ** 2 <= SHAPE_SHARE[rhythm.repeating] * rhythm.rms;
}

/** Below this a tremor cannot be told from the asked-for rhythm, Hz. */
export function lowestTellableHz(rhythm: AskedRhythm): number {
  return OWN_MULTIPLE * rhythm.hz;
}
