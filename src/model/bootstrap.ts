import type { Rng } from '../base/rng.ts';
import type { Interval } from './training-types.ts';

/** Bootstrap rounds: the 2.5 % and 97.5 % ends then rest on 25 rounds each. */
export const ROUNDS = 1000;

/**
 * 95 % percentile intervals from resampling subjects with replacement: what one person drew is not independent
 * (cluster bootstrap; Davison & Hinkley, Bootstrap Methods, 1997, §3.8). Give every sample a subject of its own where
 * nobody is known. A figure that is 0 or 1 without any exception gets an interval without width. One that rests on a single subject, as
 * when all of one label are of one person, cannot vary over the rounds, and says nothing of others: its interval is 0 … 1.
 *
 * @param subjects Who stands behind each sample.
 * @param figuresOf Figures when sample i counts `weights[i]` times, a whole number ≥ 0; NaN where they are not defined
 * then: such a round does not count for that figure. The array is used again for the next round.
 * @returns An interval per figure; 0 … 1 with fewer than two subjects, where it rests on one, or where no round counts.
 */
export function bootstrapIntervals<Name extends string>(
  subjects: readonly string[],
  figuresOf: (weights: Float64Array) => Readonly<Record<Name, number>>,
  rng: Rng,
  rounds = ROUNDS,
): Record<Name, Interval> {
  const names = [...new Set(subjects)];
  const place = new Map(names.map((name, index) => [name, index]));
  const subjectOf = Uint32Array.from(subjects, (name) => place.get(name) ?? 0);
  const weights = new Float64Array(subjects.length).fill(1);
  const figures = Object.keys(figuresOf(weights)) as Name[];
  const seen = new Map(figures.map((figure) => [figure, [] as number[]]));
  const times = new Float64Array(names.length);
  for (let round = 0; names.length >= 2 && round < rounds; round++) {
    times.fill(0);
    for (let i = 0; i < names.length; i++) times[rng.int(names.length)]!++;
    for (let i = 0; i < weights.length; i++) weights[i] = times[subjectOf[i]!]!;
    const values = figuresOf(weights);
    for (const [figure, list] of seen) if (!Number.isNaN(values[figure])) list.push(values[figure]);
  }
  for (let person = 0; person < names.length; person++) {
    for (let i = 0; i < weights.length; i++) weights[i] = subjectOf[i] === person ? 0 : 1;
    const without = figuresOf(weights);
    for (const figure of figures) if (Number.isNaN(without[figure])) seen.set(figure, []);
  }
  return Object.fromEntries(
    figures.map((figure) => [figure, middle95(seen.get(figure) ?? [])] as const),
  ) as Record<Name, Interval>;
}

function middle95(values: number[]): Interval {
  if (values.length === 0) return { low: 0, high: 1 };
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.round(share * (values.length - 1))] ?? 0;
  return { low: at(0.025), high: at(0.975) };
}
