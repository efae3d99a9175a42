/** From the values of single rounds to what is reported. */
import type { BenchLine } from './bench-types.ts';
import type { Measured } from './run-rounds.ts';

/** Ours over the peer's at the same bench and number of threads; above 1 ours is faster. */
export interface BenchRatio extends Pick<
  BenchLine,
  'bench' | 'backend' | 'threads' | 'median' | 'min' | 'max'
> {
  readonly peer: string;
}

/** One decimal is more than any of these measures holds. */
export function summarise({ contestant, values }: Measured): BenchLine {
  const { bench, backend, threads, unit } = contestant;
  return { bench, backend, threads, unit, ...spreadOf(values, 1) };
}

/**
 * Ratios round by round, since both sides of a round met the same machine. Rates only: for times a ratio would have to be
 * turned round.
 *
 * @param peer Backend name of the other side.
 */
export function ratiosAgainst(peer: string, measured: readonly Measured[]): BenchRatio[] {
  const others = measured.filter(({ contestant }) => contestant.backend === peer);
  return measured.flatMap(({ contestant, values }) => {
    const { bench, backend, threads } = contestant;
    if (backend === peer || contestant.unit !== 'images/s') return [];
    const other = others.find(
      (entry) => entry.contestant.bench === bench && entry.contestant.threads === threads,
    );
    if (other === undefined) return [];
    const ratios = values.map((value, round) => value / (other.values[round] ?? Number.NaN));
    return [{ bench, backend, threads, peer, ...spreadOf(ratios, 2) }];
  });
}

function spreadOf(
  values: readonly number[],
  decimals: number,
): { readonly median: number; readonly min: number; readonly max: number } {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const at = (index: number): number => {
    const value = sorted[index];
    if (value === undefined) throw new RangeError('a summary of no values');
    return value;
  };
  const rounded = (value: number): number => Number(value.toFixed(decimals));
  return {
    median: rounded((at(Math.floor(middle)) + at(Math.ceil(middle))) / 2),
    min: rounded(at(0)),
    max: rounded(at(sorted.length - 1)),
  };
}
