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
}

/**
 * Settings of a tremor-like hand; amplitudes log-uniform between the bounds given. Every other hand shakes
 * irregularly, as most real ones do: jitter as large as the tremor or larger.
 */
export function drawTremorSettings(
  rng: Rng,
  lowMm: number,
  highMm: number,
  lowHz = 3,
  highHz = 8.5,
): TremorSettings {
  return {
    hz: rng.chance(0.08) ? rng.between(8, 12) : rng.between(lowHz, highHz),
    wander: rng.between(0.04, 0.3),
    amplitudeMm: rng.logBetween(lowMm, highMm),
    roundness: rng.between(0.1, 0.9),
    directionRad: rng.between(0, Math.PI),
    burstiness: rng.between(0, 0.9),
    jitter: rng.chance(0.5) ? rng.between(0.8, 2.4) : rng.between(0.05, 0.7),
  };
}

/** Tremor of a tremor-like hand. Frequency wanders over about 0.7 s, strength over about 1.5 s, the axis turns slowly. */
export function makeTremor(rng: Rng, count: number, settings: TremorSettings): Shift {
  const { hz, wander, amplitudeMm, roundness, burstiness, jitter } = settings;
  const pace = smoothNoise(rng, count, 0.7 * PEN_RATE_HZ);
  const strength = smoothNoise(rng, count, 1.5 * PEN_RATE_HZ);
  const turn = smoothNoise(rng, count, 4 * PEN_RATE_HZ);
  const second = rng.between(0, 0.25);
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
  return { dxMm, dyMm };
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
