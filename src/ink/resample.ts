import type { RawStroke } from './recording.ts';
import { strokeTimesS } from './stroke-times.ts';

/** One stroke at an even rate, in the recording's unit. */
export interface UniformStroke {
  /** Seconds from the start of the recording. */
  readonly startS: number;
  readonly rateHz: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Puts a stroke on an even time grid by straight lines between samples.
 *
 * @returns null for a stroke without duration (a dot, or one stamp for all).
 */
export function resampleUniform(stroke: RawStroke, rateHz: number): UniformStroke | null {
  if (!(rateHz > 0)) throw new RangeError(`resampleUniform: the rate must be > 0 Hz, got ${rateHz}`);
  const { samples } = stroke;
  const times = strokeTimesS(samples);
  const duration = times[times.length - 1] ?? 0;
  if (!(duration > 0)) return null;
  const count = Math.floor(duration * rateHz + 1e-9) + 1;
  const x = new Float64Array(count);
  const y = new Float64Array(count);
  let k = 0;
  for (let i = 0; i < count; i++) {
    const time = i / rateHz;
    while (k < samples.length - 2 && times[k + 1]! <= time) k++;
    const a = samples[k]!;
    const b = samples[k + 1]!;
    const span = times[k + 1]! - times[k]!;
    const part = span > 0 ? Math.min(1, (time - times[k]!) / span) : 0;
    x[i] = a.x + part * (b.x - a.x);
    y[i] = a.y + part * (b.y - a.y);
  }
  return { startS: (samples[0]?.timeMs ?? 0) / 1000, rateHz, x, y };
}
