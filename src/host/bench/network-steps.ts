/** What the trainer and the screener do with the network, step by step, on whichever backend is loaded. */
import type { Clock } from '../../base/clock.ts';
import { Rng } from '../../base/rng.ts';
import { initialParameters, layoutOf, REFERENCE_ARCHITECTURE } from '../../model/parameters.ts';
import { densePhase, rvsmPhase, type Phase } from '../../model/phases.ts';
import { predictFlat, type OpenNetwork } from '../../model/predictor.ts';
import type { TrainRecipe } from '../../model/training-types.ts';
import { BENCH_BATCH, type NetworkBenchName } from './bench-types.ts';
import type { BenchBatch } from './network-bench-protocol.ts';

/** Steps of the phase that is sampled, and a stride coprime to it. */
const PHASE_STEPS = 200;
const STRIDE = 77;

const PENALTY = { kind: 'l0', a: 1 } as const;
const RECIPE: TrainRecipe = {
  seed: 1,
  epochs: 1,
  fineTuneEpochs: 0,
  batchSize: BENCH_BATCH,
  penalty: PENALTY,
  targetSparsity: 0.9,
  paperForm: null,
  synthetic: { count: BENCH_BATCH, kinds: [] },
  backend: 'auto',
};

/** The reference net on an engine, and what it is to look at. */
export interface BenchedNetwork {
  readonly batch: BenchBatch;
  readonly open: OpenNetwork;
}

interface Steps {
  readonly imagesPerStep: number;
  step(index: number): Promise<void>;
}

/**
 * Images per second over at least one step and at least `seconds`. The batch is ready in memory: making and turning patches
 * is not counted.
 */
export async function measureNetwork(
  clock: Clock,
  bench: NetworkBenchName,
  on: BenchedNetwork,
  seconds: number,
): Promise<number> {
  const { imagesPerStep, step } = stepsOf(bench, on);
  const start = clock.elapsedMs();
  for (let steps = 1; ; steps++) {
    await step(steps - 1);
    const elapsedMs = clock.elapsedMs() - start;
    if (elapsedMs >= 1000 * seconds) return (1000 * steps * imagesPerStep) / elapsedMs;
  }
}

function stepsOf(bench: NetworkBenchName, on: BenchedNetwork): Steps {
  const layout = layoutOf(REFERENCE_ARCHITECTURE);
  // Always from the same start: our kernels skip what ReLU has cut, so that a trained network would be another measure.
  const flat = initialParameters(REFERENCE_ARCHITECTURE, new Rng('bench'));
  switch (bench) {
    case 'train':
      return training(densePhase(layout, RECIPE, PHASE_STEPS), flat, on);
    case 'train-rvsm':
      return training(rvsmPhase(layout, RECIPE, PENALTY, PHASE_STEPS), flat, on);
    case 'infer-1':
      return inference(flat, on, 1);
    case 'infer-32':
      return inference(flat, on, BENCH_BATCH);
  }
}

/**
 * Steps from all over the phase, however few fit into the time: its threshold is searched in one part only. They are taken on a
 * copy, and the gradient is always that of the start, but for a bias that changes so that the engine takes the parameters
 * anew: how much our kernels can skip depends on the weights, which would be others with RVSM than without.
 */
function training(
  phase: Phase,
  flat: Float32Array,
  { batch: { images, labels }, open }: BenchedNetwork,
): Steps {
  const moving = flat.slice();
  return {
    imagesPerStep: labels.length,
    step: async (index) => {
      flat[flat.length - 1] = 1e-6 * (index % 2);
      const { gradient } = await open.network.lossAndGradient(flat, images, labels);
      phase.step(moving, gradient, (index * STRIDE) % PHASE_STEPS);
    },
  };
}

function inference(flat: Float32Array, { batch: { images }, open }: BenchedNetwork, count: number): Steps {
  const pixels = images.subarray(0, count * REFERENCE_ARCHITECTURE.inputSide ** 2);
  return {
    imagesPerStep: count,
    step: async () => {
      await predictFlat(open, flat, pixels, count);
    },
  };
}
