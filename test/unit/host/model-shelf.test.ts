import { rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Rng } from '../../../src/base/rng.ts';
import { ModelShelf } from '../../../src/host/model-shelf.ts';
import { decodeModel, encodeModel } from '../../../src/model/model-file.ts';
import { initialParameters, weightsOf } from '../../../src/model/parameters.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { TINY } from '../model/tiny.ts';
import { HandClock, temporaryFolder } from '../store/support.ts';
import { layOut } from './support/running-app.ts';
import { untrainedModelFile } from './support/tiny-model.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let shelf: ModelShelf;
beforeEach(async () => {
  folder = temporaryFolder();
  const { home, assets } = layOut(folder.path);
  store = await openStore(home, { clock: new HandClock() });
  shelf = new ModelShelf(store, assets);
  await shelf.registerFactory();
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const activeName = async () => (await store.models.active())?.card.name;

test('a whole model that fits becomes active', async () => {
  await shelf.activate(await shelf.addCandidate(untrainedModelFile('Own', 2)));
  expect(await activeName()).toBe('Own');
});

test('a model for pictures prepared in another way is refused, and the active one stays', async () => {
  const id = await shelf.addCandidate(untrainedModelFile('Old', 2, 'older-9'));
  await expect(shelf.activate(id)).rejects.toMatchObject({
    code: 'bad-model',
    subject: id,
    message: expect.stringMatching(/^The model Old was trained on pictures prepared as older-9;/),
  });
  expect(await activeName()).toBe('Factory');
});

test('a model for patches of another size is refused, and the active one stays', async () => {
  const networks = [{ name: 'all' as const, weights: weightsOf(TINY, initialParameters(TINY, new Rng(1))) }];
  const fitting = decodeModel(untrainedModelFile('Small', 2), 'Small');
  const id = await shelf.addCandidate(encodeModel({ ...fitting, architecture: TINY, networks }));
  await expect(shelf.activate(id)).rejects.toMatchObject({
    code: 'bad-model',
    subject: id,
    message: expect.stringMatching(/^The model Small judges patches of 16 × 16; .* 128 × 128\./),
  });
  expect(await activeName()).toBe('Factory');
});

test.each([
  { at: 'was changed on disk', spoil: (file: string) => writeFileSync(file, 'x'), code: 'damaged' },
  { at: 'is missing', spoil: (file: string) => rmSync(file), code: 'not-found' },
])('a model whose file $at is refused, and the active one stays', async ({ spoil, code }) => {
  const id = await shelf.addCandidate(untrainedModelFile('Own', 2));
  spoil(store.blobs.pathOf((await store.models.get(id)).blob));
  await expect(shelf.activate(id)).rejects.toMatchObject({ code });
  expect(await activeName()).toBe('Factory');
});

test('an id that no model has is named', async () => {
  await expect(shelf.activate('f'.repeat(16))).rejects.toMatchObject({ code: 'not-found' });
});
