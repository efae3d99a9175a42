import { afterAll, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { PATCH_SIDE } from '../../../src/imaging/images.ts';
import type { Weights } from '../../../src/model/model-bundle.ts';
import { decodeModel, encodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { createPredictor } from '../../../src/model/predictor.ts';
import { loadModelFile } from '../../../src/screening/load-model.ts';
import { untrainedModelFile } from '../host/support/tiny-model.ts';
import { onlyWeights } from '../model/only-network.ts';

const engine = await openEngine('cpu', { threads: 1 });
afterAll(() => engine.close());

const [one, other] = [1, 2].map((seed) => decodeModel(untrainedModelFile('Made', seed), 'made.spm'));
const figures = { name: 'figures', weights: onlyWeights(one!) } as const;
/** Its FC biases differ by 0.75, which is all that an untrained network answers to an empty patch. */
const writing = {
  name: 'writing',
  weights: { ...onlyWeights(other!), 'fc/bias': { shape: [2], values: Float32Array.of(-0.25, 0.5) } },
} as const;
const rng = new Rng('ink');
const ink = Float32Array.from({ length: PATCH_SIDE ** 2 }, () => (rng.chance(0.1) ? 1 : 0));

async function logitOf(weights: Weights): Promise<number | undefined> {
  const predictor = await createPredictor(engine, { architecture: one!.architecture, weights });
  const { logits } = await predictor.predict(ink, 1);
  predictor.dispose();
  return logits[0];
}

test('each group is judged by its network, also where they take turns', async () => {
  const calibration = { ...one!.calibration, writing: { ...one!.calibration.writing!, slope: 3 } };
  const file = encodeModel({ ...one!, networks: [figures, writing], calibration });
  const model = await loadModelFile(engine, file, 'both');
  const [drawn, written] = [await logitOf(figures.weights), await logitOf(writing.weights)];
  expect(drawn).not.toBe(written);
  for (const [group, wanted] of [
    ['spiral', drawn],
    ['writing', written],
    ['wave', drawn],
    ['writing', written],
  ] as const) {
    const { predictor } = model.networkFor(group);
    expect((await predictor.predict(ink, 1)).logits[0], group).toBe(wanted);
  }
  expect(model.networkFor('writing').calibration.slope).toBe(3);
  expect(model.networkFor('writing').blank.logit).toBe(0.75);
  expect(model.networkFor('wave').blank.logit).toBe(0);
  model.dispose?.();
});

test('a group that the model has no network for is refused with what it judges', async () => {
  const { spiral, wave } = one!.calibration;
  const file = encodeModel({ ...one!, networks: [figures], calibration: { spiral: spiral!, wave: wave! } });
  const model = await loadModelFile(engine, file, '0123456789abcdef');
  expect(model.networkFor('wave').calibration).toEqual(wave);
  expect(() => model.networkFor('writing')).toThrow(
    'The model 0123456789abcdef was trained on spirals, waves, lines and loops, not on writing, and cannot judge this. Activate another model, or train one on both.',
  );
  model.dispose?.();
});

test('a model of before judges every group by its one network', async () => {
  const model = await loadModelFile(engine, untrainedModelFile('Old', 1), 'old');
  expect(model.networkFor('writing').predictor).toBe(model.networkFor('spiral').predictor);
  model.dispose?.();
});
