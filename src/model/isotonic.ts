/** A non-decreasing, piecewise linear curve through points with rising x; flat beyond both ends. */
export interface IsotonicCurve {
  readonly x: readonly number[];
  /** Probabilities, 0..1, shape of `x`. */
  readonly y: readonly number[];
}

interface Block {
  from: number;
  to: number;
  sum: number;
  count: number;
}

/**
 * Isotonic regression of labels on scores: of all non-decreasing curves the one with the least squared error, by pooling
 * adjacent violators (Ayer et al., 1955); as a calibration: Zadrozny & Elkan (2002). Between two blocks of equal value the
 * curve is a straight line.
 *
 * It has as many degrees of freedom as the samples ask for: a few dozen of them overfit.
 * @param scores Any order; equal ones are pooled first. At least one.
 * @param labels 0 or 1, shape of `scores`.
 */
export function fitIsotonic(scores: ArrayLike<number>, labels: ArrayLike<number>): IsotonicCurve {
  if (scores.length === 0) throw new RangeError('fitIsotonic: there is no sample');
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const blocks: Block[] = [];
  for (const index of order) {
    const score = scores[index]!;
    const label = labels[index] === 1 ? 1 : 0;
    const last = blocks.at(-1);
    if (last !== undefined && last.from === score && last.to === score) {
      last.sum += label;
      last.count++;
    } else {
      // What stands before takes part only when all samples of its score are in.
      poolViolators(blocks);
      blocks.push({ from: score, to: score, sum: label, count: 1 });
    }
  }
  poolViolators(blocks);
  const knots = blocks.flatMap(({ from, to, sum, count }) =>
    from === to ? [[from, sum / count] as const] : [[from, sum / count] as const, [to, sum / count] as const],
  );
  return { x: knots.map(([x]) => x), y: knots.map(([, y]) => y) };
}

/** Merges the last block into those before it as long as it lies lower. */
function poolViolators(blocks: Block[]): void {
  for (;;) {
    const [before, last] = [blocks.at(-2), blocks.at(-1)];
    if (before === undefined || last === undefined) return;
    if (before.sum / before.count < last.sum / last.count) return;
    blocks.splice(-2, 2, {
      from: before.from,
      to: last.to,
      sum: before.sum + last.sum,
      count: before.count + last.count,
    });
  }
}

/** The curve at a score, 0..1. */
export function isotonicAt({ x, y }: IsotonicCurve, score: number): number {
  const next = x.findIndex((knot) => knot >= score);
  if (next === -1) return y.at(-1) ?? NaN;
  if (next === 0 || x[next] === score) return y[next]!;
  const [left, right] = [x[next - 1]!, x[next]!];
  return y[next - 1]! + ((score - left) / (right - left)) * (y[next]! - y[next - 1]!);
}
