import { countZeros, histogramOf, relativeGap } from '../rvsm/magnitudes.ts';
import { penaltyValue } from '../rvsm/penalties/index.ts';
import type { PatchSet } from './dataset.ts';
import { logitsOfSet, scoreLogits, type Breathe, type Score } from './evaluate.ts';
import { differenceOf, viewOf, type ParameterLayout } from './parameters.ts';
import type { Phase } from './phases.ts';
import type { OpenNetwork } from './predictor.ts';
import type { EpochReport } from './training-types.ts';

const HISTOGRAM_BINS = 41;

export interface MeasuredEpoch {
  /** The sparse network: all parameters, the FC kernel after the prox. A copy. */
  readonly u: Float32Array;
  readonly scoreU: Score;
  readonly report: Omit<EpochReport, 'epoch' | 'epochs' | 'loss' | 'elapsedMs' | 'remainingMs'>;
}

/** Measures the dense network w and the sparse one u on validation data. */
export async function measureEpoch(
  run: OpenNetwork & {
    readonly layout: ParameterLayout;
    readonly validation: PatchSet;
    readonly breathe: Breathe;
  },
  phase: Phase,
  w: Float32Array,
): Promise<MeasuredEpoch> {
  const { layout, validation, breathe } = run;
  const scoreOf = async (flat: Float32Array): Promise<Score> =>
    scoreLogits(await logitsOfSet(run, flat, validation, breathe), validation.labels);
  const u = phase.sparse(w);
  const scoreU = await scoreOf(u);
  const scoreW = u.every((value, i) => value === w[i]) ? scoreU : await scoreOf(w);
  const fcOfU = viewOf(u, layout.fcKernel);
  const fcOfW = viewOf(w, layout.fcKernel);
  return {
    u,
    scoreU,
    report: {
      phase: phase.name,
      penalty: phase.penalty === null ? 0 : penaltyValue(phase.penalty, fcOfU),
      accuracyU: scoreU.accuracy,
      accuracyW: scoreW.accuracy,
      fcZeros: countZeros(fcOfU) / fcOfU.length,
      gap: relativeGap(fcOfW, fcOfU),
      threshold: phase.threshold,
      histogram: histogramOf(fcOfW, HISTOGRAM_BINS),
      fcSigns: Array.from(differenceOf(fcOfU), Math.sign),
    },
  };
}
