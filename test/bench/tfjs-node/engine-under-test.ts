/** Everything that this bench asks of the app's engines, in one place: load one, take gradients, train, measure. */
import { nodeClock } from '../../../src/host/node-clock.ts';
import { measureNetwork } from '../../../src/host/bench/network-steps.ts';
import { completeRecipe } from '../../../src/host/recipes.ts';
import type { Batch as InkBatch } from '../../../src/model/batches.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { REFERENCE_ARCHITECTURE } from '../../../src/model/parameters.ts';
import type { OpenNetwork } from '../../../src/model/predictor.ts';
import { tfjsEngine } from '../../../src/model/tfjs-network.ts';
import { trainModel } from '../../../src/model/train.ts';
import { fixedSource } from '../../../src/model/training-data.ts';
import type { Engine, LossAndGradient } from '../../../src/tensor/engine.ts';
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

/** An engine with the reference net open on it. */
export interface LoadedEngine {
  readonly engine: Engine;
  readonly open: OpenNetwork;
}

/** @throws UserError where it does not load; Error where ours would be slow. */
export async function loadEngine(choice: EngineChoice): Promise<LoadedEngine> {
  const engine = await openChosen(choice);
  const network = await engine.open(REFERENCE_ARCHITECTURE);
  return { engine, open: { architecture: REFERENCE_ARCHITECTURE, network } };
}

async function openChosen(choice: EngineChoice): Promise<Engine> {
  if (choice.kind === 'tfjs-node') {
    const { tensorflow, usesGpu } = await loadTfjsNode(choice.folder, 'cpu');
    return tfjsEngine({
      name: 'cpu',
      detail: `tfjs-node on TensorFlow ${tensorflow}${usesGpu ? ', GPU' : ''}`,
    });
  }
  const engine = await openEngine('cpu');
  if (engine.warning !== undefined) throw new Error(engine.warning);
  return engine;
}

/** Of the reference net. */
export function gradientOf(
  { open }: LoadedEngine,
  flat: Float32Array,
  { images, labels }: InkBatch,
): Promise<LossAndGradient> {
  return open.network.lossAndGradient(flat, images, labels);
}

/** Images per second of RVSM training steps on the batch, over at least `seconds`. */
export function measureTraining(
  { open }: LoadedEngine,
  { images, labels }: InkBatch,
  seconds: number,
): Promise<number> {
  const batch = { images: Float32Array.from(images, (byte) => byte / 255), labels };
  return measureNetwork(nodeClock, 'train-rvsm', { batch, open }, seconds);
}

/** What `steadypen train --penalty l0` does with these patches: RVSM, then fine-tuning. */
export async function trainOnce(
  { engine }: LoadedEngine,
  { seed, epochs, train, validation, test }: TrainingTask,
): Promise<Curve> {
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
    engine,
  } as const;
  const card = { name: 'compare', command: '', createdAt: '', data: '', dataHash: '', notes: [] };
  const steps: number[] = [];
  const curve: Curve['epochs'][number][] = [];
  const network = { name: 'all', train: fixedSource(train), validation, test, dataHash: '' } as const;
  const job = { recipe, networks: [network], active: null, card, preprocessing: '' };
  for await (const event of trainModel(deps, job)) {
    if (event.kind === 'step') steps.push(event.loss);
    if (event.kind === 'failed') throw new Error(event.error.message);
    if (event.kind !== 'epoch') continue;
    const { phase, loss, accuracyU, fcZeros } = event.report;
    curve.push({ phase, loss, accuracy: accuracyU, fcZeros });
  }
  return { steps, epochs: curve };
}
