/** How a pen moves along a curve: the two-thirds power law, sampled at 200 Hz. */
import { arcLengths, resampleByLength, sampleAt, smoothValues, type Polyline } from './polyline.ts';

/** Samples a second of every simulated movement. */
export const PEN_RATE_HZ = 200;

/** Pen-tip movement while the pen is down; all arrays have the same length. Time runs on over pen-ups. */
export interface PenStroke {
  readonly xMm: Float64Array;
  readonly yMm: Float64Array;
  /** First sample's place on the common 200 Hz grid. */
  readonly firstSample: number;
}

export interface Pace {
  /** Mean speed, mm/s; people draw at 15–80. */
  readonly speedMmS: number;
  /** Exponent of speed over radius of curvature: 1/3 is the two-thirds power law, 0 an even pace. */
  readonly exponent: number;
}

/**
 * Moves a pen along a curve with speed ∝ (radius of curvature)^exponent, so that it slows in bends, and starts and ends
 * slowly.
 *
 * @param curve In mm.
 * @param firstSample Place of the first sample on the 200 Hz grid.
 * @returns The samples at 200 Hz, at least two.
 * Source: Lacquaniti, Terzuolo, Viviani (1983), "The law relating the kinematic and figural aspects of drawing".
 */
export function movePen(curve: Polyline, pace: Pace, firstSample = 0): PenStroke {
  const line = resampleByLength(curve, 0.15);
  const count = line.x.length;
  if (count < 2) {
    const pair = (value: number): Float64Array => Float64Array.of(value, value);
    return { xMm: pair(line.x[0]!), yMm: pair(line.y[0]!), firstSample };
  }
  const speed = relativeSpeeds(line, pace.exponent);
  const lengths = arcLengths(line);
  const time = new Float64Array(count);
  for (let i = 1; i < count; i++) {
    const ds = lengths[i]! - lengths[i - 1]!;
    time[i] = time[i - 1]! + (2 * ds) / (speed[i]! + speed[i - 1]!);
  }
  const durationS = lengths[count - 1]! / pace.speedMmS;
  const samples = Math.max(2, Math.round(durationS * PEN_RATE_HZ) + 1);
  const total = time[count - 1]!;
  const moved = sampleAt(line, time, (i) => (total * i) / (samples - 1), samples);
  return { xMm: moved.x, yMm: moved.y, firstSample };
}

/** Speed at each point up to a factor, 0.25–3, slower over the first and last 1.5 mm. */
function relativeSpeeds(line: Polyline, exponent: number): Float64Array {
  const count = line.x.length;
  const bend = new Float64Array(count);
  for (let i = 1; i < count - 1; i++) {
    const ax = line.x[i]! - line.x[i - 1]!;
    const ay = line.y[i]! - line.y[i - 1]!;
    const bx = line.x[i + 1]! - line.x[i]!;
    const by = line.y[i + 1]! - line.y[i]!;
    bend[i] = Math.abs(Math.atan2(ax * by - ay * bx, ax * bx + ay * by)) / 0.15;
  }
  const smooth = smoothValues(bend, 3);
  const speed = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const powerLaw = Math.pow(smooth[i]! + 0.03, -exponent);
    const fromEnd = Math.min(1, 0.3 + (0.7 * Math.min(i, count - 1 - i)) / 10);
    speed[i] = Math.min(3, Math.max(0.25, powerLaw)) * fromEnd;
  }
  return speed;
}
