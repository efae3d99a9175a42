import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import type { TaskGroup } from '../../../src/base/words.ts';
import type { PatchSet } from '../../../src/model/dataset.ts';
import { decodeModel, encodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { createPredictor } from '../../../src/model/predictor.ts';
import { trainModel } from '../../../src/model/train.ts';
import { joinPatches, pickPatches } from '../../../src/model/split.ts';
import { fixedSource } from '../../../src/model/training-data.ts';
import type { RunState, TrainingState } from '../../../src/model/training-state.ts';
import type { TrainEvent } from '../../../src/model/training-types.ts';
import type { Engine } from '../../../src/tensor/engine.ts';
import { withHugeWeights } from './huge-weights.ts';
import { onlyWeights } from './only-network.ts';
import { stepClock, TINY, tinyPatches } from './tiny.ts';
import { collectEvents, lastOf, tinyJob, tinyNetwork } from './train-tiny-model.ts';

const engine = await openEngine('cpu');

test('l0 with a target of 90 % learns, u is exactly that sparse, and close to w', async () => {
  const events = await collectEvents(tinyJob({}));
  const { model, candidate } = lastOf(events, 'done');
  const bundle = decodeModel(model, 'tiny.spm');
  const fc = onlyWeights(bundle)['fc/kernel']?.values ?? new Float32Array();
  const zeros = fc.filter((value) => value === 0).length;
  expect(fc.length).toBe(4 * 4 * 6 * 2);
  expect(zeros).toBeGreaterThanOrEqual(0.9 * fc.length);
  expect(bundle.card.fcZeros).toBe(zeros);
  expect(candidate.accuracy).toBeGreaterThan(0.95);
  const reports = events.flatMap((event) => (event.kind === 'epoch' ? [event.report] : []));
  expect(reports.map(({ phase }) => phase)).toEqual([
    ...Array<string>(40).fill('rvsm'),
    ...Array<string>(5).fill('fine-tune'),
  ]);
  const sparse = reports.at(39);
  expect(Math.abs((sparse?.accuracyU ?? 0) - (sparse?.accuracyW ?? 1))).toBeLessThanOrEqual(0.05);
  expect(reports.at(-1)?.gap).toBe(0);
  expect(reports[0]?.histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(fc.length);
  expect(reports[0]?.fcSigns.length).toBe(fc.length / 2);
});

test.each(['l1', 'tl1'] as const)('%s reaches its target too', async (kind) => {
  const { model, candidate } = lastOf(await collectEvents(tinyJob({ penalty: { kind, a: 1 } })), 'done');
  const { card } = decodeModel(model, 'tiny.spm');
  expect(card.fcZeros / card.fcWeights).toBeGreaterThanOrEqual(0.9);
  expect(candidate.accuracy).toBeGreaterThan(0.9);
});

test('the paper form ends with the zeros that its fixed threshold makes', async () => {
  const paperForm = { lambda: 2e-4, beta: 1, learningRate: 0.05 };
  const events = await collectEvents(tinyJob({ paperForm, epochs: 12, fineTuneEpochs: 0 }));
  const { report } = lastOf(events, 'epoch');
  expect(report.threshold).toBeCloseTo(0.02, 12); // √(2 · 2e-4 / 1)
  expect(report.fcZeros).toBeGreaterThan(0.2);
  expect(lastOf(events, 'done').candidate.accuracy).toBeGreaterThan(0.8);
});

test('the same seed gives the same weights bit for bit, another seed does not', async () => {
  const recipe = { epochs: 2, fineTuneEpochs: 1 };
  const first = lastOf(await collectEvents(tinyJob(recipe)), 'done').model;
  const again = lastOf(await collectEvents(tinyJob(recipe)), 'done').model;
  const other = lastOf(await collectEvents(tinyJob({ ...recipe, seed: 8 })), 'done').model;
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test('overfits eight images', async () => {
  const eight = tinyPatches(8, 'eight');
  const job = tinyJob(
    { penalty: null, epochs: 300, batchSize: 8 },
    { networks: [tinyNetwork({ train: fixedSource(eight), validation: eight, test: eight })] },
  );
  const events = await collectEvents(job);
  expect(lastOf(events, 'epoch').report.loss).toBeLessThan(0.05);
  expect(lastOf(events, 'done').candidate.accuracy).toBe(1);
});

test('keeps the number of live tensors flat', async () => {
  await collectEvents(tinyJob({ epochs: 1, fineTuneEpochs: 0 }));
  const before = tf.memory().numTensors;
  await collectEvents(tinyJob({ epochs: 2, fineTuneEpochs: 1 }));
  expect(tf.memory().numTensors).toBe(before);
});

test('one, two and three threads train to the same model, bit for bit', async () => {
  const architecture = { ...TINY, channels: [8, 16] };
  const models: Uint8Array[] = [];
  for (const threads of [1, 2, 3]) {
    const threaded = await openEngine('cpu', { threads });
    expect(threaded.threads).toBe(threads);
    models.push(
      lastOf(await collectEvents(tinyJob({ epochs: 6 }, { architecture }), threaded), 'done').model,
    );
    threaded.close();
  }
  expect(models[1]).toEqual(models[0]);
  expect(models[2]).toEqual(models[0]);
});

test('cancelling ends the run at once with the reason', async () => {
  const controller = new AbortController();
  const deps = {
    clock: stepClock,
    signal: controller.signal,
    pause: () => Promise.resolve(),
    engine,
  } as const;
  const events: TrainEvent[] = [];
  for await (const event of trainModel(deps, tinyJob({ epochs: 50 }))) {
    events.push(event);
    if (event.kind === 'step') controller.abort();
  }
  expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'cancelled' });
  expect(events.filter(({ kind }) => kind === 'step').length).toBe(1);
});

test('a loss that is no number ends the run with a plain sentence', async () => {
  const paperForm = { lambda: 1e-35, beta: 1e-31, learningRate: 1e30 };
  expect((await collectEvents(tinyJob({ paperForm }))).at(-1)).toMatchObject({
    kind: 'failed',
    reason: 'non-finite-loss',
    error: { message: expect.stringContaining('no longer a number') },
  });
});

test('a last step to finite weights that give no numbers ends the run too', async () => {
  const paperForm = { lambda: 1e-35, beta: 1e-31, learningRate: 1e30 };
  const few = fixedSource(tinyPatches(16, 'one step'));
  const events = await collectEvents(
    tinyJob(
      { paperForm, epochs: 1, fineTuneEpochs: 0, batchSize: 16 },
      { networks: [tinyNetwork({ train: few })] },
    ),
  );
  expect(events.at(-1)).toMatchObject({
    kind: 'failed',
    reason: 'non-finite-loss',
    error: {
      message: expect.stringMatching(/^Training went astray, as held-out patches show: .*Use another seed/),
    },
  });
  expect(events.filter(({ kind }) => kind === 'epoch')).toEqual([]);
});

/** The engine cpu, whose cells are NaN from the given call on, counted from 0. */
function failingFrom(call: number): Engine {
  let calls = 0;
  return {
    ...engine,
    open: async (shape) => {
      const network = await engine.open(shape);
      return {
        ...network,
        cellContributions: async (...given) => {
          const cells = await network.cellContributions(...given);
          return calls++ < call ? cells : cells.fill(NaN);
        },
      };
    },
  };
}

test.each([
  { of: 'u', passes: 2 },
  { of: 'w', passes: 3 },
])(
  'where the logits of $of are no numbers, the checkpoint of the epoch before is kept',
  async ({ passes }) => {
    const validation = tinyPatches(60, 'validation');
    const states: TrainingState[] = [];
    const deps = {
      clock: stepClock,
      signal: new AbortController().signal,
      pause: () => Promise.resolve(),
      engine: failingFrom(passes * Math.ceil(validation.count / 32)),
      checkpoints: { everyMs: Infinity, save: ({ state }: RunState) => void states.push(state) },
    } as const;
    const events: TrainEvent[] = [];
    for await (const event of trainModel(
      deps,
      tinyJob({ epochs: 4 }, { networks: [tinyNetwork({ validation })] }),
    ))
      events.push(event);
    expect(events.at(-1)).toMatchObject({ kind: 'failed', reason: 'non-finite-loss' });
    expect(lastOf(events, 'epoch').report.epoch).toBe(1);
    expect(states.at(-1)).toMatchObject({ epochsDone: 1, step: 0 });
  },
);

test('one class only is refused with what is missing', async () => {
  const all = tinyPatches(40, 'one');
  const oneClass = { ...all, labels: new Uint8Array(40) };
  const [event] = await collectEvents(tinyJob({}, { networks: [tinyNetwork({ validation: oneClass })] }));
  expect(event).toMatchObject({ kind: 'failed', reason: 'too-few-samples' });
  expect(event).toMatchObject({
    error: {
      message: expect.stringMatching(/at least 2 regular and 2 tremor-like, but has 40 and 0.*All 40/),
    },
  });
});

test('the active model is measured on the same patches', async () => {
  const first = lastOf(await collectEvents(tinyJob({ epochs: 2 })), 'done');
  const active = decodeModel(first.model, 'active.spm');
  const second = lastOf(await collectEvents(tinyJob({ epochs: 1, seed: 3 }, { active })), 'done');
  expect(second.active).toEqual(first.candidate);
});

test('so is an active model of another number of convolutions', async () => {
  const old = lastOf(await collectEvents(tinyJob({ epochs: 2 })), 'done');
  const active = decodeModel(old.model, 'active.spm');
  const deeper = { ...TINY, channels: [4, 6, 8] };
  const events = await collectEvents(tinyJob({ epochs: 1, seed: 3 }, { active, architecture: deeper }));
  expect(lastOf(events, 'started').mapSide).toBe(2);
  expect(decodeModel(lastOf(events, 'done').model, 'deeper.spm').architecture).toEqual(deeper);
  expect(lastOf(events, 'done').active).toEqual(old.candidate);
});

test('an active model whose weights are too large does not spoil a run: the two are not compared', async () => {
  const job = tinyJob({ epochs: 2 });
  const alone = lastOf(await collectEvents(job), 'done');
  const active = withHugeWeights(decodeModel(alone.model, 'active.spm'));
  const events = await collectEvents({ ...job, active });
  expect(lastOf(events, 'done')).toEqual({ ...alone, active: null });
  expect(lastOf(events, 'warning').message).toMatch(/active model gives no numbers.*not compared/);
});

test('the predictor agrees with itself: logit = bias + sum of cells, whatever the batching', async () => {
  const { model } = lastOf(await collectEvents(tinyJob({ epochs: 1 })), 'done');
  const bundle = decodeModel(model, 'tiny.spm');
  const predictor = await createPredictor(engine, { ...bundle, weights: onlyWeights(bundle) });
  const set = tinyPatches(37, 'predict');
  const pixels = Float32Array.from(set.pixels, (value) => value / 255);
  const { logits, cells } = await predictor.predict(pixels, 37);
  const bias = onlyWeights(bundle)['fc/bias']?.values ?? new Float32Array(2);
  for (let i = 0; i < 37; i++) {
    const sum = cells.subarray(i * 16, (i + 1) * 16).reduce((a, b) => a + b, bias[1]! - bias[0]!);
    expect(logits[i]).toBeCloseTo(sum, 4);
  }
  const alone = await predictor.predict(pixels.slice(36 * 256), 1);
  expect(alone.logits[0]).toBeCloseTo(logits[36]!, 4);
  predictor.dispose();
});

test('a model whose weights are too large is named, and gives no prediction', async () => {
  const { model } = lastOf(await collectEvents(tinyJob({ epochs: 1 })), 'done');
  // The file holds finite weights and is opened.
  const file = encodeModel(withHugeWeights(decodeModel(model, 'tiny.spm')));
  const { architecture, networks } = decodeModel(file, 'huge.spm');
  const weights = onlyWeights({ networks });
  const predictor = await createPredictor(engine, { architecture, weights }, 'The model huge', 'huge');
  const set = tinyPatches(2, 'predict');
  const pixels = Float32Array.from(set.pixels, (value) => value / 255);
  await expect(predictor.predict(pixels, 2)).rejects.toMatchObject({
    name: 'UserError',
    code: 'bad-model',
    subject: 'huge',
    message: expect.stringMatching(/^The model huge gives no numbers.*Activate another model/) as string,
  });
  predictor.dispose();
});

describe('two networks in one run', () => {
  const recipe = { epochs: 3, fineTuneEpochs: 1 };
  const figures = tinyNetwork({ name: 'figures', ...only('spiral', 'wave'), dataHash: 'f' });
  const writing = tinyNetwork({ name: 'writing', ...only('writing'), dataHash: 'w' });
  const both = { networks: [figures, writing] };

  /** Patches of these groups alone. */
  function only(...groups: TaskGroup[]) {
    const pick = (set: PatchSet): PatchSet =>
      pickPatches(
        set,
        set.groups.flatMap((group, i) => (groups.includes(group) ? [i] : [])),
      );
    return {
      train: fixedSource(pick(tinyPatches(240, 'train'))),
      validation: pick(tinyPatches(120, 'validation')),
      test: pick(tinyPatches(120, 'test')),
    };
  }

  test('each has the weights that it would have alone, and the calibration of its groups', async () => {
    const together = decodeModel(
      lastOf(await collectEvents(tinyJob(recipe, both)), 'done').model,
      'both.spm',
    );
    expect(together.networks.map(({ name }) => name)).toEqual(['figures', 'writing']);
    for (const [i, network] of both.networks.entries()) {
      const job = tinyJob(recipe, { networks: [network] });
      const alone = decodeModel(lastOf(await collectEvents(job), 'done').model, 'alone.spm');
      expect(alone.networks).toEqual([together.networks[i]]);
      expect(together.calibration).toMatchObject(alone.calibration);
      expect(together.card.networks?.[i]).toEqual(alone.card.networks?.[0]);
      expect(alone.card.networks?.[0]?.metrics).toEqual(alone.card.metrics);
    }
    expect(Object.keys(together.calibration)).toEqual(['spiral', 'wave', 'writing']);
  });

  test('the card counts zeros of each and of both, and measures over all test patches', async () => {
    const { model } = lastOf(await collectEvents(tinyJob(recipe, both)), 'done');
    const { networks, card } = decodeModel(model, 'both.spm');
    const zerosIn = (i: number) =>
      networks[i]!.weights['fc/kernel']!.values.filter((value) => value === 0).length;
    expect(card.networks?.map(({ name, fcWeights, fcZeros }) => [name, fcWeights, fcZeros])).toEqual([
      ['figures', 192, zerosIn(0)],
      ['writing', 192, zerosIn(1)],
    ]);
    expect([card.fcWeights, card.fcZeros]).toEqual([384, zerosIn(0) + zerosIn(1)]);
    expect(zerosIn(0)).toBeGreaterThanOrEqual(0.9 * 192);
    expect(zerosIn(1)).toBeGreaterThanOrEqual(0.9 * 192);
    expect(card.metrics.samples).toBe(120);
    expect(Object.values(card.metricsByGroup).map(({ samples }) => samples)).toEqual([40, 40, 40]);
    const right = card.networks!.map(({ metrics }) => metrics.accuracy * metrics.samples);
    expect(card.metrics.accuracy * 120).toBeCloseTo(right[0]! + right[1]!, 9);
    expect(card.notes).toEqual([
      expect.stringMatching(/^Figures: Weights of epoch [1-4], the best/),
      expect.stringMatching(/^Writing: Weights of epoch [1-4], the best/),
    ]);
  });

  test('one run as its events tell it: epochs and time over both, and who learns', async () => {
    const events = await collectEvents(tinyJob(recipe, both));
    expect(lastOf(events, 'started')).toMatchObject({
      networks: ['figures', 'writing'],
      epochs: 8,
      trainCount: 240,
      testCount: 120,
      fcWeights: 384,
    });
    const reports = events.flatMap((event) => (event.kind === 'epoch' ? [event.report] : []));
    expect(reports.map(({ network, epoch, epochs, phase }) => [network, epoch, epochs, phase])).toEqual([
      ['figures', 1, 8, 'rvsm'],
      ['figures', 2, 8, 'rvsm'],
      ['figures', 3, 8, 'rvsm'],
      ['figures', 4, 8, 'fine-tune'],
      ['writing', 5, 8, 'rvsm'],
      ['writing', 6, 8, 'rvsm'],
      ['writing', 7, 8, 'rvsm'],
      ['writing', 8, 8, 'fine-tune'],
    ]);
    const elapsed = reports.map(({ elapsedMs }) => elapsedMs);
    expect(elapsed).toEqual([...elapsed].sort((a, b) => a - b));
    // 40 steps of figures are done and 20 of writing left: half the time again.
    expect(reports[3]!.remainingMs / reports[3]!.elapsedMs).toBeCloseTo(0.5, 1);
    expect(reports.at(-1)?.remainingMs).toBe(0);
    const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
    for (const { network, epoch } of steps) expect(network).toBe(epoch <= 4 ? 'figures' : 'writing');
  });

  test('an active model judges each test patch by its own network for it, one of before by its only one', async () => {
    const first = lastOf(await collectEvents(tinyJob(recipe, both)), 'done');
    const active = decodeModel(first.model, 'active.spm');
    const second = lastOf(await collectEvents(tinyJob({ ...recipe, seed: 3 }, { ...both, active })), 'done');
    expect(second.active).toEqual(first.candidate);

    const old = decodeModel(lastOf(await collectEvents(tinyJob({ epochs: 2 })), 'done').model, 'old.spm');
    const compared = lastOf(await collectEvents(tinyJob(recipe, { ...both, active: old })), 'done');
    const sameTest = [{ ...tinyNetwork(), test: joinPatches([figures.test, writing.test]) }];
    const judged = lastOf(await collectEvents(tinyJob({ epochs: 2 }, { networks: sameTest })), 'done');
    expect(compared.active).toEqual(judged.candidate);
  });

  test('an active model without a network for a group is not compared, and that is said', async () => {
    const { model } = lastOf(await collectEvents(tinyJob(recipe, { networks: [figures] })), 'done');
    const active = decodeModel(model, 'figures.spm');
    const events = await collectEvents(tinyJob(recipe, { ...both, active }));
    expect(lastOf(events, 'done').active).toBeNull();
    expect(lastOf(events, 'warning').message).toBe(
      'The active model has no network for the group writing, so the two were not compared.',
    );
  });

  test('where the second one goes astray the message names it', async () => {
    const paperForm = { lambda: 1e-35, beta: 1e-31, learningRate: 1e30 };
    const events = await collectEvents(tinyJob({ ...recipe, paperForm }, { networks: [writing] }));
    expect(events.at(-1)).toMatchObject({
      kind: 'failed',
      reason: 'non-finite-loss',
      error: { message: expect.stringMatching(/^Writing: Training went astray/) as string },
    });
  });
});
