/**
 * Learning rate: the product of a rise in equal parts, 1/(warmUp + 1) at the first step and 1 from step `warmUp` on, and of half a
 * cosine that falls from `peak` at the first step to `floor` · peak at the last. The largest rate is therefore a little below the
 * peak, the less so the fewer of the steps the rise takes. A phase of one step takes it at the cosine's start.
 * @param step From 0 to steps − 1.
 * @param options.warmUp Steps, from 0.
 * @param options.floor 0 … 1.
 */
export function cosineRate(
  step: number,
  options: { peak: number; steps: number; warmUp: number; floor: number },
): number {
  const { peak, steps, warmUp, floor } = options;
  const rise = Math.min(1, (step + 1) / (warmUp + 1));
  const progress = steps <= 1 ? 0 : Math.min(1, step / (steps - 1));
  return peak * rise * (floor + (1 - floor) * 0.5 * (1 + Math.cos(Math.PI * progress)));
}

/**
 * What β is multiplied by at a step: grows geometrically from 1 at the first to `growth` at the last.
 * @param growth ≥ 1; 1 keeps β fixed.
 */
export function continuationAt(step: number, steps: number, growth: number): number {
  return steps <= 1 ? growth : growth ** Math.min(1, step / (steps - 1));
}

/** Shares of the steps at which the threshold sets off and stops. Weights cut before they have learnt anything are lost. */
export const RAMP = { from: 0.2, until: 0.6 } as const;

/**
 * Share of weights that the threshold should cut: s·(1 − (1 − f)³), where f rises from 0 to 1 between the two ends of
 * RAMP (the cubic ramp of Zhu & Gupta, 2017, arXiv 1710.01878).
 * @param target s, 0 … 1.
 */
export function sparsityAt(step: number, steps: number, target: number): number {
  const progress = (step + 1) / steps;
  const f = Math.min(1, Math.max(0, (progress - RAMP.from) / (RAMP.until - RAMP.from)));
  return target * (1 - (1 - f) ** 3);
}
