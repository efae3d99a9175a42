import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { plainCard } from '../model/plain-card.ts';
import { HandClock, temporaryFolder } from './support.ts';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
const clock = new HandClock();
beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore(folder.path, { clock });
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

const model = (name: string) => ({
  file: new TextEncoder().encode(`file of ${name}`),
  card: plainCard({ name }),
  parameters: 7,
});

async function states(): Promise<Record<string, string>> {
  return Object.fromEntries((await store.models.list()).map((one) => [one.card.name, one.state]));
}

test('the shipped model is active at first; a candidate takes over, and rollback goes back', async () => {
  await store.models.registerFactory(model('factory'));
  expect(await states()).toEqual({ factory: 'active' });
  const one = await store.models.addCandidate(model('one'));
  const two = await store.models.addCandidate(model('two'));
  expect(await states()).toEqual({ factory: 'active', one: 'candidate', two: 'candidate' });
  await store.models.activate(one);
  expect(await states()).toEqual({ factory: 'factory', one: 'active', two: 'candidate' });
  await store.models.activate(two);
  expect(await states()).toEqual({ factory: 'factory', one: 'archived', two: 'active' });
  await store.close();
  store = await openStore(folder.path, { clock });
  expect(await store.models.rollback()).toBe(one);
  expect(await states()).toEqual({ factory: 'factory', one: 'active', two: 'archived' });
  await store.models.rollback();
  expect(await states()).toEqual({ factory: 'active', one: 'archived', two: 'archived' });
  await expect(store.models.rollback()).rejects.toMatchObject({ code: 'bad-argument' });
});

test('rollback after rollback and a new choice returns to where that choice was made', async () => {
  await store.models.registerFactory(model('factory'));
  const one = await store.models.addCandidate(model('one'));
  const two = await store.models.addCandidate(model('two'));
  await store.models.activate(one);
  await store.models.rollback();
  await store.models.activate(two);
  await store.models.rollback();
  expect((await store.models.active())?.card.name).toBe('factory');
});

test('only a candidate is discarded, and its file stays', async () => {
  await store.models.registerFactory(model('factory'));
  const one = await store.models.addCandidate(model('one'));
  await store.models.discard(one);
  const archived = await store.models.get(one);
  expect(archived.state).toBe('archived');
  expect(await store.models.file(archived)).toEqual(model('one').file);
  await expect(store.models.discard(one)).rejects.toMatchObject({ code: 'bad-argument' });
  await expect(store.models.activate('f'.repeat(16))).rejects.toMatchObject({ code: 'not-found' });
});

test('a newer shipped model replaces an older one, but not a model of the user’s choice', async () => {
  await store.models.registerFactory(model('factory 1'));
  await store.models.registerFactory(model('factory 1'));
  await store.models.registerFactory(model('factory 2'));
  expect(await states()).toEqual({ 'factory 1': 'factory', 'factory 2': 'active' });
  await store.models.activate(await store.models.addCandidate(model('own')));
  await store.models.registerFactory(model('factory 3'));
  expect(await states()).toMatchObject({ own: 'active', 'factory 3': 'factory' });
});

test('runs and what they said survive; one that was cut off is found', async () => {
  const id = '00000000-0000-4000-8000-00000000000a' as Parameters<Store['runs']['start']>[0];
  expect(await store.runs.latest()).toBeNull();
  await store.runs.start(id, { epochs: 3 });
  await store.runs.addEvent(id, { kind: 'warning', message: 'x' });
  await store.close();
  store = await openStore(folder.path, { clock });
  expect(await store.runs.interrupted()).toEqual([id]);
  await store.runs.finish(id, 'failed', { kind: 'failed' });
  expect(await store.runs.interrupted()).toEqual([]);
  expect(await store.runs.latest()).toMatchObject({ id, state: 'failed', request: { epochs: 3 } });
  expect(await store.runs.events(id)).toEqual([{ kind: 'warning', message: 'x' }, { kind: 'failed' }]);
});
