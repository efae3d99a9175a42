/** Involuntary movement over time, on the 200 Hz grid of the pen: tremor, physiological tremor, irregular jitter. */
import type { Rng } from '../base/rng.ts';
import { PEN_RATE_HZ } from './pen-path.ts';
import { bandNoise, smoothNoise } from './smooth-noise.ts';

/** Shift of the pen tip at each sample, mm. */
export interface Shift {
  readonly dxMm: Float64Array;
  readonly dyMm: Float64Array;
}

export interface TremorSettings {
  /** Mean frequency, Hz; pathological 3–8, at most 12. */
  readonly hz: number;
  /** Standard deviation of the frequency over its mean, 0–0.3. */
  readonly wander: number;
  /** Half of the swing along the long axis at full strength, mm. */
  readonly amplitudeMm: number;
  /** Short over long axis of the ellipse, 0–1. */
  readonly roundness: number;
  /** Direction of the long axis, radians. */
  readonly directionRad: number;
  /** 0 steady … 1 comes and goes in bursts. */
  readonly burstiness: number;
  /** rms of irregular movement of 2–8 Hz, over the amplitude. */
  readonly jitter: number;
  /** Second harmonic over the first, 0–0.25; by chance unless given. */
  readonly harmonic?: number;
  /** Where the tremor comes and goes altogether: how long it lasts and pauses, about, s. Always there unless given. */
  readonly boutS?: number;
}

/** `periodic`: a pen's clock shows a clear peak. `irregular`: the hand shakes without one. */
export type Rhythm = 'periodic' | 'irregular' | 'any';

/** Share of irregular hands where any may come. */
const IRREGULAR_SHARE = 0.28;
/** Above this much wander and jitter there is no clear peak. */
const STEADY: Bounds = { wander: [0.01, 0.08], jitter: [0, 0.35] };
const UNSTEADY: Bounds = { wander: [0.1, 0.3], jitter: [0.9, 2.4] };
type Bounds = Readonly<Record<'wander' | 'jitter', readonly [number, number]>>;

/**
 * Settings of a tremor-like hand, 3–12 Hz; amplitudes log-uniform between the bounds given.
 *
 * @param evenShare Of tremors with a rhythm, the share without wander, jitter and harmonics to speak of, 0..1.
 */
export function drawTremorSettings(
  rng: Rng,
  lowMm: number,
  highMm: number,
  rhythm: Rhythm = 'any',
  evenShare = 0,
): TremorSettings {
  const irregular = rhythm === 'irregular' || (rng.chance(IRREGULAR_SHARE) && rhythm === 'any');
  const { wander, jitter } = irregular ? UNSTEADY : STEADY;
  const comesAndGoes = rng.chance(0.25);
  const settings: TremorSettings = {
    hz: rng.chance(0.15) ? rng.between(8, 12) : rng.between(3, 8.5),
    wander: rng.between(...wander),
    amplitudeMm: rng.logBetween(lowMm, highMm),
    // Some hands shake along one axis, most on an ellipse.
    roundness: rng.chance(0.35) ? rng.between(0, 0.1) : rng.between(0.1, 0.9),
    directionRad: rng.between(0, Math.PI),
    burstiness: rng.between(0, comesAndGoes ? 0.3 : 0.8),
    jitter: rng.between(...jitter),
  };
  if (!irregular && evenShare > 0 && rng.chance(evenShare)) return { ...settings, ...drawEvenness(rng) };
  return comesAndGoes ? { ...settings, boutS: rng.between(1, 3) } : settings;
}

/** A tremor like a tuning fork's: the line stays smooth, and its bumps look like parts of letters. */
function drawEvenness(rng: Rng): Partial<TremorSettings> {
  return {
    wander: rng.between(0, 0.02),
    jitter: rng.between(0, 0.06),
    burstiness: rng.between(0, 0.3),
    harmonic: rng.between(0, 0.05),
  };
}

/**
 * Settings as the studies of the reproduction have them: every other hand shakes irregularly, and the others wander so much that many
 * have no peak either.
 */
export function drawStudyTremor(rng: Rng, lowMm: number, highMm: number): TremorSettings {
  return {
    hz: rng.chance(0.08) ? rng.between(8, 12) : rng.between(3, 8.5),
    wander: rng.between(0.04, 0.3),
    amplitudeMm: rng.logBetween(lowMm, highMm),
    roundness: rng.between(0.1, 0.9),
    directionRad: rng.between(0, Math.PI),
    burstiness: rng.between(0, 0.9),
    jitter: rng.chance(0.5) ? rng.between(0.8, 2.4) : rng.between(0.05, 0.7),
  };
}

/**
 * Tremor of a tremor-like hand. Frequency wanders over about 0.7 s, strength over about 1.5 s, the axis turns slowly; it may come and
 * go in bouts.
 */
export function makeTremor(rng: Rng, count: number, settings: TremorSettings): Shift {
  const { hz, wander, amplitudeMm, roundness, burstiness, jitter } = settings;
  const pace = smoothNoise(rng, count, 0.7 * PEN_RATE_HZ);
  const strength = smoothNoise(rng, count, 1.5 * PEN_RATE_HZ);
  const turn = smoothNoise(rng, count, 4 * PEN_RATE_HZ);
  const harmonic = rng.between(0, 0.25);
  const second = settings.harmonic ?? harmonic;
  const dxMm = new Float64Array(count);
  const dyMm = new Float64Array(count);
  const irregularX = bandNoise(rng, count, PEN_RATE_HZ, 2, 8);
  const irregularY = bandNoise(rng, count, PEN_RATE_HZ, 2, 8);
  // Where jitter rules, the rhythm steps back, so that the whole stays near the amplitude.
  const rhythm = 1 / Math.sqrt(1 + 0.5 * jitter * jitter);
  let phase = rng.between(0, 2 * Math.PI);
  for (let i = 0; i < count; i++) {
    phase += ((2 * Math.PI * hz) / PEN_RATE_HZ) * Math.max(0.4, 1 + wander * 1.25 * pace[i]!);
    const burst = 1 / (1 + Math.exp(-2.2 * strength[i]!));
    const amplitude = rhythm * amplitudeMm * (1 - burstiness + burstiness * burst);
    const along = amplitude * (Math.cos(phase) + second * Math.cos(2 * phase + 1)) * (1 - 0.4 * second);
    const across = amplitude * roundness * Math.sin(phase);
    const angle = settings.directionRad + 0.3 * turn[i]!;
    const noise = 0.7 * jitter * amplitude;
    dxMm[i] = along * Math.cos(angle) - across * Math.sin(angle) + noise * irregularX[i]!;
    dyMm[i] = along * Math.sin(angle) + across * Math.cos(angle) + noise * irregularY[i]!;
  }
  const shift = { dxMm, dyMm };
  if (settings.boutS !== undefined) interrupt(rng, shift, settings.boutS * PEN_RATE_HZ);
  return shift;
}

/** Lets a shift come and go, with soft ends; in place. It is there for rather more than half of the time. */
function interrupt(rng: Rng, { dxMm, dyMm }: Shift, samples: number): void {
  const course = smoothNoise(rng, dxMm.length, samples);
  for (let i = 0; i < dxMm.length; i++) {
    const open = 1 / (1 + Math.exp(-8 * (course[i]! + 0.25)));
    dxMm[i]! *= open;
    dyMm[i]! *= open;
  }
}

/** What every healthy hand has: 7–12 Hz, at most `limitMm` (0.1 by default). */
export function makePhysiological(rng: Rng, count: number, limitMm = 0.1): Shift {
  const rms = (rng.between(0.1, 1) * limitMm) / 2.5;
  const axis = (): Float64Array => {
    const values = bandNoise(rng, count, PEN_RATE_HZ, 7, 12);
    for (let i = 0; i < count; i++) values[i] = Math.max(-limitMm, Math.min(limitMm, rms * values[i]!));
    return values;
  };
  return { dxMm: axis(), dyMm: axis() };
}
