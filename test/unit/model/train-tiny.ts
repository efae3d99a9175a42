/** One small training run, the same wherever it computes. */
import { Rng } from '../../../src/base/rng.ts';
import { initialParameters } from '../../../src/model/parameters.ts';
import { trainModel } from '../../../src/model/train.ts';
import { fixedSource } from '../../../src/model/training-data.ts';
import type { Engine } from '../../../src/tensor/engine.ts';
import { stepClock, TINY, TINY_RECIPE, tinyPatches } from './tiny.ts';

export interface TinyRun {
  /** Of one batch, before training. */
  readonly loss: number;
  readonly gradient: number[];
  readonly cells: number[];
  /** Mean loss of every epoch. */
  readonly losses: number[];
}

/** 22 epochs of ten steps. @param afterEpoch Called between epochs. */
export async function trainTiny(
  engine: Engine,
  afterEpoch: () => Promise<void> = () => Promise.resolve(),
): Promise<TinyRun> {
  const set = tinyPatches(8, 'one batch');
  const images = Float32Array.from(set.pixels, (value) => value / 255);
  const rng = new Rng('one batch');
  const flat = initialParameters(TINY, rng).map((value) => value + 0.1 * rng.normal());
  const network = await engine.open(TINY);
  const { loss, gradient } = await network.lossAndGradient(flat, images, set.labels);
  const cells = await network.cellContributions(flat, images, set.count);
  network.close();
  const losses: number[] = [];
  const run = trainModel(
    {
      clock: stepClock,
      signal: new AbortController().signal,
      pause: () => Promise.resolve(),
      engine,
    },
    {
      recipe: { ...TINY_RECIPE, epochs: 20, fineTuneEpochs: 2, batchSize: 4 },
      architecture: TINY,
      networks: [
        {
          name: 'all',
          train: fixedSource(tinyPatches(40, 'train')),
          validation: tinyPatches(12, 'validation'),
          test: tinyPatches(12, 'test'),
          dataHash: '',
        },
      ],
      active: null,
      card: {
        name: 'Tiny',
        command: '',
        createdAt: '2026-01-01T00:00:00Z',
        data: '',
        dataHash: '',
        notes: [],
      },
      preprocessing: 'tiny-1',
    },
  );
  for await (const event of run) {
    if (event.kind === 'failed') throw new Error(event.error.message);
    if (event.kind !== 'epoch') continue;
    losses.push(event.report.loss);
    await afterEpoch();
  }
  return { loss, gradient: [...gradient], cells: [...cells], losses };
}
