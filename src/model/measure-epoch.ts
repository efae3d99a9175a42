import { countZeros, histogramOf, relativeGap } from '../rvsm/magnitudes.ts';
import type { PatchSet } from './dataset.ts';
import { logitsOfSet, scoreLogits, type Breathe, type Score } from './evaluate.ts';
import { differenceOf, viewOf, type ParameterLayout } from './parameters.ts';
import type { Phase } from './phases.ts';
import type { OpenNetwork } from './predictor.ts';
import { kernelsOf, type SparseLayer } from './sparse-layers.ts';
import type { EpochReport } from './training-types.ts';

const HISTOGRAM_BINS = 41;

export interface MeasuredEpoch {
  /** The sparse network: all parameters, those of the sparse layers after the prox. A copy. */
  readonly u: Float32Array;
  readonly scoreU: Score;
  readonly report: Omit<EpochReport, 'epoch' | 'epochs' | 'loss' | 'elapsedMs' | 'remainingMs'>;
}

/**
 * Measures the dense network w and the sparse one u on validation data.
 * @throws UserError `non-finite-loss` when a logit of either is not a finite number, or whatever `breathe` throws.
 */
export async function measureEpoch(
  run: OpenNetwork & {
    readonly layout: ParameterLayout;
    readonly layers: readonly SparseLayer[];
    readonly validation: PatchSet;
    readonly breathe: Breathe;
  },
  phase: Phase,
  w: Float32Array,
): Promise<MeasuredEpoch> {
  const { layout, layers, validation, breathe } = run;
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
      penalty: phase.name === 'dense' ? 0 : penaltyOfLayers(layers, u),
      accuracyU: scoreU.accuracy,
      accuracyW: scoreW.accuracy,
      fcZeros: countZeros(fcOfU) / fcOfU.length,
      zerosByLayer: Object.fromEntries(
        kernelsOf(layout).map(({ name, kernel }) => [name, countZeros(viewOf(u, kernel)) / kernel.length]),
      ),
      gap: relativeGap(stretchesOf(layers, w), stretchesOf(layers, u)),
      threshold: phase.thresholds[layers.findIndex(isSingleFc)] ?? 0,
      histogram: histogramOf(fcOfW, HISTOGRAM_BINS),
      fcSigns: Array.from(differenceOf(fcOfU), Math.sign),
    },
  };
}

function penaltyOfLayers(layers: readonly SparseLayer[], u: Float32Array): number {
  return layers.reduce((sum, layer) => sum + (layer.penalty?.value(viewOf(u, layer)) ?? 0), 0);
}

/** The sparse layers, one behind the other; a copy. */
function stretchesOf(layers: readonly SparseLayer[], flat: Float32Array): Float32Array {
  const joined = new Float32Array(layers.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const layer of layers) {
    joined.set(viewOf(flat, layer), at);
    at += layer.length;
  }
  return joined;
}

function isSingleFc({ name, groups }: SparseLayer): boolean {
  return name === 'fc' && groups === null;
}
