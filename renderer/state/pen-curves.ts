import type { RawRecording, RawStroke } from '../api/types.ts';
import type { CurvePoint } from './run-view.ts';

/** Span of pen samples that one speed is taken over: long enough to ride over the jitter of single samples. */
const WINDOW_MS = 60;
/** Points that a curve is thinned to for drawing. */
const POINTS = 400;

export interface PenCurve {
  /** x in seconds from the first sample. */
  readonly points: readonly CurvePoint[];
  readonly unit: 'mm' | 'px';
  readonly mean: number;
  readonly top: number;
  readonly seconds: number;
}

/**
 * How fast the pen moved while it was down, for a picture; the host's own measures are not touched.
 * @returns Speed in millimetres (where the size is known) or pixels a second; null for less than a window of samples.
 */
export function speedCurve(recording: RawRecording): PenCurve | null {
  const mmPerUnit = recording.unit === 'mm' ? 1 : recording.mmPerUnit;
  const points = recording.strokes.flatMap((stroke) => strokeSpeeds(stroke, mmPerUnit ?? 1));
  return curveOf(points, mmPerUnit === null ? 'px' : 'mm');
}

/** How hard the pen pressed, 0..1; null where the device has no pressure, or says the same all along (mice do). */
export function pressureCurve(recording: RawRecording): PenCurve | null {
  const samples = recording.strokes.flatMap((stroke) => stroke.samples);
  const points = samples.flatMap(({ timeMs, pressure }) =>
    pressure === null ? [] : [{ x: timeMs / 1000, y: pressure }],
  );
  const varies = points.some(({ y }) => y !== points[0]?.y);
  return varies ? curveOf(points, recording.unit) : null;
}

function strokeSpeeds(stroke: RawStroke, scale: number): CurvePoint[] {
  const { samples } = stroke;
  const speeds: CurvePoint[] = [];
  let from = 0;
  let path = 0;
  for (let i = 1; i < samples.length; i++) {
    const [before, now, start] = [samples[i - 1], samples[i], samples[from]];
    if (!before || !now || !start) continue;
    path += Math.hypot(now.x - before.x, now.y - before.y) * scale;
    const spanMs = now.timeMs - start.timeMs;
    if (spanMs < WINDOW_MS) continue;
    speeds.push({ x: (start.timeMs + now.timeMs) / 2000, y: (path / spanMs) * 1000 });
    from = i;
    path = 0;
  }
  return speeds;
}

function curveOf(points: readonly CurvePoint[], unit: 'mm' | 'px'): PenCurve | null {
  const last = points.at(-1);
  if (points.length < 3 || !last) return null;
  const every = Math.ceil(points.length / POINTS);
  return {
    points: points.filter((_, i) => i % every === 0),
    unit,
    mean: points.reduce((sum, { y }) => sum + y, 0) / points.length,
    top: Math.max(...points.map(({ y }) => y)),
    seconds: last.x,
  };
}
