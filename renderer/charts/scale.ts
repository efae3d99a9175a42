/** A number on an axis and what is written there. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

export interface Axis {
  readonly min: number;
  readonly max: number;
  /** Powers of ten at equal distances; `min` must be above 0. */
  readonly log?: boolean;
  readonly ticks: readonly Tick[];
}

/** Where `value` lies between `from` (axis minimum) and `to` (axis maximum), in pixels; values outside stop at the ends. */
export function place(
  value: number,
  axis: Pick<Axis, 'min' | 'max' | 'log'>,
  from: number,
  to: number,
): number {
  const on = axis.log ? (v: number) => Math.log10(Math.max(v, axis.min)) : (v: number) => v;
  const [low, high] = [on(axis.min), on(axis.max)];
  const share = high === low ? 0 : (on(value) - low) / (high - low);
  return from + Math.max(0, Math.min(1, share)) * (to - from);
}

/** The round step (1, 2 or 5 times a power of ten) that divides `span` into at most `parts` parts. */
export function roundStep(span: number, parts: number): number {
  const rough = span / Math.max(1, parts);
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((f) => f * power >= rough * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/**
 * Ticks of an axis that counts 0, 1, 2 … `end` of something: at most six, the last one always `end`, written with its unit.
 * Ticks that would run into the last one are left out.
 */
export function countTicks(
  end: number,
  withUnit: (text: string) => string,
  format: (n: number) => string,
): Tick[] {
  const step = Math.max(1, roundStep(end, 5));
  const ticks: Tick[] = [];
  for (let at = 0; at < end - Math.max(step * 0.6, end * 0.21); at += step)
    ticks.push({ at, text: format(at) });
  return [...ticks, { at: end, text: withUnit(format(end)) }];
}
