/** What a long training does to memory: its steps, the samples taken on the way, and what they say. */
import { Rng } from '../../src/base/rng.ts';
import { initialParameters, layoutOf } from '../../src/model/parameters.ts';
import { rvsmPhase } from '../../src/model/phases.ts';
import type { OpenNetwork } from '../../src/model/predictor.ts';
import type { TrainRecipe } from '../../src/model/training-types.ts';

export interface SoakSample {
  readonly step: number;
  /** Resident memory of the process, bytes. */
  readonly rss: number;
  /** Live tensors of tfjs; 0 where the engine has none. */
  readonly tensors: number;
}

export interface SoakOptions {
  readonly steps: number;
  /** Before the first sample: compilers and allocators settle. */
  readonly warmUp: number;
  /** A sample after every so many steps. */
  readonly every: number;
  readonly look: () => Omit<SoakSample, 'step'>;
  readonly onSample?: (sample: SoakSample) => void;
}

export interface SoakVerdict {
  /** Medians over the first and the last tenth of the samples. */
  readonly rss: { readonly first: number; readonly last: number };
  readonly tensors: { readonly first: number; readonly last: number };
  /** What grew, a sentence each; empty when nothing did. */
  readonly faults: readonly string[];
}

/** Share by which resident memory may grow. */
const MOST_GROWTH = 0.05;

/** Trains by RVSM (l0, 90 % zeros) on the same batch over and over. */
export async function soak(
  { architecture, network }: OpenNetwork,
  batch: { readonly images: Float32Array; readonly labels: Uint8Array },
  { steps, warmUp, every, look, onSample }: SoakOptions,
): Promise<SoakSample[]> {
  const penalty = { kind: 'l0', a: 1 } as const;
  const recipe: TrainRecipe = {
    seed: 1,
    epochs: 1,
    fineTuneEpochs: 0,
    batchSize: batch.labels.length,
    penalty,
    targetSparsity: 0.9,
    paperForm: null,
    synthetic: { count: batch.labels.length, kinds: [] },
    backend: 'auto',
  };
  const phase = rvsmPhase(layoutOf(architecture), recipe, penalty, warmUp + steps);
  const flat = initialParameters(architecture, new Rng('soak'));
  const samples: SoakSample[] = [];
  for (let step = 0; step < warmUp + steps; step++) {
    const { gradient } = await network.lossAndGradient(flat, batch.images, batch.labels);
    phase.step(flat, gradient, step);
    if (step < warmUp || (step - warmUp) % every !== 0) continue;
    const sample = { step: step - warmUp, ...look() };
    samples.push(sample);
    onSample?.(sample);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return samples;
}

/** @param samples At least ten. */
export function judgeSoak(samples: readonly SoakSample[]): SoakVerdict {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const ends = (pick: (sample: SoakSample) => number) => ({
    first: median(samples.slice(0, tenth).map(pick)),
    last: median(samples.slice(-tenth).map(pick)),
  });
  const rss = ends((sample) => sample.rss);
  const tensors = ends((sample) => sample.tensors);
  const growth = rss.last / rss.first - 1;
  const faults: string[] = [];
  if (growth > MOST_GROWTH) faults.push(`resident memory grew by ${(100 * growth).toFixed(1)} %`);
  if (tensors.last > tensors.first) {
    faults.push(`the number of live tensors grew from ${tensors.first} to ${tensors.last}`);
  }
  return { rss, tensors, faults };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = sorted[Math.floor(sorted.length / 2)];
  if (at === undefined) throw new RangeError('a median of no values');
  return at;
}
