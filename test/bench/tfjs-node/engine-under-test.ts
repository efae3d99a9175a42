/** Everything that this bench asks of the app's engines, in one place: load one, take gradients, train, measure. */
import { nodeClock } from '../../../src/host/node-clock.ts';
import { measureNetwork } from '../../../src/host/bench/network-steps.ts';
import type { BenchBatch } from '../../../src/host/bench/network-bench-protocol.ts';
import { completeRecipe } from '../../../src/host/recipes.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import { lossAndGradient, type LossAndGradient } from '../../../src/model/network.ts';
import { REFERENCE_ARCHITECTURE } from '../../../src/model/parameters.ts';
import { trainModel } from '../../../src/model/train.ts';
import { fixedSource } from '../../../src/model/training-data.ts';
import { loadBackend } from '../../../src/tensor/load-backend.ts';
import { loadTfjsNode } from '../../../src/tensor/load-tfjs-node.ts';

/** Our kernels, or the package tfjs-node in a folder. */
export type EngineChoice = { readonly kind: 'own' } | { readonly kind: 'tfjs-node'; readonly folder: string };

export interface TrainingTask {
  readonly seed: number;
  readonly epochs: number;
  readonly train: PatchSet;
  readonly validation: PatchSet;
  readonly test: PatchSet;
}

export interface Curve {
  /** Loss of each step, in nats, through all epochs. */
  readonly steps: readonly number[];
  readonly epochs: readonly {
    readonly phase: string;
    readonly loss: number;
    readonly accuracy: number;
    readonly fcZeros: number;
  }[];
}

/** @returns What computes, in words. @throws UserError where it does not load; Error where ours would be slow. */
export async function loadEngine(choice: EngineChoice): Promise<string> {
  if (choice.kind === 'tfjs-node') {
    const { tensorflow, usesGpu } = await loadTfjsNode(choice.folder, 'cpu');
    return `tfjs-node on TensorFlow ${tensorflow}${usesGpu ? ', GPU' : ''}`;
  }
  const { detail, warning } = await loadBackend('cpu');
  if (warning !== undefined) throw new Error(warning);
  return detail;
}

/** Of the reference net. */
export function gradientOf(flat: Float32Array, { images, labels }: BenchBatch): Promise<LossAndGradient> {
  return lossAndGradient(REFERENCE_ARCHITECTURE, flat, images, labels);
}

/** Images per second of RVSM training steps on the batch, over at least `seconds`. */
export function measureTraining(batch: BenchBatch, seconds: number): Promise<number> {
  return measureNetwork(nodeClock, 'train-rvsm', batch, seconds);
}

/** What `steadypen train --penalty l0` does with these patches: RVSM, then fine-tuning. */
export async function trainOnce({ seed, epochs, train, validation, test }: TrainingTask): Promise<Curve> {
  const recipe = completeRecipe({
    seed,
    epochs,
    penalty: { kind: 'l0', a: 1 },
    targetSparsity: 0.9,
    paperForm: null,
    synthetic: { count: train.count, kinds: [] },
    backend: 'cpu',
  });
  // Its time runs fast, so that every step is reported.
  let seconds = 0;
  const clock = { nowMs: () => 0, elapsedMs: () => 1000 * seconds++ };
  const deps = {
    clock,
    signal: new AbortController().signal,
    pause: () => Promise.resolve(),
    backend: { name: 'cpu', detail: '' },
  } as const;
  const card = { name: 'compare', command: '', createdAt: '', data: '', dataHash: '', notes: [] };
  const steps: number[] = [];
  const curve: Curve['epochs'][number][] = [];
  const job = { recipe, train: fixedSource(train), validation, test, active: null, card, preprocessing: '' };
  for await (const event of trainModel(deps, job)) {
    if (event.kind === 'step') steps.push(event.loss);
    if (event.kind === 'failed') throw new Error(event.error.message);
    if (event.kind !== 'epoch') continue;
    const { phase, loss, accuracyU, fcZeros } = event.report;
    curve.push({ phase, loss, accuracy: accuracyU, fcZeros });
  }
  return { steps, epochs: curve };
}
