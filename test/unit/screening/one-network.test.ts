/** Models with a network for figures or for writing alone: what needs no network, and what nobody knows the task of. */
import { afterAll, describe, expect, test } from 'vitest';
import type { Task } from '../../../src/base/words.ts';
import type { GreyImage } from '../../../src/imaging/images.ts';
import { decodeModel, encodeModel } from '../../../src/model/model-file.ts';
import { openEngine } from '../../../src/model/open-engine.ts';
import { loadModelFile } from '../../../src/screening/load-model.ts';
import { screenInk, type LoadedModel } from '../../../src/screening/screen-ink.ts';
import { pageOf } from '../../bench/page-of.ts';
import { untrainedModelFile } from '../host/support/tiny-model.ts';
import { textPage } from '../imaging/drawn.ts';
import { onlyWeights } from '../model/only-network.ts';

const engine = await openEngine('cpu', { threads: 1 });
afterAll(() => engine.close());

const made = decodeModel(untrainedModelFile('Made', 1), 'made.spm');
const { spiral, wave, writing } = made.calibration;
const load = (name: 'figures' | 'writing'): Promise<LoadedModel> => {
  const calibration = name === 'figures' ? { spiral: spiral!, wave: wave! } : { writing: writing! };
  const bytes = encodeModel({ ...made, networks: [{ name, weights: onlyWeights(made) }], calibration });
  return loadModelFile(engine, bytes, name);
};
const models = { figures: await load('figures'), writing: await load('writing') };
afterAll(() => Object.values(models).forEach((model) => model.dispose?.()));

const blank: GreyImage = { width: 600, height: 400, data: new Uint8Array(240_000).fill(235) };
const text = textPage();
const UNKNOWN = { task: null, group: null, from: 'unknown', sure: false, shape: null } as const;

const screen = (model: LoadedModel, grey: GreyImage, task: Task | null, isUnknown = false) =>
  screenInk(
    model,
    { ...pageOf(grey), task, ...(isUnknown ? { resolved: UNKNOWN } : {}) },
    { pause: () => Promise.resolve() },
  );

describe.each(['figures', 'writing'] as const)('a model with the network %s alone', (name) => {
  test.each([null, 'spiral-free', 'page'] as const)(
    'says that a blank page is blank, task %s',
    async (task) => {
      const { result } = await screen(models[name], blank, task);
      expect(result).toMatchObject({ verdict: 'not-screenable', refusal: { reason: 'blank' } });
      expect(result.limits.regularBelow).toBeLessThan(result.limits.tremorFrom);
    },
  );

  test('is never sure of what nobody knows the task of', async () => {
    const { result } = await screen(models[name], text, null, true);
    expect(result).toMatchObject({ verdict: 'inconclusive', inconclusive: 'task-unknown', task: null });
    expect(result.warnings).toContainEqual({ code: 'task-unknown' });
  });
});

test('a drawing that is known to be of the other kind is refused with what the model judges', async () => {
  await expect(screen(models.figures, text, 'text')).rejects.toThrow(
    'trained on spirals, waves, lines and loops, not on writing',
  );
});
